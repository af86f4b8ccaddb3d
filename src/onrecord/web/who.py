"""A person or body: what they are on record for, over time, and where they changed their line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import find_who
from onrecord.records import Stance
from onrecord.web.asking import read_text
from onrecord.web.site import Site

MOST = 60  # positions, and statements


def show_who(site: Site, request: Request) -> Response:
    """Everything by one name."""
    name = read_text(request, "name")
    if name is None:
        raise HTTPException(400, "Say whom you are looking for: /who?name=…")
    who = find_who(site.ledger, name, limit=MOST)
    if who is None:
        raise HTTPException(404, f"Nobody called {name} is on record in this ledger.")
    taken = Counter(stand.position.stance for stand in who.stands)
    tally = {stance: taken[stance] for stance in Stance if taken[stance]}
    days = [(day, tuple(stands)) for day, stands in groupby(who.stands, key=lambda stand: stand.position.last)]
    return site.render(request, "who.html", who=who, days=days, tally=tally)
