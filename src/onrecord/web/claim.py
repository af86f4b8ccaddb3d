"""A claim: positions face to face with their evidence, who got it from whom, and how its status came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import Quote, ShownClaim, find_version, get_claim
from onrecord.records import Position, Stance
from onrecord.web.asking import read_day
from onrecord.web.course import draw_course
from onrecord.web.kept import Version
from onrecord.web.site import Site
from onrecord.web.tree import draw_tree
from onrecord.web.why import find_why


@dataclass(frozen=True, slots=True)
class Side:
    """A position with the statement that shows it best and the others behind it."""

    position: Position
    lead: Quote | None
    more: tuple[Quote, ...]


def show_claim(site: Site, request: Request) -> Response:
    """One claim, today or at the end of the day `as_of`."""
    as_of = read_day(request, "as_of")
    shown = get_claim(site.ledger, request.path_params["id"], as_of=as_of, brief=True)
    sides = {
        stance: tuple(_make_side(position, shown) for position in _in_order(shown.claim.positions, stance))
        for stance in Stance
    }
    request.state.version = (shown.version,)
    return site.render(
        request,
        "claim.html",
        shown=shown,
        claim=shown.claim,
        sides=sides,
        copies=set(shown.claim.copies),
        echoes=set(shown.claim.echoes),
        tree=draw_tree(shown),
        course=draw_course(shown),
        why=find_why(shown),
        as_of=as_of,
    )


def find_claim_version(site: Site, request: Request) -> Version | None:
    """What is another whenever the page would be, as `show_claim` leaves it in `request.state.version`."""
    version = find_version(site.ledger, request.path_params["id"])
    return None if version is None else (version,)


def _in_order(positions: Iterable[Position], stance: Stance) -> list[Position]:
    # those who still hold to it first, then whoever spoke first
    held = [position for position in positions if position.stance is stance]
    return sorted(held, key=lambda position: (position.withdrawn, position.first or "9999"))


def _make_side(position: Position, shown: ShownClaim) -> Side:
    echoes, copies = set(shown.claim.echoes), set(shown.claim.copies)
    quotes = sorted(
        (shown.quotes[one] for one in position.statements if one in shown.quotes),
        # heard at first hand before passed on, then the earliest
        key=lambda quote: (
            quote.statement.id in echoes,
            quote.page.id in copies,
            len(quote.statement.chain),
            quote.day or "9999",
        ),
    )
    return Side(position, quotes[0] if quotes else None, tuple(quotes[1:]))
