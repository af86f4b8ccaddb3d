"""What the tools may be asked: the parameters that several share, described for an assistant."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from onrecord.asked import LONGEST, Day

LIMIT = 10
MOST = 50  # an answer of more would fill an assistant's memory

Text = Annotated[str | None, Field(description="Words to look for.", min_length=1, max_length=LONGEST)]
Outlet = Annotated[str | None, Field(description="Only of this outlet, by its full name.", max_length=LONGEST)]
Since = Annotated[Day | None, Field(description="On this day or after: YYYY-MM-DD.")]
Until = Annotated[Day | None, Field(description="On this day or before: YYYY-MM-DD.")]
Limit = Annotated[int, Field(description="How many at most.", ge=1, le=MOST)]
Cursor = Annotated[
    str | None, Field(description="`cursor` of the answer before, for what follows it.", min_length=1, max_length=2000)
]
