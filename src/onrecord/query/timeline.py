"""What happened when: to a claim, by a name, or in the ledger between two days."""

from __future__ import annotations

from sqlalchemy import Connection, select, tuple_

from onrecord.ledger import Ledger, schema
from onrecord.query.claims import find_claims, get_claims
from onrecord.query.names import find_who
from onrecord.query.paging import LIMIT, Page, pack_cursor, unpack_cursor
from onrecord.query.show import NotFoundError
from onrecord.query.statements import get_quotes
from onrecord.query.views import Event, StatusDiff
from onrecord.records import Claim, Status


def get_timeline(ledger: Ledger, claim_or_name: str, *, limit: int = 500) -> tuple[Event, ...]:
    """Every statement and every change of status, in order of days.

    A claim is given by its id or in words (then it is the best match), anybody by name. What has no day comes first.
    Raises NotFoundError where there is no such claim and nobody of that name.
    """
    with ledger.read() as connection:
        claim = get_claims(connection, [claim_or_name]).get(claim_or_name)
        if claim:
            return _follow_claim(connection, claim)[:limit]
    who = find_who(ledger, claim_or_name, limit=limit)
    if who is None:
        best = find_claims(ledger, claim_or_name, limit=1).items
        if not best:
            raise NotFoundError(f"there is no claim like {claim_or_name!r}, and nobody of that name is on record")
        with ledger.read() as connection:
            return _follow_claim(connection, best[0])[:limit]
    of_claim = {s: stand.claim_id for stand in who.stands for s in stand.position.statements}
    said = [Event(q.day, "said", q.content, of_claim.get(q.statement.id), q) for q in who.quotes]
    return _in_order(said)


def find_diff(
    ledger: Ledger, since: str, until: str, *, cursor: str | None = None, limit: int = LIMIT
) -> Page[StatusDiff]:
    """Claims whose status changed after the day `since` and up to the end of `until`, new ones among them.

    In the order of the list of claims: the disputed ones first, then the most reported.
    """
    changes, claims = schema.status_changes, schema.claims
    within = select(changes.c.claim_id).where(changes.c.day > since, changes.c.day <= until)
    query = select(claims.c.id, claims.c.prominence, claims.c.number).where(claims.c.id.in_(within))
    if cursor:
        query = query.where(tuple_(claims.c.prominence, claims.c.number) < unpack_cursor(cursor, (int, int)))
    query = query.order_by(claims.c.prominence.desc(), claims.c.number.desc()).limit(limit + 1)
    with ledger.read() as connection:
        found = connection.execute(query).all()
        changed = get_claims(connection, [row.id for row in found[:limit]])
    diffs = []
    for claim in changed.values():
        before: Status | None = None
        last = None
        for change in claim.history:
            if change.day and change.day <= since:
                before = change.status
            elif change.day and change.day <= until:
                last = change
        if last and last.status is not before:
            diffs.append(StatusDiff(claim.id, claim.text, last.day or "", before, last.status, last.statements))
    last_row = found[limit - 1] if len(found) > limit else None
    return Page(tuple(diffs), pack_cursor(last_row.prominence, last_row.number) if last_row else None)


def _follow_claim(connection: Connection, claim: Claim) -> tuple[Event, ...]:
    ids = [s for position in claim.positions for s in position.statements]
    quotes = get_quotes(connection, ids).values()
    events = [Event(quote.day, "said", quote.content, claim.id, quote) for quote in quotes]
    events += [Event(c.day, "status", c.status.value, claim.id, None, c.status) for c in claim.history]
    return _in_order(events)


def _in_order(events: list[Event]) -> tuple[Event, ...]:
    # what has no day comes first, but the status that it led to last; what was said before the status of its day
    def place(event: Event) -> tuple[str, bool]:
        is_status = event.kind != "said"
        return event.day or ("~" if is_status else ""), is_status

    return tuple(sorted(events, key=place))
