from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.fetch import Fetcher, FetchError
from onrecord.fetch.robots import KEPT_SECONDS
from tests.sites import Site, Time

Make = Callable[..., Fetcher]


def test_a_pause_between_two_pages_of_a_host(site: Site, make_fetcher: Make, time: Time) -> None:
    site.pages |= {"/a": b"a", "/b": b"b"}
    fetcher = make_fetcher()
    fetcher.fetch(site.url + "/a")
    assert time.slept == []
    fetcher.fetch(site.url + "/b")
    assert time.slept == [2.0]


def test_robots_are_asked_once_and_kept_to(site: Site, make_fetcher: Make, time: Time) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\nCrawl-delay: 7\n"
    site.pages |= {"/robots.txt": rules, "/a": b"a", "/go": (302, {"Location": "/private/x"}, b"")}
    fetcher = make_fetcher()
    assert fetcher.fetch(site.url + "/a").content == b"a"
    for path in ("/private/x", "/go"):
        with pytest.raises(FetchError, match=r"robots\.txt does not let programs fetch it"):
            fetcher.fetch(site.url + path)
    assert time.slept == [7.0]
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert site.paths == ["/a", "/go"]
    time.seconds += KEPT_SECONDS
    fetcher.fetch(site.url + "/a")
    assert [path for path, _ in site.asked].count("/robots.txt") == 2


def test_a_site_whose_rules_are_out_of_reach_is_left_alone(site: Site, make_fetcher: Make) -> None:
    site.pages |= {"/robots.txt": (503, {}, b""), "/a": b"a"}
    fetcher = make_fetcher()
    with pytest.raises(FetchError, match=r"robots\.txt: the server answers 503") as refused:
        fetcher.fetch(site.url + "/a")
    assert refused.value.again
    assert site.paths == []
    site.pages["/robots.txt"] = (403, {}, b"")
    assert fetcher.fetch(site.url + "/a").content == b"a"


def test_patience(site: Site, make_fetcher: Make, time: Time) -> None:
    site.pages["/a"] = (429, {"Retry-After": "33"}, b"")
    with pytest.raises(FetchError, match="429"):
        make_fetcher().fetch_patiently(site.url + "/a")
    assert site.paths == ["/a"] * 3
    assert sum(time.slept) >= 66
    site.pages["/a"] = (429, {"Retry-After": "4000"}, b"")
    fetcher = make_fetcher()
    for _ in range(2):
        with pytest.raises(FetchError):
            fetcher.fetch_patiently(site.url + "/a")
    assert site.paths == ["/a"] * 4  # the second time nobody was asked
