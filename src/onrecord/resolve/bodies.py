"""Whom a source speaks for, as its document tells it: a spokeswoman, a director, "its" chairman, "the company".

Works on the words around the source; what the world knows (Beijing is China's government) is `onrecord.names`' part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from onrecord.names import find_metonym
from onrecord.names.places import DEMONYM, NAME
from onrecord.records import Document, Source, Statement
from onrecord.resolve.affiliations import find_affiliations
from onrecord.resolve.body_names import find_body_name
from onrecord.resolve.subjects import (
    BODY_WORD,
    FULL_NAME,
    MOUTH,
    MOUTH_HEAD,
    STARTERS,
    TEXTS,
    TITLE,
    find_antecedent,
    find_people,
    find_subject,
    find_topic,
)

ROLE = re.compile(rf"(?:^|(?<=\s))(?P<mouth>{MOUTH})(?:,? (?:for|of|at|to) (?P<of>.+))?$", re.I)
# whose mouth it is, in front of it: a name, somebody's, or one of a few plain nouns
OWNED = re.compile(
    r"(?:^|(?<=\s))(?P<owner>(?:(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur) )?"
    r"(?:(?:[A-ZÀ-Þ][\w-]*(?:['’]s?)?(?: (?:of |the |and |for )?(?=[A-ZÀ-Þ])|$))+"
    r"|(?:(?<=[Tt]he )|^)(?:[a-z-]+['’]? ){0,2}[a-z-]+['’]s?|(?<=its )[\w-]+['’]s?"
    r"|police|ministry|government|army|company|union|party|club|hospital|campaign|military|palace"
    r"|court|commission|group|board|mission)|[Ii]ts|[Tt]heir|[Aa]n?|[Tt]he)$"
)
# a title alone tells no body; these take one for granted
GRANTED = re.compile(r"spokes|director|executive|manager|chair|officer", re.I)
RUNS = re.compile(r"^(?:who|which) (?:speaks for|leads|heads|runs|chairs|manages|presides over) (?P<of>.+)$", re.I)
OFFICE = re.compile(r"\b(?:minister|secretary)\b", re.I)
NO_MINISTRY = re.compile(r"(?:(?:general|press) )?secretary", re.I)
MINISTRY = re.compile(r"\b(?:ministry|minister|department|army|military|general staff|parliament|government)\b", re.I)
PRIVATE = re.compile(
    r"\b(?:mayor|king|queen|captain|head of state|(?:majority|minority|opposition) leader|(?:poll|race) leader)\b", re.I
)
SPEAKS_FOR = re.compile(r"\bspokes|\bpress\b|\bcommunications\b|\bcampaign\b|\bmedia\b", re.I)
FORMER = re.compile(r"\bformer\b|\bex-|\blawyer\b|\bfire chief\b", re.I)
RELATIVE = re.compile(r"^(?:which|who|that)\b")
ANONYMOUS = re.compile(
    r",? who (?:had |has )?(?:told|said|spoken|claimed|reported)\b.*$"
    r"|,? (?:who|which) (?:did not want|asked not|declined|refused|spoke|would not|wished|insisted)\b.*$"
    r"|,? on condition of.*$|,? speaking .*$",
    re.I,
)
BRANCH = re.compile(r"(.+?)['’]s? (?:\w+ )?(?:office|branch|bureau|section|team|unit|arm|desk|division)\b")
DESCRIBED = re.compile(r"(?:an?|the|another|one|his|her|its|their|[A-Z]\w+['’]s) [a-z]", re.I)
COUNTRY = re.compile(r"[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)?")
ORGANS = re.compile(r"(?:the )?(?:\w+ )?(?:ministries|governments|ministers|leaders|presidents|armies) of ")
GROUPED = re.compile(r"(?:(?:the )?(?:two|three|four|both) |the )(?:[a-z-]+ ){0,4}?[a-z-]+s, (?=[A-ZÀ-Þ])")
JOINING = re.compile(r",? and |, ")
NAME_JOINED = re.compile(r"(?:the )?[A-ZÀ-Þ][\w’-]*(?: [A-ZÀ-Þ][\w’-]*){0,2}")
BARE_NAME = re.compile(rf"(?:{TITLE} |[Mm]adame |[Mm]onsieur )?({FULL_NAME})")
OF_STATE = re.compile(r"(?:[Tt]he )?(?:[A-Z]\w+ (?:and [A-Z]\w+ )?(?:Ministry|Department)|[Gg]overnment|[Pp]arliament)")
DATED = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ’' ]{2,})(?:, [\w. ]+)? ?(?:\([^)]{2,30}\) ?)?[-–—.]")
SELF = re.compile(r" (?:himself|herself|itself|themselves)$")
TITLES = re.compile(rf"^(?:for |{TITLE} )+")
DEFINITE = re.compile(r"^(?:the|its|their|his|her|our|this)\s+", re.I)
# a paper that says something is a root of its own, whoever wrote it
PAPER = re.compile(
    r"(?:an?|the|his|her|its|their|one|another) (?:[\w-]+ ){0,2}?(?:letter|memo|memorandum|e-?mail|document|"
    r"invoice|minutes|"
    r"recording|contract|log|logbook|ledger|affidavit|draft|transcript|spreadsheet|diary|note|video|tape)\b"
    r"(?: (?:from|by|of|to|in|on|for|dated|seen|sent|written|obtained|leaked|that|which)\b|$)",
    re.I,
)
SEATED = re.compile(r" (?:based )?(?:from|in) [A-ZÀ-Þ]\w+$")
GENERIC = frozenset(
    re.findall(
        r"\S+",
        """
        manufacturer group company firm line club bank chain agency party team ministry department office organisation
        institute organization association carrier airline utility maker supplier university museum hospital council
        league it its their union clinic board commission network newspaper owner movement mission campaign federation
        station railway operator laboratory school service front court
        """,
    )
)


def find_mouths(document: Document, statements: Sequence[Statement] = ()) -> Mapping[str, str]:
    """People of the document, in lower case, with the body that each speaks for."""
    text = document.text
    links = [link for statement in statements for link in statement.chain]
    found = find_affiliations(text, links, lambda said, at: _expand(said, text, at))
    for link in links:
        if link.named and link.role and link.span is not None and not _find_known(link.name, found):
            body = _read_role(link.role.strip(" ,"), text, link.span.begin)
            if body and body.lower() not in link.name.lower():
                found[link.name.lower()] = body
    return {mouth: find_body_name(body) for mouth, body in found.items()}


def find_body(source: Source, mouths: Mapping[str, str], text: str, at: int) -> str:
    """The body that a source speaks for, else its own name; `at` is where in the text it speaks."""
    begin = source.span.begin if source.span is not None else at
    name = SELF.sub("", ANONYMOUS.sub("", source.name.strip()))
    if not source.named and PAPER.match(name):
        return name
    if not source.named and (introduced := _find_named_beside(name, text)):
        return _find_known(introduced, mouths) or introduced
    said = source.span.of(text) if source.span is not None else ""
    name = _complete(name, text)
    if MINISTRY.search(name) and (
        said.endswith(name) or re.fullmatch(rf"(?:[Tt]he )?{re.escape(name)} in [A-ZÀ-Þ]\w+", said)
    ):
        name = said  # "Tolmark's Defence Ministry", where the name leaves its owner out
    if RELATIVE.match(name):
        owner = re.search(r"((?:[A-ZÀ-Þ][\w-]*|of|the)(?: (?:[A-ZÀ-Þ][\w-]*|of|the))*), $", text[:begin])
        return owner[1] if owner else find_subject(text, begin) or name
    name, _, beside = name.partition(", ")
    if not source.named and re.match(r"an? (?:\w+)$", beside):
        name, beside = beside, ""
    elif DESCRIBED.match(name) and (person := BARE_NAME.fullmatch(beside)):
        name, beside = person[1], name  # "a resident of Cedar Ridge, Samuel Ochoa"
    if member := re.match(r"(?:an?|one) member of ([A-ZÀ-Þ][\w-]*)$", name):
        return member[1]
    of = re.match(r"(.+?) of (?:the )?([A-ZÀ-Þ].+)$", name)
    if of and of[1] in find_people(text) and not re.search(rf"{MOUTH_HEAD}$", of[1], re.I):
        return of[2]
    if known := _find_known(name, mouths):
        return known
    if spoken := _read_role(name, text, begin):
        return find_body_name(spoken)
    if (bare := re.fullmatch(rf"the ({MOUTH})", name)) and (
        owners := re.findall(rf"([A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)*)['’]s (?:\w+ )?{bare[1]}\b", text[:begin])
    ):
        return str(owners[-1])
    for role in (source.role, beside):
        if role and (body := _read_role(role, text, begin)):
            return find_body_name(body)
    if DEFINITE.match(name) and (core := _find_generic(name)) is not None:
        return _find_described(name, core, text, begin) or name
    return _own(name, text, begin)


def _find_named_beside(description: str, text: str) -> str | None:
    """ "A vet from Kehlbach, Dr Martin Linden, …": whom the text names right behind a description of one person."""
    if not re.match(r"(?:an?|the|one) ", description):
        return None
    found = re.search(rf"\b(?i:{re.escape(description)}), (?:{TITLE} )?({FULL_NAME})[,.]", text)
    return found[1] if found and not BODY_WORD.search(found[1]) else None


def find_joint(name: str) -> tuple[str, ...]:
    """The states or people that a name joins ("Norway and the Philippines"); nothing where it is one."""
    organs = ORGANS.match(name)
    joined = GROUPED.sub("", name[organs.end() :] if organs else name)
    parts = JOINING.split(joined)
    if len(parts) < 2 or " and " not in joined or not all(NAME_JOINED.fullmatch(part) for part in parts):
        return ()
    several = tuple(DEFINITE.sub("", part) for part in parts)
    are_states = all(find_metonym(one) or MINISTRY.search(one) for one in several)
    return several if organs or are_states or all(BARE_NAME.fullmatch(one) for one in several) else ()


def _find_generic(name: str) -> str | None:
    """The noun of a description that any body of its kind could bear: "the company from Porto"."""
    core = SEATED.sub("", DEFINITE.sub("", name))
    return core if core.lower() in GENERIC else None


def _find_described(said: str, core: str, text: str, at: int) -> str | None:
    """What a description of noun `core` stands for; where a body sits is told of the one that the page is about."""
    return (SEATED.search(said) and find_topic(text)) or find_antecedent(core, text, at)


def _find_known(name: str, mouths: Mapping[str, str]) -> str | None:
    key = name.lower()
    for mouth, body in mouths.items():
        if key == mouth or mouth.endswith(" " + key) or key.endswith(" " + mouth):
            return body
    return None


def _read_role(role: str, text: str, at: int) -> str | None:
    """The body that a role or an unnamed mouth names, or that it takes for granted; None where it speaks for none."""
    if FORMER.search(role):
        return None
    if role.startswith("of the "):
        return None if re.search(r"hospital|university|town|city", role) else _expand(role[3:], text, at)
    if runs := RUNS.match(role):
        return _expand(runs["of"], text, at)
    found = ROLE.search(role)
    if found is None or (PRIVATE.search(role) and not SPEAKS_FOR.search(role)):
        return None
    owned = OWNED.search(role[: found.start()].strip())
    owner, mouth, of = owned["owner"] if owned else "", found["mouth"], found["of"]
    is_person = re.sub(r"['’]s?$", "", owner) in find_people(text) or owner.lower() in ("his", "her")
    if is_person and not SPEAKS_FOR.search(f"{mouth} {found['of'] or ''}"):
        return None  # "his boss" does not speak for him
    # "a member of the union's executive" is no mouth of it
    if re.search(r"\b(?:of|who|which|for|to)\b", role[: owned.start() if owned else found.start()]):
        return None
    if mouth.lower().endswith("ambassador") or (of and re.fullmatch(r"[a-z]+", of)):
        of = None
    if OFFICE.search(mouth) and not NO_MINISTRY.fullmatch(mouth):
        return _name_ministry(owner, mouth, found["of"], text, at)
    if said := of or owner:
        if said.lower() in ("a", "an") and "spokes" not in mouth.lower():
            return None
        return None if said.lower() == "the" and not GRANTED.search(mouth) else _expand(said, text, at)
    return find_subject(text, at) if GRANTED.search(mouth) and not role[: found.start()].strip() else None


def _name_ministry(owner: str, mouth: str, of: str | None, text: str, at: int) -> str | None:
    """A minister's ministry, with the state where it can be told; a prime minister of no state told is a person."""
    field = re.sub(r"\b(?:deputy|acting|minister|secretary|new|the|prime)\b", "", mouth, flags=re.I).strip()
    state = re.sub(r"['’]s?$", "", DEFINITE.sub("", owner)).strip()
    if of and not field and re.match(r"(?:the )?[A-Z]\w+(?: Affairs)?$", of):
        field = DEFINITE.sub("", of)
    if not field and state[:1].isupper() and " " not in state and not re.search(r"['’]s?$", owner):
        field, state = ("", state) if re.search("prime", mouth, re.I) else (state, "")
    if not field and not state[:1].isupper() and not owner and re.search("prime", mouth, re.I):
        state = find_home(text)
        return f"{state}'s government" if state else None
    state = state if state[:1].isupper() else _find_state(text, at)
    ministry = f"{field.capitalize()} Ministry" if field else "government"
    return f"{state}'s {ministry}" if state else ministry


def _find_state(text: str, at: int) -> str:
    """The state that a ministry without one belongs to: the one that is spoken of where it speaks."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if found := re.search(r"([A-ZÀ-Þ]\w+)['’]s capital", line):
        return found[1]
    if found := re.search(r"(?:^|[.!?] )In ([A-ZÀ-Þ]\w+),? [^.!?]*$", line):
        return found[1]
    name = find_subject(text, at, within=at - len(line)) or ""
    tells = name[:1].isupper() and " " not in name and not name.isupper()  # a dateline is in capitals
    return name if tells else find_country(text, at)


def find_country(text: str, at: int) -> str:
    """The country that "the Foreign Ministry" at a place in a text is taken to be of: the last that its paragraph
    names before, else the one that the page is written in, where its lead names that one too."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    for name in reversed(COUNTRY.findall(line)):
        if (known := find_metonym(name)) and known.how != DEMONYM:
            return known.country.name
    return find_home(text)


def _expand(said: str, text: str, at: int) -> str | None:
    """A body as fully as the text before gives it; a generic one ("the group", "its") is what was last spoken of."""
    said = re.sub(r"^(?:said|says|told|wrote|according to) ", "", re.split(r",| who | which ", said)[0].strip(" ."))
    if branch := BRANCH.match(said):
        said = branch[1]
    core = re.sub(r"['’]s?$", "", SEATED.sub("", DEFINITE.sub("", said))).strip()
    if not core or core.lower() in ("its", "their", "an", "a", "the", "his", "her"):
        return find_subject(text, at)
    if core.lower() in GENERIC:
        found = _find_described(said, core, text, at) or core
        return _own(found, text, at) if OF_STATE.fullmatch(found) else found
    name = re.sub(r"['’]s?$", "", re.sub(r"^[Tt]he\s+", "", said))
    return _own(name, text, at) if OF_STATE.fullmatch(name) else name


def _complete(name: str, text: str) -> str:
    """A name of one word with the one that the text never leaves out before it: "Pharma" is "Castellan Pharma"."""
    if not re.fullmatch(r"[A-ZÀ-Þ][\w-]+", name):
        return name
    before = re.findall(
        rf"(?:([A-ZÀ-Þ][\w’-]+ (?:(?:of|the|de|la|del|du|von|van|der|al) )*))?\b{re.escape(name)}\b", text
    )
    first = before[0].split(" ")[0] if before else ""
    if not first or len(set(before)) > 1 or first.lower() in STARTERS or re.fullmatch(rf"{MOUTH}|{TITLE}", first, re.I):
        return name
    return f"{before[0]}{name}"


def _own(name: str, text: str, begin: int) -> str:
    """A name with the possessor that stands before it: "Defence Ministry" in "Tolmark's Defence Ministry"."""
    if not MINISTRY.search(name) or re.search(r"['’]s? |\bin [A-Z]|\bof [A-Z]", name):
        return name
    before = text[max(0, begin - 60) : begin]
    if found := re.search(r"([A-ZÀ-Þ]\w+)['’]s $", before):
        return f"{found[1]}'s {name}"
    line = text[text.rfind("\n", 0, begin) + 1 : begin]
    sentence = re.split(r"(?<=[.!?]) ", line)[-1]
    if found := re.search(r"([A-ZÀ-Þ]\w+)['’]s capital, (?:the )?$", sentence):
        return f"{found[1]}'s {DEFINITE.sub('', name)}"
    if found := re.search(r"^In ([A-ZÀ-Þ]\w+), (?:the )?$", sentence):
        return f"{DEFINITE.sub('', name)} in {found[1]}"
    country = find_country(text, begin) if OF_STATE.fullmatch(name) else ""
    return f"{country}'s {DEFINITE.sub('', name)}" if country else name


@lru_cache(TEXTS)
def find_home(text: str) -> str:
    """The country that a page is about: its lead begins with it, or names it behind its capital as dateline."""
    for line in text.split("\n\n")[:2]:
        if (city := DATED.match(line)) and (known := find_metonym(city[1].title())):
            country = known.country
            named = re.search(rf"\b(?:{re.escape(country.name)}|{re.escape(country.demonym)})\b", line[city.end() :])
            return country.name if named else ""
        first = re.match(r"(?:.{2,40}[-–—] )?([A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)*?)(?:['’]s)? [a-z]", line)
        if first and (known := find_metonym(first[1])) and known.how == NAME:
            return known.country.name
    return ""
