"""Which of the claims that full-text search found says what the reader asked, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.ledger.dialects import Terms


def rank_claims(text: str, candidates: Sequence[Any]) -> list[Any]:
    """`candidates` are rows of claims in the order of full-text search; ties keep that order.

    Claims are compared in the words that they share with `text`, as a share of the words of both, and the better
    documented of two equals comes first.
    """
    wanted = set(Terms.of(text).words)

    def score(row: Any) -> tuple[float, int]:
        best = 0.0
        for wording in [row["text"], *row["variants"]]:
            words = set(Terms.of(wording).words)
            best = max(best, len(words & wanted) / len(words | wanted) if words else 0.0)
        return round(best, 2), row["prominence"]

    return sorted(candidates, key=score, reverse=True)
