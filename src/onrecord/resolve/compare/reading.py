"""What a trained reader makes of two statements: one matter or two, and on which sides."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

from onrecord.resolve.base import Proposition, Reads

MOST = 5.0  # of a logit; beyond, the reader is as sure as it gets
LEAST = 1e-9  # of a chance, so that its logit is a number


class Reading(NamedTuple):
    """The chance of one matter, whichever side each takes of it, and that they are against each other."""

    one: float
    against: float

    def find_logit(self) -> float:
        """The logit of one matter, from -MOST to MOST."""
        return max(-MOST, min(MOST, math.log(max(self.one, LEAST) / max(1 - self.one, LEAST))))


def compare_reading(a: Proposition, b: Proposition, reader: Reads) -> Reading:
    """The reader's word on a pair. It knows the contents; who "denied" one of them stands on the other side of it."""
    same, opposed = reader.read(a.passage, b.passage)
    return Reading(same + opposed, opposed if _is_rejected(a) == _is_rejected(b) else same)


def compare_readings(pairs: Sequence[tuple[Proposition, Proposition]], reader: Reads) -> list[Reading]:
    """The same for many pairs, on all cores: a network that runs lets other threads go on."""

    def read(pair: tuple[Proposition, Proposition]) -> Reading:
        return compare_reading(pair[0], pair[1], reader)

    # the first one alone: with it the network may have to be loaded
    return [*map(read, pairs[:1]), *(_make_pool().map(read, pairs[1:]) if len(pairs) > 1 else ())]


@cache
def _make_pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="reading")


# a forked process has none of the threads, and would wait for them for ever
os.register_at_fork(after_in_child=_make_pool.cache_clear)


def _is_rejected(p: Proposition) -> bool:
    """Whether it is the root that denies what the content affirms, or affirms what it denies."""
    return p.holds is not None and p.holds == p.negated
