"""Addresses to raw pages: a page gives itself, a feed or sitemap the pages that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from onrecord.fetch.base import Fetched, FetchError
from onrecord.fetch.feeds import Entry, find_feed
from onrecord.fetch.polite import Fetcher
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

STEP = "fetch"
MAX_DEPTH = 3  # sitemaps that name sitemaps


def make_fetcher(settings: Settings) -> Fetcher:
    """A Fetcher that does what the settings say."""
    return Fetcher(
        fetch_private=settings.fetch_private,
        user_agent=settings.user_agent,
        host_seconds=settings.host_seconds,
        max_bytes=settings.max_page_bytes,
        max_seconds=settings.max_page_seconds,
    )


def iter_pages(url: str, *, settings: Settings, fetcher: Fetcher | None = None) -> Iterator[Raw | Skipped]:
    """One Raw for the page at `url`, or for each page that the feed or sitemap there names. Lazy."""
    try:
        fetcher = fetcher or make_fetcher(settings)
        yield from _iter_pages(Entry(url), settings, fetcher, set())
    except FetchError as error:
        yield Skipped(url, STEP, str(error))


def make_raw(entry: Entry, page: Fetched, now: float) -> Raw:
    """The page that an entry names, as it was sent; its address is the one that was asked for."""
    seen = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    return Raw(
        address=entry.url,
        content=page.content,
        media_type=page.media_type,
        url=page.url,
        title=entry.title,
        published=entry.published,
        outlet=entry.outlet,
        seen=seen,
    )


def _iter_pages(
    entry: Entry, settings: Settings, fetcher: Fetcher, above: set[str], *, is_named: bool = False
) -> Iterator[Raw | Skipped]:
    try:
        page = fetcher.fetch_patiently(entry.url)
        # what an entry of a feed leads to is a page, even if it should look like a feed
        feed = None if is_named else find_feed(page, max_bytes=settings.max_page_bytes)
    except FetchError as error:
        yield Skipped(entry.url, STEP, str(error))
        return
    if feed is None:
        yield make_raw(entry, page, fetcher.clock.now())
        return
    for one in feed.entries:
        yield from _iter_pages(one, settings, fetcher, above, is_named=True)
    inside = above | {entry.url}
    for url in feed.sitemaps if len(inside) < MAX_DEPTH else ():
        if url not in inside:
            yield from _iter_pages(replace(entry, url=url), settings, fetcher, inside)
