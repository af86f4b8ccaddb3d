"""A ledger of any size in a minute or two: synthetic news, its statements and claims, by the ledger's own functions.

A made-up world at 250 documents a day. Names and words come up as unevenly as in real news (Zipf); so do events: most
are reported once or twice, a few by dozens of outlets, some of which copy or pass on what others have. A document
reports three events in some 2,000 characters. Nothing is extracted or resolved: the ledger holds what a perfect reader
would have put there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from bench.made_up import make_word, pick, say
from onrecord.ids import hash_bytes, make_document_id, make_statement_id
from onrecord.ledger import Ledger
from onrecord.ledger.claim_store import resolving
from onrecord.records import (
    Act,
    Claim,
    Document,
    Moment,
    Polarity,
    Position,
    Raw,
    Run,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    StatusChange,
)

A_DAY, EVENTS_A_PAGE = 250, 3
NAMES, WORDS, OUTLETS = 3000, 6000, 300
MOST_REPORTS = 60
DENIED, COPIED, PASSED_ON = 0.25, 0.2, 0.3  # shares of events and of reports
CLAIMS_A_TRANSACTION = 200


@dataclass(slots=True)
class Event:
    """Something that is said to have happened, by whom, and the reports of it so far."""

    content: str
    witnesses: tuple[str, ...]
    critic: str | None
    reports: int
    said: list[tuple[Document, Statement, Stance]] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)


class World:
    """Pages in order of their days, and the events that they are about."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self.words = [make_word(self._random, 2 + at % 3) for at in range(WORDS)]
        self.names = [f"{make_word(self._random, 2)} {make_word(self._random, 3)}".title() for _ in range(NAMES)]
        self._outlets = [f"{make_word(self._random, 2).title()} Post" for _ in range(OUTLETS)]
        self._running: list[Event] = []
        self.events: list[Event] = []

    def iter_pages(self) -> Iterator[tuple[Raw, Document, tuple[Statement, ...]]]:
        """Pages with their statements, without end."""
        number = 0
        while True:
            yield self._make_page(number, date(2020, 1, 1) + timedelta(days=number // A_DAY))
            number += 1

    def _make_page(self, number: int, day: date) -> tuple[Raw, Document, tuple[Statement, ...]]:
        events = [self._find_event() for _ in range(EVENTS_A_PAGE)]
        outlet = pick(self._random, self._outlets)
        paragraphs = [f"{events[0].content.capitalize()}"]
        planned: list[tuple[int, Event, str, Stance, str | None]] = []
        for event in events:
            via = pick(self._random, self._outlets) if event.said and self._random.random() < PASSED_ON else None
            told = [
                (who, Stance.ASSERTS, "said")
                for who in self._random.sample(event.witnesses, min(2, len(event.witnesses)))
            ]
            if event.critic and self._random.random() < 0.7:
                told.append((event.critic, Stance.DENIES, "denied"))
            for who, stance, cue in told:
                begin = len("\n\n".join(paragraphs)) + 2
                line = f"{who} {cue} on {day:%A} that {event.content}"
                planned.append((begin + len(line) - len(event.content), event, who, stance, via))
                paragraphs.append(
                    f"{line}, {'the ' + via + ' reported, ' if via else ''}{say(self._random, self.words, 14)}."
                )
            paragraphs.append(f"{say(self._random, self.words, 40).capitalize()}.")
        paragraphs.append(f"{say(self._random, self.words, 12).capitalize()} {number}.")
        text = "\n\n".join(paragraphs)
        raw = Raw(f"{number}.txt", text.encode(), outlet=outlet)
        raw_hash = hash_bytes(raw.content)
        document = Document(
            make_document_id(raw.address, raw_hash),
            raw.address,
            raw_hash,
            text,
            title=paragraphs[0],
            published=Moment(day.isoformat(), "given"),
            outlet=outlet,
            language="en",
            origin=(Run(Span(0, len(text)), Span(0, len(text))),),
        )
        made = []
        for begin, event, who, stance, via in planned:
            statement = _make_statement(document, event.content, begin, who, stance, via)
            event.said.append((document, statement, stance))
            if len(event.said) > 2 and self._random.random() < COPIED:
                event.copies.append(document.id)
            made.append(statement)
        return raw, document, tuple(made)

    def _find_event(self) -> Event:
        if len(self._running) > 40 or (self._running and self._random.random() < 0.5):
            event = self._random.choice(self._running)
            event.reports -= 1
            if event.reports <= 0:
                self._running.remove(event)
            return event
        who, did, whom = (pick(self._random, things) for things in (self.names, self.words, self.names))
        content = f"{who} {did}ed {whom} {say(self._random, self.words, 7)}"
        reports = min(MOST_REPORTS, int(self._random.paretovariate(1.1)))
        witnesses = tuple(pick(self._random, self.names) for _ in range(1 + self._random.randrange(4)))
        critic = pick(self._random, self.names) if self._random.random() < DENIED else None
        event = Event(content, witnesses, critic, reports - 1)
        if event.reports > 0:
            self._running.append(event)
        self.events.append(event)
        return event


def fill_ledger(ledger: Ledger, documents: int, *, seed: int = 1) -> World:
    """Write `documents` pages and the claims on them; the world that they are of."""
    world = World(seed)
    ids = []
    for raw, document, statements in islice(world.iter_pages(), documents):
        ledger.write_page(raw, document, statements)
        ids.append(document.id)
    with resolving(ledger, ids):
        pass
    claims = [_make_claim(number, event) for number, event in enumerate(world.events) if event.said]
    for begin in range(0, len(claims), CLAIMS_A_TRANSACTION):
        with resolving(ledger, ()) as store:
            store.replace_claims((), claims[begin : begin + CLAIMS_A_TRANSACTION])
    return world


def _make_statement(
    document: Document, content: str, begin: int, who: str, stance: Stance, via: str | None
) -> Statement:
    denies = stance is Stance.DENIES
    line = document.text.rindex(who, 0, begin)
    cue = line + len(who) + 1
    return Statement(
        make_statement_id(document.id, [content], begin),
        document.id,
        (Span(begin, begin + len(content)),),
        (Span(cue, document.text.index(" ", cue)),),
        (*([Source(None, via, True)] if via else []), Source(Span(line, line + len(who)), who, True)),
        polarity=Polarity.NEGATIVE if denies else Polarity.POSITIVE,
        act=Act.DENY if denies else Act.ASSERT,
        made_by="synthetic",
    )


def _make_claim(number: int, event: Event) -> Claim:
    """What everybody who reported the event comes to."""
    claim_id = f"c{number:020x}"
    taken: dict[tuple[str, Stance], list[tuple[Document, Statement]]] = {}
    for document, statement, stance in event.said:
        taken.setdefault((statement.root.name, stance), []).append((document, statement))
    positions = tuple(_make_position(claim_id, root, stance, said) for (root, stance), said in taken.items())
    voices = sum(position.stance is Stance.ASSERTS for position in positions)
    history = [StatusChange(_day(event.said[0][0]), Status.SINGLE_SOURCE, (event.said[0][1].id,))]
    status = Status.CORROBORATED if voices > 1 else Status.SINGLE_SOURCE
    if (denials := [one for one in event.said if one[2] is Stance.DENIES]) and voices:
        status = Status.DISPUTED
        history.append(StatusChange(_day(denials[0][0]), status, (denials[0][1].id,)))
    elif voices > 1:
        history.append(StatusChange(_day(event.said[-1][0]), status, (event.said[-1][1].id,)))
    return Claim(
        claim_id,
        event.content,
        status,
        positions,
        voices,
        tuple(dict.fromkeys(document.id for document, _, _ in event.said)),
        history=tuple(history),
        copies=tuple(dict.fromkeys(event.copies)),
        echoes=tuple(statement.id for _, statement, _ in event.said if len(statement.chain) > 1),
    )


def _make_position(claim_id: str, root: str, stance: Stance, said: list[tuple[Document, Statement]]) -> Position:
    days = [_day(document) for document, _ in said]
    return Position(
        claim_id,
        root,
        True,
        stance,
        tuple(statement.id for _, statement in said),
        tuple(dict.fromkeys(document.id for document, _ in said)),
        min(days),
        max(days),
    )


def _day(document: Document) -> str:
    assert document.published is not None
    return document.published.value
