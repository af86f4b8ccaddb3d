"""What MkDocs calls while it builds the site: comments like `<!-- figures attribution -->` become tables.

They are made from the sources and the results themselves, so that the pages can't go stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import errors  # noqa: E402
import figures  # noqa: E402
import routes  # noqa: E402
import tools  # noqa: E402

ROOT = HERE.parents[1]
MARK = re.compile(r"^<!-- (figures|errors|routes|tools) ?([\w-]*) -->$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with its tables in it."""
    return fill(markdown)


def fill(markdown: str) -> str:
    """Put a table in place of each mark. Raises KeyError for one that nobody makes."""
    shown = {match[2] for match in MARK.finditer(markdown) if match[1] == "figures"}

    def make(match: re.Match[str]) -> str:
        if match[1] == "errors":
            return errors.make_table(ROOT / "src" / "onrecord")
        if match[1] == "routes":
            return routes.make_table()
        if match[1] == "tools":
            return tools.make_table()
        return figures.make_table(ROOT / "bench" / "results", match[2], shown)

    return MARK.sub(make, markdown)
