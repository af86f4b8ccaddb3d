"""What an address asks for: filters and days out of the query string, checked before a query sees them."""

from __future__ import annotations

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.records import Status

LONGEST = 500  # characters of a search; a longer one is no search


def read_text(request: Request, name: str) -> str | None:
    """A parameter without spaces around it; None where it is missing or empty."""
    return request.query_params.get(name, "").strip()[:LONGEST] or None


def read_day(request: Request, name: str) -> str | None:
    """A parameter that is a day, as 2022-03-14. Raises HTTPException 400 for anything else."""
    value = read_text(request, name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise HTTPException(400, f"“{value}” is not a day. Write it as 2022-03-14.") from error


def read_status(request: Request) -> Status | None:
    """The parameter `status`. Raises HTTPException 400 for a status that there is not."""
    value = read_text(request, "status")
    if value is None:
        return None
    try:
        return Status(value)
    except ValueError as error:
        known = ", ".join(status.value for status in Status)
        raise HTTPException(400, f"There is no status “{value}”. The five are: {known}.") from error


def read_offset(request: Request, name: str) -> int:
    """A parameter that counts characters, 0 where it is missing. Raises HTTPException 400."""
    value = request.query_params.get(name, "0")
    if not value.isascii() or not value.isdigit() or len(value) > 12:
        raise HTTPException(400, f"“{value[:LONGEST]}” is no place in a text.")
    return int(value)
