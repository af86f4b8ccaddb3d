"""Blocking keys: two items are compared only where they share one, so that a new document costs the same in any ledger.

A statement's keys are pairs of a name its document is about (or its content bears) and a stem of its content, by
quarter of the year; a document's are bands of a MinHash over its three-word runs (Broder 1997), and, by month, signs
of its vector along fixed random directions (Charikar 2002) and pairs of the names that it is mostly about.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from rensa import RMinHash

from onrecord.resolve.base import Proposition, Vector

PERMUTATIONS, BANDS = 96, 32
HASH_SEED = 17
BAND = "m:"
PLANES, PLANES_A_BAND = 192, 12
LIMIT = 400  # items looked at for one key
_directions = np.random.default_rng(HASH_SEED).standard_normal((PLANES, 384)).astype(np.float32)


def make_statement_keys(p: Proposition) -> frozenset[str]:
    """The keys that a statement is kept under."""
    return frozenset(f"s:{_quarter(p.day)}:{pair}" for pair in _find_pairs(p))


def find_statement_keys(p: Proposition) -> frozenset[str]:
    """The keys that a statement is looked up by: its own quarter and the ones beside it, and those without a date."""
    quarter = _quarter(p.day)
    near = range(quarter - 1, quarter + 2) if quarter else (0,)
    return frozenset(f"s:{at}:{pair}" for at in {*near, 0} for pair in _find_pairs(p))


def make_document_keys(text: str, day: str, names: frozenset[str], vector: Vector | None) -> frozenset[str]:
    """The keys that a document is kept under."""
    return frozenset(_find_bands(text) | {f"{_month(day)}:{key}" for key in _find_topics(names, vector)})


def find_document_keys(text: str, day: str, names: frozenset[str], vector: Vector | None) -> frozenset[str]:
    """The keys that a document is looked up by: its own month and the ones beside it."""
    month = _month(day)
    near = {month - 1, month, month + 1, 0} if month else {0}
    return frozenset(_find_bands(text) | {f"{at}:{key}" for at in near for key in _find_topics(names, vector)})


def is_band(key: str) -> bool:
    """Whether documents share this key because of runs of words that they have in common."""
    return key.startswith(BAND)


def find_runs(text: str) -> frozenset[str]:
    """All runs of three words."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[at : at + 3]) for at in range(len(words) - 2))


def _find_pairs(p: Proposition) -> set[str]:
    names = {name.split()[0][:6] for name in p.context} | {name.lower().split()[0][:6] for name in p.names}
    pairs = {f"{name}|{stem}" for name in names for stem in p.stems if not stem.startswith(name[:5])}
    # without any name, two words have to do
    stems = sorted(p.stems)
    return pairs or {f"{x}|{y}" for at, x in enumerate(stems) for y in stems[at + 1 :]}


def _find_bands(text: str) -> set[str]:
    runs = find_runs(text)
    if not runs:
        return set()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=HASH_SEED)
    sketch.update(sorted(runs))
    digest = sketch.digest()
    rows = PERMUTATIONS // BANDS
    return {f"{BAND}{band}:{_hash(digest[band * rows : (band + 1) * rows])}" for band in range(BANDS)}


def _find_topics(names: frozenset[str], vector: Vector | None) -> set[str]:
    ordered = sorted(names)
    keys = {f"n:{x}|{y}" for at, x in enumerate(ordered) for y in ordered[at + 1 :]}
    if vector is not None:
        signs = (_directions @ vector > 0).astype(int)
        for band in range(PLANES // PLANES_A_BAND):
            bits = "".join(map(str, signs[band * PLANES_A_BAND : (band + 1) * PLANES_A_BAND]))
            keys.add(f"v:{band}:{int(bits, 2):x}")
    return keys


def _month(day: str) -> int:
    """Months since year 0; 0 where the day is not known."""
    return int(day[:4]) * 12 + int(day[5:7]) if len(day) >= 7 else 0


def _quarter(day: str) -> int:
    """Quarters since year 0; 0 where the day is not known."""
    if len(day) < 7:
        return 0
    return int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3


def _hash(values: Sequence[int]) -> str:
    return hashlib.blake2b(",".join(map(str, values)).encode(), digest_size=8).hexdigest()
