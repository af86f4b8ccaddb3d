"""Dates as pages write them to `Moment`s; what cannot be the date of a news page is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from onrecord.records import Moment

EARLIEST_YEAR = 1990  # no news page is older than the web
_ISO = re.compile(
    r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)


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


def is_possible(value: datetime, *, now: datetime | None = None) -> bool:
    """Not before 1990 and not after tomorrow (a page may be dated in a time zone ahead of ours)."""
    today = (now or datetime.now(UTC)).replace(tzinfo=None)
    return value.year >= EARLIEST_YEAR and value <= today + timedelta(days=1)
