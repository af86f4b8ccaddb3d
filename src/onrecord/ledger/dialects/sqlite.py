"""SQLite: one file, write-ahead log, FTS5 tables kept in step by triggers."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Float,
    Integer,
    Subquery,
    Table,
    Text,
    TextClause,
    bindparam,
    column,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from onrecord.errors import RunError
from onrecord.ledger.dialects.base import SEARCHED, Lock, Terms, dump_json, upsert

BUSY_SECONDS = 30  # how long a writer waits for another one; a page is written in milliseconds
TOKENIZER = "porter unicode61 remove_diacritics 2"
# beginnings of words of so many characters get an index of their own: without one SQLite collects everything that the
# beginning fits before it gives the first. A search of 10,000 documents costs little more than half as much; the ledger
# of the examples grows by 3 %, that of bench/load_ledger.py, whose words are all made up, by 29 %
PREFIXES = "3 4 5 6"
# each page that is written makes a segment of the index, and a search looks through all that were not merged yet. By
# SQLite's own settings (4, 16) those are 19 at 10,000 documents, by these 11: a search takes a sixth less, and to write
# a page 0.7 ms more
MERGING = {"automerge": 2, "crisismerge": 6}

# a common key has items by the hundred thousand: each list is cut off in the index
ITEMS = text(
    "SELECT k.value, (SELECT group_concat(item, ' ') FROM "
    "(SELECT item FROM keys WHERE key = k.value ORDER BY item LIMIT :limit)) FROM json_each(:keys) AS k "
    "WHERE EXISTS (SELECT 1 FROM keys WHERE key = k.value)"
)
INSERT_KEYS = text("INSERT INTO keys SELECT value, :item FROM json_each(:keys)")
DELETE_KEYS = text("DELETE FROM keys WHERE item = :item AND key IN (SELECT value FROM json_each(:keys))")

# SQLite's own words → ours
MESSAGES = {
    "readonly database": "the ledger {label} is read-only: make it writable, or name another with --ledger",
    "disk is full": "no space left on the disk of the ledger {label}: make room and run the same command again",
    "disk i/o error": "the disk of the ledger {label} cannot be read or written: check it, then run the command again",
    "database is locked": f"the ledger {{label}} has been busy for {BUSY_SECONDS} seconds: wait for the other program",
    "file is not a database": "{label} is not a ledger: name another file with --ledger",
    "malformed": "the ledger {label} is damaged: run `sqlite3 {label} .recover` into a new file, or take a backup",
    "unable to open": "cannot open the ledger {label}: check the folder and its permissions",
}


class SQLite:
    """A ledger in a file."""

    def __init__(self, path_or_url: str) -> None:
        scheme, separator, rest = path_or_url.partition("://")
        if separator and scheme.partition("+")[0] != "sqlite":
            raise RunError(f"{scheme}:// is no ledger: name a file, sqlite:///PATH or postgresql://HOST/NAME")
        self.path = Path(rest.removeprefix("/") if separator else path_or_url).expanduser().absolute()

    @property
    def label(self) -> str:
        """The file's path."""
        return str(self.path)

    def exists(self) -> bool:
        """Whether the file is there and not empty."""
        return self.path.is_file() and self.path.stat().st_size > 0

    def make_engine(self, *, read_only: bool) -> Engine:
        """An engine whose transactions begin at once and, where marked as writing, with the write lock."""
        if self.path.is_dir():
            raise RunError(f"the ledger {self.label} is a folder: name a file in it")
        if not read_only:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise RunError(f"cannot make the folder of the ledger {self.label}: {error.strerror}") from error
        query = {"uri": "true", "timeout": str(BUSY_SECONDS)} | ({"mode": "ro"} if read_only else {})
        url = URL.create("sqlite", database=self.path.as_uri(), query=query)
        # the connection given back last is taken first: its cache holds what the last reader read
        engine = create_engine(url, json_serializer=dump_json, pool_use_lifo=True)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        return engine

    def drop_search(self, connection: Connection) -> None:
        """Drop triggers and FTS5 tables."""
        for table in SEARCHED:
            for change in ("insert", "delete", "update"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_fts_{change}")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}_fts")

    def create_search(self, connection: Connection) -> None:
        """FTS5 tables over the tables of SEARCHED, which keep the text, and triggers."""
        for table, columns in SEARCHED.items():
            names = ", ".join(columns)
            olds, news = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
            take_out = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.number, {olds});"
            put_in = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.number, {news});"
            for ddl in (
                f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content=\"{table}\", content_rowid='number', "
                f"tokenize='{TOKENIZER}', prefix='{PREFIXES}')",
                f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {put_in} END",
                f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {take_out} END",
                f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} BEGIN {take_out} {put_in} END",
                *(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('{key}', {n})" for key, n in MERGING.items()),
                f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')",
            ):
                connection.exec_driver_sql(ddl)

    def search(self, table: Table, terms: Terms, *, columns: Sequence[str] = ()) -> Subquery:
        """Rows whose FTS5 entry matches, ranked by BM25."""
        match = self.write_match(terms)
        if columns:
            match = f"{{{' '.join(columns)}}} : ({match})"
        return _select_matches(table, bindparam("match", match, unique=True))

    def prepare_search(self, table: Table) -> Subquery:
        """The same with the parameter `match`."""
        return _select_matches(table, bindparam("match", type_=Text))

    def write_match(self, terms: Terms) -> str:
        """In the language of FTS5."""
        words = [f'"{word}"' for word in terms.words] or ['""']
        if terms.prefix and terms.words:
            words[-1] += "*"
        return (" OR " if terms.any else " ").join(words)

    def upsert(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, key: Sequence[str]
    ) -> None:
        """INSERT … ON CONFLICT DO UPDATE."""
        upsert(connection, insert, table, rows, key=key)

    def insert_keys(self, connection: Connection, keys: Mapping[str, Sequence[int]]) -> None:
        """One statement an item."""
        _run_for_each(connection, INSERT_KEYS, keys)

    def delete_keys(self, connection: Connection, keys: Mapping[str, Sequence[int]]) -> None:
        """One statement an item."""
        _run_for_each(connection, DELETE_KEYS, keys)

    def find_items(self, connection: Connection, keys: Sequence[int], limit: int) -> Mapping[int, Sequence[str]]:
        """The items that have each key, `limit` a key at most, by id; keys that none has are left out."""
        found = connection.execute(ITEMS, {"keys": json.dumps(keys), "limit": limit})
        return {key: items.split(" ") for key, items in found}

    def lock(self, connection: Connection, lock: Lock) -> None:
        """A writing transaction is alone already."""

    def is_unheld(self, error: DBAPIError) -> bool:
        """A row or a text of more than SQLite's limit of a billion bytes."""
        return "too big" in str(error.orig)

    def explain(self, error: DBAPIError) -> str:
        """SQLite's message in our words."""
        message = str(error.orig)
        for words, meaning in MESSAGES.items():
            if words in message.casefold():
                return meaning.format(label=self.label)
        return f"the ledger {self.label} failed: {message}"


def _run_for_each(connection: Connection, statement: TextClause, keys: Mapping[str, Sequence[int]]) -> None:
    if keys:
        connection.execute(statement, [{"item": item, "keys": json.dumps(own)} for item, own in keys.items()])


def _select_matches(table: Table, match: BindParameter[str]) -> Subquery:
    query = text(f"SELECT rowid AS number, rank FROM {table.name}_fts WHERE {table.name}_fts MATCH :match")
    return query.bindparams(match).columns(column("number", Integer), column("rank", Float)).subquery()


def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    # transactions are begun by _begin, not by the driver before the first change
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -32000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    if writing:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # this waits for nobody and cannot fail; by SQLAlchemy's way it takes longer than the query that follows
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")


def turn_on_log(path: Path) -> None:
    """Switch a file that holds nothing yet to write-ahead logging, which lets readers read while one writes.

    SQLite itself waits for no other process here: each would wait for the other. Raises DBAPIError.
    """
    switch = "PRAGMA journal_mode = WAL"
    deadline = time.monotonic() + BUSY_SECONDS
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        while True:
            try:
                if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    connection.execute(switch)
                return
            except sqlite3.Error as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise DBAPIError(switch, None, error) from error
            time.sleep(0.01)
