"""Lessons as tensors: each reading of an excerpt is a way of its own, told by the seed and two numbers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

from onrecord.extract.pointer import Pieces, pack_pieces
from onrecord.extract.ranker import MOST
from training.pronouns.examples import find_names, vary
from training.pronouns.lessons import Lesson

PEOPLE = 1 + MOST  # nobody, and as many people as are compared
SPREAD = 30  # words by which the lengths of a batch may come to differ
EVEN = 8  # what lengths are a multiple of, for fast attention
PLAIN = -1  # the way of an excerpt as it stands
Key = tuple[int, int]  # the number of a lesson, and a way to read it


class Batch(NamedTuple):
    """Some readings, padded with zeros."""

    ids: Tensor
    """[texts, pieces]"""
    pronoun: Tensor
    """[texts], the place of its first piece"""
    mentions: Tensor
    """[texts, mentions, 2], the places of the first pieces of their first and last words"""
    owner: Tensor
    """[texts, mentions], 1 and the number of the person; 0 where no mention is"""
    meant: Tensor
    """[texts, PEOPLE], see Lesson"""

    def to(self, device: str) -> Batch:
        """The same on a device."""
        return Batch(*(part.to(device, non_blocking=True) for part in self))


class Readings(Dataset[tuple[Tensor, ...]]):
    """Lessons by key."""

    def __init__(self, lessons: Sequence[Lesson], tokenizer: Tokenizer, seed: int) -> None:
        self.lessons = lessons
        self._seed = seed
        self._names = find_names(lesson.excerpt for lesson in lessons)
        self._find_pieces = cache(lambda form: tuple(tokenizer.encode(form, add_special_tokens=False).ids))

    def __getitem__(self, key: Key) -> tuple[Tensor, ...]:
        number, _ = key
        lesson = self.lessons[number]
        excerpt = lesson.excerpt
        ids, first = pack_pieces(self._read(lesson, key))
        meant = np.zeros(PEOPLE, bool)
        meant[: len(lesson.meant)] = lesson.meant
        row = ids, first[excerpt.pronoun], first[excerpt.mentions[:, 1:]], 1 + excerpt.mentions[:, 0], meant
        return tuple(torch.as_tensor(part) for part in row)

    def _read(self, lesson: Lesson, key: Key) -> Sequence[Pieces]:
        if key[1] == PLAIN:
            return lesson.excerpt.pieces
        chance = random.Random(f"{self._seed} {key}")
        return vary(lesson.excerpt, self._names, self._find_pieces, lesson.gender, chance)

    def plan(self, size: int, ways: Iterable[int], chance: random.Random | None = None) -> list[list[Key]]:
        """Batches of `size` lessons of about one length, in each of the ways in turn; by length without `chance`."""
        lengths = [sum(map(len, lesson.excerpt.pieces)) for lesson in self.lessons]
        batches = []
        for way in ways:
            order = sorted(range(len(lengths)), key=lambda k: lengths[k] + (SPREAD * chance.random() if chance else 0))
            some = [[(k, way) for k in order[at : at + size]] for at in range(0, len(order), size)]
            if chance:
                chance.shuffle(some)
            batches += some
        return batches

    def load(self, plan: Sequence[Sequence[Key]], workers: int, device: str) -> Iterator[Batch]:
        """The batches of a plan for a device, made by other processes where there are `workers`."""
        loader = DataLoader(
            self,
            batch_sampler=plan,  # type: ignore[arg-type]  # mypy knows no Sequence of batches for a sampler
            collate_fn=_collate,
            num_workers=workers,
            pin_memory=device == "cuda",
        )
        return iter(loader)


def _collate(rows: Sequence[tuple[Tensor, ...]]) -> Batch:
    ids, pronoun, mentions, owner, meant = zip(*rows, strict=True)
    padded = pad_sequence(ids, batch_first=True)
    padded = torch.nn.functional.pad(padded, (0, -padded.shape[1] % EVEN))
    ends, owners = pad_sequence(mentions, batch_first=True), pad_sequence(owner, batch_first=True)
    return Batch(padded, torch.stack(pronoun), ends, owners, torch.stack(meant))
