"""One voice under two names in one document: a description and the name that follows it, a source that is cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.extract.gender import find_gender_of_person
from onrecord.records import Act, Kind, Source, Span, Statement
from onrecord.resolve.affiliations import BODY
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
AGAIN = re.compile(r"(?:the|this|that|these|those|both) (?:two |three |\w+ )?(?P<head>[\w-]+)", re.I)
# nouns for people, known by their ends, and those for other things that end so
AGENT = re.compile(
    r"(?:[^l]er|or|ist|ian|man|woman|person|ant|ess|eur|MP|nurse|"
    r"coach|judge|vet|cook|priest|nun|monk|clerk)$"
)
NO_AGENT = re.compile(
    rf"(?:{BODY}|.*(?:paper|letter)|cent(?:er|re)|number|order|river|tower|water|power|register|chapter|quarter|"
    r"brewer|publisher|lender|provider|restaurant|corridor|sector|tractor|plant|summer|winter|"
    r"poster|banner|ledger|tender|cover|paper|server|folder|factor|monitor|mirror|floor|door|author(?:s|ity))",
    re.I,
)
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
CITED = re.compile(
    r"(?!(?:that|what|how|why|whether) )(?P<who>[^,.;:]{3,80}?)(?:,? that (?P<what>.+)|,? (?:who|which) .*|[,.;:].*)?$",
    re.S,
)


SPOKEN_OF = 400  # characters from a person to a description of that person
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
        if (BARE_PERSON.fullmatch(then.name) and not who.named and _is_one_person(who.name)) or (
            bodies.get(after.id) == then.name and _is_spoken_of(text, before, after, bodies.get(before.id, who.name))
        ):
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


def _is_spoken_of(text: str, before: Statement, after: Statement, spoken: str) -> bool:
    """Whether "the waitress" is the person who spoke just before: nobody else was called so, and who is called so at
    all must have been told of; and "the officials" are those whom the statement before describes."""
    who, then = before.root, after.root
    again = AGAIN.fullmatch(then.name)
    begin, ends = _find_extent(after)[0], _find_extent(before)[1]
    if again is None or then.named or begin < ends:
        return False
    if then.span is not None and re.match(r" (?:who|that|of|from|at|in)\b", text[then.span.end :]):
        return False
    head = again["head"]
    if not who.named:
        return len(who.name.split()) > len(then.name.split()) and _find_head(who.name) == head.lower()
    person = _may_be_person(who.name) and (spoken == who.name or find_gender_of_person(who.name) != "")
    called = re.search(
        rf"\b(?:(?:[Aa]n?|[Aa]nother|[Oo]ne|[A-Z][\w-]+['’]s?) (?:[\w-]+ ){{0,2}}?{head}\b"
        rf"|the {head} (?:who|that|of|from|at)\b)",
        text[:begin],
    )
    return (
        person and not called and _is_for_people(head) and "\n\n" not in text[ends:begin] and begin - ends < SPOKEN_OF
    )


def _find_extent(statement: Statement) -> tuple[int, int]:
    """Where the cue and the content of a statement begin and end."""
    spans = (*statement.cue, *statement.content)
    return min(span.begin for span in spans), max(span.end for span in spans)


def _find_head(description: str) -> str:
    """The noun of a description, in lower case."""
    words = (
        re.split(r" (?:who|of|at|in|with|for|that|which|from|familiar|close|briefed) ", description)[0].lower().split()
    )
    return words[-1]


def _is_for_people(noun: str) -> bool:
    return noun.lower() in PEOPLE | OFFICES or (AGENT.search(noun) is not None and NO_AGENT.fullmatch(noun) is None)


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
    return words[0] in ("a", "an", "the", "another") and _is_for_people(words[-1])
