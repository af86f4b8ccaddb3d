"""Who is on record: names as you type, and all that one person or body stands for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from sqlalchemy import Connection, func, select, union

from onrecord.ledger import Ledger, schema
from onrecord.ledger.dialects import Terms
from onrecord.query.claims import get_claims
from onrecord.query.paging import LIMIT
from onrecord.query.statements import find_statements, get_quotes
from onrecord.query.views import LineChange, Name, Quote, Stand, Who
from onrecord.records import Claim, Stance

TAKES_SIDES = {Stance.ASSERTS, Stance.DENIES}


def find_names(
    ledger: Ledger, text: str | None = None, *, named: bool | None = True, limit: int = LIMIT
) -> tuple[Name, ...]:
    """Names that chains bear, the most frequent first; the last word of `text` may be cut short."""
    table = schema.names
    query = select(table)
    if text:
        found = ledger.dialect.search(table, Terms.of(text, prefix=True))
        query = query.where(table.c.number.in_(select(found.c.number)))
    if named is not None:
        query = query.where(table.c.named == named)
    query = query.order_by(table.c.statements.desc(), table.c.name).limit(limit)
    with ledger.read() as connection:
        return tuple(Name(row.name, row.named, row.statements) for row in connection.execute(query))


def find_who(ledger: Ledger, name: str, *, limit: int = LIMIT) -> Who | None:
    """What `name` is on record for: positions, the latest first, changes of line, statements; None if nobody fits."""
    names = find_names(ledger, name, named=None, limit=limit)
    with ledger.read() as connection:
        claims = _find_claims_of(connection, ledger, name)
    stands = tuple(
        Stand(claim.id, claim.text, claim.status, position)
        for claim in claims
        for position in claim.positions
        if _fits(name, position.root, [known.name for known in names])
    )
    quotes = find_statements(ledger, by=name, limit=limit).items or _find_spoken_for(ledger, stands, limit)
    if not names and not stands and not quotes:
        return None
    stands = tuple(sorted(stands, key=lambda stand: stand.position.last or "", reverse=True))
    return Who(name, names, stands[:limit], _find_changes(stands), quotes)


def _find_claims_of(connection: Connection, ledger: Ledger, name: str) -> tuple[Claim, ...]:
    terms = Terms.of(name)
    if not terms.words:
        return ()
    roots = [func.lower(schema.positions.c.root).contains(word, autoescape=True) for word in terms.words]
    found = ledger.dialect.search(schema.statements, terms, columns=("root",))
    spoken = (
        select(schema.position_statements.c.claim_id)
        .join(schema.statements, schema.statements.c.id == schema.position_statements.c.statement_id)
        .where(schema.statements.c.number.in_(select(found.c.number)))
    )
    ids = connection.scalars(union(select(schema.positions.c.claim_id).where(*roots), spoken)).all()
    return tuple(get_claims(connection, sorted(ids)).values())


def _find_spoken_for(ledger: Ledger, stands: Iterable[Stand], limit: int) -> tuple[Quote, ...]:
    """What others said in the name of a body that no statement names as its root: a spokesperson, its head."""
    ids = list(dict.fromkeys(one for stand in stands for one in stand.position.statements))
    with ledger.read() as connection:
        quotes = get_quotes(connection, ids).values()
    return tuple(sorted(quotes, key=lambda quote: quote.day or "", reverse=True)[:limit])


def _fits(name: str, root: str, names: list[str]) -> bool:
    wanted = set(Terms.of(name).words)
    return wanted <= set(Terms.of(root).words) or root in names


def _find_changes(stands: tuple[Stand, ...]) -> tuple[LineChange, ...]:
    """Where one root took both sides of a claim, from the side it took first to the other."""
    sides: dict[tuple[str, str], list[Stand]] = {}
    for stand in stands:
        if stand.position.stance in TAKES_SIDES:
            sides.setdefault((stand.claim_id, stand.position.root), []).append(stand)
    changes = []
    for (claim_id, root), taken in sides.items():
        taken.sort(key=lambda stand: stand.position.first or "")
        for one, other in pairwise(taken):
            if one.position.stance is not other.position.stance:
                stances = one.position.stance, other.position.stance
                changes.append(LineChange(claim_id, one.claim, root, *stances, other.position.first))
    return tuple(sorted(changes, key=lambda change: change.day or ""))
