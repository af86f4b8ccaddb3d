"""Time expressions of English news: finding them, and working out the day, month or year that they come to.

The grammar and the arithmetic are our own. What an expression comes to is no finer than what it gives: "last year"
is a year, "this week" a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.records import Span, Timex

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december"]  # fmt: skip
SHORT_WEEKDAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "several": 0, "a few": 0, "a couple of": 2}  # fmt: skip
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
_WEEKDAY = (
    "Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?|"
    r"Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\."
)
_YEAR = r"(?:19|20)\d\d"
_WHICH = "last|this[ ]past|this|the[ ]past|past|next|the[ ]previous|the[ ]following"
_UNIT = "week|weekend|month|year|summer|fall|autumn|winter|spring|decade|quarter"
_COUNT = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a[ ]few|a[ ]couple[ ]of"
_NEAR = r"(?:(?:early|late|mid|earlier|later|just)[\s-](?:in\s|on\s)?)?"
_PART = r"(?:\s+(?:early\s|late\s)?(?:morning|afternoon|evening|night))?"
# Names of months and weekdays must be capitalised; the words around them may stand at the head of a sentence.
TIME = re.compile(
    rf"""(?<![\w-])(?:
    (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
  | (?:(?:{_WEEKDAY}),?\s+)?
    (?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<year>{_YEAR}))?
  | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})(?:,?\s+(?P<year2>{_YEAR}))?
  | (?i:{_NEAR})(?:(?P<which3>(?i:last|this|next))\s+)?
    (?P<month3>{_MONTH})(?:,?\s+(?:of\s+)?(?P<year3>{_YEAR}))?
  | (?i:{_NEAR})(?:(?P<which>(?i:last|this[ ]past|this|past|next))\s+)?
    (?P<weekday2>{_WEEKDAY}){_PART}(?:\s+(?P<after>last[ ]week))?
  | (?P<today>(?i:(?:earlier\s|later\s)?
    (?:today|this\s(?:morning|afternoon|evening)|tonight|the\sday\sbefore\syesterday|yesterday|last\snight|tomorrow))){_PART}
  | (?i:{_NEAR}(?P<which4>{_WHICH})\s+(?P<unit>{_UNIT}))
  | (?P<weekend>(?i:(?:over|at|during)\sthe\sweekend))
  | (?i:(?P<count>{_COUNT})\s+(?P<unit2>hour|day|week|month|year|decade)s?\s+(?P<way>ago|earlier|before))
  | (?i:in|since|during|of|by)\s+(?P<only>{_YEAR})(?!\d|s\b|-)
    )(?!\w)""",
    re.VERBOSE,
)


TITLE = re.compile(r"TODAY|TONIGHT|This Week|Last Week|Tonight|Today")  # as in USA TODAY, ABC's This Week


def iter_times(text: str, span: Span, published: str | None) -> Iterator[Timex]:
    """The time expressions in a part of the text and what they come to, given the document's date (ISO or None).

    Yields only what comes to a date at least as fine as a year.
    """
    anchor = _anchor(published)
    for match in TIME.finditer(text, span.begin, span.end):
        if match["month3"] and not _is_month(text, match):
            continue
        if TITLE.fullmatch(match.group()):
            continue
        value = _value(match, anchor)
        if value:
            begin = match.start("only") if match["only"] else match.start()
            precision = {4: "year", 7: "month"}.get(len(value), "day")
            yield Timex(Span(begin, match.end()), value, precision)


def _anchor(published: str | None) -> date | None:
    if not published or len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _is_month(text: str, match: re.Match[str]) -> bool:
    """ "May", "March" and short forms are months only where a year, a word of time or a preposition says so."""
    word = match["month3"]
    if match["year3"] or match["which3"] or match.start("month3") > match.start():
        return True
    before = text[max(0, match.start() - 12) : match.start()].lower()
    if word in {"May", "March", "Mar", "Jan", "Jun", "Dec", "Sep", "Oct", "Aug"} or word.endswith("."):
        return bool(re.search(r"\b(in|since|until|by|during|of|late|early)\s+$", before))
    return True


def _value(match: re.Match[str], anchor: date | None) -> str | None:
    group = {name: part.lower() if part else part for name, part in match.groupdict().items()}
    if group["iso"]:
        return group["iso"]
    if group["day"] or group["day2"]:
        month = _month(group["month"] or group["month2"])
        year = group["year"] or group["year2"]
        return _day(int(group["day"] or group["day2"]), month, int(year) if year else None, anchor)
    if group["month3"]:
        month = _month(group["month3"])
        if group["year3"]:
            return f"{group['year3']}-{month:02}"
        if anchor is None:
            return None
        year_ = anchor.year + (group["which3"] == "next")
        if month > anchor.month and group["which3"] != "next" and group["which3"] != "this":
            year_ -= 1
        return f"{year_}-{month:02}"
    if group["only"]:
        return group["only"]
    if anchor is None:
        return None
    if group["weekday2"]:
        return _weekday(group["weekday2"], group["which"], bool(group["after"]), anchor).isoformat()
    if group["today"]:
        word = group["today"].split()[-1]
        if word == "yesterday" and len(group["today"].split()) > 2:
            return (anchor - timedelta(2)).isoformat()
        shift = {"yesterday": -1, "night": -1, "tomorrow": 1}.get(word, 0)
        return (anchor + timedelta(shift)).isoformat()
    if group["weekend"]:
        return _last_weekend(anchor).isoformat()[:7]
    if group["unit"]:
        return _unit(group["unit"], group["which4"], anchor)
    return _ago(group["count"], group["unit2"], group["way"], anchor)


def _month(word: str) -> int:
    return next(k for k, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _day(day: int, month: int, year: int | None, anchor: date | None) -> str | None:
    """Without a year, the date nearest before the document's, or within four months after it."""
    if year is None:
        if anchor is None:
            return None
        year = anchor.year
        if (month - anchor.month) > 4 or (month - anchor.month == 4 and day > anchor.day):
            year -= 1
        elif anchor.month - month > 8:
            year += 1
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _weekday(word: str, which: str | None, week_before: bool, anchor: date) -> date:
    """The last such day up to the document's date; "next" and "this" of a day to come, the one after it."""
    key = word.lower().rstrip(".")
    want = (
        SHORT_WEEKDAYS[key] if key in SHORT_WEEKDAYS else next(k for k, d in enumerate(WEEKDAYS) if key.startswith(d))
    )
    back = (anchor.weekday() - want) % 7
    if which == "next":
        return anchor + timedelta(7 - back)
    if which == "last" and back == 0:
        back = 7
    if week_before:
        return anchor - timedelta(anchor.weekday() + 7 - want)
    return anchor - timedelta(back)


def _last_weekend(anchor: date) -> date:
    return anchor - timedelta((anchor.weekday() - 5) % 7)


def _unit(unit: str, which: str, anchor: date) -> str | None:
    step = {"last": -1, "the previous": -1, "this": 0, "next": 1, "the following": 1}.get(which, 0)
    match unit:
        case "week":
            return (anchor + timedelta(7 * step)).isoformat()[:7]
        case "weekend":
            return (_last_weekend(anchor) + timedelta(7 * max(step, 0))).isoformat()[:7]
        case "month":
            months = anchor.year * 12 + anchor.month - 1 + step
            return f"{months // 12}-{months % 12 + 1:02}"
        case "year":
            return str(anchor.year + step)
        case "decade":
            return None
        case "quarter":
            return str((anchor - timedelta(92)).year if step < 0 else anchor.year)
        case season:
            begins = {"winter": 12, "spring": 3, "summer": 6, "fall": 9, "autumn": 9}[season]
            year = anchor.year
            if step < 0 and begins >= anchor.month - 2 * (begins != 12):
                year -= 1
            return str(year + (step > 0 and begins <= anchor.month))


def _ago(count: str, unit: str, way: str, anchor: date) -> str | None:
    if way != "ago":
        return None
    number = int(count) if count.isdigit() else NUMBERS[count]
    if not number:
        return None
    match unit:
        case "hour":
            return anchor.isoformat() if number < 12 else None
        case "day":
            return (anchor - timedelta(number)).isoformat()
        case "week":
            return (anchor - timedelta(7 * number)).isoformat()[:7]
        case "month":
            months = anchor.year * 12 + anchor.month - 1 - number
            return f"{months // 12}-{months % 12 + 1:02}"
        case "year":
            return str(anchor.year - number)
        case "decade":
            return str(anchor.year - 10 * number)
        case _:
            return None
