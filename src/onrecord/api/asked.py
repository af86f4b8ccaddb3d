"""What may be asked: the parameters that several routes share, with their bounds."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, Field

LONGEST = 500  # characters of a search or a name; a longer one is neither
MOST = 500  # results at once


def _check_day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError("is not a day; write it as 2022-03-14") from error


# pydantic's own date would take numbers for days, too
Day = Annotated[
    str,
    Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
    AfterValidator(_check_day),
]
Id = Annotated[str, Path(description="Its id.", min_length=1, max_length=100)]
Text = Annotated[str | None, Query(description="Words to look for.", max_length=LONGEST)]
Outlet = Annotated[str | None, Query(description="Only of this outlet.", max_length=LONGEST)]
Since = Annotated[Day | None, Query(description="On this day or after.")]
Until = Annotated[Day | None, Query(description="On this day or before.")]
AsOf = Annotated[Day | None, Query(description="As they stood at the end of this day.")]
Limit = Annotated[int, Query(description="How many at most.", ge=1, le=MOST)]
Cursor = Annotated[str | None, Query(description="Where the last page of the list ended.", max_length=2000)]
