"""Whom a pronoun stands for, as an encoder reads the passage around it: one clue among those of the ranker.

A pointer (Vinyals et al. 2015): the vector of the pronoun against those of the mentions of people. It is asked only
where several people may be meant, and reads some hundred pieces of text for each pronoun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.extract.words import END, START, Ints, Words, split_words
from onrecord.inference import Model, load_model
from onrecord.records import Span

MODEL = "pronouns"
# of an excerpt: as many as in training; after the pronoun, where there are so many
MOST_PIECES, AFTER = 126, 40
REACH = 1_000  # characters to each side of a pronoun: more than an excerpt holds
LEAST = 1e-3  # the chance of somebody whom the excerpt does not name

Pieces = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words around a pronoun, in lower case and in pieces; `pronoun` is its place among them.

    `mentions` is [mentions, 3]: a person, and the first and the last word that name it.
    """

    forms: tuple[str, ...]
    pieces: tuple[Pieces, ...]
    pronoun: int
    mentions: Ints


class Pointer:
    """Chances of people, on a loaded model."""

    def __init__(self, model: Model) -> None:
        self.settings = model.settings
        self._session = model.sessions["pointer"]
        self.tokenizer = model.load_tokenizer()

    def weigh(self, text: str, pronoun: Span, people: Sequence[Sequence[Span]]) -> NDArray[np.float64] | None:
        """Each person's chance to be meant, [people], each told by its mentions; None where no two have some."""
        if sum(map(bool, people)) < 2:
            return None
        return self.weigh_excerpt(cut_excerpt(text, pronoun, people, self.tokenizer), len(people))

    def weigh_excerpt(self, excerpt: Excerpt, people: int) -> NDArray[np.float64] | None:
        """The same of `people` people; the encoder runs where the excerpt names two or more of them."""
        if len(set(excerpt.mentions[:, 0].tolist())) < 2:
            return None
        ids, first = pack_pieces(excerpt.pieces)
        places = {"pronoun": first[[excerpt.pronoun]], "mentions": first[excerpt.mentions[:, 1:]]}
        scores, nobody = self._session.run(["scores", "nobody"], {"ids": ids, **places})
        return sum_people(scores, nobody, excerpt.mentions[:, 0], people)


@cache
def load_pointer() -> Pointer:
    """The pointer that ships, loaded once in a process. Raises RunError where its files are missing or wrong."""
    return Pointer(load_model(MODEL, threads=1))


def cut_excerpt(text: str, pronoun: Span, people: Sequence[Sequence[Span]], tokenizer: Tokenizer) -> Excerpt:
    """What stands around a pronoun, with those mentions that it holds as a whole."""
    at = max(0, pronoun.begin - REACH)
    words = split_words(text[at : pronoun.end + REACH], tokenizer)
    k, _ = _find_words(words, pronoun, at)
    begin, end = _find_bounds(words, k)
    mentions = [
        (person, first - begin, last - begin)
        for person, spans in enumerate(people)
        for first, last in (_find_words(words, span, at) for span in spans)
        if begin <= first <= last < end
    ]
    places = zip(words.begins[begin:end].tolist(), words.ends[begin:end].tolist(), strict=True)
    forms = tuple(words.text[b:e].lower() for b, e in places)
    return Excerpt(forms, words.pieces[begin:end], k - begin, np.array(mentions, np.int64).reshape(-1, 3))


def pack_pieces(pieces: Sequence[Pieces]) -> tuple[Ints, Ints]:
    """The encoder's input: the pieces with their marks at both ends, and where each word begins."""
    sizes = np.array([len(word) for word in pieces], np.int64)
    ids = np.array([START, *(piece for word in pieces for piece in word), END], np.int64)
    return ids, 1 + np.cumsum(sizes) - sizes


def sum_people(
    scores: NDArray[np.floating], nobody: NDArray[np.floating], people: Ints, number: int
) -> NDArray[np.float64]:
    """Scores of mentions, [mentions], and of nobody, [1], to the chances of people, [number]."""
    most = max(float(scores.max()), float(nobody[0]))
    odds = np.exp(scores.astype(np.float64) - most)
    chances = np.bincount(people, odds, number) / (odds.sum() + np.exp(float(nobody[0]) - most))
    return np.asarray(np.maximum(chances, LEAST), np.float64)


def _find_words(words: Words, span: Span, at: int) -> tuple[int, int]:
    """The first and the last word that overlap a span of the text that begins at `at`."""
    first = int(np.searchsorted(words.ends, span.begin - at, "right"))
    return first, int(np.searchsorted(words.begins, span.end - at, "left")) - 1


def _find_bounds(words: Words, k: int) -> tuple[int, int]:
    """The first word and the one after the last of the excerpt around word `k`."""
    total = np.concatenate([[0], np.cumsum([len(pieces) for pieces in words.pieces])])
    begin = int(np.searchsorted(total, max(0, min(total[k + 1] + AFTER, total[-1]) - MOST_PIECES)))
    return begin, int(np.searchsorted(total, total[begin] + MOST_PIECES, "right")) - 1
