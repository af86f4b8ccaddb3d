"""The record types that travel down the line: Document, Statement, Edge, Claim and their parts.

All are frozen values: a later step makes a new one with `dataclasses.replace`. No I/O, nothing from outside the
standard library. The words are those of `docs/ideas.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Polarity(StrEnum):
    """The root's commitment to the content as worded (FactBank, Saurí and Pustejovsky 2009)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """How sure the root is of the content (FactBank's CT, PR, PS, U)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """The kind of speech act that the cue names."""

    ASSERT = "assert"
    DENY = "deny"
    CONFIRM = "confirm"
    ACCUSE = "accuse"
    WARN = "warn"
    DEMAND = "demand"
    PROMISE = "promise"
    ASK = "ask"
    DECLINE = "decline"
    THINK = "think"


class Kind(StrEnum):
    """Direct: all inside quotation marks; mixed: partly; indirect: not at all."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What a root does with a claim."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DECLINES = "declines"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a claim stands, from the positions taken on it."""

    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single-source"
    RETRACTED = "retracted"


class Relation(StrEnum):
    """Why two things belong together."""

    SAME_CLAIM = "same claim"
    CONTRADICTS = "contradicts"
    COPY_OF = "copy of"
    ECHO_OF = "echo of"
    SAME_NAME = "same name"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text: Python string offsets, half open."""

    begin: int
    end: int

    def __len__(self) -> int:
        return self.end - self.begin

    def of(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.begin : self.end]

    def covers(self, other: Span) -> bool:
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.begin < other.end and other.begin < self.end


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, only as precise as it is known.

    `value` is ISO 8601 cut to the precision: "2022", "2022-03", "2022-03-14" or a full time with offset.
    """

    value: str
    known_by: str = ""

    @property
    def precision(self) -> str:
        """One of "year", "month", "day", "time"."""
        return {4: "year", 7: "month", 10: "day"}.get(len(self.value), "time")

    @property
    def day(self) -> str:
        """The value cut to a day where it is that precise, else as it is."""
        return self.value[:10]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of `Document.text` and where it stands in the raw text.

    Equal lengths map character by character; unequal ones (a decoded entity, folded white space) map as a whole.
    """

    text: Span
    raw: Span


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece of the raw text that is no part of the article, and why it was left out."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline or sub-heading inside `Document.text`. Level 1 is the title."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Raw:
    """One page as it came in, before reading.

    `address` is a path, a URL or `path#record`; `media_type` is what the container said of it, where it did;
    `title`, `published`, `outlet` and `url` are what the caller or the container knows and the page may lack.
    """

    address: str
    content: bytes
    media_type: str | None = None
    title: str | None = None
    url: str | None = None
    published: Moment | None = None
    outlet: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One page, cleaned. Every span in the program points into `text`.

    `origin` leads from `text` back to the raw text, which is the raw bytes decoded by `encoding`; `leftovers` are
    spans of the raw text. `agency` is the wire that a byline, dateline or credit line names; `canonical` and
    `based_on` are addresses that the page gives as its original.
    """

    id: str
    address: str
    raw_hash: str
    text: str
    encoding: str = "utf-8"
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
    origin: tuple[Run, ...] = ()
    first_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One link of a chain.

    `span` holds the words that name the link, None where it is understood; `name` is as full as the document gives
    it; `name_id` is stable across documents once names are resolved.
    """

    span: Span | None
    name: str
    named: bool
    role: str | None = None
    name_id: str | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression and what it comes to. `span` is None where the time was not worded in the text."""

    span: Span | None
    date: str
    precision: str


@dataclass(frozen=True, slots=True)
class Reason:
    """The words that a decision rests on: `field` of the statement, the rule or model in `by`, and its evidence."""

    field: str
    by: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of saying, as one document reports it.

    `chain` runs from whom the document heard it to the root, which is last. `said` is when the root said it;
    `speaks_of` are the times that the content is about. `outer` is the id of the statement whose content reports
    this one. Where the content only points back ("this", "the allegations"), `stands_for` holds the words that it
    points to, else it is empty.
    """

    id: str
    document_id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    chain: tuple[Source, ...]
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    act: Act = Act.ASSERT
    said: Timex | None = None
    speaks_of: tuple[Timex, ...] = ()
    addressee: Source | None = None
    venue: Span | None = None
    kind: Kind = Kind.INDIRECT
    confidence: float = 1.0
    outer: str | None = None
    because: tuple[Reason, ...] = ()
    made_by: str = ""
    stands_for: tuple[Span, ...] = ()

    @property
    def root(self) -> Source:
        """The one who made the statement."""
        return self.chain[-1]


class Passage(NamedTuple):
    """A content as it stands on its page: the end of what comes before its sentence, and its words."""

    before: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One feature's share in a score, with the reason in words."""

    feature: str
    value: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A decision that two things belong together. Withdrawn, never deleted."""

    left: str
    right: str
    relation: Relation
    score: float
    parts: tuple[Part, ...] = ()
    decided_by: str = ""
    decided_at: str | None = None
    withdrawn_at: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A root's stand on a claim. `first` and `last` are days; `via` are the chains that lead to the root."""

    claim_id: str
    root: str
    named: bool
    stance: Stance
    statements: tuple[str, ...]
    documents: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    withdrawn: bool = False
    via: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From `day` on, the claim stood at `status`, because of `statements`."""

    day: str | None
    status: Status
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition and everybody's position on it. Derived from edges, rebuilt at will, never edited.

    `copies` are document ids that repeat another's text; `echoes` are statement ids that pass on another's report.
    """

    id: str
    text: str
    status: Status
    positions: tuple[Position, ...]
    independent_roots: int
    documents: tuple[str, ...]
    variants: tuple[str, ...] = ()
    history: tuple[StatusChange, ...] = ()
    copies: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be taken in: which, at what step, and why."""

    source: str
    step: str
    reason: str
