"""What every page is made with: the ledger, the templates, what stands at the top of each page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.query import Counts, Outlet, count_all, find_outlets
from onrecord.records import Stance, Status
from onrecord.web import words
from onrecord.web.assets import load_assets
from onrecord.web.compiling import QuickEnvironment
from onrecord.web.links import link_filtered, make_link

FRESH_SECONDS = 2.0  # how old the totals on a page may be: counting a large ledger takes longer than its first page


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the ledger holds, and the outlets to choose from."""

    counts: Counts
    outlets: tuple[Outlet, ...]


@dataclass(slots=True)
class Site:
    """A desk with what its pages need. `can_add` is false where nobody may write."""

    desk: Desk
    can_add: bool = True
    templates: Environment = field(default_factory=lambda: make_templates())
    _totals: tuple[float, Totals] | None = None

    @property
    def ledger(self) -> Ledger:
        """The ledger that all pages show."""
        return self.desk.ledger

    def get_totals(self) -> Totals:
        """The totals, at most FRESH_SECONDS old."""
        known, now = self._totals, time.monotonic()
        if known is None or now - known[0] > FRESH_SECONDS:
            known = now, Totals(count_all(self.ledger), find_outlets(self.ledger))
            self._totals = known
        return known[1]

    def forget_totals(self) -> None:
        """After a change made here, the next page counts anew."""
        self._totals = None

    def render(self, request: Request, template: str, *, status_code: int = 200, **context: Any) -> Response:
        """A page with an ETag."""
        body = self.templates.get_template(template).render(
            request=request, path=request.scope["path"], site=self, **context
        )
        content = body.encode("utf-8", "replace")
        tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "HX-Target"}
        return Response(content, status_code, headers, "text/html")


def answer_again(request: Request, answer: Response) -> Response:
    """The answer; 304 where the browser has it already."""
    tag = answer.headers.get("etag")
    if answer.status_code != 200 or tag is None or tag not in request.headers.get("if-none-match", ""):
        return answer
    kept = {name: answer.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
    return Response(status_code=304, headers=kept)


def make_templates() -> Environment:
    """Jinja2 with autoescape for everything, and the words of `words.py` as filters."""
    folder = resources.files("onrecord.web") / "templates"

    def load(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    # a name that a template misspells is an error, and whole lines of tags leave no blank lines behind
    made = QuickEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=words.show_day,
        count=words.count,
        name_of=words.show_name,
        unquoted=words.trim_quotes,
        words=words.show_words,
        segment=lambda text: quote(text, safe="", errors="replace"),
    )
    made.tests["having"] = hasattr
    made.globals.update(
        asset=load_assets().urls.__getitem__,
        days=words.show_days,
        name_status=words.name_status,
        span=words.show_span,
        sides=words.part_sides,
        dots=words.count_dots,
        link=make_link,
        link_filtered=link_filtered,
        today=lambda: date.today().isoformat(),
        STATUSES=words.STATUSES,
        STANCES=words.STANCES,
        WHY=words.WHY,
        ACTS=words.ACTS,
        POLARITIES=words.POLARITIES,
        CERTAINTIES=words.CERTAINTIES,
        Status=Status,
        Stance=Stance,
    )
    return made
