"""What a trained reader makes of two contents: one matter or two."""

from __future__ import annotations

import math

from onrecord.records import Part
from onrecord.resolve.base import Proposition, Reads

MOST = 5.0  # of a logit; beyond, the reader is as sure as it gets
LEAST = 1e-9  # of a chance, so that its logit is a number


def compare_reading(a: Proposition, b: Proposition, reader: Reads) -> Part:
    """The logit of one matter, whichever side each takes of it, from -MOST to MOST."""
    one = sum(reader.read(a.text, b.text))
    logit = math.log(max(one, LEAST) / max(1 - one, LEAST))
    return Part("reading", round(max(-MOST, min(MOST, logit)), 4), f"read as one matter: {one:.0%}")
