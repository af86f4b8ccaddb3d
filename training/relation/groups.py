"""Texts with their relations, in groups that were written for this project.

A group of `groups` is a claim, wordings that say the same, some that contradict it, and some that are near but another
matter. One of `stories` is the statements of a story's pages: several claims, each with wordings and contradictions,
and statements on none of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SAME, CONTRADICTS, DIFFERENT = range(3)
FOLDS = 5
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A wording: the number of its claim in the group, and its relation to that; DIFFERENT is on none."""

    text: str
    claim: int
    relation: int


@dataclass(frozen=True, slots=True)
class Group:
    """What was written together. `parted` where texts of two claims, or on none, are known to be on two matters."""

    texts: tuple[Text, ...]
    parted: bool

    @property
    def fold(self) -> int:
        """Which of FOLDS parts it belongs to."""
        return hashlib.sha256(self.texts[0].text.encode()).digest()[0] % FOLDS

    def is_one(self, left: Text, right: Text) -> bool | None:
        """Whether two of its texts are on one matter; None where nobody has said so."""
        if SAME not in (left.relation, right.relation) and not self.parted:
            return None  # how two that are against a claim stand to each other, or two that are near it
        if left.relation == right.relation == DIFFERENT:
            return None
        return left.claim == right.claim and DIFFERENT not in (left.relation, right.relation)


def read_groups(folder: Path = FOLDER) -> list[Group]:
    """The groups of all files of a folder's `groups` and `stories`."""
    groups = [
        Group((Text(row["claim"], 0, SAME), *_read_claim(row, 0), *_read_texts(row["different"], 0, DIFFERENT)), False)
        for row in _iter_rows(folder / "groups")
    ]
    stories = [
        Group(
            (
                *(text for number, claim in enumerate(row["claims"]) for text in _read_claim(claim, number)),
                *_read_texts(row["other"], len(row["claims"]), DIFFERENT),
            ),
            True,
        )
        for row in _iter_rows(folder / "stories")
    ]
    return groups + stories


def find_folds(groups: Sequence[Group], held: int | None) -> tuple[list[Group], list[Group]]:
    """The groups to train on and those held out, the fold of that number; without one, all are trained on."""
    return [g for g in groups if g.fold != held], [g for g in groups if g.fold == held]


def _iter_rows(folder: Path) -> Iterator[Row]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)


def _read_claim(row: Row, number: int) -> Iterator[Text]:
    yield from _read_texts(row["same"], number, SAME)
    yield from _read_texts(row["contradicts"], number, CONTRADICTS)


def _read_texts(texts: Sequence[str], claim: int, relation: int) -> Iterator[Text]:
    return (Text(text, claim, relation) for text in texts)
