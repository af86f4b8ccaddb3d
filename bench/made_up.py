"""Words of a language that nobody speaks, for ledgers that only have to be large: none is anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ur")]


def make_word(random: Random, syllables: int) -> str:
    """A word of so many syllables."""
    return "".join(random.choice(SYLLABLES) for _ in range(syllables))


def pick(random: Random, things: Sequence[str], *, flat: int = 1) -> str:
    """One of them, unevenly: the nth comes up as often as 1 / (n + flat - 1) says (Zipf; Mandelbrot where flatter)."""
    return things[min(len(things) - 1, int(flat * ((len(things) + flat) / flat) ** random.random() - flat))]


def say(random: Random, words: Sequence[str], count: int, *, flat: int = 1) -> str:
    """So many of the words."""
    return " ".join(pick(random, words, flat=flat) for _ in range(count))
