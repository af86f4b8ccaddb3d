"""On whose behalf a source speaks: roots are bodies, not mouths.

A foreign ministry, its minister, its spokeswoman and the metonym for it ("Beijing") are one body, the government; other
ministries and companies are bodies of their own, with whoever speaks for them. A head of state stays a person. Unnamed
groups stay groups and never equal a named body. Each step leaves its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.names.places import DEMONYM, UNIONS, Country, find_country_in, find_metonym
from onrecord.names.variants import CACHE, Match, fold, match_names, split_name
from onrecord.records import Part

GOVERNMENT, MINISTRY, NAMED, GROUP = "government", "ministry", "named", "group"
# from this score on, two bodies are taken to be one
SAME = 0.8

MOUTH = (
    r"(?:chief |deputy |press |official |senior )*"
    r"(?:spokes(?:man|woman|person)|press secretary|press office|press service|speaker for)"
)
SPEAKS_FOR = re.compile(
    rf"^(?:an? |the |its |another )?(?:(?P<before>.+?)(?:['’]s)? )?{MOUTH}"
    r"(?: (?:for|of|at|from) (?:the )?(?P<after>.+))?$",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"\b(?:foreign (?:ministry|minister|office|secretary|affairs)|ministry (?:of|for) foreign affairs|external affairs"
    r"|state department|department of state|secretary of state)\b"
)
AMERICAN = re.compile(
    r"\b(?:state department|department of state|secretary of state|homeland security|attorney general)\b"
)
DEFENCE = re.compile(
    r"\b(?:pentagon|defen[cs]e (?:ministry|minister|department|secretary)"
    r"|(?:ministry|minister|department|secretary) (?:of|for) defen[cs]e)\b"
)
ORGAN = re.compile(
    r"\b(?:(?P<before>[a-z]+) (?:ministry|minister|department)"
    r"|(?:ministry|minister|department) (?:of|for) (?:the )?(?P<after>[a-z]+))\b"
)
GOVERNING = re.compile(r"\b(?:government|administration|presidential office|presidency|cabinet|embassy)\b")
NOT_ORGANS = {"prime", "first", "chief", "deputy", "former", "the", "a", "cabinet", "police", "fire", "sheriff"}
HEADS = re.compile(r"\b(?:president|prime minister|premier|chancellor|king|queen|emperor|pope)\b")
HEADS_COMPANY = re.compile(
    r"(?:chief executive|ceo|chairm\w+|chair|president|director)(?: officer)? (?:of|at) (?:the )?(.+)", re.IGNORECASE
)
FORMER = re.compile(r"\b(?:former|ex|then|late|retired)\b")
PLURAL_PEOPLE = re.compile(
    r"\b(?:officials|sources|aides|advisers|diplomats|people|lawmakers|experts|critics|members|leaders)\b"
)
COUNTED = re.compile(
    r"^(?:an?|the|some|several|many|most|two|three|four|five|six|seven|eight|nine|ten|a few|a number of|dozens of|other"
    r"|another|one|unnamed|anonymous|unidentified|both|various|multiple|\d+)\s+"
)


@dataclass(frozen=True, slots=True)
class Body:
    """Who stands behind a source.

    `key` is equal where two are one without any doubt; `person` is the mouth, where named; `parent` is the key of the
    body that it is part of or heads; `parts` are the reasons.
    """

    key: str
    name: str
    kind: str
    named: bool
    person: str | None = None
    parent: str | None = None
    parts: tuple[Part, ...] = ()


@lru_cache(CACHE)
def find_body(name: str, role: str | None = None, *, named: bool = True, place: str | None = None) -> Body:
    """The body behind a source's name and role.

    `named` is whether the name is a proper one (`Source.named`); `place` is a country or capital that the text gives
    for a ministry without one ("the foreign ministry in Beijing").
    """
    if not named:
        return _find_unnamed(name, place)
    if role:
        behind = _find_spoken_for(role, place)
        if behind is not None:
            part = Part("speaks for", 1.0, f"as {role}")
            return replace(behind, person=name, named=True, parts=(part, *behind.parts))
        parent = _find_headed(role)
        if parent is not None:
            return replace(_find_named(name, place), parent=parent)
    return _find_named(name, place)


@lru_cache(CACHE)
def match_bodies(left: Body, right: Body) -> Match:
    """How surely two bodies are one, 0 to 1, with reasons; from `SAME` on they are taken to be one."""
    if left.kind == GROUP or right.kind == GROUP:
        same = left.key == right.key
        reason = "the same description" if same else "an unnamed group is no one else"
        return Match(1.0 if same else 0.0, (Part("group", float(same), reason),))
    heads_two = left.kind == NAMED and None not in {left.parent, right.parent} and left.parent != right.parent
    if left.key == right.key and "?" not in left.key and not heads_two:
        return Match(1.0, (Part("body", 1.0, f"both stand for {left.name}"),))
    people = match_names(left.person or left.name, right.person or right.name)
    if (left.person or left.kind == NAMED) and (right.person or right.kind == NAMED):
        return _check_parents(people, left, right)
    if "?" in left.key + right.key and _organ(left) == _organ(right):
        return Match(0.5, (Part("country", 0.5, "one of them does not tell its country"),))
    if left.key == right.parent or right.key == left.parent:
        return Match(0.3, (Part("parent", 0.3, "one is part of the other, or heads it"),))
    return Match(0.0, (Part("body", 0.0, "different bodies"),))


def _check_parents(people: Match, left: Body, right: Body) -> Match:
    """Namesakes: the same name at the head of two different bodies is not one person."""
    bodies = [b.parent if b.parent else b.key if b.person else None for b in (left, right)]
    if people.score >= SAME and all(bodies) and bodies[0] != bodies[1] and "?" not in "".join(map(str, bodies)):
        part = Part("bodies", -0.4, f"one belongs to {bodies[0]}, the other to {bodies[1]}")
        return Match(people.score - 0.4, (*people.parts, part))
    return people


def _organ(body: Body) -> str:
    return "foreign" if body.kind == GOVERNMENT else body.key.rsplit(":", 1)[-1]


def _find_named(name: str, place: str | None) -> Body:
    words = " ".join(name.split())
    spoken = SPEAKS_FOR.match(words)
    if spoken and (owner := spoken["after"] or spoken["before"]):
        behind = _find_named(owner, place)
        return replace(behind, parts=(Part("speaks for", 1.0, f"named as its spokesperson: {words}"), *behind.parts))
    return _find_state(words, place) or _find_other(words)


def _find_state(words: str, place: str | None) -> Body | None:
    """A government or ministry, by name, metonym or organ; None where the words name neither."""
    lower = fold(words).removeprefix("the ")
    union = UNIONS.get(lower)
    if union:
        reason = Part("metonym", 0.9, f"{words} stands for the European Union")
        return Body("named:european union", "European Union", NAMED, True, parts=(reason,))
    metonym = find_metonym(words)
    if metonym is not None and metonym.how != DEMONYM:
        return _make_government(metonym.country, f"{words} is its {metonym.how}")
    country = _find_country(lower.split(" in ")[0] if "embassy" in lower else lower, place)
    if FOREIGN.search(lower):
        if country is None:
            return Body("ministry:?:foreign", words, MINISTRY, True, parts=(Part("ministry", 0.5, words),))
        return _make_government(country, f"{words} speaks for it abroad")
    if DEFENCE.search(lower):
        return _make_ministry(country, "defence", words, american="pentagon" in lower)
    organ = ORGAN.search(lower)
    if organ and (organ["before"] or organ["after"]) not in NOT_ORGANS:
        field = organ["before"] or organ["after"]
        if find_metonym(field) is None:
            return _make_ministry(country, field, words, american="department" in lower and not place)
    if GOVERNING.search(lower) and country is not None:
        return _make_government(country, f"named as {words}")
    return None


def _find_country(lower: str, place: str | None) -> Country | None:
    found = find_country_in(lower)
    if found is None and AMERICAN.search(lower):
        found = find_metonym("United States")
    if found is None and place:
        found = find_metonym(place) or find_country_in(place)
    return found.country if found else None


def _make_government(country: Country, reason: str) -> Body:
    return Body(
        f"government:{country.code}", f"government of {country.name}", GOVERNMENT, True,
        parts=(Part("metonym", 0.95, reason),),
    )  # fmt: skip


def _make_ministry(country: Country | None, field: str, words: str, *, american: bool) -> Body:
    code = country.code if country else "US" if american else "?"
    return Body(
        f"ministry:{code}:{field}", words, MINISTRY, True,
        parent=f"government:{code}" if code != "?" else None,
        parts=(Part("ministry", 0.9 if code != "?" else 0.5, f"{words}: {field}, {code}"),),
    )  # fmt: skip


def _find_other(words: str) -> Body:
    full = expand_acronym(words)
    name = full or words
    parts = (Part("acronym", 0.9, f"{words} is short for {full}"),) if full else ()
    return Body("named:" + " ".join(split_name(name)), name, NAMED, True, parts=parts)


def _find_spoken_for(role: str, place: str | None) -> Body | None:
    """The body that a role speaks for: spokespeople and ministers in office do, heads of state and others do not."""
    lower = fold(role)
    if FORMER.search(lower):
        return None
    spoken = SPEAKS_FOR.match(role)
    if spoken:
        owner = spoken["after"] or spoken["before"]
        return _find_named(re.split(r"[,;]", owner)[0].strip(), place) if owner and _is_proper(owner) else None
    if HEADS.search(lower) and not FOREIGN.search(lower):
        return None
    if re.search(r"\b(?:minister|secretary of|foreign secretary|ministry)\b", lower):
        return _find_state(role, place)
    return None


def _is_proper(owner: str) -> bool:
    return any(word[0].isupper() for word in owner.split()) or FOREIGN.search(owner) is not None or "ministry" in owner


def _find_headed(role: str) -> str | None:
    """The body that a person belongs to: the government of a president, the company of a chief executive."""
    lower = fold(role)
    if FORMER.search(lower):
        return None
    country = find_country_in(lower)
    if HEADS.search(lower) and country:
        return f"government:{country.country.code}"
    company = HEADS_COMPANY.search(role)
    return _find_other(company[1]).key if company else None


def _find_unnamed(name: str, place: str | None) -> Body:
    words = " ".join(name.split())
    spoken = SPEAKS_FOR.match(words)
    if spoken and not PLURAL_PEOPLE.search(words) and (owner := spoken["after"] or spoken["before"]):
        owner = re.split(r",| who ", owner)[0].strip()
        if _is_proper(owner):
            behind = _find_named(owner, place)
            return replace(behind, parts=(Part("speaks for", 1.0, f"speaks for it: {words}"), *behind.parts))
    lower = fold(words)
    if (FOREIGN.search(lower) or DEFENCE.search(lower)) and re.search(r"\b(?:ministry|department|office)$", lower):
        return _find_state(words, place) or _make_group(words)
    return _make_group(words)


def _make_group(words: str) -> Body:
    """Two groups are one by their description, however many they are: "two US officials", "a US official"."""
    key = re.sub(r"\bu\.s\.", "us", fold(words).replace("’", "'"))
    key = re.sub(r"\bamerican\b", "us", key)
    while (shorter := COUNTED.sub("", key)) != key:
        key = shorter
    key = " ".join(w[:-1] if w.endswith("s") and len(w) > 3 and not w.endswith("ss") else w for w in key.split())
    return Body(f"group:{key}", words, GROUP, False, parts=(Part("group", 1.0, "unnamed, by its description"),))


def expand_acronym(name: str) -> str | None:
    """The full name of a body that the table of acronyms knows: "F.B.I." to Federal Bureau of Investigation."""
    return _read_acronyms().get(fold(name).replace(".", "").removeprefix("the "))


@cache
def _read_acronyms() -> dict[str, str]:
    rows = files(__package__).joinpath("acronyms.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if not row.startswith("#")]
    return {fold(short): full for short, full in pairs}
