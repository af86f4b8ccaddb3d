"""Tools for claims: to find them, to see one whole, to see what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, zip_longest
from typing import Annotated, Any

from pydantic import Field

from onrecord import query
from onrecord.asked import LONGEST, Day
from onrecord.ledger import Ledger
from onrecord.mcp.asked import LIMIT, Cursor, Limit, Outlet, Since, Text, Until
from onrecord.mcp.evidence import make_evidence, make_position
from onrecord.mcp.shapes import Change, Changes, Claim, Claims, Whole
from onrecord.query import Quote
from onrecord.records import Claim as RecordedClaim
from onrecord.records import Position, Stance, Status

POSITIONS_LISTED, POSITIONS_SHOWN = 6, 40  # of each claim
EVIDENCE_SHOWN = 3  # of each position; onrecord_search_statements finds the others


def make_claim_tools(ledger: Ledger) -> tuple[Callable[..., Any], ...]:
    """The tools over `ledger`."""

    def search_claims(
        text: Text = None,
        status: Annotated[Status | None, Field(description="Only those that stand so.")] = None,
        by: Annotated[str | None, Field(description="Only with a position of this name.", max_length=LONGEST)] = None,
        outlet: Outlet = None,
        since: Since = None,
        until: Until = None,
        as_of: Annotated[Day | None, Field(description="As they stood at the end of this day: YYYY-MM-DD.")] = None,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Claims:
        """Find claims: who asserts, denies or declines to confirm what, since when, by how many independent voices.

        Start here. With `text` the best match comes first, else disputed claims first, then the most reported. A claim
        groups statements of many articles that say the same; each position comes with one statement in the words of
        its page. Status: disputed (asserted and denied), confirmed (by the party concerned), corroborated (two or more
        independent voices), single-source (one voice, however often repeated), retracted.
        """
        filters: dict[str, Any] = {"status": status, "by": by, "outlet": outlet, "since": since, "until": until}
        found = query.find_claims(ledger, text, **filters, as_of=as_of, cursor=cursor, limit=limit)
        leads = [one for claim in found.items for position in claim.positions for one in position.statements[:1]]
        with ledger.read() as connection:
            quotes = query.get_quotes(connection, leads)
        claims = [_make_claim(claim, quotes, positions=POSITIONS_LISTED, most=1) for claim in found.items]
        return {"items": claims, "cursor": found.cursor}

    def get_claim(
        id: Annotated[str, Field(description="A claim's `id`.", min_length=1, max_length=100)],  # noqa: A002
    ) -> Whole:
        """Show one claim whole: every position with its evidence, other wordings, how its status came about.

        `copies` and `echoes` count documents and statements that only repeat others: they are no voices of their own.
        """
        shown = query.get_claim(ledger, id)
        claim = shown.claim
        return {
            **_make_claim(claim, shown.quotes, positions=POSITIONS_SHOWN, most=EVIDENCE_SHOWN),
            "variants": list(claim.variants),
            "history": [{"day": change.day, "status": change.status} for change in claim.history],
            "copies": len(claim.copies),
            "echoes": len(claim.echoes),
        }

    def list_changes(
        since: Annotated[Day, Field(description="The first day, not included: YYYY-MM-DD.")],
        until: Annotated[Day, Field(description="The last day, included: YYYY-MM-DD.")],
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Changes:
        """List claims whose status changed between two days, new ones among them, with what was said to change it."""
        found = query.find_diff(ledger, since, until, cursor=cursor, limit=limit)
        with ledger.read() as connection:
            quotes = query.get_quotes(connection, [one for diff in found.items for one in diff.statements])
        changes: list[Change] = [
            {
                "claim": diff.claim_id,
                "text": diff.text,
                "day": diff.day,
                "before": diff.before,
                "after": diff.after,
                "evidence": [make_evidence(quotes[one]) for one in diff.statements if one in quotes][:EVIDENCE_SHOWN],
            }
            for diff in found.items
        ]
        return {"items": changes, "cursor": found.cursor}

    return search_claims, get_claim, list_changes


def _make_claim(claim: RecordedClaim, quotes: Mapping[str, Quote], *, positions: int, most: int) -> Claim:
    listed = list(islice(_iter_face_to_face(claim.positions), positions))
    return {
        "id": claim.id,
        "text": claim.text,
        "status": claim.status,
        "documents": len(claim.documents),
        "independent_roots": claim.independent_roots,
        "positions": [make_position(one, quotes, echoes=claim.echoes, most=most) for one in listed],
        "unlisted": len(claim.positions) - len(listed),
    }


def _iter_face_to_face(positions: Iterable[Position]) -> Iterator[Position]:
    """One of each stance in turn, so that a hundred who assert it do not hide the one who denies it."""
    weighed = sorted(positions, key=lambda position: (position.withdrawn, -len(position.statements)))
    sides = [[position for position in weighed if position.stance is stance] for stance in Stance]
    return (position for turn in zip_longest(*sides) for position in turn if position is not None)
