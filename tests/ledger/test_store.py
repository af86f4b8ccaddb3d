"""Pages go in whole, once, and come out with everything that was made of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, select

from onrecord.errors import DocumentError
from onrecord.ledger import Ledger, open_ledger, rows, schema
from onrecord.records import Polarity, Skipped
from tests.factories import make_document, make_raw, make_statement

TABLES = (schema.documents, schema.raws, schema.statements, schema.links, schema.names)


def count_rows(ledger: Ledger) -> dict[str, int]:
    with ledger.read() as connection:
        return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in TABLES}


def write(ledger: Ledger, address: str = "talks.txt") -> str:
    document = make_document(address=address)
    statements = [
        make_statement(document, chain=("Officials in Westmark",), cue="said"),
        make_statement(document, "It is an invention", chain=("reporters", "Anna Belov")),
    ]
    ledger.write_page(make_raw(address=address), document, statements)
    return document.id


def test_same_page_twice_changes_nothing(ledger: Ledger) -> None:
    document_id = write(ledger)
    before = count_rows(ledger)
    assert before == {"documents": 1, "raws": 1, "statements": 2, "links": 3, "names": 3}
    write(ledger)
    assert count_rows(ledger) == before
    assert ledger.has_document(document_id)
    assert not ledger.has_document("d0")


def test_raw_bytes_are_kept(ledger: Ledger) -> None:
    raw = make_raw("caf\u00e9 \u201cquoted\u201d\r\n\x00")
    ledger.write_page(raw, make_document("caf\u00e9 \u201cquoted\u201d"), [])
    with ledger.read() as connection:
        assert rows.decompress(connection.scalar(select(schema.raws.c.content)) or b"") == raw.content


def test_a_better_model_updates_rows_and_takes_out_what_it_no_longer_finds(ledger: Ledger) -> None:
    document = make_document()
    asked = make_statement(document, chain=("Officials in Westmark",))
    invention = make_statement(document, "It is an invention", chain=("Anna Belov",))
    ledger.write_page(make_raw(), document, [asked, invention])
    better = replace(asked, polarity=Polarity.UNKNOWN, made_by="better")
    ledger.write_page(make_raw(), document, [better])
    with ledger.read() as connection:
        found = connection.execute(select(schema.statements)).mappings().all()
        names = connection.scalars(select(schema.names.c.name)).all()
    assert [(row["id"], row["polarity"], row["made_by"]) for row in found] == [(asked.id, "unknown", "better")]
    assert names == ["Officials in Westmark"]


def test_removing_a_document_leaves_nothing_of_it(ledger: Ledger) -> None:
    kept, gone = write(ledger, "a.txt"), write(ledger, "b.txt")
    assert ledger.remove_document(gone)
    assert not ledger.remove_document(gone)
    assert count_rows(ledger) == {"documents": 1, "raws": 1, "statements": 2, "links": 3, "names": 3}
    assert ledger.has_document(kept)


def test_an_inner_statement_outlives_its_outer_one(ledger: Ledger) -> None:
    document = make_document()
    outer = make_statement(document, "It is an invention", chain=("Anna Belov",))
    inner = make_statement(document, chain=("Officials in Westmark",), outer=outer.id)
    ledger.write_page(make_raw(), document, [inner, outer])
    with ledger.read() as connection:
        assert outer.id in connection.scalars(select(schema.statements.c.outer)).all()
    ledger.write_page(make_raw(), document, [inner])
    with ledger.read() as connection:
        assert connection.scalars(select(schema.statements.c.outer)).all() == [None]


def test_failures_are_counted_and_forgotten_once_the_page_is_in(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.write_skipped(Skipped("talks.txt", "read", "empty"), outlet="Courier")
    with ledger.read() as connection:
        row = connection.execute(select(schema.skipped)).mappings().one()
    assert (row["tries"], row["reason"], row["outlet"]) == (3, "empty", "Courier")
    write(ledger)
    with ledger.read() as connection:
        assert connection.execute(select(schema.skipped)).all() == []


def test_whatever_failed_can_be_noted(ledger: Ledger) -> None:
    long = "https://example.org/" + "/".join(f"{n * n:x}" for n in range(2000))
    for _ in range(2):
        for source in (long, "talks\x00.txt", "talks\udcff.txt", "\U0001f600" * 5000):
            ledger.write_skipped(Skipped(source, "read", "it says \x00 and \udcff"))
    with ledger.read() as connection:
        assert connection.execute(select(schema.skipped.c.tries)).all() == [(2,)] * 4


def test_half_a_surrogate_pair_costs_its_page_alone(ledger: Ledger) -> None:
    document = make_document(address="talks\udcff.txt")
    with pytest.raises(DocumentError, match="half of a surrogate pair"):
        ledger.write_page(make_raw(), document, [])
    assert count_rows(ledger)["documents"] == 0


def test_two_writers_count_each_other_s_names(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def upsert_slowly(connection: Connection, table: Table, *rest: Any, **key: Any) -> None:
        if table is schema.names:
            time.sleep(0.5)  # between counting and writing the count
        upsert(connection, table, *rest, **key)

    upsert = ledger.dialect.upsert
    monkeypatch.setattr(ledger.dialect, "upsert", upsert_slowly)
    writers = [threading.Thread(target=write, args=(ledger, address)) for address in ("a.txt", "b.txt")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with ledger.read() as connection:
        assert set(connection.scalars(select(schema.names.c.statements))) == {2}


KILLED = """
    import sys
    from onrecord.ledger import open_ledger
    from tests.factories import make_document, make_raw, make_statement
    ledger = open_ledger(sys.argv[1])
    n = 0
    while True:
        address = f"{n}.txt"
        document = make_document(address=address)
        made = [make_statement(document, chain=("Officials in Westmark",), nth=i) for i in range(1)]
        ledger.write_page(make_raw(address=address), document, made)
        n += 1
        if n % 5 == 0:
            print(n, flush=True)
"""


def test_a_killed_run_leaves_whole_pages_only(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(4):
        child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    counted = count_rows(open_ledger(path))
    assert counted["documents"] >= 20
    assert counted["documents"] == counted["raws"] == counted["statements"] == counted["links"]
