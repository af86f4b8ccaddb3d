from __future__ import annotations

from datetime import datetime

import pytest

from onrecord.read.dates import find_moment, find_written_date

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
