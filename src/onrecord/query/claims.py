"""Claims: by their words, best match first, or as a list with what is disputed on top; as they stand or once stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Text, and_, bindparam, func, or_, select, union

from onrecord.ledger import Ledger, rows, schema
from onrecord.ledger.dialects import Terms
from onrecord.ledger.prepared import Prepared, Reader
from onrecord.ledger.store import IDS_A_QUERY, batches
from onrecord.query.paging import LIMIT, Page, pack_cursor, unpack_cursor
from onrecord.query.ranking import rank_claims
from onrecord.query.statements import get_quotes
from onrecord.query.views import Quote
from onrecord.records import Claim, Position, Stance, Status

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_BY_ID = Prepared(select(schema.claims).where(schema.claims.c.id.in_(_IDS)))
_VERSION = Prepared(select(schema.claims.c.version).where(schema.claims.c.id == bindparam("id", type_=Text)))
_said, _of = schema.position_statements.c, schema.claim_documents.c
_STATEMENTS = Prepared(
    select(_said.claim_id, _said.place, _said.statement_id)
    .where(_said.claim_id.in_(_IDS))
    .order_by(_said.place, _said.nth)
)
_DOCUMENTS = Prepared(
    select(_of.claim_id, _of.document_id, _of.is_copy).where(_of.claim_id.in_(_IDS)).order_by(_of.place)
)
_POSITIONS, _HISTORY = (
    Prepared(select(table).where(table.c.claim_id.in_(_IDS)).order_by(table.c.place))
    for table in (schema.positions, schema.status_changes)
)
CANDIDATES = 200  # claims that full-text search hands to the ranking; a reader looks at ten


def find_claims(
    ledger: Ledger,
    text: str | None = None,
    *,
    status: Status | None = None,
    by: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    cursor: str | None = None,
    limit: int = LIMIT,
    brief: bool = False,
) -> Page[Claim]:
    """Claims, with `text` the best match first, else the disputed ones first and then the most reported.

    `by` is a name, or a part of one, of somebody who takes a position; `since` and `until` are days between which
    somebody did. With `as_of`, claims are as they stood at the end of that day. With `brief`, positions
    name no statements, unless `as_of` takes them: of widely reported claims those are thousands.
    """
    query = _filtered(ledger, status=None if as_of else status, by=by, outlet=outlet, since=since, until=until)
    if as_of:
        query = query.where(schema.claims.c.first <= as_of)
    if text:
        return _find_best(ledger, query, text, status=status, as_of=as_of, cursor=cursor, limit=limit, brief=brief)
    claims, number = schema.claims, schema.claims.c.number
    if as_of:
        # how claims stood then is known once they are read, so they are read until the page is full
        return _find_past(ledger, query, status=status, as_of=as_of, cursor=cursor, limit=limit)
    if cursor:
        before, at = unpack_cursor(cursor, (int, int))
        query = query.where(or_(claims.c.prominence < before, and_(claims.c.prominence == before, number < at)))
    query = query.order_by(claims.c.prominence.desc(), number.desc()).limit(limit + 1)
    with ledger.read() as connection:
        found = connection.execute(query).mappings().all()
        made = make_claims(connection, found[:limit], brief=brief)
    last = found[limit - 1] if len(found) > limit else None
    return Page(made, pack_cursor(last["prominence"], last["number"]) if last else None)


def get_claims(connection: Reader, ids: Iterable[str]) -> dict[str, Claim]:
    """The claims with these ids, by id, in the order given; those that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Claim] = {}
    for some in batches(wanted):
        found.update((claim.id, claim) for claim in make_claims(connection, get_claim_rows(connection, some)))
    return {claim_id: found[claim_id] for claim_id in wanted if claim_id in found}


def get_claim_rows(connection: Reader, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the claims with these ids, in any order; those that are not there are left out."""
    return _BY_ID.run(connection, ids=ids)


def make_claims(connection: Reader, found: Sequence[Any], *, brief: bool = False) -> tuple[Claim, ...]:
    """The claims of these rows, which hold all columns of the table, with their parts.

    With `brief`, their positions name no statements.
    """
    statements: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    documents: defaultdict[str, list[str]] = defaultdict(list)
    copies: defaultdict[str, list[str]] = defaultdict(list)
    positions: defaultdict[str, list[Position]] = defaultdict(list)
    history: defaultdict[str, list[rows.Row]] = defaultdict(list)
    for ids in batches([row["id"] for row in found]):
        for claim_id, place, statement in () if brief else _STATEMENTS.run_plain(connection, ids=ids):
            statements[claim_id, place].append(statement)
        for claim_id, document, is_copy in _DOCUMENTS.run_plain(connection, ids=ids):
            documents[claim_id].append(document)
            if is_copy:
                copies[claim_id].append(document)
        for row in _POSITIONS.run(connection, ids=ids):
            claim_id = row["claim_id"]
            positions[claim_id].append(rows.row_to_position(row, statements[claim_id, row["place"]]))
        for row in _HISTORY.run(connection, ids=ids):
            history[row["claim_id"]].append(row)
    return tuple(
        rows.row_to_claim(
            row,
            documents=documents[row["id"]],
            copies=copies[row["id"]],
            positions=positions[row["id"]],
            history=history[row["id"]],
        )
        for row in found
    )


def find_version(ledger: Ledger, claim_id: str) -> int | None:
    """A number that is another once the claim, or a page that it rests on, was written; None where it is not there."""
    with ledger.read_quick() as connection:
        found = _VERSION.run(connection, id=claim_id)
    return found[0]["version"] if found else None


def find_as_of(claim: Claim, day: str, quotes: Mapping[str, Quote]) -> Claim | None:
    """The claim as it stood at the end of `day`, None where nobody had spoken of it.

    `quotes` are its statements, by id. What has no day was not on record on any day that is known.
    """
    history = tuple(change for change in claim.history if change.day and change.day <= day)
    positions = tuple(cut for position in claim.positions if (cut := _cut_position(position, day, quotes)))
    if not history or not positions:
        return None
    roots = {position.root for position in positions if position.stance is Stance.ASSERTS and not position.withdrawn}
    documents = {document for position in positions for document in position.documents}
    return replace(
        claim,
        status=history[-1].status,
        history=history,
        positions=positions,
        independent_roots=min(len(roots), claim.independent_roots) if claim.independent_roots else len(roots),
        documents=tuple(document for document in claim.documents if document in documents),
    )


def _cut_position(position: Position, day: str, quotes: Mapping[str, Quote]) -> Position | None:
    said = [quotes[s] for s in position.statements if s in quotes and (quotes[s].day or "9") <= day]
    if not said:
        return None
    return replace(
        position,
        statements=tuple(quote.statement.id for quote in said),
        documents=tuple(dict.fromkeys(quote.page.id for quote in said)),
        last=max(quote.day or "" for quote in said),
        # somebody who took it back later had not done so yet
        withdrawn=position.withdrawn and (position.last or "") <= day,
    )


def _filtered(
    ledger: Ledger,
    *,
    status: Status | None,
    by: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
) -> Select[Any]:
    claims, positions, statements = schema.claims, schema.positions, schema.statements
    query = select(claims)
    if status:
        query = query.where(claims.c.status == status.value)
    if by:
        terms = Terms.of(by)
        roots = [func.lower(positions.c.root).contains(word, autoescape=True) for word in terms.words]
        found = ledger.dialect.search(statements, terms, columns=("root",))
        spoken = (
            select(schema.position_statements.c.claim_id)
            .join(statements, statements.c.id == schema.position_statements.c.statement_id)
            .where(statements.c.number.in_(select(found.c.number)))
        )
        query = query.where(claims.c.id.in_(union(select(positions.c.claim_id).where(*roots), spoken)))
    if outlet:
        of_outlet = (
            select(schema.claim_documents.c.claim_id)
            .join(schema.documents, schema.documents.c.id == schema.claim_documents.c.document_id)
            .where(func.lower(schema.documents.c.outlet) == func.lower(outlet))
        )
        query = query.where(claims.c.id.in_(of_outlet))
    if since:
        query = query.where(claims.c.last >= since)
    if until:
        query = query.where(claims.c.first <= until)
    return query


def _find_best(
    ledger: Ledger,
    query: Select[Any],
    text: str,
    *,
    status: Status | None,
    as_of: str | None,
    cursor: str | None,
    limit: int,
    brief: bool,
) -> Page[Claim]:
    found = ledger.dialect.search(schema.claims, Terms.of(text, any=True))
    query = query.join(found, found.c.number == schema.claims.c.number).order_by(found.c.rank).limit(CANDIDATES)
    (offset,) = unpack_cursor(cursor, (int,)) if cursor else (0,)
    with ledger.read() as connection:
        candidates = connection.execute(query).mappings().all()
        ranked = rank_claims(text, candidates)
        if as_of:
            past = _as_of(connection, make_claims(connection, ranked), as_of)
            claims = tuple(claim for claim in past if status in (None, claim.status))
            made = claims[offset : offset + limit]
            more = len(claims) > offset + limit
        else:
            made = make_claims(connection, ranked[offset : offset + limit], brief=brief)
            more = len(ranked) > offset + limit
    return Page(made, pack_cursor(offset + limit) if more else None)


def _find_past(
    ledger: Ledger, query: Select[Any], *, status: Status | None, as_of: str, cursor: str | None, limit: int
) -> Page[Claim]:
    claims = schema.claims
    key = unpack_cursor(cursor, (int, int)) if cursor else None
    kept: list[tuple[Any, Claim]] = []
    with ledger.read() as connection:
        while len(kept) <= limit:
            page = query
            if key:
                before, at = key
                lower = and_(claims.c.prominence == before, claims.c.number < at)
                page = page.where(or_(claims.c.prominence < before, lower))
            page = page.order_by(claims.c.prominence.desc(), claims.c.number.desc()).limit(IDS_A_QUERY)
            found = connection.execute(page).mappings().all()
            keys = {row["id"]: (row["prominence"], row["number"]) for row in found}
            past = _as_of(connection, make_claims(connection, found), as_of)
            kept += [(keys[claim.id], claim) for claim in past if status in (None, claim.status)]
            if len(found) < IDS_A_QUERY:
                break
            key = keys[found[-1]["id"]]
    more = len(kept) > limit
    return Page(tuple(claim for _, claim in kept[:limit]), pack_cursor(*kept[limit - 1][0]) if more else None)


def _as_of(connection: Connection, claims: Sequence[Claim], day: str) -> list[Claim]:
    ids = [s for claim in claims for position in claim.positions for s in position.statements]
    quotes = get_quotes(connection, ids)
    return [past for claim in claims if (past := find_as_of(claim, day, quotes))]
