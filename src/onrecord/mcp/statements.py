"""Tools for statements: to find them, and to see one with its passage and why it was read so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from onrecord import forms, query, shapes
from onrecord.asked import LONGEST
from onrecord.ledger import Ledger
from onrecord.mcp.asked import LIMIT, Cursor, Limit, Outlet, Since, Text, Until
from onrecord.mcp.evidence import make_evidence
from onrecord.mcp.shapes import Statements
from onrecord.records import Act


def make_statement_tools(ledger: Ledger) -> tuple[Callable[..., Any], ...]:
    """The tools over `ledger`."""

    def search_statements(
        text: Text = None,
        by: Annotated[str | None, Field(description="Who said it, or a part of the name.", max_length=LONGEST)] = None,
        via: Annotated[str | None, Field(description="Who passed it on: another link.", max_length=LONGEST)] = None,
        act: Annotated[Act | None, Field(description="What they did by saying it.")] = None,
        since: Since = None,
        until: Until = None,
        outlet: Outlet = None,
        document: Annotated[str | None, Field(description="Only of this document, by id.", max_length=100)] = None,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Statements:
        """Find what somebody said, word for word, the latest first. `text` must hold all its words, in any form.

        For one person's words, give `by`. To learn what is asserted or disputed, onrecord_search_claims is better.
        """
        names: dict[str, Any] = {"by": by, "via": via, "act": act, "outlet": outlet, "document": document}
        found = query.find_statements(ledger, text, **names, since=since, until=until, cursor=cursor, limit=limit)
        return {"items": [make_evidence(quote) for quote in found.items], "cursor": found.cursor}

    def get_statement(
        id: Annotated[str, Field(description="A `statement` id.", min_length=1, max_length=100)],  # noqa: A002
    ) -> shapes.ShownStatement:
        """Show one statement with the passage around it, its place in the page, and why it was read so.

        Use it before you quote: `passage` has the words before and after, `because` the rules and words that each
        decision rests on, `claims` the ids of the claims that it is part of.
        """
        return forms.shown_statement_to_dict(query.get_statement(ledger, id))

    return search_statements, get_statement
