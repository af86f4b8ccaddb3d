"""Blocking keys: two items are compared only where they share one, so that a new document costs the same in any ledger.

A statement's keys are pairs of a name its document is about (or its content bears) and a stem of its content, and pairs
of its longest stems, by quarter of the year; a document's are bands of a MinHash over its three-word runs (Broder
1997), and, by month, signs of its vector along fixed random directions (Charikar 2002) and pairs of the names that it
is mostly about.

A key is a number of 63 bits: whether it is a band, the quarter or month, a hash. What is of one time stands together in
an index, and so is written together.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from rensa import RMinHash

from onrecord.names import find_metonym
from onrecord.resolve.base import Proposition, Vector

PERMUTATIONS, BANDS = 96, 32
HASH_SEED = 17
HASH_BITS = 46
TIMES = (1 << 15) - 1
BAND = 1 << 62
DOCUMENT = 1 << 61  # keys of documents, not of statements
HASHES_KEPT = 100_000
PLANES, PLANES_A_BAND = 192, 12
LONGEST = 4  # words of a statement of which each pair is a key
LIMIT = 400  # items looked at for one key
_directions = np.random.default_rng(HASH_SEED).standard_normal((PLANES, 384)).astype(np.float32)


def make_statement_keys(p: Proposition) -> frozenset[int]:
    """The keys that a statement is kept under."""
    return _at(_quarter(p.day), _find_pairs(p))


def make_document_keys(text: str, day: str, names: frozenset[str], vector: Vector | None) -> frozenset[int]:
    """The keys that a document is kept under."""
    return _find_bands(text) | _at(_month(day), _find_topics(names, vector), kind=DOCUMENT)


def widen_keys(keys: Iterable[int]) -> frozenset[int]:
    """The keys to look others up by: of the same quarter or month, the ones beside it, and those without a date."""
    by_time: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        time = key >> HASH_BITS & TIMES
        by_time[time].append(key - (time << HASH_BITS))
    return frozenset(
        near << HASH_BITS | key for time, own in by_time.items() for near in _find_near(time) for key in own
    )


def is_band(key: int) -> bool:
    """Whether documents share this key because of runs of words that they have in common."""
    return bool(key & BAND)


def find_runs(text: str, length: int = 3) -> frozenset[str]:
    """All runs of so many words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _at(time: int, hashes: set[int], *, kind: int = 0) -> frozenset[int]:
    return frozenset(kind | (time & TIMES) << HASH_BITS | key for key in hashes)


def _find_near(time: int) -> set[int]:
    """A quarter or month, the ones beside it, and none."""
    return {time - 1, time, time + 1, 0} if time else {0}


def _find_pairs(p: Proposition) -> set[int]:
    # a short form is the first word of a body's name, the last of a person's
    names = {form for name in (*p.context, *p.names) for form in _find_forms(name)}
    stems = [(stem, _hash(stem)) for stem in p.stems]
    pairs = {_mix(_hash(name), hashed) for name in names for stem, hashed in stems if not stem.startswith(name[:5])}
    # two pages need not share a name: the longest words, which are the rarest, lead from one to the other as well
    longest = sorted(p.stems, key=lambda stem: (-len(stem), stem))[: LONGEST if pairs else None]
    ordered = [_hash(stem) for stem in sorted(longest)]
    return pairs | {_mix(x, y) for at, x in enumerate(ordered) for y in ordered[at + 1 :]}


@lru_cache(HASHES_KEPT)
def _find_forms(name: str) -> tuple[str, ...]:
    """How a name begins and ends, in short; what stands for a state is that state."""
    if known := find_metonym(name):
        return (f"{known.country.code}-land",)
    words = name.lower().split()
    return words[0][:6], words[-1][:6]


def _find_bands(text: str) -> frozenset[int]:
    runs = find_runs(text)
    if not runs:
        return frozenset()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=HASH_SEED)
    sketch.update(sorted(runs))
    digest = sketch.digest()
    rows = PERMUTATIONS // BANDS
    bands = (",".join(map(str, digest[band * rows : (band + 1) * rows])) for band in range(BANDS))
    return frozenset(BAND | DOCUMENT | _hash_once(f"{band}:{values}") for band, values in enumerate(bands))


def _find_topics(names: frozenset[str], vector: Vector | None) -> set[int]:
    ordered = [_hash(name) for name in sorted(names)]
    keys = {_mix(x, y) for at, x in enumerate(ordered) for y in ordered[at + 1 :]}
    if vector is not None:
        signs = np.packbits((_directions @ vector > 0).reshape(-1, PLANES_A_BAND), axis=1)
        keys |= {_hash_once(f"v:{band}:{bits.hex()}") for band, bits in enumerate(map(bytes, signs))}
    return keys


def _month(day: str) -> int:
    """Months since year 0; 0 where the day is not known."""
    return int(day[:4]) * 12 + int(day[5:7]) if len(day) >= 7 else 0


def _quarter(day: str) -> int:
    """Quarters since year 0; 0 where the day is not known."""
    if len(day) < 7:
        return 0
    return int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3


@lru_cache(HASHES_KEPT)
def _hash(word: str) -> int:
    return _hash_once(word)


def _hash_once(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> (64 - HASH_BITS)


def _mix(x: int, y: int) -> int:
    """One hash of two, which are not the same the other way round."""
    return (x * 0x9E3779B97F4A7C15 + y) >> 7 & (1 << HASH_BITS) - 1
