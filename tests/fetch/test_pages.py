from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from onrecord.fetch import Fetcher, iter_pages
from onrecord.read import iter_raw, read_documents
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings
from tests.sites import Site, Time

PAGE = (
    "<html><head><title>Ferry</title></head><body><article><h1>The caf\xe9 ferry</h1><p>Anna Belov said that the ferry "
    "will not sail before the end of the winter, and that nobody knows when it will.</p></article></body></html>"
).encode("cp1252")
HTML = {"Content-Type": "text/html; charset=windows-1252"}


def make_feed(site: Site, *paths: str) -> bytes:
    items = "".join(
        f"<item><title>T</title><link>{site.url}{path}</link><pubDate>Mon, 14 Mar 2022 10:30:00 GMT</pubDate></item>"
        for path in paths
    )
    return f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>".encode()


def test_a_page_of_an_address_is_read_as_the_server_says(site: Site) -> None:
    site.pages["/a"] = (200, HTML, PAGE)
    settings = Settings(fetch_private="127.0.0.1")
    [found] = read_documents([site.url + "/a"], settings=settings)
    assert not isinstance(found, Skipped)
    document, raw = found
    assert document.address == site.url + "/a"
    assert "café" in (document.title or "")
    assert document.first_seen == raw.seen is not None
    assert raw.media_type == "text/html; charset=windows-1252"


def test_what_may_not_be_fetched_is_skipped(site: Site) -> None:
    [found] = iter_raw([site.url + "/a"], settings=Settings())
    assert isinstance(found, Skipped)
    assert found.step == "fetch"
    assert "not public" in found.reason
    [found] = iter_raw(["http://user:pw@example.org"], settings=Settings())
    assert isinstance(found, Skipped)


def test_a_feed_gives_the_pages_that_it_names(site: Site, make_fetcher: Callable[..., Fetcher], time: Time) -> None:
    site.pages |= {"/feed": make_feed(site, "/a", "/none", "/feed"), "/a": (200, HTML, PAGE)}
    page, missing, feed = iter_pages(site.url + "/feed", settings=Settings(), fetcher=make_fetcher())
    assert isinstance(page, Raw)
    assert (page.address, page.outlet, page.title) == (site.url + "/a", "Courier", "T")
    assert page.published == Moment("2022-03-14T10:30:00+00:00", "feed")
    assert page.seen == "2023-11-14T22:13:22+00:00"
    assert missing == Skipped(site.url + "/none", "fetch", "the server answers 404")
    assert isinstance(feed, Raw)  # a feed in a feed is not followed
    assert time.slept == [2.0] * 3


def test_sitemaps_of_sitemaps_come_to_an_end(site: Site, make_fetcher: Callable[..., Fetcher]) -> None:
    def index(path: str) -> bytes:
        return f"<sitemapindex><sitemap><loc>{site.url}{path}</loc></sitemap></sitemapindex>".encode()

    site.pages |= {f"/{n}": index(f"/{n + 1}") for n in range(9)}
    assert list(iter_pages(site.url + "/0", settings=Settings(), fetcher=make_fetcher())) == []
    assert site.paths == ["/0", "/1", "/2"]
    site.pages |= {"/0": index("/1"), "/1": f"<urlset><url><loc>{site.url}/a</loc></url></urlset>".encode(), "/a": PAGE}
    [page] = iter_pages(site.url + "/0", settings=Settings(), fetcher=make_fetcher())
    assert page.address == site.url + "/a"  # type: ignore[union-attr]


def test_the_command_line_takes_addresses(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from onrecord.cli.app import run

    monkeypatch.setenv("ONRECORD_FETCH_PRIVATE", "127.0.0.0/8")
    monkeypatch.setenv("ONRECORD_HOST_SECONDS", "0")
    site.pages["/feed"] = make_feed(site, "/a")
    site.pages["/a"] = (200, HTML, PAGE)
    with pytest.raises(SystemExit) as left:
        run(["read", "--json", site.url + "/feed"])
    shown = json.loads(capsys.readouterr().out)
    assert left.value.code == 0
    assert (shown["published"], shown["published_known_by"]) == ("2022-03-14T10:30:00+00:00", "feed")
