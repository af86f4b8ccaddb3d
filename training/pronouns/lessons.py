"""What a pointer learns from: excerpts around pronouns, of which GAP's tell who is meant, and others tell nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.pointer import Excerpt
from training.pronouns.gap import Passage


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pronoun of `gender` among people; `page` is the address of the GAP page that it stands on, or ""."""

    excerpt: Excerpt
    gender: str
    page: str
    meant: NDArray[np.bool_]
    """[1 + people]: nobody, and each of the people, who may be meant; nothing is true where nobody told."""


def make_lesson(passage: Passage) -> Lesson:
    """The labelled pronoun of a passage. Where no name is meant, anybody may be who bears none, or nobody."""
    named, told = passage.named, passage.truth.any()
    here = np.isin(np.arange(len(named)), passage.excerpt.mentions[:, 0])
    meant = (named & passage.truth).any(1) if told else ~named.any(1)
    everybody = np.concatenate([[not told], meant & here])
    return Lesson(passage.excerpt, passage.gender, passage.page, everybody)


def is_open(excerpt: Excerpt) -> bool:
    """Whether there are two people to choose among."""
    return len(set(excerpt.mentions[:, 0].tolist())) > 1


def drop_repeated(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Each excerpt once: news is copied."""
    return list({(lesson.excerpt.pieces, lesson.excerpt.pronoun): lesson for lesson in reversed(lessons)}.values())[
        ::-1
    ]
