"""Watching feeds and sitemaps: poll, fetch what is new, add it, wait; what must be known later is in the ledger.

Feeds that fail, and pages, are asked again ever more rarely; a server that says when to come back is not asked before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.fetch import Entry, Feed, Fetcher, FetchError, find_feed, make_fetcher, make_raw
from onrecord.ledger import Ledger
from onrecord.ledger.feeds import (
    FeedPage,
    FeedState,
    has_address,
    list_children,
    list_waiting,
    postpone_page,
    read_feed,
    settle_page,
    write_feed,
)
from onrecord.line import Added, Outcome, Present, add_raws, resolve_pages
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings

EVERY_SECONDS = 900.0
DAY_SECONDS = 86_400.0  # the longest wait after failures
PAGE_SECONDS = 300.0  # before the second try of a page, then twice as long each time
MAX_TRIES = 8  # of a page, over half a day
MAX_DEPTH = 3  # sitemaps that name sitemaps


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking for a feed: how many pages it names that were not known, or why it could not be read."""

    feed: str
    new: int = 0
    reason: str | None = None


def watch_feeds(
    ledger: Ledger,
    feeds: Sequence[str],
    *,
    settings: Settings,
    every: float = EVERY_SECONDS,
    once: bool = False,
    fetcher: Fetcher | None = None,
) -> Iterator[Polled | Outcome]:
    """Poll the feeds every so many seconds and add the pages that they name; claims are brought up to date each round.

    With `once`, each feed is polled now and the iterator ends, unless its server has asked to be left alone. Lazy.
    """
    fetcher = fetcher or make_fetcher(settings)
    while True:
        watched: list[str] = []
        due: list[float] = []
        for url, parent in _iter_watched(ledger, feeds):
            watched.append(url)
            state = read_feed(ledger, url, parent=parent)
            next_at = max(state.not_before, 0.0 if once else state.polled_at + every)
            if next_at <= fetcher.clock.now():
                state, polled = _poll(ledger, state, fetcher, settings, every)
                next_at = max(state.not_before, state.polled_at + every)
                yield polled
            due.append(next_at)
        waiting = list_waiting(ledger, watched, now=fetcher.clock.now())
        for outcome in add_raws(ledger, _fetch_pages(ledger, waiting, fetcher), settings=settings):
            settle_page(ledger, _find_address(outcome))
            yield outcome
        for _ in resolve_pages(ledger):
            pass
        if once:
            return
        # pages that wait for another try are looked at each minute
        fetcher.clock.sleep(max(1.0, min(60.0, min(due) - fetcher.clock.now())))


def _iter_watched(ledger: Ledger, feeds: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Each feed, then the sitemaps that it turns out to name, with the index that names them."""
    seen: set[str] = set()
    level: list[tuple[str, str | None]] = [(url, None) for url in feeds]
    for _ in range(MAX_DEPTH):
        level = [(url, parent) for url, parent in dict(level).items() if url not in seen]
        for url, parent in level:
            seen.add(url)
            yield url, parent
        level = [(child, url) for url, _ in level for child in list_children(ledger, url)]


def _poll(
    ledger: Ledger, state: FeedState, fetcher: Fetcher, settings: Settings, every: float
) -> tuple[FeedState, Polled]:
    try:
        page = fetcher.fetch(state.url, etag=state.etag, modified=state.modified)
        found = Feed() if page.is_same else find_feed(page, max_bytes=settings.max_page_bytes)
        if found is None:
            raise FetchError("neither a feed nor a sitemap")
    except FetchError as error:
        now = fetcher.clock.now()
        wait = max(error.after or 0.0, min(every * 2 ** min(state.failures, 20), DAY_SECONDS))
        state = replace(state, polled_at=now, not_before=now + wait, failures=state.failures + 1)
        write_feed(ledger, state)
        return state, Polled(state.url, reason=str(error))
    state = replace(
        state,
        etag=page.etag or (state.etag if page.is_same else None),
        modified=page.modified or (state.modified if page.is_same else None),
        polled_at=fetcher.clock.now(),
        not_before=0.0,
        failures=0,
    )
    pages = [
        FeedPage(one.url, state.url, one.title, one.outlet, one.published.value if one.published else None)
        for one in found.entries
    ]
    return state, Polled(state.url, write_feed(ledger, state, pages, found.sitemaps))


def _fetch_pages(ledger: Ledger, waiting: Sequence[FeedPage], fetcher: Fetcher) -> Iterator[Raw | Skipped]:
    for page in waiting:
        if has_address(ledger, page.url):
            # a run that was killed had it in already, or somebody added it
            settle_page(ledger, page.url)
            continue
        published = Moment(page.published, "feed") if page.published else None
        try:
            fetched = fetcher.fetch(page.url)
        except FetchError as error:
            if error.again and page.tries + 1 < MAX_TRIES:
                wait = max(error.after or 0.0, PAGE_SECONDS * 2**page.tries)
                postpone_page(ledger, page.url, not_before=fetcher.clock.now() + wait)
            else:
                yield Skipped(page.url, "fetch", str(error))
            continue
        yield make_raw(Entry(page.url, published, page.title, page.outlet), fetched, fetcher.clock.now())


def _find_address(outcome: Outcome) -> str:
    if isinstance(outcome, Added):
        return outcome.document.address
    return outcome.address if isinstance(outcome, Present) else outcome.source
