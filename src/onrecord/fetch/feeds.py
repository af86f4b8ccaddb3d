"""Feeds (RSS, Atom) and sitemaps to the addresses of the pages that they name, with what they say of those."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from onrecord.errors import RunError
from onrecord.fetch.base import Fetched, FetchError
from onrecord.fetch.urls import join_url, read_url
from onrecord.records import Moment

MAX_TAGS = 100_000  # of a feed: its parser takes up to half a second for a thousand
MAX_ENTRIES = 50_000  # the sitemap protocol's own limit for a file
_GZIP = b"\x1f\x8b"
_SITEMAP = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)\b")
_FEED = re.compile(rb"<(?:\w+:)?(rss|feed|RDF)\b")
_HEAD_BYTES = 4_096
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?.*)?)?)?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed names."""

    url: str
    published: Moment | None = None
    title: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The pages that a feed names, and the other sitemaps that a sitemap index names."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()


def find_feed(page: Fetched, *, max_bytes: int) -> Feed | None:
    """The feed or sitemap that was fetched; None for any other page. Raises FetchError for one that is broken."""
    content = page.content
    if content.startswith(_GZIP):
        content = _unpack(content, max_bytes)
    head = content[:_HEAD_BYTES]
    if _SITEMAP.search(head):
        return _read_sitemap(content, page.url)
    if _FEED.search(head) and not re.search(rb"<html\b", head, re.IGNORECASE):
        return _read_feed(content, page.url)
    return None


def _read_feed(content: bytes, base: str) -> Feed:
    if content.count(b"<") > MAX_TAGS:
        raise FetchError(f"a feed of more than {MAX_TAGS:,} tags")
    try:
        import feedparser
    except ModuleNotFoundError as error:
        raise RunError('feeds need feedparser: pip install "onrecord[crawl]"') from error
    try:
        # as a stream: of a plain argument feedparser would ask whether it is a file's name
        parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # its parser of broken markup raises KeyErrors and worse
        raise FetchError(f"broken feed: {type(error).__name__}") from error
    outlet = _clean(parsed.feed.get("title"))
    found = [
        Entry(url, _find_date(entry), _clean(entry.get("title")), outlet)
        for entry in parsed.entries[:MAX_ENTRIES]
        if (url := _find_link(entry.get("link"), base))
    ]
    return Feed(tuple({entry.url: entry for entry in found}.values()))


def _read_sitemap(content: bytes, base: str) -> Feed:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FetchError(f"broken sitemap: {error}") from error
    if root is None:
        raise FetchError("broken sitemap")
    entries: dict[str, Entry] = {}
    sitemaps: dict[str, None] = {}
    for node in _iter_children(root, "url", "sitemap"):
        url = _find_link(_find_text(node, "loc"), base)
        if url is None or len(entries) + len(sitemaps) >= MAX_ENTRIES:
            continue
        if _find_name(node) == "sitemap":
            sitemaps[url] = None
            continue
        news = next(_iter_children(node, "news"), None)
        told = [_find_text(news, "publication_date")] if news is not None else []
        publication = next(_iter_children(news, "publication"), None) if news is not None else None
        entries[url] = Entry(
            url,
            # what a sitemap calls lastmod is no date of publication, but not before it
            next((Moment(day, "feed") for day in told if day and _DAY.match(day)), None),
            _find_text(news, "title") if news is not None else None,
            _find_text(publication, "name") if publication is not None else None,
        )
    return Feed(tuple(entries.values()), tuple(sitemaps))


def _iter_children(node: Any, *names: str) -> Iterator[Any]:
    return (child for child in node if _find_name(child) in names)


def _find_name(node: Any) -> str:
    """Without its namespace; lxml's own QName raises on the names of broken files. Comments have none."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _find_text(node: Any, name: str) -> str | None:
    return next((_clean(child.text) for child in _iter_children(node, name)), None)


def _find_link(link: str | None, base: str) -> str | None:
    try:
        return join_url(read_url(base), link).url if link else None
    except FetchError:
        return None


def _find_date(entry: Any) -> Moment | None:
    """In UTC, as feedparser gives it; a day alone where it names no hour is indistinguishable from midnight."""
    parts = entry.get("published_parsed") or entry.get("created_parsed")
    if parts is None:
        return None
    try:
        moment = datetime(*parts[:6]).replace(tzinfo=UTC)
    except ValueError:
        return None
    if moment.year < 1990 or moment > datetime.now(UTC):
        return None
    return Moment(moment.isoformat() if moment.time().isoformat() != "00:00:00" else moment.date().isoformat(), "feed")


def _clean(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _unpack(content: bytes, limit: int) -> bytes:
    try:
        unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, limit + 1)
    except zlib.error as error:
        raise FetchError(f"broken gzip file: {error}") from error
    if len(unpacked) > limit:
        raise FetchError(f"larger than {limit:,} bytes (settings: max_page_bytes)")
    return unpacked
