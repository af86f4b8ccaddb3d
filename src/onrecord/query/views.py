"""What readers get beside the records themselves: a statement with its words and page, a claim with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Claim, Document, Position, Stance, Statement, Status


@dataclass(frozen=True, slots=True)
class PageHead:
    """What is said above an article. `statements` is how many it holds."""

    id: str
    address: str
    title: str | None
    outlet: str | None
    published: str | None
    author: str | None = None
    language: str | None = None
    first_seen: str | None = None
    statements: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement with its words and the page that it stands on.

    `day` is when it was said where the text gives the day, else when the page was published.
    """

    statement: Statement
    content: str
    cue: str
    day: str | None
    page: PageHead


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a text before, in and after a piece of evidence, on one line each."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement, its passage, its place in the raw input, and the claims that it is part of."""

    quote: Quote
    passage: Passage
    raw_begin: int | None
    raw_end: int | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as read, its statements in order of the text, and its raw size in bytes."""

    document: Document
    quotes: tuple[Quote, ...]
    raw_size: int
    made_by: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with every statement that it rests on, by id, and the heads of its documents, by id.

    `originals` leads from each copy to the document that it copies. `version` is another once any of it was written.
    """

    claim: Claim
    quotes: dict[str, Quote]
    pages: dict[str, PageHead]
    originals: dict[str, str]
    version: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name as chains bear it, and how many links do."""

    name: str
    named: bool
    statements: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A root's position with the claim it is on."""

    claim_id: str
    claim: str
    status: Status
    position: Position


@dataclass(frozen=True, slots=True)
class LineChange:
    """A root that took one stance on a claim and later another."""

    claim_id: str
    claim: str
    root: str
    before: Stance
    after: Stance
    day: str | None


@dataclass(frozen=True, slots=True)
class Who:
    """What a person or body is on record for: under which names, with which positions, and where they changed."""

    name: str
    names: tuple[Name, ...]
    stands: tuple[Stand, ...]
    changes: tuple[LineChange, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a claim or was said by a name on a day. `kind` is "said" or "status"."""

    day: str | None
    kind: str
    text: str
    claim_id: str | None = None
    quote: Quote | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class StatusDiff:
    """How a claim stood before a span of days and after it; `before` is None for a claim that is new in it."""

    claim_id: str
    text: str
    day: str
    before: Status | None
    after: Status
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that could not be taken in, and how often it was tried. Times are in UTC."""

    source: str
    step: str
    reason: str
    published: str | None
    outlet: str | None
    tries: int
    first_tried: str
    last_tried: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds."""

    documents: int
    statements: int
    claims: int
    failed: int
    by_status: dict[Status, int]
