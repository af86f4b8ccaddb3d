"""What may be asked: the parameters that several routes share, with their bounds."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from onrecord.asked import LONGEST, Day

MOST = 500  # results at once

Id = Annotated[str, Path(description="Its id.", min_length=1, max_length=100)]
Text = Annotated[str | None, Query(description="Words to look for.", max_length=LONGEST)]
Outlet = Annotated[str | None, Query(description="Only of this outlet.", max_length=LONGEST)]
Since = Annotated[Day | None, Query(description="On this day or after.")]
Until = Annotated[Day | None, Query(description="On this day or before.")]
AsOf = Annotated[Day | None, Query(description="As they stood at the end of this day.")]
Limit = Annotated[int, Query(description="How many at most.", ge=1, le=MOST)]
Cursor = Annotated[str | None, Query(description="Where the last page of the list ended.", max_length=2000)]
