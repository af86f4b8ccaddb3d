"""A ledger in Datasette, with its own test client: nothing to configure, read-only, ids that lead somewhere."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from onrecord.ledger import open_ledger
from onrecord.ledger.claims import write_claims
from onrecord.ledger.schema import VIEWS, metadata
from onrecord.records import Claim, Position, Stance, Status
from tests.factories import make_document, make_raw, make_statement


@pytest.fixture(params=["open", "immutable"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Datasette:
    """A ledger with a claim, and a database that is none, as `datasette FILE` and `datasette -i FILE` open them."""
    path = tmp_path / "ledger.sqlite"
    ledger = open_ledger(path)
    document = make_document(title="Talks <b>on</b> aid")
    said = make_statement(document, chain=("officials",), cue="said")
    ledger.write_page(make_raw(), document, [said, make_statement(document, "It is an invention", outer=said.id)])
    position = Position(
        "c1", "officials", False, Stance.ASSERTS, (said.id,), (document.id,), "2022-03-14", "2022-03-14"
    )
    claim = Claim("c1", "Eastland had asked", Status.SINGLE_SOURCE, (position,), 1, (document.id,))
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, [claim])
    ledger.close()
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE notes (document_id TEXT)")
        other.execute("INSERT INTO notes VALUES ('d1')")
    files = [str(path), str(tmp_path / "other.db")]
    return Datasette(files) if request.param == "open" else Datasette([], immutables=files)


def get(site: Datasette, path: str, **options: Any) -> Any:
    async def ask() -> Any:
        await site.invoke_startup()
        return await site.client.get(path, **options)

    return asyncio.run(ask())


def test_tables_and_views_say_what_they_are(site: Datasette) -> None:
    page = get(site, "/ledger.json").json()
    shown = {table["name"] for table in page["tables"] if not table["hidden"]}
    assert shown >= {"documents", "statements", "links", "claims", "positions", "edges", "skipped"}
    assert shown.isdisjoint({"raws", "keys", "vectors", "alembic_version", "documents_fts"})
    assert {view["name"] for view in page["views"]} == set(VIEWS)
    for name in shown & set(metadata.tables):
        assert get(site, f"/ledger/{name}").status_code == 200
    for name in ("documents", "statements", "claims", *VIEWS):
        assert site.metadata("description", database="ledger", table=name, fallback=False), name
    assert "A status is about the record" in get(site, "/ledger").text


def test_foreign_keys_are_labelled_and_lead_to_their_rows(site: Datasette) -> None:
    keys = get(site, "/ledger.json").json()["tables"]
    links = next(table for table in keys if table["name"] == "links")["foreign_keys"]["outgoing"]
    assert [(key["column"], key["other_table"]) for key in links] == [("statement_id", "statements")]
    page = get(site, "/ledger/statements").text
    assert "Talks &lt;b&gt;on&lt;/b&gt; aid" in page
    assert "<b>on</b>" not in page
    targets = set(re.findall(r'href="(/ledger/(?:documents|statements)\?id=\w+)"', page))
    assert len(targets) == 2  # the document, and the statement that the other stands in
    for target in targets:
        assert len(get(site, target.replace("?", ".json?_shape=array&")).json()) == 1
    assert re.search(r'href="/ledger/claims\?id=c1"', get(site, "/ledger/stands").text)


def test_search_is_found(site: Datasette) -> None:
    found = get(site, "/ledger/statements.json?_search=equipment&_shape=array").json()
    assert [row["content"] for row in found] == ["Eastland had asked for equipment"]


def test_views_answer_in_words(site: Datasette) -> None:
    (row,) = get(site, "/ledger/stands.json?_shape=array").json()
    assert (row["claim"], row["root"], row["stance"]) == ("Eastland had asked", "officials", "asserts")


def test_nothing_can_be_written(site: Datasette) -> None:
    before = get(site, "/ledger/claims.json?_shape=array").json()
    for sql in ("delete from claims", "with x as (select 1) delete from claims", "pragma writable_schema = 1"):
        assert get(site, "/ledger.json", params={"sql": sql}).status_code == 400
    assert get(site, "/ledger/claims.json?_shape=array").json() == before


def test_other_databases_are_left_as_they_are(site: Datasette) -> None:
    assert site.metadata("title", database="other") is None
    assert "?id=d1" not in get(site, "/other/notes").text
