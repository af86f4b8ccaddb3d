"""PostgreSQL: a server for teams, several writers at once, its own full-text search by expression indexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Subquery, Table, create_engine, func, literal_column, select
from sqlalchemy.dialects.postgresql import TSVECTOR, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from onrecord.errors import RunError
from onrecord.ledger.dialects.base import SEARCHED, Terms, upsert

CLAIMS_LOCK = 0x0EC0  # any number, the same in every program that resolves


class PostgreSQL:
    """A ledger on a server."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url).set(drivername="postgresql+psycopg")
        except ArgumentError as error:
            raise RunError(f"{url} is no address of a ledger: postgresql://USER@HOST/NAME is one") from error

    @property
    def label(self) -> str:
        """The URL without its password."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)

    def exists(self) -> bool:
        """The database is made by its owner, not by us."""
        return True

    def make_engine(self, *, read_only: bool) -> Engine:
        """An engine over psycopg. Raises RunError, naming the install line, where that is missing."""
        options = "-c default_transaction_read_only=on" if read_only else ""
        try:
            return create_engine(self.url, pool_pre_ping=True, connect_args={"options": options} if options else {})
        except ModuleNotFoundError as error:
            raise RunError("PostgreSQL needs its driver: pip install 'onrecord[postgres]'") from error

    def drop_search(self, connection: Connection) -> None:
        """Drop the GIN indexes."""
        for index, _, _ in _iter_indexes():
            connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")

    def create_search(self, connection: Connection) -> None:
        """A GIN index over all searched columns of a table, and one over each."""
        for index, table, names in _iter_indexes():
            connection.exec_driver_sql(f"CREATE INDEX {index} ON {table} USING gin ({_vector(names)})")

    def search(self, table: Table, terms: Terms, *, columns: Sequence[str] = ()) -> Subquery:
        """Rows whose searched columns match, ranked by ts_rank. `columns` are all of them or one."""
        words = [f"'{word}'" for word in terms.words]
        if terms.prefix and words:
            words[-1] += ":*"
        query = func.to_tsquery("english", (" | " if terms.any else " & ").join(words))
        vector: ColumnElement[Any] = literal_column(_vector(columns or SEARCHED[table.name]), TSVECTOR)
        rank = (-func.ts_rank(vector, query)).label("rank")
        return select(table.c.number, rank).where(vector.op("@@")(query)).subquery()

    def upsert(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, key: Sequence[str]
    ) -> None:
        """INSERT … ON CONFLICT DO UPDATE."""
        upsert(connection, insert(table), rows, key=key)

    def lock_claims(self, connection: Connection) -> None:
        """An advisory lock that ends with the transaction."""
        connection.execute(select(func.pg_advisory_xact_lock(CLAIMS_LOCK)))

    def explain(self, error: DBAPIError) -> str:
        """The server's message in one line."""
        message = " ".join(str(error.orig).split())
        return f"the ledger {self.label} failed: {message}"


def _iter_indexes() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for table, columns in SEARCHED.items():
        for names in dict.fromkeys([columns, *((name,) for name in columns)]):
            yield f"{table}_{'_'.join(names)}_fts", table, names


def _vector(names: Sequence[str]) -> str:
    return "to_tsvector('english', " + " || ' ' || ".join(f"coalesce({name}::text, '')" for name in names) + ")"
