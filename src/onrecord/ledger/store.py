"""Writing pages: one page is one transaction, and a page that comes again changes nothing."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Integer, cast, delete, func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from onrecord.errors import DocumentError, RunError
from onrecord.ledger import rows, schema
from onrecord.ledger.dialects import Dialect, Lock, SQLite
from onrecord.ledger.prepared import Reader
from onrecord.records import Document, Raw, Skipped, Statement

SOURCE_BYTES = 2_600  # PostgreSQL's index holds 2,704
IDS_A_QUERY = 500  # SQLite takes 32,766 variables in one query


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Ledger:
    """A ledger that is open. Safe to use from several threads; each `read` and `write` is a connection of its own."""

    def __init__(self, dialect: Dialect, engine: Engine) -> None:
        self.dialect = dialect
        self.engine = engine
        self._idle: list[sqlite3.Connection] = []  # what `read_quick` has opened: the one at the end was used last

    @property
    def label(self) -> str:
        """The path or URL, without a password."""
        return self.dialect.label

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Turn the database's errors into RunErrors that say what to do, or DocumentErrors where a page is at fault."""
        try:
            yield
        except UnicodeEncodeError as error:
            raise DocumentError(f"half of a surrogate pair, which no database holds: {error.reason}") from error
        except DBAPIError as error:
            if self.dialect.is_unheld(error):
                raise DocumentError(f"the ledger cannot hold it: {' '.join(str(error.orig).split())}") from error
            raise RunError(self.dialect.explain(error)) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the ledger."""
        with self.explaining(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def read_quick(self) -> Iterator[Reader]:
        """The same for prepared queries alone: on SQLite a connection of the driver's, past SQLAlchemy and its pool."""
        if not isinstance(self.dialect, SQLite):
            with self.read() as connection:
                yield connection
            return
        with self.explaining():
            try:
                driver = self._idle.pop()
            except IndexError:
                driver = self._open_driver()
            try:
                driver.execute("BEGIN")
                yield driver
            finally:
                driver.rollback()
                self._idle.append(driver)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self.explaining(), self.engine.connect() as connection:
            writing = connection.execution_options(writing=True)
            with writing.begin():
                yield writing

    def close(self) -> None:
        """Give the connections back. The ledger may be used again."""
        while self._idle:
            self._idle.pop().close()
        self.engine.dispose()

    def has_document(self, document_id: str) -> bool:
        """Whether a page with this address and these bytes is in."""
        with self.read() as connection:
            return self._has_document(connection, document_id)

    def write_page(self, raw: Raw, document: Document, statements: Sequence[Statement]) -> None:
        """Put a page in with its statements, or put them in place of what an earlier run made of the same page.

        Raises DocumentError for a page that this kind of database cannot hold.
        """
        page = rows.document_to_row(document)
        page["first_seen"] = document.first_seen or raw.seen or now()
        page["made_by"] = statements[0].made_by if statements else ""
        page["pending"] = True
        kept = {
            "document_id": document.id,
            "media_type": raw.media_type,
            "size": len(raw.content),
            "content": rows.compress(raw.content),
            "origin": rows.pack_origin(document.origin),
        }
        with self.write() as connection:
            if self._has_document(connection, document.id):
                # claims may rest on it: whoever resolves must not lose statements halfway
                self.dialect.lock(connection, Lock.CLAIMS)
                _touch_claims(connection, document.id)
            self._upsert(connection, schema.documents, [page], key=["id"])
            self._upsert(connection, schema.raws, [kept], key=["document_id"])
            self._write_statements(connection, document, statements)
            connection.execute(delete(schema.skipped).where(schema.skipped.c.source == document.address))

    def write_skipped(self, skipped: Skipped, *, published: str | None = None, outlet: str | None = None) -> None:
        """Note what could not be taken in, with what is needed to try again."""
        table = schema.skipped
        # as much of it as any index holds, without what no text holds: it must be possible to say what failed
        held = skipped.source.replace("\0", "\ufffd").encode("utf-8", "replace")[:SOURCE_BYTES]
        source = held.decode("utf-8", "ignore")
        row = {
            "source": source,
            "step": skipped.step,
            "reason": skipped.reason.replace("\0", "\ufffd").encode("utf-8", "replace").decode(),
            "published": published,
            "outlet": outlet,
            "last_tried": now(),
        }
        with self.write() as connection:
            self.dialect.lock(connection, Lock.FAILED)
            known = connection.execute(
                update(table).where(table.c.source == source).values(**row, tries=table.c.tries + 1)
            )
            if known.rowcount == 0:
                connection.execute(table.insert().values(**row, first_tried=row["last_tried"]))

    def forget_skipped(self, sources: Sequence[str]) -> None:
        """Take failures off the list that are none any more."""
        with self.write() as connection:
            for some in batches(sources):
                connection.execute(delete(schema.skipped).where(schema.skipped.c.source.in_(some)))

    def remove_document(self, document_id: str) -> bool:
        """Take a page out with all that was made of it but its part in claims: see `claim_store.remove_document`."""
        with self.write() as connection:
            self.dialect.lock(connection, Lock.CLAIMS)
            return self.drop_document(connection, document_id)

    def drop_document(self, connection: Connection, document_id: str) -> bool:
        """The same within a transaction that holds the lock on claims."""
        documents, statements, links = schema.documents, schema.statements, schema.links
        own = select(statements.c.id).where(statements.c.document_id == document_id)
        named = connection.scalars(select(links.c.name).where(links.c.statement_id.in_(own)).distinct()).all()
        removed = connection.execute(delete(documents).where(documents.c.id == document_id)).rowcount > 0
        self._count_names(connection, named)
        return removed

    def _open_driver(self) -> sqlite3.Connection:
        try:
            opened = self.engine.raw_connection()
        except sqlite3.Error as error:
            raise DBAPIError(None, None, error) from error
        driver: Any = opened.driver_connection
        opened.detach()
        return driver  # type: ignore[no-any-return]

    def _has_document(self, connection: Connection, document_id: str) -> bool:
        query = select(schema.documents.c.number).where(schema.documents.c.id == document_id)
        return connection.scalar(query) is not None

    def _write_statements(self, connection: Connection, document: Document, made: Sequence[Statement]) -> None:
        statements, links = schema.statements, schema.links
        own = select(statements.c.id).where(statements.c.document_id == document.id)
        before = set(connection.scalars(own))
        names = set(connection.scalars(select(links.c.name).where(links.c.statement_id.in_(own)).distinct()))
        ids = {statement.id for statement in made}
        for gone in batches(sorted(before - ids)):
            connection.execute(delete(statements).where(statements.c.id.in_(gone)))
        new = [rows.statement_to_row(statement, document, place) for place, statement in enumerate(made)]
        for row in new:
            # a threshold of confidence may leave out the statement that this one stands in
            row["outer"] = row["outer"] if row["outer"] in ids else None
        self._upsert(connection, statements, new, key=["id"])
        connection.execute(delete(links).where(links.c.statement_id.in_(own)))
        link_rows = [row for statement in made for row in rows.links_to_rows(statement)]
        if link_rows:
            connection.execute(links.insert(), link_rows)
        self._count_names(connection, names | {row["name"] for row in link_rows})

    def _count_names(self, connection: Connection, names: Iterable[str]) -> None:
        links, table = schema.links, schema.names
        # counting and writing the count is one step: two writers at once would each leave out the other's links
        self.dialect.lock(connection, Lock.NAMES)
        for some in batches(sorted(names)):
            query = (
                select(
                    links.c.name,
                    func.max(cast(links.c.named, Integer)).label("named"),
                    func.count().label("statements"),
                )
                .where(links.c.name.in_(some))
                .group_by(links.c.name)
            )
            counted = [dict(row) for row in connection.execute(query).mappings()]
            for row in counted:
                row["named"] = bool(row["named"])
            self._upsert(connection, table, counted, key=["name"])
            gone = set(some) - {row["name"] for row in counted}
            if gone:
                connection.execute(delete(table).where(table.c.name.in_(sorted(gone))))

    def _upsert(self, connection: Connection, table: Any, new: list[dict[str, Any]], *, key: list[str]) -> None:
        self.dialect.upsert(connection, table, new, key=key)


def make_version() -> int:
    """A number that no claim had before, as good as surely: programs that write at once need not agree on one."""
    return secrets.randbits(62)


def _touch_claims(connection: Connection, document_id: str) -> None:
    """Note that what claims show of the page has changed."""
    claims, of_claims = schema.claims, schema.claim_documents
    own = select(of_claims.c.claim_id).where(of_claims.c.document_id == document_id)
    connection.execute(update(claims).where(claims.c.id.in_(own)).values(version=make_version()))


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """At most IDS_A_QUERY at a time."""
    for begin in range(0, len(ids), IDS_A_QUERY):
        yield ids[begin : begin + IDS_A_QUERY]
