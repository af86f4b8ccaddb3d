"""What a batch in other processes runs in place of models, and what makes it fail there."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from datatrove.pipeline.base import PipelineStep

from onrecord import intake
from onrecord.batch import run as batch
from onrecord.batch.plan import Plan
from onrecord.inference import embedder
from tests.factories import WordEmbedder, make_deadly_reader

PAGE = (
    "News of the {thing}\n\n{name} said that the {thing} will be closed for {number} weeks from the first of May.\n\n"
    "{other} said that the {thing} will not be closed.\n\n"
    "The {thing} has stood where it stands for {age} years, and people of {town} pass it every day on their way.\n"
)
TOWNS = ("Oldport", "Westmark", "Kronberg", "Lakeside", "Newbridge", "Fairhaven", "Highfield")
NAMES = ("Anna Berg", "Carl Dorn", "Emil Falk", "Gita Hult", "Ines Jung")
THINGS = ("red ferry", "old mill", "stone bridge", "power plant")


def write_pages(folder: Path, count: int = 12) -> Path:
    """Pages that share claims with one another across shards, a copy, and one that is empty."""
    folder.mkdir()
    for n in range(count):
        text = PAGE.format(
            name=NAMES[n % 5],
            other=NAMES[(n + 2) % 5],
            thing=THINGS[n % 4],
            number=3 + n % 2,
            age=n * 7,
            town=TOWNS[n % 7],
        )
        (folder / f"{n:02}.txt").write_text(text)
    (folder / "copy.txt").write_text((folder / "00.txt").read_text() + "(Wire)\n")
    (folder / "empty.txt").write_text("")
    return folder


class WithoutModels(PipelineStep):  # type: ignore[misc]
    """Goes before the other steps of a stage, in whichever process it runs. Each of `deaths` is a shard whose first
    worker is killed."""

    type, name = "TEST", "without models"

    def __init__(self, stage: str, deaths: tuple[int, ...] = (), notes: Path | None = None) -> None:
        super().__init__()
        self.stage, self.deaths, self.notes = stage, deaths, notes

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Any:
        intake.make_reader = make_deadly_reader  # type: ignore[assignment]
        embedder.make_embedder = WordEmbedder  # type: ignore[assignment]
        if self.notes is not None and rank in self.deaths:
            note = self.notes / f"{self.stage}-{rank}"
            if not note.exists():
                note.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return data


def make_stages(*, deaths: tuple[int, ...] = (), notes: Path | None = None) -> Any:
    """Stands in for `onrecord.batch.run._make_stages`."""
    make = batch._make_stages

    def make_with(plan: Plan, output: Path) -> list[tuple[Path, list[object]]]:
        return [(marks, [WithoutModels(marks.name, deaths, notes), *steps]) for marks, steps in make(plan, output)]

    return make_with
