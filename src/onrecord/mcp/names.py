"""The tool for persons and bodies: what they are on record for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from onrecord import forms, query
from onrecord.asked import LONGEST
from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger
from onrecord.mcp.asked import LIMIT, Limit
from onrecord.mcp.evidence import make_evidence, make_position
from onrecord.mcp.shapes import Party


def make_name_tools(ledger: Ledger) -> tuple[Callable[..., Any], ...]:
    """The tool over `ledger`."""

    def get_party(
        name: Annotated[str, Field(description="A name, or a part of one.", min_length=1, max_length=LONGEST)],
        limit: Limit = LIMIT,
    ) -> Party:
        """Show what a person or body is on record for: positions on claims, the latest first, and what they said.

        `changes` are claims on which they took one side and later the other. `names` are all that fit: where several
        people do, ask again with the full name.
        """
        found = query.find_who(ledger, name, limit=limit)
        if found is None:
            raise OnrecordError(f"nobody called {name} is on record: try a part of the name, or its spelling here")
        leads = [stand.position.statements[0] for stand in found.stands if stand.position.statements]
        with ledger.read() as connection:
            quotes = query.get_quotes(connection, leads)
        return {
            "names": [forms.name_to_dict(one) for one in found.names],
            "stands": [
                {
                    "claim": stand.claim_id,
                    "text": stand.claim,
                    "status": stand.status,
                    "position": make_position(stand.position, quotes, most=1),
                }
                for stand in found.stands
            ],
            "changes": [forms.line_change_to_dict(change) for change in found.changes],
            "statements": [make_evidence(quote) for quote in found.quotes],
        }

    return (get_party,)
