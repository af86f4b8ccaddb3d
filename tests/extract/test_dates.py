from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.dates import iter_times
from onrecord.records import Span

MONDAY = "2022-03-14"


def times(text: str, published: str | None = MONDAY) -> list[tuple[str, str]]:
    found = iter_times(text, Span(0, len(text)), published)
    return [(t.span.of(text), t.date) for t in found if t.span]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("on Sunday", "Sunday", "2022-03-13"),
        ("on Monday", "Monday", "2022-03-14"),
        ("last Monday", "last Monday", "2022-03-07"),
        ("next Friday", "next Friday", "2022-03-18"),
        ("Wednesday last week", "Wednesday last week", "2022-03-09"),
        ("late Thursday night", "late Thursday night", "2022-03-10"),
        ("yesterday", "yesterday", "2022-03-13"),
        ("last night", "last night", "2022-03-13"),
        ("today", "today", "2022-03-14"),
        ("Earlier today", "Earlier today", "2022-03-14"),
        ("on March 3", "March 3", "2022-03-03"),
        ("on 3 March 2020", "3 March 2020", "2020-03-03"),
        ("Tuesday, Nov. 30", "Tuesday, Nov. 30", "2021-11-30"),
        ("January 2nd, 2022", "January 2nd, 2022", "2022-01-02"),
        ("on July 2", "July 2", "2022-07-02"),
        ("in late May", "late May", "2021-05"),
        ("in February", "February", "2022-02"),
        ("last August", "last August", "2021-08"),
        ("in June 2019", "June 2019", "2019-06"),
        ("over the weekend", "over the weekend", "2022-03"),
        ("this week", "this week", "2022-03"),
        ("last week", "last week", "2022-03"),
        ("late last month", "late last month", "2022-02"),
        ("last year", "last year", "2021"),
        ("Last fall", "Last fall", "2021"),
        ("this summer", "this summer", "2022"),
        ("two days ago", "two days ago", "2022-03-12"),
        ("a week ago", "a week ago", "2022-03"),
        ("three months ago", "three months ago", "2021-12"),
        ("10 years ago", "10 years ago", "2012"),
        ("in 1998", "1998", "1998"),
        ("2021-12-24", "2021-12-24", "2021-12-24"),
    ],
)
def test_what_a_time_comes_to(text: str, words: str, value: str) -> None:
    assert times(text) == [(words, value)]


@pytest.mark.parametrize(
    "text",
    ["He may go.", "They march on.", "in the 1990s", "chapter 2019", "a second ago", "the sun", "Mar a Lago", "room 3"],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == []


def test_without_a_document_date_only_whole_dates_count() -> None:
    assert times("on Sunday, 3 March 2020, and in June 2019, and last year", None) == [
        ("3 March 2020", "2020-03-03"),
        ("June 2019", "2019-06"),
    ]


def test_impossible_days_are_left_out() -> None:
    assert times("on February 31, 2022") == []


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_last_such_day(published: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    [(_, value)] = times(f"on {name}", published.isoformat())
    found = date.fromisoformat(value)
    assert found.weekday() == weekday
    assert 0 <= (published - found).days < 7


@given(st.text(alphabet=st.sampled_from("0123456789 -.,:JanuryMayoflstweekTdSunday agoin"), max_size=60))
def test_any_text_gives_times_inside_it(text: str) -> None:
    for time in iter_times(text, Span(0, len(text)), MONDAY):
        assert time.span is not None
        assert time.span.of(text).strip()
        assert len(time.date) == {"year": 4, "month": 7, "day": 10}[time.precision]
