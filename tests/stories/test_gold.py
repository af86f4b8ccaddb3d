"""The gold of the stories holds together: every reference leads somewhere, every root is named where gold says so."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Stance, Status

STORIES = sorted(path.parent for path in Path(__file__).parent.glob("*/gold.json"))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_there_are_enough_stories() -> None:
    golds = [json.loads((story / "gold.json").read_text("utf-8")) for story in STORIES]
    assert sum(not gold["held"] for gold in golds) >= 36
    assert sum(gold["held"] for gold in golds) >= 12
    assert len({gold["story"] for gold in golds}) == len(golds)


@pytest.fixture(params=STORIES, ids=lambda story: story.name)
def story(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, str]]:
    gold = json.loads((request.param / "gold.json").read_text("utf-8"))
    texts = {article["id"]: (request.param / article["file"]).read_text("utf-8") for article in gold["articles"]}
    return gold, texts


def test_articles_are_short_and_in_order(story: tuple[dict[str, Any], dict[str, str]]) -> None:
    gold, texts = story
    assert len(texts) >= 6
    days = [date.fromisoformat(article["published"]) for article in gold["articles"]]
    assert days == sorted(days)
    assert all(75 <= len(text.split()) <= 260 for text in texts.values())


def test_references_lead_somewhere(story: tuple[dict[str, Any], dict[str, str]]) -> None:
    gold, texts = story
    keys = {claim["key"] for claim in gold["claims"]}
    for claim in gold["claims"]:
        inside, may, out = (set(claim[field]) for field in ("articles", "may", "not_in"))
        assert inside | may | out <= texts.keys()
        assert not inside & may
        assert not (inside | may) & out
        assert set(claim["conflicts"]) <= keys - {claim["key"]}
        assert all(claim["key"] in other["conflicts"] for other in gold["claims"] if other["key"] in claim["conflicts"])
        for position in claim["positions"]:
            assert position["stance"] in set(Stance)
            assert set(position["articles"]) <= inside | may
        for status in [*as_list(claim["status"]), *(s for day in claim["as_of"] for s in as_list(day["status"]))]:
            assert status in set(Status)
    for original, copy in gold["copies"]:
        assert {original, copy} <= texts.keys()
    for echo in gold["echoes"]:
        assert {echo["article"], echo["report"] or echo["article"]} <= texts.keys()


def test_roots_are_in_the_words_of_their_articles(story: tuple[dict[str, Any], dict[str, str]]) -> None:
    gold, texts = story
    for claim in gold["claims"]:
        for position in claim["positions"]:
            for article in position["articles"]:
                words = letters(texts[article])
                # The mouth may be a pronoun or a kinsman of the name: one word of one spelling is asked for.
                spelled = {word for spelling in position["root"] for word in letters(spelling).split() if len(word) > 2}
                assert any(re.search(rf"\b{word}\b", words) for word in spelled - {"the"}), (claim["key"], position)


def test_status_follows_from_the_positions(story: tuple[dict[str, Any], dict[str, str]]) -> None:
    gold, _ = story
    for claim in gold["claims"]:
        asserting = [p for p in claim["positions"] if p["stance"] == "asserts" and not p["withdrawn"]]
        denying = [p for p in claim["positions"] if p["stance"] == "denies" and p["withdrawn"] is False]
        assert len(asserting) in as_list(claim["independent_roots"]), claim["key"]
        expected = {
            "disputed": bool(asserting) and bool(denying or claim["conflicts"]),
            "confirmed": len(asserting) >= 2,
            "corroborated": len(asserting) >= 2 and not denying,
            "single-source": len(asserting) == 1 and not denying,
            "retracted": not asserting,
        }
        assert any(expected[status] for status in as_list(claim["status"])), claim["key"]
