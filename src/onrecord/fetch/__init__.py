"""Pages from the network: addresses that may be asked, politely, within limits; feeds and sitemaps that name them."""

from onrecord.fetch.archives import fetch_archive
from onrecord.fetch.base import Clock, Fetched, FetchError
from onrecord.fetch.feeds import Entry, Feed, find_feed
from onrecord.fetch.pages import iter_pages, make_fetcher, make_raw
from onrecord.fetch.polite import Fetcher
from onrecord.fetch.urls import is_url

__all__ = [
    "Clock",
    "Entry",
    "Feed",
    "FetchError",
    "Fetched",
    "Fetcher",
    "fetch_archive",
    "find_feed",
    "is_url",
    "iter_pages",
    "make_fetcher",
    "make_raw",
]
