"""PostgreSQL: a server for teams, several writers at once, its own full-text search in a column of each table."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Subquery,
    Table,
    Text,
    TextClause,
    bindparam,
    create_engine,
    event,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import REGCONFIG, TSVECTOR, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError

from onrecord.errors import RunError
from onrecord.ledger.dialects.base import SEARCHED, Lock, Terms, dump_json, upsert

LOCKS = {lock: 0x0EC0 + nth for nth, lock in enumerate(Lock)}  # any numbers
WEIGHTS = "ABCD"  # mark which column a word of the search column is from
# a vector of words holds at most 1 MiB; so many characters fit whatever they are
SEARCHED_CHARACTERS = 240_000
# the parser would take "U.S." for a host and "9/11" for a path; what it makes of marks beyond ASCII is the locale's
MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~“”‘’‚„«»‹›–—…•·¿¡"
ACCENTS = f"[{chr(0x300)}-{chr(0x36F)}]"
# all words, unlike PostgreSQL's own "english", which leaves Will and May out for stop words
CONFIGURATION = "onrecord"
STOPPED = "pg_catalog.english"

# SQLSTATE, or the beginning of one → our words; "{detail}" is the server's message
MESSAGES = {
    "25006": "the ledger {label} is read-only: connect as a user who may write, or name another with --ledger",
    "42501": "no permission on the ledger {label}: its owner must grant it ({detail})",
    "53100": "no space left on the disk of the ledger {label}: make room and run the same command again",
    "53300": "the server of the ledger {label} has no connection left: wait, or raise max_connections",
    "40": "another program worked on the same pages of the ledger {label}: run the same command again",
    "55P03": "the ledger {label} is in use by another program: run the same command again",
    "57": "the server of the ledger {label} broke off: run the same command again when it is back ({detail})",
    "58": "the disk of the ledger {label} cannot be read or written: see the server's log ({detail})",
}
ITEMS = text(
    "SELECT k.key, i.item FROM unnest(CAST(:keys AS bigint[])) AS k(key) CROSS JOIN LATERAL "
    "(SELECT item FROM keys WHERE keys.key = k.key ORDER BY item LIMIT :limit) AS i"
)
INSERT_KEYS = text("INSERT INTO keys SELECT unnest(CAST(:keys AS bigint[])), :item")
DELETE_KEYS = text("DELETE FROM keys WHERE item = :item AND key = ANY(CAST(:keys AS bigint[]))")
TOO_LONG = "54000"  # a name or an address that does not fit into an index


class PostgreSQL:
    """A ledger on a server."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError) as error:
            raise RunError("no address of a ledger: postgresql://USER@HOST/NAME is one") from error

    @property
    def label(self) -> str:
        """The URL without its password."""
        url = self.url.set(drivername="postgresql").difference_update_query(["password", "sslpassword"])
        return url.render_as_string(hide_password=True)

    def exists(self) -> bool:
        """The database is made by its owner, not by us."""
        return True

    def make_engine(self, *, read_only: bool) -> Engine:
        """An engine over psycopg. Raises RunError, naming the install line, where that is missing."""
        try:
            engine = create_engine(self.url, pool_pre_ping=True, json_serializer=dump_json)
        except ModuleNotFoundError as error:
            raise RunError("PostgreSQL needs its driver: pip install 'onrecord[postgres]'") from error

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if read_only or not connection.get_execution_options().get("writing", False):
                # all that a reader asks for in one go is of one moment
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

        return engine

    def drop_search(self, connection: Connection) -> None:
        """Drop the search columns, with their indexes."""
        for table in SEARCHED:
            connection.exec_driver_sql(f"ALTER TABLE IF EXISTS {table} DROP COLUMN IF EXISTS words")
        connection.exec_driver_sql(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}")
        connection.exec_driver_sql(f"DROP TEXT SEARCH DICTIONARY IF EXISTS {CONFIGURATION}")

    def create_search(self, connection: Connection) -> None:
        """A column `words` in each searched table, which the server fills by itself, and an index over it."""
        if connection.scalar(text("SHOW server_encoding")) != "UTF8":
            raise RunError(f"the database {self.label} is not in UTF-8: make one with `createdb --encoding=UTF8`")
        connection.exec_driver_sql(
            f"CREATE TEXT SEARCH DICTIONARY {CONFIGURATION} (TEMPLATE = snowball, LANGUAGE = english)"
        )
        connection.exec_driver_sql(f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = pg_catalog.simple)")
        connection.exec_driver_sql(
            f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} ALTER MAPPING REPLACE simple WITH {CONFIGURATION}"
        )
        for table, columns in SEARCHED.items():
            vector = " || ".join(_vector(name, weight) for name, weight in zip(columns, WEIGHTS, strict=False))
            connection.execute(
                text(f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({vector}) STORED")
            )
            connection.exec_driver_sql(f"CREATE INDEX {table}_words ON {table} USING gin (words)")

    def search(self, table: Table, terms: Terms, *, columns: Sequence[str] = ()) -> Subquery:
        """Rows whose searched columns match, ranked by ts_rank, which prefers the shorter of two."""
        weights = "".join(WEIGHTS[SEARCHED[table.name].index(name)] for name in columns)
        # any of "did Russia ask for" is wanted for its rare words: the others would fit every row
        return _select_matches(table, STOPPED if terms.any else CONFIGURATION, _write_query(terms, weights))

    def prepare_search(self, table: Table) -> Subquery:
        """The same with the parameter `match`."""
        return _select_matches(table, CONFIGURATION, bindparam("match", type_=Text))

    def write_match(self, terms: Terms) -> str:
        """In the language of to_tsquery."""
        return _write_query(terms)

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
        found: dict[int, list[str]] = {}
        for key, item in connection.execute(ITEMS, {"keys": list(keys), "limit": limit}):
            found.setdefault(key, []).append(item)
        return found

    def lock(self, connection: Connection, lock: Lock) -> None:
        """An advisory lock that ends with the transaction."""
        connection.execute(select(func.pg_advisory_xact_lock(LOCKS[lock])))

    def is_unheld(self, error: DBAPIError) -> bool:
        """NUL in a text, or a name or an address of more than some 2,700 bytes."""
        return isinstance(error, DataError) or _find_state(error) == TOO_LONG

    def explain(self, error: DBAPIError) -> str:
        """What the server's code for it means, else its message, in one line."""
        detail = " ".join(str(error.orig).split())
        state = _find_state(error)
        for code, meaning in MESSAGES.items():
            if state.startswith(code):
                return meaning.format(label=self.label, detail=detail)
        if not state or state.startswith("08"):
            hint = "check address, user and password, and that its owner has made the database with `createdb`"
            return f"cannot connect to the ledger {self.label}: {hint} ({detail})"
        return f"the ledger {self.label} failed: {detail}"


def _run_for_each(connection: Connection, statement: TextClause, keys: Mapping[str, Sequence[int]]) -> None:
    if keys:
        connection.execute(statement, [{"item": item, "keys": list(own)} for item, own in keys.items()])


def _select_matches(table: Table, configuration: str, match: str | BindParameter[str]) -> Subquery:
    query = func.to_tsquery(literal_column(f"'{configuration}'", REGCONFIG), match)
    vector: ColumnElement[Any] = literal_column(f"{table.name}.words", TSVECTOR)
    rank = (-func.ts_rank(vector, query, 1)).label("rank")
    return select(table.c.number, rank).where(vector.op("@@")(query)).subquery()


def _write_query(terms: Terms, weights: str = "") -> str:
    marks = [weights] * len(terms.words)
    if terms.prefix and terms.words:
        marks[-1] += "*"
    words = [f"'{_fold(word)}'" + (f":{mark}" if mark else "") for word, mark in zip(terms.words, marks, strict=True)]
    return (" | " if terms.any else " & ").join(words)


def _find_state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _vector(name: str, weight: str) -> str:
    """The words of a column, accents and marks aside."""
    plain = f"regexp_replace(normalize(left({name}::text, {SEARCHED_CHARACTERS}), NFD), '{ACCENTS}', '', 'g')"
    marks = MARKS.replace("'", "''")
    spaced = f"translate({plain}, '{marks}', repeat(' ', {len(MARKS)}))"
    return f"setweight(to_tsvector('{CONFIGURATION}', coalesce({spaced}, '')), '{weight}')"


def _fold(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not 0x300 <= ord(c) <= 0x36F)
