"""What is new: the last day that anything changed, and the claims that changed since, the weightiest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from onrecord.ledger import Ledger, schema
from onrecord.query.views import StatusDiff
from onrecord.records import Status


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims that changed their status in a span of days: the first few, and how many there are."""

    since: str
    until: str
    total: int
    items: tuple[StatusDiff, ...]


def find_last_day(ledger: Ledger, until: str) -> str | None:
    """The last day up to the end of `until` on which a claim changed its status."""
    changes = schema.status_changes
    with ledger.read() as connection:
        last: str | None = connection.scalar(select(func.max(changes.c.day)).where(changes.c.day <= until))
    return last


def find_changes(ledger: Ledger, since: str, until: str, *, limit: int = 8) -> Changes:
    """Claims whose status changed after the day `since` and up to the end of `until`, new ones among them.

    The same claims as `find_diff` finds, in the order of the list of claims and without their evidence.
    """
    changes, claims = schema.status_changes, schema.claims
    within = select(changes.c.claim_id).where(changes.c.day > since, changes.c.day <= until).distinct()
    chosen = (
        select(claims.c.id, claims.c.text)
        .where(claims.c.id.in_(within))
        .order_by(claims.c.prominence.desc(), claims.c.number.desc())
        .limit(limit)
    )
    with ledger.read() as connection:
        total = connection.scalar(select(func.count()).select_from(within.subquery())) or 0
        texts = {row.id: row.text for row in connection.execute(chosen)}
        query = select(changes).where(changes.c.claim_id.in_(texts), changes.c.day <= until)
        history = connection.execute(query.order_by(changes.c.claim_id, changes.c.place)).mappings().all()
    items = []
    for claim_id, text in texts.items():
        own = [row for row in history if row["claim_id"] == claim_id]
        before = [row for row in own if row["day"] <= since]
        last = own[-1]
        was, now = (Status(before[-1]["status"]) if before else None), Status(last["status"])
        if was is not now:
            items.append(StatusDiff(claim_id, text, last["day"] or "", was, now, tuple(last["statements"])))
    return Changes(since, until, total, tuple(items))
