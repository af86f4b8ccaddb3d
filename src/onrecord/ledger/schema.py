"""The tables of a ledger, the same on SQLite and PostgreSQL.

Rows refer to each other by the ids of the records; `number` is only there for full-text search and for paging in the
order of arrival. Spans are JSON lists of [begin, end]; moments are ISO 8601 text cut to their precision, times in UTC.
Everything from `edges` down is derived from the pages above it and can be rebuilt.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    false,
    func,
    text,
    true,
)
from sqlalchemy import Text as AnyText

REVISION = "0009"  # the migration that makes these tables; a test keeps the two in step

Json = JSON(none_as_null=True)
# in the order of code points, as in SQLite and Python: what a limit cuts off must not depend on a server's locale
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")
# SQLite numbers rows by itself only where the type is INTEGER
Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number() -> Column[int]:
    return Column("number", Number, primary_key=True, autoincrement=True)


def _document(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "document_id",
        Text,
        ForeignKey("documents.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=not primary_key,
    )


def _statement() -> Column[str]:
    return Column("statement_id", Text, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True)


def _claim() -> Column[str]:
    return Column("claim_id", Text, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)


documents = Table(
    "documents",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    Column("address", Text, nullable=False, index=True),
    Column("outlet", Text),
    Column("title", Text),
    # the day it was published, empty where that is not known
    Column("day", Text, nullable=False, server_default=""),
    Column("published", Text),
    Column("published_known_by", Text, nullable=False, server_default=""),
    Column("author", Text),
    Column("agency", Text),
    Column("language", Text),
    Column("canonical", Text),
    Column("based_on", Text),
    Column("raw_hash", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("first_seen", Text, nullable=False, index=True),
    Column("made_by", Text, nullable=False, server_default=""),
    # true until the claims know the page: what a killed run left over is taken up by the next one
    Column("pending", Boolean, nullable=False, server_default=true()),
    Column("headings", Json, nullable=False),
    Column("leftovers", Json, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_documents_day_number", "day", "number"),
)
# to look one up by any spelling, and to count them without reading a page
Index("ix_documents_outlet", func.lower(documents.c.outlet), documents.c.outlet)
Index(
    "ix_documents_pending", documents.c.number, sqlite_where=documents.c.pending, postgresql_where=documents.c.pending
)

raws = Table(
    "raws",
    metadata,
    _document(primary_key=True),
    Column("media_type", Text),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zstd
    Column("origin", LargeBinary, nullable=False),  # zstd of JSON [[begin, end, raw begin, raw end], …]
)

statements = Table(
    "statements",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    _document(),
    Column("place", Integer, nullable=False),
    # when it was said where the text gives the day, else the day the page was published, empty where neither is known
    Column("day", Text, nullable=False, server_default=""),
    Column("root", Text, nullable=False),
    Column("root_named", Boolean, nullable=False),
    Column("via", Text, nullable=False),
    # what the rows of `links` say, to be read with the statement
    Column("chain", Json, nullable=False, server_default="[]"),
    Column("content", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("content_spans", Json, nullable=False),
    Column("cue_spans", Json, nullable=False),
    Column("stands_for", Json, nullable=False),
    Column("said_date", Text),
    Column("said_precision", Text),
    Column("said_span", Json),
    Column("speaks_of", Json, nullable=False),
    Column("addressee", Json),
    Column("venue", Json),
    Column(
        "outer",
        Text,
        ForeignKey("statements.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
        index=True,
    ),
    Column("because", Json, nullable=False),
    Column("made_by", Text, nullable=False),
    Index("ix_statements_day_number", "day", "number"),
)

links = Table(
    "links",
    metadata,
    _statement(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("begin", Integer),
    Column("end", Integer),
    Column("name", Text, nullable=False, index=True),
    Column("named", Boolean, nullable=False),
    Column("role", Text),
    Column("name_id", Text, index=True),
    Column("is_root", Boolean, nullable=False),
)

# every name that a link bears, with how many links bear it: what search over names looks through
names = Table(
    "names",
    metadata,
    _number(),
    Column("name", Text, nullable=False, unique=True),
    Column("named", Boolean, nullable=False),
    Column("statements", Integer, nullable=False),
)

skipped = Table(
    "skipped",
    metadata,
    Column("source", Text, primary_key=True),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("published", Text),
    Column("outlet", Text),
    Column("tries", Integer, nullable=False, server_default=text("1")),
    Column("first_tried", Text, nullable=False),
    Column("last_tried", Text, nullable=False),
)

# what lets programs in; see tokens.py
tokens = Table(
    "tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256, in hex
    Column("can_write", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
)

# what `onrecord watch` has to know when it starts again; see feeds.py. Times are seconds since 1970
feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("parent", Text, index=True),  # the index of sitemaps that names it
    Column("etag", Text),
    Column("modified", Text),
    Column("polled_at", Float, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("failures", Integer, nullable=False),
)

feed_pages = Table(
    "feed_pages",
    metadata,
    _number(),
    Column("url", Text, nullable=False, unique=True),
    Column("feed", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", Text),
    Column("tries", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("done", Boolean, nullable=False),
    Index("ix_feed_pages_feed_done", "feed", "done"),
)

edges = Table(
    "edges",
    metadata,
    Column("left", Text, primary_key=True),
    Column("right", Text, primary_key=True, index=True),
    Column("relation", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Column("parts", Json, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text),
    Column("withdrawn_at", Text),
)

# what the statements put forward, ready to be compared: see resolve.base.Proposition
propositions = Table(
    "propositions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),  # JSON
)

# what two statements or documents must share to be compared at all; an item is the id of either
keys = Table(
    "keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("item", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# the way back, so that an item's keys can be taken out: an index over them would be as large as the table
item_keys = Table(
    "item_keys",
    metadata,
    Column("item", Text, primary_key=True),
    Column("keys", LargeBinary, nullable=False),  # int64
)

vectors = Table(
    "vectors",
    metadata,
    Column("item", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float16, 384
)

# which propositions are one claim, and how nearly: see resolve.base.Cluster; what is alone has no row
clusters = Table(
    "clusters",
    metadata,
    Column("item", Text, primary_key=True),
    Column("cluster", Text, nullable=False, index=True),  # its first item
    Column("place", Integer, nullable=False),
    Column("level", Integer, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("independent_roots", Integer, nullable=False),
    # how far up in a list it belongs: see rows.find_prominence
    Column("prominence", Integer, nullable=False, index=True),
    Column("first", Text, index=True),
    Column("last", Text, index=True),
    # another number each time that the claim, or a page that it rests on, is written: see store.make_version
    Column("version", BigInteger, nullable=False, server_default="0"),
    Column("variants", Json, nullable=False),
    Column("echoes", Json, nullable=False),
)

claim_documents = Table(
    "claim_documents",
    metadata,
    _claim(),
    _document(primary_key=True),
    Column("place", Integer, nullable=False),
    Column("is_copy", Boolean, nullable=False, server_default=false()),
    Index("ix_claim_documents_document_id", "document_id"),
)

positions = Table(
    "positions",
    metadata,
    _claim(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("root", Text, nullable=False, index=True),
    Column("named", Boolean, nullable=False),
    Column("stance", Text, nullable=False),
    Column("first", Text),
    Column("last", Text),
    Column("withdrawn", Boolean, nullable=False),
    Column("via", Json, nullable=False),
    Column("documents", Json, nullable=False),
)

position_statements = Table(
    "position_statements",
    metadata,
    _claim(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _statement(),
    Column("nth", Integer, nullable=False),
    Index("ix_position_statements_statement_id", "statement_id"),
)

status_changes = Table(
    "status_changes",
    metadata,
    _claim(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("day", Text, index=True),
    Column("status", Text, nullable=False),
    Column("statements", Json, nullable=False),
)

# What is open to readers who come with SQL alone (sqlite3, Datasette): the tables joined and in words.
VIEWS = {
    "on_record": """
        SELECT s.id, s.day, s.root, s.via, s.act, s.polarity, s.certainty, s.content, s.cue,
               d.outlet, d.published, d.title, d.address, s.document_id
        FROM statements s JOIN documents d ON d.id = s.document_id""",
    "stands": """
        SELECT c.id AS claim_id, c.text AS claim, c.status, c.independent_roots, p.root, p.stance,
               p.first, p.last, p.withdrawn
        FROM claims c JOIN positions p ON p.claim_id = c.id""",
    "disputes": """
        SELECT c.id AS claim_id, c.text AS claim, a.root AS asserted_by, a.first AS asserted_on,
               d.root AS denied_by, d.first AS denied_on
        FROM claims c
        JOIN positions a ON a.claim_id = c.id AND a.stance = 'asserts'
        JOIN positions d ON d.claim_id = c.id AND d.stance = 'denies'
        WHERE c.status = 'disputed'""",
}
