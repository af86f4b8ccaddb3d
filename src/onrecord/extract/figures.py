"""The people and bodies of one document: mentions by name put together, each with its fullest form, gender and roles.

A surname joins the full name that bears it, an acronym or short form the body whose name it is cut from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.gender import find_gender_of_name
from onrecord.extract.named import BODY, PERSON, Named, initials, read_names
from onrecord.extract.reports import Reader
from onrecord.extract.roles import bare
from onrecord.records import Span

NEAR_CHARACTERS = 400  # a full name this close before a bare surname is the one that is meant


@dataclass(slots=True)
class Figure:
    """One person, body or place: its fullest name, what it is, and where it is mentioned by name.

    `types` are what a body is called ("airline") and the words of its name; `roles` are a person's offices.
    """

    name: str
    kind: str
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)

    @property
    def role(self) -> str | None:
        """The role that the document tells most fully, the first of equals."""
        return max(self.roles, key=lambda role: min(len(role.split()), 6)) if self.roles else None


def find_figures(reader: Reader, title: str | None = None) -> list[Figure]:
    """The figures of a document in order of their first full mention; mentions are in order of the text.

    A surname that several bear is theirs whom the `title` names, unless a full name stands near.
    """
    named = read_names(reader)
    known = {n.words for n in named if n.kind == PERSON}
    known |= {words[-1:] for words in known}
    people = [n for n in named if n.kind == PERSON or n.words in known]
    others = [n for n in named if n.kind != PERSON and n.words not in known]
    figures = [*_join_people(people, title or ""), *_join_bodies(reader, others)]
    for figure in figures:
        figure.mentions.sort()
    return sorted(figures, key=lambda figure: figure.mentions[0])


def _join_people(people: Sequence[Named], title: str) -> list[Figure]:
    figures: list[Figure] = []
    for one in (n for n in people if len(n.words) > 1):
        fitting = [f for f in figures if _same_person(one, f)]
        _add(figures, fitting[-1] if fitting else None, one, PERSON)
    for one in sorted((n for n in people if len(n.words) == 1), key=lambda n: n.span):
        bearer = _find_bearer(one, figures, title)
        if bearer is None and not one.gender and not one.roles:
            one = replace(one, gender=find_gender_of_name(one.words[0]))
        _add(figures, bearer, one, PERSON)
    return figures


def _same_person(one: Named, figure: Figure) -> bool:
    mine, theirs = [w.lower() for w in one.words], figure.name.lower().split()
    if one.gender and figure.gender and one.gender != figure.gender:
        return False
    if len(theirs) == 1 or mine[-1] != theirs[-1]:
        return mine == theirs or (len(mine) > 2 and len(theirs) > 1 and _inside(theirs, mine)) or _inside(mine, theirs)
    a, b = bare(mine[0]), bare(theirs[0])
    return a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]) or a.startswith(b) or b.startswith(a)


def _inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    n = len(part)
    return n > 1 and any(list(whole[k : k + n]) == list(part) for k in range(len(whole) - n + 1))


def _find_bearer(one: Named, figures: Sequence[Figure], title: str) -> Figure | None:
    """Whose surname, else given name, a single word is: the nearest full name just before it, else the main figure.

    The main figure is whom the title names in full, else who is mentioned most.
    """
    word = one.words[0].lower()
    for place in (-1, 0):
        bearers = [
            f
            for f in figures
            if f.name.lower().split()[place].strip(".") == word
            and not (one.gender and f.gender and one.gender != f.gender and place == -1)
        ]
        if len(bearers) > 1:
            bearers = [f for f in bearers if one.gender and f.gender == one.gender] or bearers
            near = [
                (m.begin, k)
                for k, f in enumerate(bearers)
                for m in f.mentions
                if 0 <= one.span.begin - m.begin < NEAR_CHARACTERS and len(m) > len(word)
            ]
            titled = [f for f in bearers if f.name.lower() in title.lower()]
            return bearers[max(near)[1]] if near else max(titled or bearers, key=lambda f: len(f.mentions))
        if bearers:
            return bearers[0]
    return None


def _add(figures: list[Figure], figure: Figure | None, one: Named, kind: str = "") -> None:
    name = " ".join(one.words)
    if figure is None:
        figure = Figure(name, kind or one.kind)
        figures.append(figure)
    if len(name.split()) > len(figure.name.split()):
        figure.name = name
    figure.gender = figure.gender or one.gender
    figure.roles += [role for role in one.roles if role not in figure.roles]
    figure.types |= one.types
    figure.mentions.append(one.span)


def _join_bodies(reader: Reader, bodies: Sequence[Named]) -> list[Figure]:
    figures: list[Figure] = []
    written = {" ".join(n.words).lower(): n for n in bodies}
    spelled_out = _find_acronyms(reader.text, list(written))
    the = {n.words for n in bodies if reader.text[: n.span.begin].rstrip()[-3:].lower() == "the"}
    for one in sorted(bodies, key=lambda n: (-len(n.words), n.span)):
        key = spelled_out.get(" ".join(one.words).lower().replace(".", ""), " ".join(one.words).lower())
        fitting = [f for f in figures if f.name.lower() == key]
        if not fitting and one.kind == BODY and len(one.words) < 3:
            fitting = [f for f in figures if f.kind == BODY and _is_short_form(one, f, one.words in the)]
            fitting = fitting if len({f.name for f in fitting}) == 1 else []
        _add(figures, fitting[0] if fitting else None, one)
    return figures


def _find_acronyms(text: str, names: Sequence[str]) -> dict[str, str]:
    """Acronym → full name, both in lower case, where the letters are the initials of a name of the document."""
    long = {letters: name for name in names if len(letters := initials(name)) > 1 and " " in name}
    short = Counter(n.replace(".", "") for n in names if " " not in n and 1 < len(n.replace(".", "")) < 7)
    return {acronym: long[acronym] for acronym in short if acronym in long}


def _is_short_form(one: Named, figure: Figure, after_the: bool) -> bool:
    """ "the Journal" for The Wall Street Journal, "Reuters" for Reuters News: a name cut at either end."""
    mine, theirs = [w.lower() for w in one.words], figure.name.lower().split()
    if len(mine) >= len(theirs):
        return False
    if theirs[-len(mine) :] == mine:
        return after_the
    if any(c.isdigit() for c in figure.name):
        return False  # a product, not its maker
    return theirs[: len(mine)] == mine and mine[0] not in {"new", "national", "united", "american", "white", "north"}
