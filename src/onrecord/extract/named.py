"""What each mention by name tells: its words, whether they name a person, a body or a place, and what stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.extract.base import Entity
from onrecord.extract.datelines import iter_datelines
from onrecord.extract.gender import find_gender, find_gender_of_name
from onrecord.extract.reports import Reader
from onrecord.extract.roles import OFFICES, TITLES, bare, clean_role, find_role, head_of, is_role
from onrecord.names import expand_acronym, find_metonym
from onrecord.records import Span

PERSON, BODY, PLACE = "person", "body", "place"
KINDS = {"PERSON": PERSON, "ORG": BODY, "FAC": BODY, "WORK_OF_ART": BODY, "PRODUCT": BODY, "GPE": PLACE, "LOC": PLACE}
# what stands before or beside the name of a body: "the magazine Kompass", "Greenpoint, an environmental group"
BODY_NOUNS = frozenset(
    re.findall(
        r"\S+",
        """
    company firm group agency airline bank newspaper paper magazine tabloid daily weekly broadcaster channel network
    maker manufacturer retailer startup start-up organisation organization charity ngo union party association club
    website site outlet think-tank institute consultancy carmaker automaker insurer lender carrier chain brewer utility
    foundation school hospital clinic hotel university college""",
    )
)
JOINING = {"of", "the", "for", "and", "de", "la", "&", "in", "on", "at", "to"}
NAME_WORD = re.compile(r"[\w.&'’-]+")
BEFORE_NAME = re.compile(r"(?:^|\W)((?:the|a|an|its|their|his|her) [^,.;:\n“”\"()]{3,60}(?<!day)), $", re.IGNORECASE)
BESIDE_NAME = re.compile(r"(?: \([^)]{1,12}\))?, (?:an?|the|its|one of the) (?P<what>[^,.;:\n“”\"()]{3,80})[,.;)]")
# what only a body has or does: "a former manager of Keller Salz", "Salinor's shareholders", "Salinor said it had"
STAFF_OF = re.compile(
    r"\b(?<!campaign )(?:manager|executive|chairman|chairwoman|director|employee|shareholder|owner|founder|worker)s? "
    r"(?:of|at) $",
    re.IGNORECASE,
)
ITSELF = re.compile(
    r" (?:has |had )?(?:said|says|denied|denies|admitted|admits|confirmed|announced) (?:that )?"
    r"its? (?!(?:is|was|would)\b|\w+ been\b)\w+"
)
ITS_STAFF = re.compile(
    r"['’]s? (?:chair(?:man|woman)?|shareholders|shares|headquarters|employees|workers|subsidiary)\b"
)
LISTED = re.compile(r",? and |, | or ")
MORE_NAMES = re.compile(
    r"\b(?P<acronym>(?:[A-Z]\.){2,6}|[A-Z]{2,6}\b)"
    r"|\b(?P<called>[A-Z][\w&.’'-]{1,30}(?: [A-Z][\w&.’'-]{1,30}){0,3})(?=, (?:an?|the) (?:[\w-]{1,30} ){0,4}(?:"
    + "|".join(sorted(BODY_NOUNS))
    + r")\b)"
    r"|\b(?!(?:Will|May|April|June|August|Art|Mark|Rich|Dean|Christian|Early|King)\b)(?P<given>[A-Z][a-zé]+)"
    r"(?P<rest>(?: [A-Z]\.)? [A-Z][a-zé]+(?:-[A-Z][a-zé]+)?)\b"
)


ARTICLES = {"the", "a", "an", "former", "then", "ex"}


@dataclass(frozen=True, slots=True)
class Named:
    """One mention: its words without titles, articles and possessives, and what stands around it."""

    span: Span
    words: tuple[str, ...]
    kind: str
    gender: str
    roles: tuple[str, ...]
    types: frozenset[str] = frozenset()
    called: bool = False  # by a noun that only a body is called


def read_names(reader: Reader) -> list[Named]:
    """All mentions by name in order of the text, but for the places that a page was written from."""
    datelines = list(iter_datelines(reader.text))
    entities = sorted([*reader.entities, *_find_more(reader)], key=lambda e: e.span)
    entities = [e for e in entities if not any(d.covers(e.span) for d in datelines)]
    named = [found for entity in entities if (found := _read(reader, entity.span, entity.label)) is not None]
    return _tell_bodies(reader, _share_surnames(reader, named))


def _read(reader: Reader, span: Span, label: str) -> Named | None:
    """One mention: its words without titles, articles and possessives, and what stands around it."""
    called = _is_called_body(reader, span, label)
    kind = BODY if called else KINDS.get(label)
    words = list(NAME_WORD.finditer(span.of(reader.text)))
    while words and (words[0].group().lower() in ARTICLES or words[0].group() in {"new", "latest"}):
        del words[0]
    roles: list[str] = []
    titles: list[str] = []
    if kind == PERSON:
        while len(words) > 1 and (title := bare(words[0].group()).lower()) in {*TITLES, *OFFICES}:
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
        roles = [role for role in map(clean_role, roles) if role]
        gender = find_gender([*titles, *before, *" ".join(roles).split()])
        if not gender and len(forms) > 1:
            gender = find_gender_of_name(forms[0])
    types = _read_types(reader, span, forms) if kind == BODY else frozenset()
    return Named(place, tuple(forms), kind, gender, tuple(roles), types, called)


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


def _tell_bodies(reader: Reader, named: Sequence[Named]) -> list[Named]:
    """With those taken for people or places that the text, here or elsewhere, shows to be bodies.

    So do a noun beside the name, what only a body has, and the company of bodies in a list.
    """
    text = reader.text
    people = {n.words for n in named if n.kind == PERSON and (n.gender or n.roles)}
    surnames = {words[-1] for words in people} | {n.words[-1] for n in named if n.kind == PERSON and len(n.words) > 1}

    def may_be(one: Named) -> bool:
        known = one.words in people or (len(one.words) == 1 and one.words[0] in surnames)
        return not known and find_metonym(" ".join(one.words)) is None

    bodies = {
        n.words
        for n in named
        if (n.kind == BODY and n.called)
        or (
            STAFF_OF.search(text[max(0, n.span.begin - 40) : n.span.begin])
            and not text.startswith(("'s", "’s"), n.span.end)
        )
        or ITS_STAFF.match(text, n.span.end)
        or (len(n.words) > 1 and ITSELF.match(text, n.span.end))
    }
    for one, other in [*pairwise(named), *((b, a) for a, b in reversed(list(pairwise(named))))]:
        first, second = sorted((one, other), key=lambda n: n.span)
        if one.words in bodies and LISTED.fullmatch(text[first.span.end : second.span.begin]):
            bodies.add(other.words)
    # "Halberd" beside Halberd Group, "Norvik Shipping" beside Norvik Energy
    longer = [n for n in named if len(n.words) > 1 and (n.kind == BODY or n.words in bodies)]
    firsts = {n.words[0] for n in longer if not any(c.isdigit() for c in n.words[-1])}
    bodies |= {
        n.words for n in named if n.kind == PERSON and n.words[0] in firsts and not find_gender_of_name(n.words[0])
    }
    return [
        replace(n, kind=BODY, gender="", types=n.types | _read_types(reader, n.span, n.words))
        if n.kind != BODY and n.words in bodies and may_be(n)
        else n
        for n in named
    ]


def _find_more(reader: Reader) -> Iterator[Entity]:
    """Names that the annotator did not mark: known acronyms, those of names in the text, given names with a surname."""
    bodies = {initials(e.span.of(reader.text).lower()) for e in reader.entities if e.label == "ORG"}
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


def _share_surnames(reader: Reader, named: Sequence[Named]) -> list[Named]:
    """ "Khizr and Ghazala Khan": both bear the surname; "Mr. Obama and Hillary Clinton" do not."""
    shared = list(named)
    titled = {n.words for n in named if n.roles or n.gender}
    full = {n.words for n in named if len(n.words) > 1}
    surnames = {n.words[-1] for n in named if n.kind == PERSON and len(n.words) > 1}
    for k, (one, other) in enumerate(pairwise(named)):
        gap = reader.text[one.span.end : other.span.begin]
        if (
            gap == " and "
            and one.kind == other.kind == PERSON
            and len(one.words) == 1
            and len(other.words) == 2
            and one.words[0] not in surnames
            and (one.words not in titled or (one.words[0], other.words[-1]) in full)
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
        plain = bare(form).lower()
        glued = plain in TITLES or form in {"-", "/"} or form.lower() in {"'s", "’s", "of"}
        if not glued and word.pos not in {"NOUN", "PROPN", "ADJ", "NUM"}:
            break
        if "\n" in reader.text[word.span.end : place.begin]:
            break
        has_office = has_office or plain in TITLES or is_role(plain)
        if not has_office and not found and word.pos == "ADJ":
            break
        found.insert(0, form)
        if TITLES.get(plain) == "":  # what stands before "Mr." is no part of his name
            break
        k -= 1
    while found and found[0] in {"of", "'s", "’s", "-", "/", "."}:
        del found[0]
    return found if has_office and (not found or is_role(bare(found[-1]).lower())) else []


def _apposition(reader: Reader, span: Span) -> list[str]:
    """ "…, the Kremlin spokesman," after a name; "the chancellor, …" before it."""
    text = reader.text
    found = []
    after = re.match(
        r"(?:['’]s)?(?: \([^)]{1,12}\))?, ((?:(?:the|a|an|his|her|its|their|one of the) )?[^,.;:\n“”\"()]{3,90})[,.;)]",
        text[span.end : span.end + 130],
    )
    if after and find_role(after.group(1)):
        found.append(after.group(1))
    before = BEFORE_NAME.search(text[max(0, span.begin - 80) : span.begin])
    if before and find_role(before.group(1)):
        found.append(before.group(1))
    return found


def initials(name: str) -> str:
    """The first letters of a name's words, small ones left out."""
    return "".join(word[0] for word in re.findall(r"\w+", name) if word not in JOINING)
