"""A ledger is made where there is none, and refused, with what to do, where it cannot be used."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from onrecord.errors import RunError
from onrecord.ledger import Ledger, open_ledger, opening, schema
from onrecord.ledger.dialects import SQLite
from onrecord.query import find_statements
from onrecord.records import Source, Span
from tests.factories import make_document, make_raw, make_statement


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    def is_ours(name: str | None, kind: str, _: object) -> bool:
        return "_fts" not in (name or "") if kind == "table" else not (name or "").endswith("words")

    with ledger.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, schema.metadata) == []
        # Alembic cannot compare indexes over expressions
        is_sqlite = isinstance(ledger.dialect, SQLite)
        listed = "name FROM sqlite_master WHERE type = 'index'" if is_sqlite else "indexname FROM pg_indexes"
        made = set(connection.scalars(text(f"SELECT {listed}")))
    assert {index.name for table in schema.metadata.tables.values() for index in table.indexes} <= made


def test_revision_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.REVISION


def test_chains_of_an_older_ledger(ledger: Ledger, ledger_url: str) -> None:
    document = make_document()
    chain = (Source(Span(14, 23), "Officials", False, "officials"), Source(None, "Westmark", True, None, "n1"))
    statement = make_statement(document, chain=chain)
    ledger.write_page(make_raw(), document, [statement])
    with ledger.write() as connection:
        for view in schema.VIEWS:
            connection.execute(text(f"DROP VIEW {view}"))
        connection.execute(text("ALTER TABLE statements DROP COLUMN chain"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))
    ledger.close()
    again = open_ledger(ledger_url)
    assert [quote.statement for quote in find_statements(again).items] == [statement]
    again.close()


def test_views_can_be_read(ledger: Ledger) -> None:
    with ledger.read() as connection:
        for view in schema.VIEWS:
            assert connection.execute(text(f"SELECT * FROM {view}")).all() == []


def test_settings_of_sqlite(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite").read() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"no ledger at .* yet: `onrecord add PATH` makes one"):
        open_ledger(tmp_path / "none.sqlite", read_only=True)
    assert not (tmp_path / "none.sqlite").exists()


def test_folders_are_made(tmp_path: Path) -> None:
    open_ledger(tmp_path / "deep" / "er" / "ledger.sqlite")
    assert open_ledger(f"sqlite:///{tmp_path}/deep/er/ledger.sqlite", read_only=True)


def test_newer_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    open_ledger(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RunError, match="made by a newer onrecord: upgrade"):
        open_ledger(path)


def test_another_program_s_database(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(RunError, match="holds something else already"):
        open_ledger(path)
    with pytest.raises(RunError, match="is not a ledger"):
        open_ledger(path, read_only=True)


@pytest.mark.parametrize("read_only", [True, False])
def test_not_a_database(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(RunError, match="is not a ledger"):
        open_ledger(path, read_only=read_only)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is a folder"):
        open_ledger(tmp_path)


def test_unknown_scheme() -> None:
    with pytest.raises(RunError, match="mysql:// is no ledger"):
        open_ledger("mysql://host/name")


def test_writing_to_a_read_only_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    open_ledger(path).close()
    with pytest.raises(RunError, match="is read-only: make it writable"):
        open_ledger(path, read_only=True).write_page(make_raw(), make_document(), [])


def test_disk_full(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    # SQLite reports a full disk in the same way where a file may not grow any more
    document = make_document("A report. " * 20_000)
    with ledger.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
        connection.commit()
    with pytest.raises(RunError, match="no space left on the disk of the ledger"):
        ledger.write_page(make_raw(document.text), document, [])
    assert not ledger.has_document(document.id)


def test_two_writers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    failures: list[BaseException] = []

    def add(who: int) -> None:
        try:
            mine = open_ledger(path)
            for n in range(20):
                document = make_document(address=f"{who}-{n}")
                mine.write_page(make_raw(address=f"{who}-{n}"), document, [make_statement(document)])
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=add, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_ledger(path).read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM documents")) == 60
        assert connection.scalar(text("SELECT statements FROM names")) == 60


def test_a_new_file_is_made_a_ledger_beside_somebody_who_does_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, other.close).start()
    open_ledger(path).close()
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ledger.dialects.sqlite.BUSY_SECONDS", 0.1)
    path = tmp_path / "ledger.sqlite"
    open_ledger(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(RunError, match="has been busy"):
        open_ledger(path).write_page(make_raw(), make_document(), [])
    holder.close()


def test_labels(tmp_path: Path) -> None:
    assert SQLite(str(tmp_path / "a b.sqlite")).label == str(tmp_path / "a b.sqlite")
