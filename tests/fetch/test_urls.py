from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.fetch.base import FetchError
from onrecord.fetch.urls import is_url, join_url, read_url


@pytest.mark.parametrize(
    ("given_url", "read"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org:8080/a?b=c d", "http://example.org:8080/a?b=c%20d"),
        (" https://bücher.example/ü\n", "https://xn--bcher-kva.example/%C3%BC"),
        ("http://[2606:4700:0::1111]/x", "http://[2606:4700::1111]/x"),
        ("https://example.org?x", "https://example.org/?x"),
    ],
)
def test_plain_form(given_url: str, read: str) -> None:
    assert read_url(given_url).url == read


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "//example.org", "example.org", ""),
        *("http://", "http:///x", "http://user@example.org/", "http://user:pw@example.org/", "http://@example.org/"),
        *("http://public.example\\@127.0.0.1/", "http://a b/", "http://a\x00b/", "http://a\nb/", "http://[::1%25lo]/"),
        *("http://[::1/", "http://a:99999/", "http://a:b/", "http://a..b/", "http://a%2eb/", "http://" + "a" * 9000),
    ],
)
def test_refused(url: str) -> None:
    with pytest.raises(FetchError):
        read_url(url)


@given(st.text())
def test_never_anything_but_an_address_or_a_reason(text: str) -> None:
    for url in (text, "http://" + text):
        with contextlib.suppress(FetchError):
            target = read_url(url)
            assert read_url(target.url) == target
            assert target.url.isascii()
    with contextlib.suppress(FetchError):
        assert join_url(read_url("http://example.org/a/"), text).scheme in ("http", "https")


def test_what_is_to_be_fetched() -> None:
    assert is_url("HTTPS://example.org")
    assert not is_url("httpd/log.txt")


def test_a_host_that_folds_to_empty_labels_is_none() -> None:
    with pytest.raises(FetchError, match="a host that is no name"):
        read_url("https://a…b.test/")
