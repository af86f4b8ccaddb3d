"""Walking over a ledger, or a cut of it, on either database."""

from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.claims import write_claims
from onrecord.query import get_document, walk
from onrecord.query.walk import Cut, count_cut, iter_claims, iter_documents
from onrecord.records import Claim, Status


def make_claim(name: str, *documents: str) -> Claim:
    return Claim(name, f"claim {name}", Status.SINGLE_SOURCE, (), 1, documents)


@pytest.mark.parametrize("a_query", [1, 2, 100])
def test_all_of_it_in_order_of_arrival(ledger: Ledger, a_query: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "DOCUMENTS_A_QUERY", a_query)
    monkeypatch.setattr(walk, "CLAIMS_A_QUERY", a_query)
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, [make_claim(name) for name in ("c1", "c2", "c3")])
    with ledger.read() as connection:
        documents = list(iter_documents(connection, Cut()))
        claims = list(iter_claims(connection, Cut()))
        assert count_cut(connection, Cut()) == (3, 3)
    assert [shown.document.address for shown in documents] == ["asked.txt", "denied.txt", "other.txt"]
    assert [claim.id for claim in claims] == ["c1", "c2", "c3"]
    assert documents == [get_document(ledger, shown.document.id) for shown in documents]


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (Cut(), ["asked.txt", "denied.txt", "other.txt"]),
        (Cut(since="2022-03-14"), ["denied.txt"]),
        (Cut(until="2022-03-13"), ["asked.txt"]),
        (Cut(since="2022-03-13", until="2022-03-14"), ["asked.txt", "denied.txt"]),
        (Cut(outlet="union press"), ["denied.txt", "other.txt"]),
        (Cut(since="2022-03-14", outlet="Westmark Courier"), []),
    ],
)
def test_a_cut_of_it(ledger: Ledger, cut: Cut, expected: list[str]) -> None:
    with ledger.read() as connection:
        ids = {shown.document.address: shown.document.id for shown in iter_documents(connection, Cut())}
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, [make_claim(address, ids[address]) for address in sorted(ids)])
    with ledger.read() as connection:
        assert [shown.document.address for shown in iter_documents(connection, cut)] == expected
        assert [claim.id for claim in iter_claims(connection, cut)] == sorted(expected)
        assert count_cut(connection, cut) == (len(expected), len(expected))
