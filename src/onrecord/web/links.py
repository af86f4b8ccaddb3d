"""Addresses of pages with their parameters."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from urllib.parse import urlencode


@lru_cache(maxsize=4096)
def make_link(path: str, **parameters: Hashable) -> str:
    """A path with those of the parameters that are given."""
    given = urlencode({name: value for name, value in parameters.items() if value}, errors="replace")
    return f"{path}?{given}" if given else path


def link_filtered(path: str, filters: Mapping[str, Hashable], **changes: Hashable) -> str:
    """The same list with some of its filters changed; the words looked for go by the name `q`."""
    return make_link(path, **{"q" if name == "text" else name: value for name, value in filters.items()} | changes)
