"""One page as fields: a line of JSON, an object in a file, a row of a table, by whatever names its makers use.

Beside onrecord's own names these are the ones of trafilatura, news-please and the usual data sets of news.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from onrecord.read.dates import find_moment
from onrecord.read.limits import MAX_URL, make_record_address
from onrecord.records import Moment, Raw, Skipped

STEP = "read"
TEXT_TYPE, HTML_TYPE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
_HTMLS = ("html", "raw_html")
_TEXTS = ("text", "maintext", "body", "content", "article", "raw_text")
_TITLES = ("title", "headline")
_URLS = ("url", "link", "source")
_OUTLETS = ("outlet", "publisher", "sitename", "source-hostname", "source_domain", "hostname", "domain")
_PUBLISHED = ("published", "date", "published_at", "datePublished", "date_publish", "publish_date")
_SEEN = ("seen", "crawled", "date_download", "filedate")
FIELDS = frozenset(("id", *_HTMLS, *_TEXTS, *_TITLES, *_URLS, *_OUTLETS, *_PUBLISHED, *_SEEN))


def read_row(name: str, number: int, row: dict[str, Any]) -> Raw | Skipped:
    """The page of a row with the address `name#id`, or why it has none. `number` stands for an id that is not there."""
    url = next((url for url in _iter_words(row, *_URLS) if url.lower().startswith(("http://", "https://"))), None)
    identifier = row.get("id")
    address = make_record_address(name, identifier if identifier not in (None, "") else url or number)
    for field in (*_HTMLS, *_TEXTS):
        body = row.get(field)
        content = body.encode("utf-8", "replace") if isinstance(body, str) else body
        if isinstance(content, bytes) and content.strip():
            return Raw(
                address=address,
                content=content,
                media_type=_find_type(field, body),
                title=find_words(row, *_TITLES),
                url=url if url and len(url) <= MAX_URL else None,
                published=find_published(row),
                outlet=find_words(row, *_OUTLETS),
                seen=_find_seen(row),
            )
    return Skipped(address, STEP, f"line {number}: no text")


def find_words(row: dict[str, Any], *names: str) -> str | None:
    """The first of these fields that holds words."""
    return next(_iter_words(row, *names), None)


def find_published(row: dict[str, Any]) -> Moment | None:
    """The date of publication that a row gives."""
    value = find_words(row, *_PUBLISHED)
    return find_moment(value, known_by="record") if value else None


def _iter_words(row: dict[str, Any], *names: str) -> Any:
    for name in names:
        value = row.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, str) and value.strip():
            yield value.strip().encode("utf-8", "replace").decode()


def _find_seen(row: dict[str, Any]) -> str | None:
    """As it is where it is a time that can be compared with others, else not at all."""
    value = find_words(row, *_SEEN)
    try:
        return datetime.fromisoformat(value).isoformat(timespec="seconds") if value else None
    except ValueError:
        return None


def _find_type(field: str, body: object) -> str | None:
    """Bytes say themselves how they are encoded."""
    if not isinstance(body, str):
        return None
    return HTML_TYPE if field in _HTMLS else TEXT_TYPE
