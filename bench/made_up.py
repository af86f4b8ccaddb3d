"""Words of a language that nobody speaks, for ledgers that only have to be large: none is anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ur")]


def make_word(random: Random, syllables: int) -> str:
    """A word of so many syllables."""
    return "".join(random.choice(SYLLABLES) for _ in range(syllables))


def pick(random: Random, things: Sequence[str]) -> str:
    """One of them, as uneven as in real news: the nth comes up about 1/n as often as the first (Zipf)."""
    return things[int(len(things) ** random.random()) - 1]


def say(random: Random, words: Sequence[str], count: int) -> str:
    """So many of the words."""
    return " ".join(pick(random, words) for _ in range(count))
