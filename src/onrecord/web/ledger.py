"""The ledger: claims as they stand, by status, voice, outlet and day; what changed; documents, statements and names."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import (
    Changes,
    find_changes,
    find_claims,
    find_documents,
    find_last_day,
    find_names,
    find_statements,
)
from onrecord.records import Act
from onrecord.web.asking import read_day, read_status, read_text
from onrecord.web.site import Site

CLAIMS_A_PAGE = 20
ROWS_A_PAGE = 40
NAMES_A_PAGE = 200


def show_ledger(site: Site, request: Request) -> Response:
    """Claims, the disputed first; with words, those that say it."""
    filters = {
        "text": read_text(request, "q"),
        "status": read_status(request),
        "by": read_text(request, "by"),
        "outlet": read_text(request, "outlet"),
        "since": read_day(request, "since"),
        "until": read_day(request, "until"),
        "as_of": read_day(request, "as_of"),
    }
    cursor = read_text(request, "cursor")
    claims = find_claims(site.ledger, **filters, cursor=cursor, limit=CLAIMS_A_PAGE, brief=True)  # type: ignore[arg-type]
    first_look = not cursor and not any(filters.values())
    changes = _find_changes(site) if first_look else None
    return site.render(request, "ledger.html", claims=claims, filters=filters, cursor=cursor, changes=changes)


def show_changes(site: Site, request: Request) -> Response:
    """All claims that changed between two days."""
    until = read_day(request, "until") or date.today().isoformat()
    since = read_day(request, "since") or _day_before(find_last_day(site.ledger, until) or until)
    changes = find_changes(site.ledger, since, until, limit=NAMES_A_PAGE)
    return site.render(request, "changes.html", changes=changes)


def show_documents(site: Site, request: Request) -> Response:
    """Documents, the latest first."""
    filters = {
        "text": read_text(request, "q"),
        "outlet": read_text(request, "outlet"),
        "since": read_day(request, "since"),
        "until": read_day(request, "until"),
    }
    cursor = read_text(request, "cursor")
    found = find_documents(site.ledger, **filters, cursor=cursor, limit=ROWS_A_PAGE)
    return site.render(request, "documents.html", found=found, filters=filters)


def show_statements(site: Site, request: Request) -> Response:
    """Statements, the latest first."""
    act = read_text(request, "act")
    if act is not None and act not in list(Act):
        raise HTTPException(400, f"There is no act “{act}”. The ten are: {', '.join(Act)}.")
    filters = {
        "text": read_text(request, "q"),
        "by": read_text(request, "by"),
        "via": read_text(request, "via"),
        "act": Act(act) if act else None,
        "outlet": read_text(request, "outlet"),
        "since": read_day(request, "since"),
        "until": read_day(request, "until"),
    }
    cursor = read_text(request, "cursor")
    found = find_statements(site.ledger, **filters, cursor=cursor, limit=ROWS_A_PAGE)  # type: ignore[arg-type]
    return site.render(request, "statements.html", found=found, filters=filters)


def show_names(site: Site, request: Request) -> Response:
    """Who is on record, the most quoted first."""
    text = read_text(request, "q")
    names = find_names(site.ledger, text, limit=NAMES_A_PAGE)
    return site.render(request, "names.html", names=names, text=text)


def _find_changes(site: Site) -> Changes | None:
    """What changed on the last day on record: yesterday's news where the ledger is fed every day."""
    today = date.today().isoformat()
    last = find_last_day(site.ledger, today)
    return find_changes(site.ledger, _day_before(last), today) if last else None


def _day_before(day: str) -> str:
    """The day before; for a month or a year, which has none, itself cut so that all of it counts as after."""
    try:
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    except ValueError:
        return day[:-1]
