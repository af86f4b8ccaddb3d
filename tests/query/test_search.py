from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.query import find_all, find_outlets


@pytest.mark.parametrize(
    ("text", "statements", "documents"),
    [
        ("equip", 1, 1),
        ("equipm", 1, 1),
        ("officials equipmen", 1, 1),
        ("harvest", 1, 1),
        ("officials equipment", 1, 1),
        ("officials e", 1, 1),
        ("ha", 0, 0),
        ("zeppelin", 0, 0),
        ("x", 0, 0),
        ("", 0, 0),
        ('" OR *', 0, 0),
    ],
)
def test_the_last_word_may_be_cut_short(ledger: Ledger, text: str, statements: int, documents: int) -> None:
    found = find_all(ledger, text)
    assert bool(found) is bool(statements or documents)
    assert (len(found.statements) > 0) is bool(statements)
    assert (len(found.documents) > 0) is bool(documents)


def test_names_are_proper_names_and_few(ledger: Ledger) -> None:
    assert [name.name for name in find_all(ledger, "fa").names] == ["Farm Ministry"]
    found = find_all(ledger, "farm", limit=1)
    assert [name.name for name in found.names] == ["Farm Ministry"]
    assert len(found.documents) <= 1


def test_outlets_come_with_how_many_documents_they_have(ledger: Ledger) -> None:
    outlets = find_outlets(ledger)
    assert sum(outlet.documents for outlet in outlets) > 0
    assert list(outlets) == sorted(outlets, key=lambda outlet: (-outlet.documents, outlet.name))
