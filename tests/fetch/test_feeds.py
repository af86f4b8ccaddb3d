from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.fetch import Entry, Fetched, FetchError, find_feed
from onrecord.records import Moment

BASE = "https://news.test/feeds/all.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Westmark  Courier</title>
<item><title>Ferry stays</title><link> /2022/ferry?a=1&amp;b=2 </link>
<pubDate>Mon, 14 Mar 2022 10:30:00 +0100</pubDate></item>
<item><title>No link</title></item>
<item><title>Again</title><link>https://news.test/2022/ferry?a=1&amp;b=2</link></item>
<item><title>Local</title><link>file:///etc/passwd</link></item>
<item><title>Ahead</title><link>https://news.test/b</link><pubDate>Mon, 14 Mar 2222 10:30:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>Ferry</title>
<link href="https://news.test/a"/><published>2022-03-14T10:30:00Z</published></entry></feed>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.test/a</loc><lastmod>2022-03-15</lastmod></url>
<url><loc>https://news.test/b</loc><news:news><news:publication><news:name>Courier</news:name></news:publication>
<news:publication_date>2022-03-14</news:publication_date><news:title>Ferry</news:title></news:news></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.test/1.xml.gz</loc></sitemap></sitemapindex>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://news.test/&b;</loc></url>
<url><loc>https://news.test/&f;</loc></url></urlset>"""


def read(content: bytes, limit: int = 100_000) -> tuple[Entry, ...]:
    feed = find_feed(Fetched(BASE, content), max_bytes=limit)
    assert feed is not None
    return feed.entries


def test_rss() -> None:
    first = read(RSS)
    assert [entry.url for entry in first] == ["https://news.test/2022/ferry?a=1&b=2", "https://news.test/b"]
    assert first[1].published is None


def test_atom() -> None:
    moment = Moment("2022-03-14T10:30:00+00:00", "feed")
    assert read(ATOM) == (Entry("https://news.test/a", moment, "Ferry", "Courier"),)


def test_sitemaps() -> None:
    """The day that a page was last modified is not the day that it was published."""
    dated = Entry("https://news.test/b", Moment("2022-03-14", "feed"), "Ferry", "Courier")
    assert read(SITEMAP) == (Entry("https://news.test/a"), dated)
    assert read(gzip.compress(SITEMAP)) == read(SITEMAP)
    index = find_feed(Fetched(BASE, INDEX), max_bytes=1_000)
    assert index is not None
    assert index.sitemaps == ("https://news.test/1.xml.gz",)


def test_entities_are_not_filled_in() -> None:
    for entry in read(BOMB):
        assert "aaaa" not in entry.url
        assert "root" not in entry.url


def test_a_packed_sitemap_that_is_too_large() -> None:
    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        read(gzip.compress(bytes(10_000_000)), 1_000)
    with pytest.raises(FetchError, match="broken gzip"):
        read(b"\x1f\x8bxx")


def test_a_page_is_no_feed() -> None:
    page = b"<!doctype html><html><head><title>The feed</title></head><body>What an <rss> is</body></html>"
    assert find_feed(Fetched(BASE, page), max_bytes=1_000) is None
    assert find_feed(Fetched(BASE, b""), max_bytes=1_000) is None


def test_a_feed_that_feedparser_raises_on() -> None:
    with pytest.raises(FetchError, match="broken feed"):
        read(b"<rss><channel<item<link</item></link>")


@given(st.sampled_from([RSS, ATOM, SITEMAP, INDEX]), st.data())
@settings(max_examples=400, deadline=None)
def test_broken_feeds_are_read_or_refused(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content)))
    broken = content[:at] + data.draw(st.binary(max_size=8)) + content[at + data.draw(st.integers(0, 20)) :]
    try:
        feed = find_feed(Fetched(BASE, broken), max_bytes=100_000)
    except FetchError:
        return
    assert feed is None or all(entry.url.startswith("http") for entry in feed.entries)


def test_a_feed_that_would_take_for_ever_is_refused() -> None:
    with pytest.raises(FetchError, match="more than 100,000 tags"):
        find_feed(Fetched("https://news.test/feed", b"<rss>" + b"<item>" * 100_001), max_bytes=10_000_000)
