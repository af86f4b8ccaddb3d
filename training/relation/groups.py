"""Texts with their relations, in groups that were written for this project.

A group is a claim, wordings that say the same, some that contradict it, and some that are near but another matter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GROUPS = Path(__file__).with_name("groups")
SAME, CONTRADICTS, DIFFERENT = range(3)
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """One matter: its wordings, what contradicts them, and what is near but different."""

    same: tuple[str, ...]
    contradicts: tuple[str, ...]
    different: tuple[str, ...]

    @property
    def fold(self) -> int:
        """Which of FOLDS parts it belongs to."""
        return hashlib.sha256(self.same[0].encode()).digest()[0] % FOLDS

    @property
    def texts(self) -> tuple[str, ...]:
        """All, by relation to the first."""
        return self.same + self.contradicts + self.different

    @property
    def sides(self) -> tuple[int, ...]:
        """The relation of each of `texts` to the first."""
        numbers = (len(self.same), len(self.contradicts), len(self.different))
        return tuple(side for side, number in enumerate(numbers) for _ in range(number))


def read_groups(folder: Path = GROUPS) -> list[Group]:
    """The groups of all files of a folder."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [Group((row["claim"], *row["same"]), tuple(row["contradicts"]), tuple(row["different"])) for row in rows]


def find_folds(groups: Sequence[Group], held: int | None) -> tuple[list[Group], list[Group]]:
    """The groups to train on and those held out, the fold of that number; without one, all are trained on."""
    return [g for g in groups if g.fold != held], [g for g in groups if g.fold == held]
