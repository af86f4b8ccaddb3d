"""What each record looks like as JSON, key by key: `forms.py` makes these, the API describes itself by them.

Spans are [begin, end) offsets into the document's text; days and times are ISO 8601, cut to what is known.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from typing_extensions import TypedDict

from onrecord.records import Act, Certainty, Kind, Polarity, Stance, Status

Item = TypeVar("Item")


class _Pair:
    """Says that a list of numbers has two, to whoever describes it as JSON Schema."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        described: dict[str, Any] = handler(schema)
        return described | {"minItems": 2, "maxItems": 2}


Offsets = Annotated[list[int], _Pair()]


class Link(TypedDict):
    """One link of a chain; `span` is null where the text leaves it out."""

    name: str
    named: bool
    role: str | None
    span: Offsets | None


class Said(TypedDict):
    """When it was said, by the words at `span`."""

    date: str
    span: Offsets | None


class BareStatement(TypedDict):
    """A statement with its words. `chain` runs from whom the document heard it to the root, which is last."""

    id: str
    document: str
    content: str
    cue: str
    chain: list[Link]
    polarity: Polarity
    certainty: Certainty
    act: Act
    said: Said | None
    kind: Kind
    confidence: float
    outer: str | None
    content_spans: list[Offsets]
    cue_spans: list[Offsets]


class Statement(BareStatement):
    """The same with its day and the head of its page."""

    day: str | None
    outlet: str | None
    published: str | None
    title: str | None
    address: str


class BarePosition(TypedDict):
    """A root's stand on a claim. `via` are the chains that lead to the root."""

    root: str
    named: bool
    stance: Stance
    first: str | None
    last: str | None
    statements: list[str]
    documents: list[str]
    via: list[list[str]]


class Position(BarePosition):
    """The same with whether it was taken back."""

    withdrawn: bool


class _ClaimHead(TypedDict):
    id: str
    text: str
    status: Status
    independent_roots: int
    documents: list[str]


class BareClaim(_ClaimHead):
    """A claim with everybody's position on it."""

    positions: list[BarePosition]


class StatusChange(TypedDict):
    """From `day` on the claim stood at `status`, because of `statements`."""

    day: str | None
    status: Status
    statements: list[str]


class Claim(_ClaimHead):
    """A claim with positions, variants, history, copies (documents) and echoes (statements)."""

    positions: list[Position]
    variants: list[str]
    history: list[StatusChange]
    copies: list[str]
    echoes: list[str]


class Page(TypedDict):
    """The head of a document."""

    id: str
    address: str
    title: str | None
    outlet: str | None
    published: str | None
    author: str | None
    language: str | None
    first_seen: str | None
    statements: int | None


class ShownClaim(Claim):
    """A claim with every statement that it rests on and the heads of its documents."""

    type: Literal["claim"]
    evidence: list[Statement]
    pages: list[Page]


class Heading(TypedDict):
    """A headline or sub-heading; level 1 is the title."""

    text: str
    level: int
    span: Offsets


class Leftover(TypedDict):
    """A piece of the raw text that is no part of the article; `span` is in the raw text."""

    span: Offsets
    reason: str


class Document(TypedDict):
    """A document as it was read."""

    id: str
    address: str
    title: str | None
    published: str | None
    published_known_by: str | None
    outlet: str | None
    author: str | None
    agency: str | None
    language: str | None
    canonical: str | None
    text: str
    headings: list[Heading]
    leftovers: list[Leftover]


class ShownDocument(Document):
    """A document with its statements, in order of the text, and what made them."""

    type: Literal["document"]
    made_by: str
    statements: list[Statement]


class Passage(TypedDict):
    """The words before, in and after a piece of evidence."""

    before: str
    words: str
    after: str


class Reason(TypedDict):
    """What the decision on `field` rests on: a rule or model, and words."""

    field: str
    by: str
    span: Offsets | None


class ShownStatement(Statement):
    """A statement with its passage, its place in the raw text, its claims, and why it was read so."""

    type: Literal["statement"]
    passage: Passage
    raw_span: Offsets | None
    claims: list[str]
    because: list[Reason]
    made_by: str


class Event(TypedDict):
    """Something that happened on a day."""

    day: str | None
    kind: str
    claim: str | None
    text: str
    statement: Statement | None


class StatusDiff(TypedDict):
    """How a claim changed its status; `before` is null for a new one."""

    claim: str
    text: str
    day: str
    before: Status | None
    after: Status
    statements: list[str]


class Name(TypedDict):
    """A name as chains bear it, and how many links do."""

    name: str
    named: bool
    statements: int


class Stand(TypedDict):
    """A root's position with the claim it is on."""

    claim: str
    text: str
    status: Status
    root: str
    stance: Stance
    first: str | None
    last: str | None
    withdrawn: bool
    statements: list[str]


class LineChange(TypedDict):
    """A root that took one stance on a claim and later another."""

    claim: str
    text: str
    root: str
    before: Stance
    after: Stance
    day: str | None


class Who(TypedDict):
    """What a person or body is on record for."""

    name: str
    names: list[Name]
    stands: list[Stand]
    changes: list[LineChange]
    statements: list[Statement]


class Evidence(TypedDict):
    """A sentence that shows how a document stands to a claim; `fit` is how well."""

    words: str
    span: Offsets
    fit: float
    statements: list[Statement]


class Assessed(TypedDict):
    """How a document stands to a claim: the likeliest stance, and the chances of each."""

    claim: str
    stance: str
    chances: dict[str, float]
    page: Page
    evidence: list[Evidence]


class Listing(TypedDict, Generic[Item]):
    """Some of what was found; `cursor` leads to the rest, null where there is no more."""

    items: list[Item]
    cursor: str | None
