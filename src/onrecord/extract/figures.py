"""The people and bodies of one document: mentions by name put together, each with its fullest form, gender and roles.

A surname joins the full name that bears it, an acronym or short form the body whose name it is cut from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from onrecord.extract.base import Entity
from onrecord.extract.gender import find_gender, find_gender_of_name
from onrecord.extract.reports import Reader
from onrecord.extract.speakers import SPEAKERS
from onrecord.names import expand_acronym
from onrecord.records import Span

PERSON, BODY, PLACE = "person", "body", "place"
KINDS = {"PERSON": PERSON, "ORG": BODY, "FAC": BODY, "WORK_OF_ART": BODY, "PRODUCT": BODY, "GPE": PLACE, "LOC": PLACE}
TITLES = {
    "mr": "", "mrs": "", "ms": "", "miss": "", "mx": "", "dr": "doctor", "sir": "", "dame": "", "lord": "lord",
    "lady": "lady", "rep": "representative", "reps": "representative", "sen": "senator", "sens": "senator",
    "gov": "governor", "gen": "general", "col": "colonel", "sgt": "sergeant", "lt": "lieutenant", "capt": "captain",
    "cmdr": "commander", "maj": "major", "adm": "admiral", "prof": "professor", "rev": "reverend", "hon": "",
    "pres": "president", "det": "detective", "supt": "superintendent", "atty": "attorney", "st": "",
}  # fmt: skip
OFFICES = frozenset(
    re.findall(
        r"\S+",
        """
    president vice-president chancellor premier minister secretary governor senator representative congressman
    congresswoman mayor judge justice general colonel captain major admiral commander lieutenant sergeant king queen
    prince princess pope bishop archbishop cardinal rabbi imam pastor reverend professor doctor director chairman
    chairwoman chair chief head leader speaker ambassador envoy attorney sheriff detective officer spokesman
    spokeswoman spokesperson analyst economist author lawyer prosecutor editor reporter correspondent columnist
    executive founder owner strategist adviser advisor aide deputy candidate nominee coach commissioner superintendent
    inspector premier emperor sultan emir sheikh ayatollah lawmaker politician activist scientist researcher historian
    treasurer ombudsman comptroller councilman councilwoman councillor alderman marshal lord lady dame sister brother
    father mother doctor nurse""",
    )
)
# what stands before or beside the name of a body: "the magazine Kompass", "Greenpoint, an environmental group"
BODY_NOUNS = frozenset(
    re.findall(
        r"\S+",
        """
    company firm group agency airline bank newspaper paper magazine tabloid daily weekly broadcaster channel network
    maker manufacturer retailer startup start-up organisation organization charity ngo union party association club
    website site outlet think-tank institute consultancy carmaker automaker insurer lender carrier chain brewer utility
    foundation""",
    )
)
ARTICLES = {"the", "a", "an", "his", "her", "their", "its", "our"}
JOINING = {"of", "the", "for", "and", "de", "la", "&", "in", "on", "at", "to"}
NAME_WORD = re.compile(r"[\w.&'’-]+")
BEFORE_NAME = re.compile(r"(?:^|\W)((?:the|a|an|its|their|his|her) [^,.;:\n“”\"()]{3,60}), $", re.IGNORECASE)
BESIDE_NAME = re.compile(r"(?: \([^)]{1,12}\))?, (?:an?|the|its|one of the) (?P<what>[^,.;:\n“”\"()]{3,80})[,.;)]")
MORE_NAMES = re.compile(
    r"\b(?P<acronym>(?:[A-Z]\.){2,6}|[A-Z]{2,6}\b)"
    r"|\b(?P<called>[A-Z][\w&.’'-]{1,30}(?: [A-Z][\w&.’'-]{1,30}){0,3})(?=, (?:an?|the) (?:[\w-]{1,30} ){0,4}(?:"
    + "|".join(sorted(BODY_NOUNS))
    + r")\b)"
    r"|\b(?!(?:Will|May|April|June|August|Art|Mark|Rich|Dean|Christian|Early|King)\b)(?P<given>[A-Z][a-zé]+)"
    r"(?P<rest>(?: [A-Z]\.)? [A-Z][a-zé]+(?:-[A-Z][a-zé]+)?)\b"
)
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


@dataclass(frozen=True, slots=True)
class _Named:
    span: Span
    words: tuple[str, ...]
    kind: str
    gender: str
    roles: tuple[str, ...]
    types: frozenset[str] = frozenset()


def find_figures(reader: Reader, title: str | None = None) -> list[Figure]:
    """The figures of a document in order of their first full mention; mentions are in order of the text.

    A surname that several bear is theirs whom the `title` names, unless a full name stands near.
    """
    entities = sorted([*reader.entities, *_find_more(reader)], key=lambda e: e.span)
    named = [found for entity in entities if (found := _read(reader, entity.span, entity.label)) is not None]
    named = _share_surnames(reader, named)
    known = {n.words for n in named if n.kind == PERSON}
    known |= {words[-1:] for words in known}
    people = [n for n in named if n.kind == PERSON or n.words in known]
    others = [n for n in named if n.kind != PERSON and n.words not in known]
    figures = [*_join_people(people, title or ""), *_join_bodies(reader, others)]
    for figure in figures:
        figure.mentions.sort()
    return sorted(figures, key=lambda figure: figure.mentions[0])


def _read(reader: Reader, span: Span, label: str) -> _Named | None:
    """One mention: its words without titles, articles and possessives, and what stands around it."""
    kind = BODY if _is_called_body(reader, span, label) else KINDS.get(label)
    words = list(NAME_WORD.finditer(span.of(reader.text)))
    while words and words[0].group().lower() in {"the", "a", "an", "former", "then", "ex"}:
        del words[0]
    roles: list[str] = []
    titles: list[str] = []
    if kind == PERSON:
        while len(words) > 1 and (title := _bare(words[0].group()).lower()) in {*TITLES, *OFFICES}:
            titles.append(title)
            del words[0]
    forms = [re.sub(r"['’]s?$", "", w.group()) if k == len(words) - 1 else w.group() for k, w in enumerate(words)]
    forms = [form for form in forms if form]
    if len(forms) == 1 and forms[0].lower() in OFFICES:
        return None  # "the Secretary" is no name
    if kind is None or not forms or not any(form[0].isupper() or form[0].isdigit() for form in forms):
        return None
    place = Span(span.begin + words[0].start(), span.end)
    gender = ""
    if kind == PERSON:
        before = _words_before(reader, place)
        if before:
            roles.append(" ".join(before))
        elif titles:
            roles.append(" ".join(titles))
        roles += _apposition(reader, span)
        roles = [role for role in map(_clean_role, roles) if role]
        gender = find_gender([*titles, *before, *" ".join(roles).split()])
        if not gender and len(forms) > 1:
            gender = find_gender_of_name(forms[0])
    types = _read_types(reader, span, forms) if kind == BODY else frozenset()
    return _Named(place, tuple(forms), kind, gender, tuple(roles), types)


def _is_called_body(reader: Reader, span: Span, label: str) -> bool:
    """Whether a noun right before or beside a name that was taken for a person or place says that it is a body."""
    if label not in {"PERSON", "GPE", "LOC", "NORP", "PRODUCT"}:
        return False
    k = next(iter(reader.indices(span)), 0) - 1
    if k >= 0 and reader.words[k].span.of(reader.text).lower() in BODY_NOUNS and reader.words[k].pos == "NOUN":
        return label != "NORP"
    if label == "PERSON" and reader.text.startswith(", which ", span.end):
        return True
    beside = BESIDE_NAME.match(reader.text, span.end)
    return bool(beside and head_of(beside["what"]) in BODY_NOUNS)


def _find_more(reader: Reader) -> Iterator[Entity]:
    """Names that the annotator did not mark: known acronyms, those of names in the text, given names with a surname."""
    bodies = {_initials(e.span.of(reader.text).lower()) for e in reader.entities if e.label == "ORG"}
    taken = 0
    for match in MORE_NAMES.finditer(reader.text):
        span = Span(*match.span())
        if span.begin < taken or any(e.span.overlaps(span) for e in reader.entities_near(span)):
            continue
        short = match["acronym"]
        known = short and (expand_acronym(short) or short.replace(".", "").lower() in bodies)
        if match["called"] or known:
            yield Entity(span, "ORG")
        elif not short and find_gender_of_name(match["given"]) and match["rest"].split()[0].lower() not in OFFICES:
            yield Entity(span, "PERSON")
        else:
            continue
        taken = span.end


def _share_surnames(reader: Reader, named: Sequence[_Named]) -> list[_Named]:
    """ "Khizr and Ghazala Khan": both bear the surname."""
    shared = list(named)
    surnames = {n.words[-1] for n in named if n.kind == PERSON and len(n.words) > 1}
    for k, (one, other) in enumerate(pairwise(named)):
        gap = reader.text[one.span.end : other.span.begin]
        if (
            gap == " and "
            and one.kind == other.kind == PERSON
            and len(one.words) == 1
            and len(other.words) == 2
            and one.words[0] not in surnames
        ):
            gender = one.gender or find_gender_of_name(one.words[0])
            shared[k] = replace(one, words=(one.words[0], other.words[-1]), gender=gender)
    return shared


def _read_types(reader: Reader, span: Span, forms: Sequence[str]) -> frozenset[str]:
    """What a body is called: the words of its name spelled out, a noun before it, a description beside it."""
    name = " ".join(forms)
    types = set(re.findall(r"\w+", (expand_acronym(name) or name).lower()))
    k = next(iter(reader.indices(span)), 0) - 1
    while k >= 0 and reader.words[k].pos in {"NOUN", "ADJ"}:
        types.add(reader.words[k].span.of(reader.text).lower())
        k -= 1
    around = reader.text[span.end : span.end + 90]
    after = BESIDE_NAME.match(around)
    if after and not re.search(r"\b(?:said|says|was|is|are|were|has|had|told)\b", after["what"]):
        told = re.split(r"\s(?:based|run|owned|founded|that)\s", after["what"])[0]
        types |= {word.lower() for word in told.split()} | {head_of(after["what"])}
    before = BEFORE_NAME.search(reader.text[max(0, span.begin - 80) : span.begin])
    if before:
        types.add(head_of(before.group(1)))
    return frozenset(types)


def _words_before(reader: Reader, place: Span) -> list[str]:
    """The words of the phrase that run up to a name and hold an office or a title: "Kremlin spokesman"."""
    found: list[str] = []
    k = next(iter(reader.indices(place)), 0) - 1
    has_office = False
    while k >= 0 and len(found) < 8:
        word = reader.words[k]
        form = word.span.of(reader.text)
        bare = _bare(form).lower()
        glued = bare in TITLES or form in {"-", "/"} or form.lower() in {"'s", "’s", "of"}
        if not glued and word.pos not in {"NOUN", "PROPN", "ADJ", "NUM"}:
            break
        if "\n" in reader.text[word.span.end : place.begin]:
            break
        has_office = has_office or bare in TITLES or is_role(bare)
        if not has_office and not found and word.pos == "ADJ":
            break
        found.insert(0, form)
        if TITLES.get(bare) == "":  # what stands before "Mr." is no part of his name
            break
        k -= 1
    while found and found[0] in {"of", "'s", "’s", "-", "/", "."}:
        del found[0]
    return found if has_office and (not found or is_role(_bare(found[-1]).lower())) else []


def _apposition(reader: Reader, span: Span) -> list[str]:
    """ "…, the Kremlin spokesman," after a name; "the chancellor, …" before it."""
    text = reader.text
    found = []
    after = re.match(
        r"(?:['’]s)?(?: \([^)]{1,12}\))?, ((?:(?:the|a|an|his|her|its|their|one of the) )?[^,.;:\n“”\"()]{3,90})[,.;)]",
        text[span.end : span.end + 130],
    )
    if after and _role_head(after.group(1)):
        found.append(after.group(1))
    before = BEFORE_NAME.search(text[max(0, span.begin - 80) : span.begin])
    if before and _role_head(before.group(1)):
        found.append(before.group(1))
    return found


def _role_head(phrase: str) -> str | None:
    """The noun that a description turns on, where it names a person: "spokesman" in "the spokesman of the Kremlin"."""
    head = re.split(r"\s(?:of|for|at|in|on|with|to|from|who|which|that|and|whose)\s", phrase)[0].split()
    if not head or len(head) > 8 or re.search(r"\b(?:said|says|was|is|are|were|has|had|told)\b", phrase):
        return None
    last = _bare(head[-1]).lower()
    return last if is_role(last) else None


def head_of(phrase: str) -> str:
    """The last word before any "of", "for" or relative clause, lower case."""
    head = re.split(r"\s(?:of|for|at|in|on|with|to|from|who|which|that|familiar|close|briefed)\s|,", phrase)[0].split()
    return _bare(head[-1]).lower() if head else ""


def is_role(word: str) -> bool:
    """Whether a word names an office, a title or another role of a person."""
    return word in OFFICES or word in TITLES or word in SPEAKERS


def _clean_role(role: str) -> str:
    words = [word for word in role.split() if word.lower() not in ARTICLES or word != role.split()[0]]
    full = [TITLES.get(_bare(word).lower(), word) if _bare(word).lower() in TITLES else word for word in words]
    return re.sub(r"\s+(['’]s)\b", r"\1", " ".join(word for word in full if word)).strip(" -")


def _bare(word: str) -> str:
    return word.rstrip(".")


def _join_people(people: Sequence[_Named], title: str) -> list[Figure]:
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


def _same_person(one: _Named, figure: Figure) -> bool:
    mine, theirs = [w.lower() for w in one.words], figure.name.lower().split()
    if one.gender and figure.gender and one.gender != figure.gender:
        return False
    if len(theirs) == 1 or mine[-1] != theirs[-1]:
        return mine == theirs or (len(mine) > 2 and len(theirs) > 1 and _inside(theirs, mine)) or _inside(mine, theirs)
    a, b = _bare(mine[0]), _bare(theirs[0])
    return a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]) or a.startswith(b) or b.startswith(a)


def _inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    n = len(part)
    return n > 1 and any(list(whole[k : k + n]) == list(part) for k in range(len(whole) - n + 1))


def _find_bearer(one: _Named, figures: Sequence[Figure], title: str) -> Figure | None:
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


def _add(figures: list[Figure], figure: Figure | None, one: _Named, kind: str = "") -> None:
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


def _join_bodies(reader: Reader, bodies: Sequence[_Named]) -> list[Figure]:
    figures: list[Figure] = []
    written = {" ".join(n.words).lower(): n for n in bodies}
    spelled_out = _find_acronyms(reader.text, list(written))
    for one in sorted(bodies, key=lambda n: (-len(n.words), n.span)):
        key = spelled_out.get(" ".join(one.words).lower().replace(".", ""), " ".join(one.words).lower())
        fitting = [f for f in figures if f.name.lower() == key]
        if not fitting and one.kind == BODY and len(one.words) < 3:
            fitting = [f for f in figures if f.kind == BODY and _is_short_form(reader, one, f)]
            fitting = fitting if len({f.name for f in fitting}) == 1 else []
        _add(figures, fitting[0] if fitting else None, one)
    return figures


def _find_acronyms(text: str, names: Sequence[str]) -> dict[str, str]:
    """Acronym → full name, both in lower case, where the letters are the initials of a name of the document."""
    long = {initials: name for name in names if len(initials := _initials(name)) > 1 and " " in name}
    short = Counter(n.replace(".", "") for n in names if " " not in n and 1 < len(n.replace(".", "")) < 7)
    return {acronym: long[acronym] for acronym in short if acronym in long}


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word not in JOINING)


def _is_short_form(reader: Reader, one: _Named, figure: Figure) -> bool:
    """ "the Journal" for The Wall Street Journal, "Reuters" for Reuters News: a name cut at either end."""
    mine, theirs = [w.lower() for w in one.words], figure.name.lower().split()
    if len(mine) >= len(theirs):
        return False
    if theirs[-len(mine) :] == mine:
        return reader.text[: one.span.begin].rstrip().lower().endswith("the")
    return theirs[: len(mine)] == mine and mine[0] not in {"new", "national", "united", "american", "white", "north"}
