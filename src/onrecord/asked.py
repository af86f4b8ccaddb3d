"""What programs may ask, by the API or as tools: bounds and days, as pydantic checks them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

LONGEST = 500  # characters of a search or a name; a longer one is neither


def check_day(value: str) -> str:
    """The day in its usual form. Raises ValueError for what is none."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError("is not a day; write it as 2022-03-14") from error


# pydantic's own date would take numbers for days, too
Day = Annotated[
    str,
    Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
    AfterValidator(check_day),
]
