"""What a reader makes of one page, before it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.read.origin import Mapped
from onrecord.records import Heading, Leftover, Moment


@dataclass(frozen=True, slots=True)
class Page:
    """The fields are those of Document; `language` is what the page says of itself."""

    body: Mapped
    title: str | None = None
    published: Moment | None = None
    outlet: str | None = None
    author: str | None = None
    agency: str | None = None
    language: str | None = None
    canonical: str | None = None
    based_on: str | None = None
    headings: tuple[Heading, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
