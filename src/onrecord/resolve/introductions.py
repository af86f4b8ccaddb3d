"""One voice under two names in one document: a description and the name that follows it, a source that is cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.records import Act, Kind, Source, Span, Statement
from onrecord.resolve.answers import find_words
from onrecord.resolve.roots import MEDIA, PEOPLE
from onrecord.resolve.subjects import BODY_WORD, find_people

OFFICES = frozenset(
    re.findall(
        r"\S+",
        "chief agent mayor judge captain boss head coach trainer priest bishop professor officer technician "
        "archaeologist historian biologist chemist economist geologist astronomer engineer trainee clerk guard "
        "campaigner activist architect accountant auditor photographer journalist reporter veteran founder",
    )
)
BARE_PERSON = re.compile(r"the (?:wo)?man|the (?:two|pair|person|people)", re.I)
BY_OFFICE = re.compile(r"['’]s (?:\w+ )?(?:president|director|minister|chairman|chairwoman|chief|manager|leader|head)$")
BEFORE_A_NAME = re.compile(
    r"(?:said|says|told|added|according to|Dr\.|Professor|Chief|Inspector|Sheriff|Governor|Captain|Colonel|Judge) $"
)
CITES = re.compile(
    r"^(?:(?:also|had|and|has|have|reported|reports|wrote|writes|said|says),? )*"
    r"(?:cit(?:ed|es|ing)|quot(?:ed|es|ing))$",
    re.I,
)
CITING_ROOT = re.compile(
    r"(?P<outlet>.*\b(?:reports?|media|newspapers?|outlets?|articles?|accounts?|radio|television)),? "
    r"(?:(?:which|that|who) )?(?:cit|quot)(?:e|es|ed|ing) (?P<who>.+)$"
)
CITED = re.compile(r"(?P<who>[^,.;:]{3,80}?)(?:,? that (?P<what>.+)|,? (?:who|which) .*|[,.;:].*)?$", re.S)


# "Sobota had reported, citing two officials, that": where the content begins with whom it cites
CITED_INSIDE = re.compile(r"(?:citing|quoting) (?P<who>[^,.;:]{3,80}?),? that (?P<what>.+)$", re.S)


def find_introduced(text: str, statements: Sequence[Statement], bodies: Mapping[str, str]) -> dict[str, str]:
    """Roots with the fuller one: "a rescuer", where the next statement has it that "Adam Kos said"; "the woman" with
    whom the statement before describes; a person with the body of whom the statement before calls by an office.

    `bodies` are whom each statement's root speaks for, by statement id.
    """
    found: dict[str, str] = {}
    for before, after in pairwise(statements):
        who, then = before.root, after.root
        if BARE_PERSON.fullmatch(then.name) and not who.named and _is_one_person(who.name):
            found[then.name] = found.get(who.name, who.name)
        if (
            not then.named
            or not _may_be_person(then.name)
            or bodies.get(after.id, then.name) != then.name
            or not _follows(text, who, then)
        ):
            continue
        spoken = bodies.get(before.id, who.name)
        if not who.named and spoken == who.name and _is_one_person(who.name):
            found[who.name] = then.name
        elif (spoken != who.name and BY_OFFICE.search(who.name)) or _goes_on(text, before, after):
            found[then.name] = spoken
    return found


def read_citations(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with whom an outlet cites at the end of its chains: "Radio Costa reported, quoting an official".

    A statement whose content is only that source goes; it leaves the source to what its outlet says beside it.
    """
    made: list[Statement | None] = [_read_cited(statement) for statement in statements]
    for place, statement in enumerate(statements):
        if not statement.cue:
            continue
        cited = min(statement.content, key=lambda span: abs(span.begin - statement.cue[-1].end), default=None)
        pattern = CITED if CITES.match(find_words(text, statement.cue)) else CITED_INSIDE
        found = pattern.match(cited.of(text)) if cited else None
        if not cited or not found or cited.begin < statement.cue[-1].end:
            continue
        source = Source(Span(cited.begin, cited.begin + found.end("who")), found["who"], named=False)
        rest = [Span(cited.begin + found.start("what"), cited.end)] if found["what"] else []
        content = (*(span for span in statement.content if span != cited), *rest)
        made[place] = replace(statement, content=content, chain=(*statement.chain, source)) if content else None
        for near in (place - 1, place + 1):
            other = statements[near] if 0 <= near < len(statements) else None
            if other and other.root.name == statement.root.name and len(other.chain) == len(statement.chain):
                made[near] = replace(other, chain=(*other.chain, source))
    return [statement for statement in made if statement is not None]


def _read_cited(statement: Statement) -> Statement:
    """With whom a report is said to cite at the end of the chain: "media reports which cite a diplomat"."""
    found = CITING_ROOT.match(statement.root.name)
    if not found:
        return statement
    outlet = replace(statement.root, name=found["outlet"])
    return replace(statement, chain=(*statement.chain[:-1], outlet, Source(None, found["who"], named=False)))


def _follows(text: str, who: Source, then: Source) -> bool:
    """Whether a name comes up for the first time after a description, without a description of its own."""
    if who.span is None or then.span is None or who.name == then.name:
        return False
    first = text.find(then.name)
    if first < who.span.begin:
        return False
    before, behind = text[max(0, first - 30) : first], text[first + len(then.name) : first + len(then.name) + 12]
    if re.search(r"[\w’']{4,},? $", before) and not BEFORE_A_NAME.search(before):
        return False
    # another description would be another person, but for the lead, which describes whom the next line names
    leads = "\n" not in text[: who.span.begin].strip()
    return leads or not re.match(r",? (?:an?|the|his|her|its) ", behind)


def _may_be_person(name: str) -> bool:
    name = name.removeprefix("The ")
    return name[:1].isupper() and " " in name and BODY_WORD.search(name) is None and MEDIA.search(name) is None


def _goes_on(text: str, before: Statement, after: Statement) -> bool:
    """Whether the second is a quotation right behind what a body says: "The ministry denied it. “No,” said Ann Lee"."""
    ends = max(span.end for span in (*before.cue, *before.content))
    begins = min(span.begin for span in after.content)
    between = text[ends:begins] if ends <= begins else "\n"
    return (
        after.kind is not Kind.INDIRECT
        and after.root.role is None
        and not _may_be_person(before.root.name)
        and before.root.name not in find_people(text)
        and not _is_one_person(before.root.name)
        and before.act is not Act.DECLINE
        and "\n" not in between
        and len(between) < 60
    )


def _is_one_person(description: str) -> bool:
    words = re.split(r" (?:who|of|at|in|with|for|that|which) ", description)[0].lower().split()
    return words[0] in ("a", "an", "the", "another") and words[-1] in PEOPLE | OFFICES
