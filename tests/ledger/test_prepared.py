"""A prepared query gives what SQLAlchemy gives, and fails as it does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select

from onrecord.errors import RunError
from onrecord.ledger import Ledger, open_ledger, schema
from onrecord.ledger.prepared import Prepared, Reader
from tests.web.ledgers import make_ledger

IDS = bindparam("ids", expanding=True)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = make_ledger(tmp_path / "ledger.sqlite")
    yield made
    made.close()


@pytest.mark.parametrize("table", [schema.claims, schema.statements, schema.documents], ids=str)
def test_rows_are_those_of_sqlalchemy(ledger: Ledger, table: object) -> None:
    assert isinstance(table, type(schema.claims))
    every = select(table).order_by(table.c.id)
    with ledger.read() as connection:
        expected = [dict(row) for row in connection.execute(every).mappings()]
        ids = [row["id"] for row in expected]
        assert len(ids) > 1
        assert Prepared(every.where(table.c.id.in_(IDS))).run(connection, ids=ids) == expected
        one = Prepared(every.where(table.c.id == bindparam("id"), table.c.number > 0))
        assert one.run(connection, id=ids[0]) == expected[:1]
        assert Prepared(every.where(table.c.id.in_(IDS))).run(connection, ids=[]) == []
        assert one.run(connection, id="' OR 1=1 --") == []
    with ledger.read_quick() as quick:
        assert one.run(quick, id=ids[0]) == expected[:1]


def test_one_reading_sees_one_state(ledger: Ledger) -> None:
    count = Prepared(select(schema.documents.c.id).where(schema.documents.c.id.in_(IDS)))

    def known(reader: Reader, document_id: str) -> bool:
        return bool(count.run(reader, ids=[document_id]))

    with ledger.read() as connection:
        first, second = connection.scalars(select(schema.documents.c.id)).all()[:2]
    for read, gone in ((ledger.read, first), (ledger.read_quick, second)):
        with read() as reader:
            assert known(reader, gone)
            ledger.remove_document(gone)
            assert known(reader, gone)
        with read() as reader:
            assert not known(reader, gone)


def test_the_database_s_errors_are_explained(ledger: Ledger) -> None:
    with ledger.write() as connection:
        connection.exec_driver_sql("DROP TABLE edges")
    gone = Prepared(select(schema.edges.c.left).where(schema.edges.c.left.in_(IDS)))
    for read in (ledger.read, ledger.read_quick):
        with pytest.raises(RunError, match="no such table"), read() as reader:
            gone.run(reader, ids=["x"])


def test_a_ledger_that_cannot_be_opened_any_more(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "ledger.sqlite"
    make_ledger(path).close()
    ledger = open_ledger(path, read_only=True)
    ledger.close()
    shutil.rmtree(path.parent)
    with pytest.raises(RunError, match="cannot open the ledger"), ledger.read_quick():
        pass
