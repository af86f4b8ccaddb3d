"""What is kept of watched feeds, so that watching goes on where it was stopped, however it was stopped.

The pages that a feed names are put down in the same transaction as its ETag: none is forgotten, none is fetched twice.
Times are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Column, Connection, select, update

from onrecord.ledger import schema
from onrecord.ledger.dialects import Lock
from onrecord.ledger.store import Ledger, batches


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed stands. `not_before`: its server is to be left alone until then; `parent` is a sitemap index."""

    url: str
    parent: str | None = None
    etag: str | None = None
    modified: str | None = None
    polled_at: float = 0.0
    not_before: float = 0.0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page that a feed names, and what the feed says of it; `tries` that came to nothing."""

    url: str
    feed: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    tries: int = 0
    not_before: float = 0.0


def read_feed(ledger: Ledger, url: str, *, parent: str | None = None) -> FeedState:
    """How the feed stands; a new state for one that was never polled."""
    table = schema.feeds
    columns = [table.c[name] for name in FeedState.__dataclass_fields__]
    with ledger.read() as connection:
        row = connection.execute(select(*columns).where(table.c.url == url)).first()
    return FeedState(*row) if row else FeedState(url, parent)


def list_children(ledger: Ledger, url: str) -> tuple[str, ...]:
    """The sitemaps that an index named when it was last polled or before."""
    table = schema.feeds
    with ledger.read() as connection:
        return tuple(connection.scalars(select(table.c.url).where(table.c.parent == url).order_by(table.c.url)))


def write_feed(ledger: Ledger, state: FeedState, pages: Sequence[FeedPage] = (), children: Sequence[str] = ()) -> int:
    """Put down how a feed stands and what it names. Gives the number of pages that were not known."""
    feeds, table = schema.feeds, schema.feed_pages
    with ledger.write() as connection:
        ledger.dialect.lock(connection, Lock.FEEDS)
        ledger.dialect.upsert(connection, feeds, [asdict(state)], key=["url"])
        known = _find_known(connection, feeds.c.url, children)
        fresh = [asdict(FeedState(url, state.url)) for url in dict.fromkeys(children) if url not in known]
        if fresh:
            connection.execute(feeds.insert(), fresh)
        known = _find_known(connection, table.c.url, [page.url for page in pages])
        new = [{**asdict(page), "done": False} for page in pages if page.url not in known]
        if new:
            connection.execute(table.insert(), new)
    return len(new)


def list_waiting(ledger: Ledger, feeds: Sequence[str], *, now: float) -> list[FeedPage]:
    """The pages of these feeds that are still to be fetched and may be by now, in the order of finding."""
    table = schema.feed_pages
    columns = [table.c[name] for name in FeedPage.__dataclass_fields__]
    query = select(*columns).where(~table.c.done, table.c.not_before <= now).order_by(table.c.number)
    with ledger.read() as connection:
        return [
            FeedPage(*row) for some in batches(feeds) for row in connection.execute(query.where(table.c.feed.in_(some)))
        ]


def settle_page(ledger: Ledger, url: str) -> None:
    """Never fetch it again."""
    table = schema.feed_pages
    with ledger.write() as connection:
        connection.execute(update(table).where(table.c.url == url).values(done=True))


def postpone_page(ledger: Ledger, url: str, *, not_before: float) -> None:
    """Try it again, but not before."""
    table = schema.feed_pages
    with ledger.write() as connection:
        values = {"tries": table.c.tries + 1, "not_before": not_before}
        connection.execute(update(table).where(table.c.url == url).values(**values))


def has_address(ledger: Ledger, address: str) -> bool:
    """Whether a page of this address is in, whatever its bytes."""
    table = schema.documents
    with ledger.read() as connection:
        return connection.scalar(select(table.c.number).where(table.c.address == address).limit(1)) is not None


def _find_known(connection: Connection, column: Column[Any], urls: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in batches(urls):
        found.update(connection.scalars(select(column).where(column.in_(some))))
    return found
