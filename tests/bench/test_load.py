"""The ledger that the load benchmark fills holds together, and what it asks for is there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from bench.load import Request, _make_requests
from bench.load_ledger import fill_ledger
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.claim_store import find_pending
from onrecord.query import count_all, find_all, get_claim, iter_checked

DOCUMENTS = 60


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = open_ledger(tmp_path_factory.mktemp("load") / "ledger.sqlite")
    fill_ledger(made, DOCUMENTS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def requests() -> dict[str, tuple[list[Request], list[Request]]]:
    return _make_requests(DOCUMENTS, 4, 2)


def test_statements_read_back_their_words(ledger: Ledger) -> None:
    assert not any(page.faults for page in iter_checked(ledger))


def test_nothing_is_left_to_resolve(ledger: Ledger) -> None:
    assert count_all(ledger).documents == DOCUMENTS
    assert not find_pending(ledger, limit=1)


def test_every_claim_that_is_asked_for_is_there(
    ledger: Ledger, requests: dict[str, tuple[list[Request], list[Request]]]
) -> None:
    claims = [path for path, _ in requests["claims, asked for before"][0]]
    assert len(claims) == count_all(ledger).claims
    for path in claims:
        shown = get_claim(ledger, path.removeprefix("/claims/"))
        assert shown.claim.positions
        assert all(one in shown.quotes for position in shown.claim.positions for one in position.statements)


def test_no_claim_is_asked_for_the_first_time_twice(requests: dict[str, tuple[list[Request], list[Request]]]) -> None:
    first, timed = requests["claims, for the first time"]
    assert len({path for path, _ in first + timed}) == len(first) + len(timed)


def test_searches_find_something(ledger: Ledger, requests: dict[str, tuple[list[Request], list[Request]]]) -> None:
    for path, _ in requests["searches"][1]:
        assert find_all(ledger, unquote(path.partition("q=")[2]))
