"""The written stories hold together: references lead somewhere, and each label is of a claim."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.records import Stance, Status

WRITTEN = Path(__file__).with_name("written")

LABEL = re.compile(r"0\??|[A-Za-z][+-]\?*")


def as_set(value: str | list[str]) -> set[str]:
    return set(value) if isinstance(value, list) else {value}


def read_stories() -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in sorted(WRITTEN.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def test_there_are_enough_stories() -> None:
    assert len({story["story"] for story in read_stories()}) == len(read_stories()) == 160


def test_references_lead_somewhere() -> None:
    wrong = {story["story"]: found for story in read_stories() if (found := find_faults(story))}
    assert not wrong


def find_faults(gold: dict[str, Any]) -> list[str]:
    found = []
    articles = {article["id"] for article in gold["articles"]}
    days = [date.fromisoformat(article["published"]) for article in gold["articles"]]
    keys = {claim["key"] for claim in gold["claims"]}
    if days != sorted(days):
        found.append("days")
    for claim in gold["claims"]:
        inside, may, out = (set(claim[field]) for field in ("articles", "may", "not_in"))
        statuses = as_set(claim["status"]).union(*(as_set(moment["status"]) for moment in claim["as_of"]))
        stances = {position["stance"] for position in claim["positions"]}
        said_in = {article for position in claim["positions"] for article in position["articles"]}
        right = {
            "articles": inside | may | out <= articles,
            "apart": not (inside & may or (inside | may) & out),
            "conflicts": set(claim["conflicts"]) <= keys - {claim["key"]},
            "status": statuses <= set(Status),
            "stance": stances <= {Stance.ASSERTS, Stance.DENIES, Stance.DECLINES},
            "positions": said_in <= inside | may,
        }
        found += [f"{claim['key']} {name}" for name, is_right in right.items() if not is_right]
    for original, copy in gold["copies"]:
        if not {original, copy} <= articles:
            found.append("copies")
    for content in gold["contents"]:
        label = content["is"]
        if not LABEL.fullmatch(label) or (label[0].isupper() and label[0] not in keys):
            found.append(f"label {label}")
    return found
