"""Who a description stands for, where the document names them: "the chancellor", "the airline", "the departments".

A description of somebody whom the document never names is led back to the fullest one: "these people" to "people
familiar with the audit".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.cast import Cast, is_speaker
from onrecord.extract.figures import Figure
from onrecord.extract.gender import find_gender
from onrecord.extract.named import BODY, PERSON
from onrecord.extract.roles import head_of, is_role
from onrecord.names import find_metonym, split_name
from onrecord.records import Span

DEFINITE = {"the", "this", "that", "these", "those", "both"}
DETERMINERS = DEFINITE | {"his", "her", "its", "their", "our"}
# heads that make a body of the name before them: "the Trump campaign", "the Obama administration"
BODY_HEADS = frozenset(
    re.findall(
        r"\S+",
        """
    campaign administration government team office ministry department company firm agency bank group party family
    committee commission council court army military police church university college club union foundation estate
    camp regime cabinet embassy parliament bureau board network newspaper paper magazine airline website channel
    organization organisation institute association federation fund service staff delegation coalition""",
    )
)
DOCUMENTS = {"letter", "document", "documents", "email", "e-mail", "message", "book", "diary", "lawsuit", "complaint",
             "record", "records", "file", "files", "audit", "transcript", "law", "ruling", "constitution", "sheet",
             "invoice", "report", "note"}  # fmt: skip
PRESS = ("times", "post", "journal", "news", "herald", "tribune", "guardian", "star", "globe", "gazette", "observer",
         "telegraph", "chronicle", "mail", "mirror", "independent", "examiner", "inquirer", "register")  # fmt: skip
# what a body can be called, and the words of a name that show it to be one; () where no name shows it
BODY_WORDS: dict[str, tuple[str, ...]] = {
    "company": (), "firm": (), "group": (), "organization": (), "organisation": (), "corporation": (), "giant": (),
    "ministry": ("ministry",), "department": ("department",), "agency": ("agency", "bureau", "administration"),
    "airline": ("airlines", "airways", "air"), "carrier": ("airlines", "airways", "air"),
    "bank": ("bank",), "court": ("court",), "university": ("university",), "school": ("school", "college"),
    "newspaper": PRESS, "paper": PRESS, "tabloid": PRESS, "daily": PRESS, "publication": PRESS,
    "magazine": ("magazine", "week", "weekly", "time"), "network": ("news", "network", "tv", "television"),
    "commission": ("commission",), "committee": ("committee",), "council": ("council",), "union": ("union",),
    "party": ("party",), "government": (), "embassy": ("embassy",), "institute": ("institute",),
    "foundation": ("foundation",), "club": ("club",), "hospital": ("hospital",), "parliament": ("parliament",),
    "campaign": ("campaign",), "administration": ("administration",), "association": ("association",),
    "bureau": ("bureau",), "broadcaster": ("tv", "television", "broadcasting", "news"), "police": ("police",),
    "outlet": (), "website": (), "site": (), "startup": (), "retailer": (), "automaker": (), "maker": (),
    "manufacturer": (), "think-tank": (), "lender": ("bank",), "insurer": ("insurance",), "charity": ("foundation",),
    "federation": ("federation",), "ngo": (), "lab": ("laboratory",), "board": ("board",), "fund": ("fund",),
}  # fmt: skip
# whose name need not show it, and the words of a name that show something else
FIRMS = {"company", "firm", "group", "organization", "organisation", "corporation", "giant", "startup", "retailer",
         "automaker", "maker", "manufacturer", "insurer", "lender"}  # fmt: skip
OTHER_KINDS = frozenset(word for words in BODY_WORDS.values() for word in words) | {
    "ministry", "department", "court", "university", "school", "government", "parliament", "police", "senate", "house",
    "congress", "party", "army", "union", "council", "office", "embassy", "nations", "supreme", "newspaper", "paper",
    "daily", "weekly", "magazine", "tabloid", "broadcaster", "channel",
}  # fmt: skip
# what a text calls somebody whom it has named, for the sake of variety
EPITHETS = frozenset(
    re.findall(
        r"\S+",
        """
    senator governor congressman congresswoman frontrunner front-runner candidate nominee billionaire businessman
    businesswoman mogul star actor actress singer author mayor lawmaker veteran champion striker player comedian
    tycoon entrepreneur magnate native republican democrat politician premier pontiff monarch""",
    )
)
LEADS = {"president", "minister", "chancellor", "premier", "king", "queen", "chairman", "chairwoman", "head", "chief"}
ANYBODY = {"woman", "man", "mother", "father", "girl", "boy"}
# heads of those who are not to be named, and what tells that somebody is not
UNNAMED = {"official", "source", "person", "insider", "diplomat", "aide", "adviser", "advisor"}
ANONYMOUS = re.compile(
    r"\b(?:familiar|close to|briefed|with knowledge|condition of|anonym\w+|not (?:\w+ ){0,3}(?:named|identified|"
    r"authori[sz]ed|allowed)|declined to be|speak publicly)\b"
)
OF_SOMEBODY = re.compile(r"\s(?:of|for|at|in)\s.*[A-ZÀ-Þ]", re.DOTALL)
OF_AGE = re.compile(r"(?:\d+|\w+)-year-old")
OF_CHILDREN = re.compile(r"(?:mother|father|grandmother|grandfather)-?\s?of-?\s?(?:\w+)", re.IGNORECASE)
PREPOSITIONS = {"of", "for", "at", "in", "with", "to", "by", "from", "on", "about", "against", "near", "under", "over"}
PEOPLE = {"people", "men", "women", "police"}
REACH = 4_000  # characters back that a description reaches
LEAD_REACH = 1_500  # from "A woman said …" at the head of a report to her name


@dataclass(frozen=True, slots=True)
class Description:
    """A phrase taken apart: its head in the singular, the other words that tell something, the gender it gives."""

    span: Span
    words: tuple[str, ...]
    head: str
    plural: bool
    extra: frozenset[str]
    gender: str


def describe(text: str, span: Span) -> Description:
    """The parts of a description, in lower case."""
    words = tuple(w.lower().strip(",.'’“”\"") for w in span.of(text).split())
    head = head_of(span.of(text))
    plural = is_plural(head)
    singular = _singular(head) if plural else head
    extra = frozenset(w for w in words if len(w) > 2) - DETERMINERS - {head, singular, "former", "then", "new"}
    return Description(span, words, singular, plural, extra, find_gender([head]))


def is_plural(head: str) -> bool:
    """Whether a noun means several."""
    return (head.endswith("s") and not head.endswith(("ss", "us", "is"))) or head in PEOPLE


def _singular(head: str) -> str:
    if head in {"men", "women", "people"}:
        return {"men": "man", "women": "woman", "people": "person"}[head]
    return head[:-3] + "y" if head.endswith("ies") else head.removesuffix("s")


def find_figure(cast: Cast, told: Description) -> Figure | None:
    """The figure that a definite description in the singular stands for, by its roles or kind; the last of several."""
    if told.plural or told.words[0] not in {"the", "this", "that"}:
        return None
    return _find_person(cast, told) or _find_body(cast, told)


def _find_person(cast: Cast, told: Description) -> Figure | None:
    found = []
    for figure, last in _recent(cast, told.span):
        if figure.kind != PERSON or (told.gender and figure.gender and told.gender != figure.gender):
            continue
        heads = {head_of(role) for role in figure.roles}
        roles = " ".join(figure.roles).lower()
        shared = sum(word in roles for word in told.extra)
        if told.head in heads or (told.head in {"leader", "official"} and LEADS & set(roles.split()) and shared):
            found.append((shared, last, figure))
    if not found:
        return None
    shared, _, best = max(found, key=lambda f: f[:2])
    if not shared and OF_SOMEBODY.search(told.span.of(cast.reader.text)):
        return None  # "the doctor of the Swiss team" is not the club's
    return best if shared or not told.extra or len(found) == 1 else None


def _find_body(cast: Cast, told: Description) -> Figure | None:
    """The body of a kind that acts in the sentence before, else the title's, else the one named without an article."""
    last_words = {figure.name.lower().split()[-1] for figure, _ in _recent(cast, told.span) if figure.kind == BODY}
    marks = BODY_WORDS.get(told.head, (told.head,) if told.head in last_words else None)
    if marks is None:
        return None
    before = cast.reader.sentence_before(cast.reader.sentence_of(told.span))
    begin = before.begin if before is not None else told.span.begin
    best: tuple[tuple[bool, bool, bool, bool, int], Figure] | None = None
    for figure, last in _recent(cast, told.span):
        if figure.kind != BODY:
            continue
        typed = _is_of_kind(figure, told.head, marks)
        if typed and _is_another(told, figure):
            continue
        if typed or (told.head in FIRMS and _may_be_firm(cast, figure)):
            acts = any(begin <= m.begin < told.span.begin and cast.is_subject(m) for m in figure.mentions)
            rank = (typed, acts, cast.is_in_title(figure), not _takes_article(cast, figure), last)
            if best is None or rank > best[0]:
                best = (rank, figure)
    return best[1] if best else None


def _is_of_kind(figure: Figure, head: str, marks: Sequence[str]) -> bool:
    """Whether a body is called what a description calls it, or its name shows it: "EgyptAir", "Commerzbank"."""
    if head in figure.types or set(marks) & figure.types:
        return True
    return any(word.endswith(mark) for mark in marks if len(mark) > 2 for word in figure.name.lower().split())


def _may_be_firm(cast: Cast, figure: Figure) -> bool:
    """A body of no other kind; neither a state nor what stands between quotation marks, as the title of a book does."""
    first = figure.mentions[0]
    quoted = cast.reader.text[max(0, first.begin - 1) : first.begin] in {'"', "“", "‘", "„", "«"}
    return not (figure.types & OTHER_KINDS or quoted or find_metonym(figure.name))


def _takes_article(cast: Cast, figure: Figure) -> bool:
    """ "the National Bank" is a description as well, and "the bank" less often short for it than for Tulpar Bank."""
    return all(
        cast.reader.text[: m.begin].rstrip()[-3:].lower() == "the" for m in figure.mentions if " " in figure.name
    )


def _is_another(told: Description, figure: Figure) -> bool:
    """ "the central bank" is not Nordhaus Bank: a word that tells one from others of its kind, and is not of this."""
    named = told.head in split_name(figure.name)
    return named and any(word not in figure.types and find_metonym(word) is None for word in told.extra)


def _recent(cast: Cast, span: Span) -> Iterator[tuple[Figure, int]]:
    """The figures named before a place and not far from it, or all through the text; where they were named last."""
    seen: dict[int, int] = {}
    for mention, k in cast.named_between(max(0, span.begin - REACH), span.begin):
        seen[k] = mention.begin
    for k in cast.main_figures:
        before = cast.count_before(k, span.begin)
        if before:
            seen.setdefault(k, cast.figures[k].mentions[before - 1].begin)
    for k, last in seen.items():
        yield cast.figures[k], last


def find_several(cast: Cast, told: Description) -> tuple[Figure, ...]:
    """Those whom "the departments", "both women" or "the two leaders" stand for: named together, or one by one."""
    counted = {"both", "two", "three", "pair", "couple", "duo"} & set(told.words)
    if not told.plural or told.words[0] not in DEFINITE:
        return ()
    joint = cast.find_joint(max(0, told.span.begin - REACH // 4), told.span.begin)
    for _, places in reversed(joint):
        figures = tuple(cast.figures[k] for k in places)
        person = figures[0].kind == PERSON and is_role(told.head) | (told.head in ANYBODY | {"person", "people"})
        if _all_of(figures, told) or (counted and person and len(figures) == (3 if "three" in counted else 2)):
            return figures
    return ()


def _all_of(figures: Sequence[Figure], told: Description) -> bool:
    def is_one(figure: Figure) -> bool:
        heads = {head_of(role) for role in figure.roles} if figure.kind == PERSON else figure.types
        return told.head in heads

    return all(map(is_one, figures))


def find_fuller(cast: Cast, told: Description) -> Span | None:
    """An earlier description with the same head that tells more: "people familiar with the audit"."""
    if told.words[0] not in DEFINITE or len(told.words) > 2:
        return None
    text = cast.reader.text
    for phrase in reversed(cast.phrases_between(max(0, told.span.begin - REACH), told.span.begin)):
        head = head_of(phrase.of(text))
        if head != told.words[-1]:
            continue
        full = cast.describe_more(phrase)
        if full != phrase and full.end <= told.span.begin:
            return full
        if told.words[0] == "the" and phrase.of(text).split()[0].lower() not in DEFINITE:
            return full if cast.inside(phrase) else None
    return None


def find_named_later(cast: Cast, told: Description) -> Figure | None:
    """Whom "A woman said …" at the head of a report is about: the first person whom it then introduces by name."""
    before = cast.reader.text[: told.span.begin]
    if told.words[0] not in {"a", "an"} or told.plural or before.count("\n\n") > 1 or len(before) > LEAD_REACH:
        return None
    known = {k for _, k in cast.named_between(0, told.span.end)}
    sentence = cast.reader.sentence_of(told.span)
    if told.head in UNNAMED or ANONYMOUS.search(sentence.of(cast.reader.text)):
        return None
    known |= {k for _, k in cast.named_between(sentence.begin, sentence.end)}
    for mention, k in cast.named_between(sentence.end, sentence.end + LEAD_REACH):
        figure = cast.figures[k]
        if k in known or figure.kind != PERSON:
            continue
        known.add(k)
        if (told.gender and figure.gender and told.gender != figure.gender) or not cast.is_subject(mention):
            continue
        heads = {head_of(role) for role in figure.roles}
        if told.head in heads or (told.head in ANYBODY and figure.gender == told.gender and not any(
            is_role(h) and is_speaker(h) for h in heads
        )):  # fmt: skip
            return figure
    return None


def is_epithet(told: Description, text: str) -> bool:
    """Whether a description varies a name: "the senator", "the 62-year-old", "the mother of three"."""
    if told.words[0] not in {"the", "this", "that"}:
        return False
    if OF_AGE.fullmatch(told.words[-1]) or OF_CHILDREN.search(told.span.of(text)):
        return True
    return told.head in EPITHETS and "of" not in told.words
