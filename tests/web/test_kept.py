"""A page is kept while nobody writes, and made anew once somebody has."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from starlette.responses import Response
from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.ledger import Ledger, open_ledger
from onrecord.settings import Settings
from onrecord.web import make_pages
from onrecord.web.kept import KeptPages, find_ledger_version
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
    while (version := find_ledger_version(ledger)) is None:
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
    assert find_ledger_version(ledger) != before
    other.close()
    assert settle(ledger) != before


def test_a_version_that_may_still_change_is_none(ledger: Ledger, tmp_path: Path) -> None:
    settle(ledger)
    os.utime(tmp_path / "ledger.sqlite-wal")
    assert find_ledger_version(ledger) is None


def test_a_page_is_made_once_until_somebody_writes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.web import ledger as lists

    asked: list[str] = []
    find = lists.find_statements

    def find_statements(*args: Any, **filters: Any) -> Any:
        asked.append(filters["text"])
        return find(*args, **filters)

    monkeypatch.setattr(lists, "find_statements", find_statements)
    client = TestClient(make_pages(Desk(ledger, Settings())), base_url="http://localhost")
    settle(ledger)
    first = client.get("/statements?q=tide")
    assert "/statements/" not in first.text
    assert client.get("/statements?q=tide").text == first.text
    assert asked == ["tide"]
    client.get("/statements?q=ebb")
    assert asked == ["tide", "ebb"]
    add_page(ledger)
    assert "the tide is out" in client.get("/statements?q=tide").text


def test_answers_to_key_presses_are_not_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(make_pages(Desk(ledger, Settings())), base_url="http://localhost")
    settle(ledger)
    with monkeypatch.context() as patch:
        patch.setattr(KeptPages, "keep", lambda *_args, **_versions: pytest.fail("kept"))
        first = client.get("/search?q=equipm")
    again = client.get("/search?q=equipm", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_claim_is_made_anew_only_when_it_was_written(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ledger.claim_store import resolving
    from onrecord.query import get_claim, get_document
    from onrecord.web import claim as page

    made: list[str] = []
    get = page.get_claim
    monkeypatch.setattr(page, "get_claim", lambda *args, **kw: (made.append(args[1]), get(*args, **kw))[1])
    client = TestClient(make_pages(Desk(ledger, Settings())), base_url="http://localhost")
    first = client.get("/claims/c-asked")
    tag = first.headers["etag"]
    add_page(ledger)
    again = client.get("/claims/c-asked")
    assert (again.text, again.headers["etag"], again.headers["content-type"]) == (
        first.text,
        tag,
        first.headers["content-type"],
    )
    assert client.get("/claims/c-asked", headers={"If-None-Match": tag}).status_code == 304
    assert made == ["c-asked"]

    shown = get_claim(ledger, "c-asked")
    with resolving(ledger, ()) as store:
        store.replace_claims(["c-asked"], [replace(shown.claim, text="Westland had asked")])
    assert "Westland had asked" in client.get("/claims/c-asked").text

    # a page that is read anew
    document = get_document(ledger, shown.claim.documents[0])
    statements = [quote.statement for quote in document.quotes]
    changed = replace(document.document, outlet="The Other Post")
    ledger.write_page(make_raw(changed.text, address=changed.address), changed, statements)
    assert "The Other Post" in client.get("/claims/c-asked").text

    with resolving(ledger, ()) as store:
        store.replace_claims(["c-asked"], [])
    assert client.get("/claims/c-asked").status_code == 404


def test_pages_that_nobody_asks_for_go_first() -> None:
    packed = len(zstandard.compress(b"0123456789"))
    kept = KeptPages(most_bytes=8 * packed)
    for name in "abcdefgh":
        kept.keep(name, Response(b"0123456789"), ledger=(1,))
    found = kept.find("a", ledger=(1,))
    assert found is not None
    assert found.body == b"0123456789"
    kept.keep("i", Response(b"0123456789"), ledger=(1,))
    assert kept.find("a", ledger=(1,)) is not None
    assert kept.find("b", ledger=(1,)) is None
    assert kept.find("i", ledger=(2,)) is None
    assert kept.find("i", ledger=None) is None
    kept.keep("j", Response(b"", 404), ledger=(1,))
    kept.keep("k", Response(os.urandom(2 * packed)), ledger=(1,))
    kept.keep("l", Response(b"x"), ledger=None)
    assert not any(kept.find(name, ledger=(1,)) for name in "jkl")


def test_a_page_with_a_version_of_its_own_outlives_the_ledger_s() -> None:
    kept = KeptPages()
    kept.keep("a", Response(b"0123456789"), ledger=None, own=(1,))
    assert kept.find("a", ledger=None) is None
    assert kept.find("a", ledger=(1,)) is None
    assert kept.find("a", ledger=(1,), own=(2,)) is None
    assert kept.find("a", ledger=(1,), own=(1,)) is not None
    # found good in this state of the ledger, it need not be looked at again in it
    assert kept.find("a", ledger=(1,)) is not None
    assert kept.find("a", ledger=(2,)) is None
