"""What the tools answer: as little as an answer needs, and always the words that it rests on.

The API's shapes hold all that is known; an assistant pays for every character that it reads.
"""

from __future__ import annotations

from typing_extensions import TypedDict

from onrecord.records import Act, Polarity, Stance, Status
from onrecord.shapes import LineChange, Name


class Evidence(TypedDict):
    """What somebody said, in the words of the page (`content`). `chain` leads from whom the page heard it to the root.

    `statement` and `document` are ids for the tools that get one.
    """

    statement: str
    content: str
    chain: list[str]
    act: Act
    polarity: Polarity
    day: str | None
    outlet: str | None
    address: str
    document: str


class _Listing(TypedDict):
    # leads to the rest, null where there is no more
    cursor: str | None


class Statements(_Listing):
    """Some of the statements that were found."""

    items: list[Evidence]


class Position(TypedDict):
    """A root's stand on a claim; `evidence` is some of its `statements` in number, the nearest to the root first."""

    root: str
    named: bool
    stance: Stance
    withdrawn: bool
    first: str | None
    last: str | None
    statements: int
    evidence: list[Evidence]


class Claim(TypedDict):
    """A claim. `documents` carry it, `independent_roots` voices are behind it, `unlisted` positions left out."""

    id: str
    text: str
    status: Status
    documents: int
    independent_roots: int
    positions: list[Position]
    unlisted: int


class Claims(_Listing):
    """Some of the claims that were found."""

    items: list[Claim]


class StatusChange(TypedDict):
    """From `day` on the claim stood at `status`."""

    day: str | None
    status: Status


class Whole(Claim):
    """A claim with other wordings, how its status came about, and how many only copy or echo it."""

    variants: list[str]
    history: list[StatusChange]
    copies: int
    echoes: int


class Change(TypedDict):
    """A claim whose status changed; `before` is null for a new one."""

    claim: str
    text: str
    day: str
    before: Status | None
    after: Status
    evidence: list[Evidence]


class Changes(_Listing):
    """Some of the changes that were found."""

    items: list[Change]


class Stand(TypedDict):
    """A position that somebody takes, and the claim it is on."""

    claim: str
    text: str
    status: Status
    position: Position


class Party(TypedDict):
    """What a person or body is on record for; `names` are those that fit what was asked."""

    names: list[Name]
    stands: list[Stand]
    changes: list[LineChange]
    statements: list[Evidence]


class Head(TypedDict):
    """What is said above an article; `statements` is how many it holds."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    author: str | None
    address: str
    statements: int | None


class Heads(_Listing):
    """Some of the articles that were found."""

    items: list[Head]


class Document(TypedDict):
    """A part of an article, [begin, end) of its `length` in characters, with what is said in it."""

    head: Head
    text: str
    begin: int
    end: int
    length: int
    statements: list[Evidence]


class Sentence(TypedDict):
    """A sentence of an article, in its words, with who says it."""

    words: str
    statements: list[Evidence]


class Assessed(TypedDict):
    """How an article stands to a claim (agree, disagree, discuss, unrelated), and the sentences that show it."""

    stance: str
    chance: float
    head: Head
    evidence: list[Sentence]


class Assessments(TypedDict):
    """The articles that come nearest to the claim, those that disagree first."""

    items: list[Assessed]
