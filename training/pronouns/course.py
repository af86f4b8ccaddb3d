"""Large teachers learn from GAP's labels, a small student from what they make of many more pronouns.

`python -m training.pronouns.course` takes what `python -m training.pronouns` has read to the machine that has an
accelerator; it needs no annotator.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from training.attribution.encoder import load_encoder
from training.pronouns.batches import PLAIN, Readings
from training.pronouns.folds import FOLDS, find_fold
from training.pronouns.gap import Passage, choose_names, score_pairs
from training.pronouns.lessons import Lesson, make_lesson
from training.pronouns.network import Pointer
from training.pronouns.train import train, weigh

TEACHERS, TEACHER_BATCH, TEACHER_RATE, TEACHER_EPOCHS = 3, 16, 3e-5, 6
BATCH, RATE, EPOCHS = 64, 2e-4, 16
REPEATED = 4  # how often a labelled excerpt stands among those of the student
AT_ONCE = 256  # excerpts that are only read
TEACHING = 0.45  # the share of a limited time after which all teachers are trained


@dataclass(frozen=True, slots=True)
class Course:
    """One run: which third is kept back, where and how long it may compute."""

    held: int
    device: str
    workers: int
    seconds: float
    begin: float

    def find_left(self, share: float) -> float:
        """The seconds until a share of the time is over, one at least."""
        return max(1.0, self.begin + share * self.seconds - time.monotonic())


def take(course: Course, passages: Sequence[Passage], unlabelled: Sequence[Lesson], teacher: Path, student: Path,
         out: Path) -> None:  # fmt: skip
    """Write the weights of the student that a third of GAP's pages is kept from, and what is made of that third.

    `teacher` and `student` are folders of encoders; `out` gets the weights, and as an array of [pointers, passages,
    PEOPLE] the chances that the teachers, and then the student, see in the third that is kept back.
    """
    tokenizer = Tokenizer.from_file(str(student / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    held = [p for p in passages if find_fold(p.page) == course.held]
    seen = [make_lesson(p) for p in passages if find_fold(p.page) != course.held]
    labelled = [lesson for lesson in seen if lesson.meant.any()]
    others = [lesson for lesson in unlabelled if not lesson.page or find_fold(lesson.page) != course.held]
    judged = Readings([make_lesson(p) for p in held], tokenizer, 0)
    told: dict[str, NDArray[np.float32]] = {}

    def judge(pointer: Pointer, name: str) -> None:
        told[name] = weigh([pointer], judged, judged.plan(AT_ONCE, [PLAIN]), device=course.device)
        print(f"without {course.held}: {name}", score(told[name], held), flush=True)
        np.save(out / f"chances{course.held}.npy", np.stack(list(told.values())))

    teachers = []
    for number in range(TEACHERS):
        left = course.find_left(TEACHING) / (TEACHERS - number)
        teachers.append(_teach(course, Readings(labelled, tokenizer, number), teacher, number, left))
        judge(teachers[-1], f"teacher {number}")
    print(f"without {course.held}: teachers", score(np.mean(list(told.values()), 0), held), flush=True)
    lessons = [*others, *labelled * REPEATED]
    asked = Readings(lessons, tokenizer, 0)
    plan = asked.plan(AT_ONCE, [PLAIN])
    taught = weigh(teachers, asked, plan, device=course.device, workers=course.workers)
    pointer = _learn(course, Readings(lessons, tokenizer, 0, taught), student)
    save_file(
        {name: p.half().cpu().contiguous() for name, p in pointer.trained.items()}, find_weights(out, course.held)
    )
    judge(pointer, "student")


def find_weights(out: Path, held: int) -> Path:
    """Where the weights are of the student that a third was kept from."""
    return out / f"without{held}.safetensors"


def load_student(folder: Path, weights: Path) -> Pointer:
    """A student with its encoder from `folder`."""
    pointer = Pointer(load_encoder(folder))
    pointer.load_state_dict({name: p.float() for name, p in load_file(weights).items()}, strict=False)
    return pointer


def score(chances: NDArray[np.float32], passages: Sequence[Passage]) -> dict[str, float]:
    """GAP's figures for chances [passages, PEOPLE]."""
    people = [row[1 : 1 + len(p.named)].astype(np.float64) for row, p in zip(chances, passages, strict=True)]
    return score_pairs(choose_names(people, passages), passages)


def _teach(course: Course, readings: Readings, folder: Path, number: int, seconds: float) -> Pointer:
    torch.manual_seed(number)
    plan = readings.plan(TEACHER_BATCH, range(TEACHER_EPOCHS), random.Random(number))
    return train(
        Pointer(load_encoder(folder)), readings, plan, rate=TEACHER_RATE, device=course.device,
        workers=course.workers, seconds=seconds, name=f"without {course.held}: teacher {number}",
    )  # fmt: skip


def _learn(course: Course, readings: Readings, folder: Path) -> Pointer:
    torch.manual_seed(course.held)
    plan = readings.plan(BATCH, range(EPOCHS), random.Random(course.held))
    return train(
        Pointer(load_encoder(folder)), readings, plan, rate=RATE, device=course.device, workers=course.workers,
        seconds=course.find_left(1), name=f"without {course.held}: student",
    )  # fmt: skip


def main() -> None:
    """Take one course."""
    begin = time.monotonic()
    parser = argparse.ArgumentParser(
        prog="python -m training.pronouns.course", description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )  # fmt: skip
    parser.add_argument("lessons", type=Path, help="the folder of passages.pickle and unlabelled.pickle")
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of the large encoder")
    parser.add_argument("--student", type=Path, required=True, help="the folder of the small encoder")
    parser.add_argument("--held", type=int, choices=range(FOLDS), default=0, help="the third that is kept back")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--workers", type=int, default=3, help="processes that make batches")
    parser.add_argument("--seconds", type=float, default=np.inf, help="after which to be done")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    passages, _ = pickle.loads((options.lessons / "passages.pickle").read_bytes())
    unlabelled = pickle.loads((options.lessons / "unlabelled.pickle").read_bytes())
    course = Course(options.held, options.device, options.workers, options.seconds, begin)
    take(course, passages, unlabelled, options.teacher, options.student, options.out)


if __name__ == "__main__":
    main()
