"""Dates as pages write them to `Moment`s; what cannot be the date of a news page is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from onrecord.records import Moment

EARLIEST_YEAR = 1990  # no news page is older than the web
_MAX_PATH = 1_000
_ISO = re.compile(
    r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)

# a day, or a month, as a part of a path: /2022/03/14/, /2022/mar/14/, /2022-03-14-ferry, /20220314/, /2022/03/
_IN_PATH = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[/_.-])(?P<month>\d\d?|[a-z]{3})(?P=sign)(?P<day>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d\d)/"),
)
_WRITTEN = (
    re.compile(
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<month>[^\W\d]{3,10})\.?,?\s+(?:de\s+)?(?P<year>\d{4})\b"
    ),
    re.compile(r"\b(?P<month>[^\W\d]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"),
)
# by the first three letters, accents off; "jui" is left out, since it is juin and juillet
_MONTHS = {
    **dict.fromkeys(("jan", "ene"), 1), **dict.fromkeys(("feb", "fev"), 2), **dict.fromkeys(("mar", "mär"), 3),
    **dict.fromkeys(("apr", "avr", "abr"), 4), **dict.fromkeys(("may", "mai"), 5), "jun": 6, "jul": 7,
    **dict.fromkeys(("aug", "aou", "ago"), 8), "sep": 9, **dict.fromkeys(("oct", "okt"), 10), "nov": 11,
    **dict.fromkeys(("dec", "dez", "dic"), 12),
}  # fmt: skip


def find_moment(text: str, *, known_by: str, now: datetime | None = None) -> Moment | None:
    """The moment that an ISO 8601 date or time gives; None where it is none, lies in the future or before 1990."""
    match = _ISO.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        value = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    if not is_possible(value, now=now):
        return None
    if hour and zone:
        zone = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        return Moment(f"{value.isoformat()}{zone}", known_by)
    return Moment("-".join(part for part in (year, month, day) if part), known_by)


def find_written_date(text: str, *, now: datetime | None = None) -> Moment | None:
    """The day that a line such as "Updated 14 March 2022, 9:30" gives, in English, German, French or Spanish."""
    for pattern in _WRITTEN:
        match = pattern.search(text)
        if (
            match is None
            or (month := _MONTHS.get(match["month"].lower()[:3].replace("é", "e").replace("û", "u"))) is None
        ):
            continue
        value = f"{match['year']}-{month:02d}-{int(match['day']):02d}"
        if found := find_moment(value, known_by="text", now=now):
            return found
    return None


def find_address_date(url: str, *, now: datetime | None = None) -> Moment | None:
    """The day or month that the path of a page's address gives, as sites of news put it there."""
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    for pattern in _IN_PATH:
        for match in pattern.finditer(path[:_MAX_PATH]):
            named = match.groupdict()
            month = _MONTHS.get(named["month"]) or named["month"].zfill(2)
            day = f"-{named['day'].zfill(2)}" if "day" in named else ""
            value = f"{named['year']}-{month:0>2}{day}"
            if found := find_moment(value, known_by="address", now=now):
                return found
    return None


def find_crawl_date(seen: str | None, *, now: datetime | None = None) -> Moment | None:
    """The day on which a page was fetched: it was published then or before."""
    return find_moment(seen[:10], known_by="crawl", now=now) if seen else None


def is_possible(value: datetime, *, now: datetime | None = None) -> bool:
    """Not before 1990 and not after tomorrow (a page may be dated in a time zone ahead of ours)."""
    today = (now or datetime.now(UTC)).replace(tzinfo=None)
    return value.year >= EARLIEST_YEAR and value <= today + timedelta(days=1)
