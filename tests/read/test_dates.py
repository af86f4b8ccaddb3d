from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from onrecord.read import read_document
from onrecord.read.dates import find_address_date, find_moment, find_written_date
from onrecord.records import Moment, Raw
from onrecord.settings import Settings
from tests.factories import PAGE

NOW = datetime(2026, 11, 23, 12, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-03-14", "2022-03-14"),
        ("2022-03", "2022-03"),
        ("2022", "2022"),
        ("20220314", "2022-03-14"),
        ("2022-03-14T09:30:00Z", "2022-03-14T09:30:00+00:00"),
        ("2022-03-14 09:30:00+0530", "2022-03-14T09:30:00+05:30"),
        ("2022-03-14T09:30:00", "2022-03-14"),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-26", None),
        ("2098-01-01", None),
        ("1989-12-31", None),
        ("0001-01-01T00:00:00Z", None),
        ("2022-02-30", None),
        ("14 March", None),
        ("", None),
    ],
)
def test_moments(text: str, value: str | None) -> None:
    found = find_moment(text, known_by="test", now=NOW)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Published 14 March 2022, 9:30", "2022-03-14"),
        ("March 14, 2022", "2022-03-14"),
        ("Mar. 3rd, 2022", "2022-03-03"),
        ("14. März 2022", "2022-03-14"),
        ("le 2 août 2021", "2021-08-02"),
        ("3 de mayo de 2020", "2020-05-03"),
        ("31 February 2022", None),
        ("12 Monkeys 1995", None),
        ("1 May 2031", None),
    ],
)
def test_written_dates(text: str, value: str | None) -> None:
    found = find_written_date(text, now=NOW)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.test/2022/03/14/ferry", "2022-03-14"),
        ("https://news.test/world/2022/mar/14/ferry", "2022-03-14"),
        ("https://news.test/ferry-2022-03-14.html", "2022-03-14"),
        ("https://news.test/20220314/ferry?at=2021-01-01", "2022-03-14"),
        ("https://news.test/2022/3/4/ferry", "2022-03-04"),
        ("https://news.test/2022/03/ferry", "2022-03"),
        ("https://news.test/id/120220314", None),
        ("https://news.test/2022/13/14/ferry", None),
        ("https://news.test/2999/03/14/ferry", None),
        ("https://news.test/1066/10/14/battle", None),
        ("https://[news.test/2022/03/14/", None),
        ("https://news.test/", None),
    ],
)
def test_address_dates(url: str, day: str | None) -> None:
    assert find_address_date(url) == (Moment(day, "address") if day else None)


def test_the_page_then_its_container_then_its_address_then_the_crawl() -> None:
    page = PAGE
    dated = page.replace("</head>", '<meta property="article:published_time" content="2022-03-10"></head>')
    raw = Raw(
        "a.warc#x@0", dated.encode(), "text/html", url="https://news.test/2022/03/12/a", seen="2022-03-14T09:00:00Z"
    )
    raws = [
        replace(raw, published=Moment("2022-03-11", "feed")),
        replace(raw, content=page.encode(), published=Moment("2022-03-11", "feed")),
        replace(raw, content=page.encode()),
        replace(raw, content=page.encode(), url="https://news.test/a"),
        replace(raw, content=page.encode(), url="https://news.test/a", seen=None),
    ]
    found = [read_document(one, settings=Settings()).published for one in raws]
    assert found == [
        Moment("2022-03-10", "article:published_time"),
        Moment("2022-03-11", "feed"),
        Moment("2022-03-12", "address"),
        Moment("2022-03-14", "crawl"),
        None,
    ]
