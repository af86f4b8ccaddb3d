"""What a pointer learns from: excerpts around pronouns, and who is meant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.pointer import Excerpt
from training.pronouns.gap import Passage


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pronoun of `gender` among people."""

    excerpt: Excerpt
    gender: str
    meant: NDArray[np.bool_]
    """[1 + people]: nobody, and each of the people, who may be meant."""


def make_lesson(passage: Passage) -> Lesson:
    """The labelled pronoun of a passage. Where no name is meant, anybody may be who bears none, or nobody.

    Nothing is true in `meant` where the one who is does not stand in the excerpt.
    """
    named, told = passage.named, passage.truth.any()
    here = np.isin(np.arange(len(named)), passage.excerpt.mentions[:, 0])
    meant = (named & passage.truth).any(1) if told else ~named.any(1)
    return Lesson(passage.excerpt, passage.gender, np.concatenate([[not told], meant & here]))
