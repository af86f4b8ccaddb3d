"""Watching: polite, patient, and the same whether it was stopped or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.app import run
from onrecord.fetch import Fetcher
from onrecord.ledger import Ledger
from onrecord.query import count_all, find_documents, find_failed
from onrecord.settings import Settings
from onrecord.watch import MAX_TRIES, Polled, watch_feeds
from tests.factories import PlainExtractor
from tests.sites import Site, Time

SETTINGS = Settings(workers=1)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.make_extractor", lambda _settings: PlainExtractor())


@pytest.fixture
def ledger(new_ledger: Ledger) -> Ledger:
    return new_ledger


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def look(ledger: Ledger, site: Site, time: Time) -> Callable[..., list[Any]]:
    """One round of a new process over the feed, or what is given."""

    def run(*paths: str, **given: Any) -> list[Any]:
        feeds = [site.url + path for path in paths or ("/feed",)]
        fetcher = make_fetcher(time)
        return list(watch_feeds(ledger, feeds, settings=SETTINGS, once=True, fetcher=fetcher, **given))

    return run


def make_fetcher(time: Time) -> Fetcher:
    return Fetcher(
        fetch_private="127.0.0.1",
        user_agent="",
        host_seconds=2.0,
        max_bytes=100_000,
        max_seconds=5.0,
        clock=time.clock,
    )


def make_feed(site: Site, *paths: str) -> bytes:
    items = "".join(f"<item><title>T</title><link>{site.url}{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>".encode()


def add_articles(site: Site, *paths: str) -> None:
    page = "The {0} ferry\n\nAnna Belov said that the {0} ferry will not sail before the end of the winter.\n"
    site.pages |= {path: (200, {"Content-Type": "text/plain"}, page.format(path[1:]).encode()) for path in paths}
    site.pages["/feed"] = make_feed(site, *paths)


def test_new_pages_are_added_once(site: Site, look: Callable[..., list[Any]], ledger: Ledger) -> None:
    add_articles(site, "/a", "/b")
    polled, *added = look()
    assert polled == Polled(site.url + "/feed", 2)
    assert [one.document.address for one in added] == [site.url + "/a", site.url + "/b"]
    assert [one.document.outlet for one in added] == ["Courier"] * 2
    assert count_all(ledger).claims > 0
    add_articles(site, "/a", "/b", "/c")
    polled, one = look()
    assert polled.new == 1
    assert one.document.address == site.url + "/c"
    assert site.paths == ["/feed", "/a", "/b", "/feed", "/c"]


def test_a_feed_that_has_not_changed_is_not_sent(site: Site, look: Callable[..., list[Any]]) -> None:
    add_articles(site, "/a")
    feed = make_feed(site, "/a")

    def answer(handler: Any) -> None:
        same = handler.headers.get("If-None-Match") == '"v1"'
        handler.send_response(304 if same else 200)
        handler.send_header("ETag", '"v1"')
        handler.send_header("Last-Modified", "Mon, 14 Mar 2022 10:00:00 GMT")
        handler.send_header("Content-Length", "0" if same else str(len(feed)))
        handler.end_headers()
        handler.wfile.write(b"" if same else feed)

    site.pages["/feed"] = answer
    assert len(look()) == 2
    for _ in range(2):
        assert look() == [Polled(site.url + "/feed", 0)]
        assert site.asked[-1][1]["If-None-Match"] == '"v1"'
        assert site.asked[-1][1]["If-Modified-Since"] == "Mon, 14 Mar 2022 10:00:00 GMT"


def test_stopped_anywhere_it_goes_on(site: Site, look: Callable[..., list[Any]], ledger: Ledger, time: Time) -> None:
    """Even where the feed no longer names the pages, and where the page was stored but not yet ticked off."""
    paths = [f"/{name}" for name in "abcdef"]
    add_articles(site, *paths)
    for stop in range(1, 5):
        events = watch_feeds(ledger, [site.url + "/feed"], settings=SETTINGS, once=True, fetcher=make_fetcher(time))
        for _ in range(stop):
            next(events, None)
        events.close()  # type: ignore[attr-defined]
        site.pages["/feed"] = make_feed(site)
    look()
    addresses = [one.address for one in find_documents(ledger).items]
    assert sorted(addresses) == [site.url + path for path in paths]
    assert look() == [Polled(site.url + "/feed", 0)]


def test_a_server_that_asks_for_rest_gets_it(site: Site, look: Callable[..., list[Any]], time: Time) -> None:
    site.pages["/feed"] = (429, {"Retry-After": "3600"}, b"")
    assert "429" in look(every=60.0)[0].reason
    assert look(every=60.0) == []
    time.seconds += 3500
    assert look(every=60.0) == []
    add_articles(site, "/a")
    time.seconds += 101
    assert len(look(every=60.0)) == 2
    assert site.paths == ["/feed", "/feed", "/a"]


def test_failing_feeds_are_asked_ever_more_rarely(site: Site, ledger: Ledger, time: Time) -> None:
    events = watch_feeds(ledger, [site.url + "/feed"], settings=SETTINGS, every=100.0, fetcher=make_fetcher(time))
    begin = time.seconds
    asked = []
    for _ in range(5):
        assert next(events).reason == "the server answers 404"  # type: ignore[union-attr]
        asked.append(round(time.seconds - begin))
    assert [after - before for before, after in pairwise(asked)] == pytest.approx([100, 200, 400, 800], abs=5)
    add_articles(site, "/a")
    assert next(events).new == 1  # type: ignore[union-attr]


def test_pages_that_fail_are_tried_again_then_set_aside(
    site: Site, look: Callable[..., list[Any]], ledger: Ledger, time: Time
) -> None:
    add_articles(site, "/a", "/b")
    site.pages["/a"] = (503, {}, b"")
    assert len(look()) == 2  # the other page is in
    assert find_failed(ledger).items == ()
    for _ in range(MAX_TRIES):
        time.seconds += 86_400
        outcomes = look()
    assert site.paths.count("/a") == MAX_TRIES
    [failed] = find_failed(ledger).items
    assert (failed.source, failed.reason) == (site.url + "/a", "the server answers 503")
    assert outcomes == [Polled(site.url + "/feed", 0)]


def test_what_robots_forbid_is_set_aside_at_once(site: Site, look: Callable[..., list[Any]], ledger: Ledger) -> None:
    add_articles(site, "/a", "/private")
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /private\n"
    polled, first, second = look()
    assert polled.new == 2
    assert first.document.address == site.url + "/a"
    assert "robots.txt" in second.reason
    assert "/private" not in site.paths
    assert len(find_failed(ledger).items) == 1


def test_an_index_of_sitemaps(site: Site, look: Callable[..., list[Any]]) -> None:
    add_articles(site, "/a")
    site.pages["/index"] = f"<sitemapindex><sitemap><loc>{site.url}/map</loc></sitemap></sitemapindex>".encode()
    site.pages["/map"] = f"<urlset><url><loc>{site.url}/a</loc></url></urlset>".encode()
    index, sitemap, added = look("/index")
    assert (index.new, sitemap.new) == (0, 1)
    assert added.document.address == site.url + "/a"
    assert [one.feed for one in look("/index")] == [site.url + "/index", site.url + "/map"]


def test_a_page_that_is_no_feed(site: Site, look: Callable[..., list[Any]]) -> None:
    add_articles(site, "/a")
    assert look("/a") == [Polled(site.url + "/a", 0, "neither a feed nor a sitemap")]


def test_the_command(site: Site, onrecord_watch: Callable[..., tuple[int, list[dict[str, Any]]]]) -> None:
    add_articles(site, "/a", "/none")
    site.pages["/none"] = (404, {}, b"")
    code, (polled, added, failed) = onrecord_watch(site.url + "/feed", "--once")
    assert code == 1
    assert polled == {"outcome": "polled", "address": site.url + "/feed", "new": 2}
    assert (added["outcome"], added["address"], added["statements"]) == ("added", site.url + "/a", 1)
    assert (failed["address"], failed["step"]) == (site.url + "/none", "fetch")
    assert onrecord_watch(site.url + "/feed", "--once") == (
        0,
        [{"outcome": "polled", "address": site.url + "/feed", "new": 0}],
    )


@pytest.fixture
def onrecord_watch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, list[dict[str, Any]]]]:
    """`onrecord watch --json`: its exit code and what it writes."""
    values = {"LEDGER": str(tmp_path / "l.sqlite"), "FETCH_PRIVATE": "127.0.0.1", "HOST_SECONDS": "0", "WORKERS": "1"}
    for name, value in values.items():
        monkeypatch.setenv(f"ONRECORD_{name}", value)

    def call(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
        with pytest.raises(SystemExit) as left:
            run(["watch", "--json", *arguments])
        return int(left.value.code or 0), [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call
