"""A page is kept while nobody writes, and made anew once somebody has."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.ledger import Ledger, open_ledger
from onrecord.settings import Settings
from onrecord.web import make_pages
from onrecord.web.kept import KeptPages, find_version
from tests.factories import make_document, make_raw, make_statement
from tests.web.ledgers import make_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = make_ledger(tmp_path / "ledger.sqlite")
    yield made
    made.close()


def settle(ledger: Ledger) -> object:
    """The version, once the last change is old enough to be told from the next."""
    deadline = time.monotonic() + 5
    while (version := find_version(ledger)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    return version


def add_page(ledger: Ledger) -> None:
    text = "News\n\nAnna Belov said that the tide is out.\n"
    document = make_document(text, address="news.txt")
    ledger.write_page(make_raw(text, address="news.txt"), document, [make_statement(document, "the tide is out")])


def test_a_change_by_another_process_is_another_version(ledger: Ledger, tmp_path: Path) -> None:
    before = settle(ledger)
    assert settle(ledger) == before
    other = open_ledger(tmp_path / "ledger.sqlite")
    add_page(other)
    assert find_version(ledger) != before
    other.close()
    assert settle(ledger) != before


def test_a_version_that_may_still_change_is_none(ledger: Ledger, tmp_path: Path) -> None:
    settle(ledger)
    os.utime(tmp_path / "ledger.sqlite-wal")
    assert find_version(ledger) is None


def test_a_page_is_made_once_until_somebody_writes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.web import search

    asked: list[str] = []
    find_all = search.find_all
    monkeypatch.setattr(search, "find_all", lambda *args, **kw: (asked.append(args[1]), find_all(*args, **kw))[1])
    client = TestClient(make_pages(Desk(ledger, Settings())), base_url="http://localhost")
    settle(ledger)
    first = client.get("/search?q=tide")
    assert client.get("/search?q=tide").text == first.text
    assert len(asked) == 1
    assert "/statements/" not in client.get("/search?q=tide", headers={"HX-Target": "found"}).text
    assert len(asked) == 2
    add_page(ledger)
    assert "the tide is out" in client.get("/search?q=tide").text


def test_pages_that_nobody_asks_for_go_first() -> None:
    kept = KeptPages(most_bytes=80)
    for name in "abcdefgh":
        kept.keep(name, (1,), Response(b"0123456789"))
    assert kept.find("a", (1,)) is not None
    kept.keep("i", (1,), Response(b"0123456789"))
    assert kept.find("a", (1,)) is not None
    assert kept.find("b", (1,)) is None
    assert kept.find("i", (2,)) is None
    assert kept.find("i", None) is None
    kept.keep("j", (1,), Response(b"", 404))
    kept.keep("k", (1,), Response(b"x" * 11))
    kept.keep("l", None, Response(b"x"))
    assert not any(kept.find(name, (1,)) for name in "jkl")
