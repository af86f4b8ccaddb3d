"""Who is behind the words of a source: "he", "Mr. Smith", "the spokeswoman", "the Journal", each by its fullest name.

A source that the document never names keeps its description, with the names inside it made full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract.base import Annotation
from onrecord.extract.figures import BODY, PERSON, Figure, find_figures, head_of
from onrecord.extract.gender import find_gender
from onrecord.extract.pronouns import FIRST, POSSESSIVE, THIRD, Candidate, best_candidate
from onrecord.extract.reports import Reader
from onrecord.extract.speakers import SPEAKERS
from onrecord.records import Document, Span

DETERMINERS = {"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "both"}
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
# "Labor Department figures", "a CNN poll": the body behind the figures is the one that speaks
RECORD_HEADS = frozenset(
    re.findall(
        r"\S+",
        """
    figures data statistics numbers poll polls survey surveys report statement editorial study release filing
    estimates estimate analysis article story tweet account memo dispatch broadcast blog post""",
    )
)
# what a body that is only described can be called, and words of a name that show it to be one
BODY_WORDS = {
    "company": (), "firm": (), "group": (), "organization": (), "organisation": (), "corporation": (), "giant": (),
    "ministry": ("ministry",), "department": ("department",), "agency": ("agency", "bureau"), "airline": ("air",),
    "bank": ("bank",), "court": ("court",), "university": ("university",), "school": ("school", "college"),
    "newspaper": ("times", "post", "journal", "news", "herald", "tribune", "guardian", "star", "globe", "paper"),
    "paper": ("times", "post", "journal", "news", "herald", "tribune", "guardian", "star", "globe", "paper"),
    "magazine": ("magazine", "week", "weekly", "time"), "network": ("news", "network", "tv", "television"),
    "commission": ("commission",), "committee": ("committee",), "council": ("council",), "union": ("union",),
    "party": ("party",), "government": (), "embassy": ("embassy",), "institute": ("institute",),
    "foundation": ("foundation",), "club": ("club",), "hospital": ("hospital",), "parliament": ("parliament",),
    "campaign": ("campaign",), "administration": ("administration",), "association": ("association",),
    "bureau": ("bureau",), "broadcaster": ("tv", "television", "broadcasting", "news"), "police": ("police",),
    "carrier": ("air",), "outlet": (), "website": (), "site": (), "startup": (), "retailer": (), "automaker": (),
    "maker": (), "manufacturer": (), "think-tank": (),
}  # fmt: skip
# a name before these words is the head of its phrase
AFTER_HEAD = r"(?:of|in|at|on|for|from|who|which|that|himself|herself|itself|themselves)\b"
# what a text calls somebody whom it has named, for the sake of variety
EPITHETS = frozenset(
    re.findall(
        r"\S+",
        """
    senator governor congressman congresswoman frontrunner front-runner candidate nominee billionaire businessman
    businesswoman mogul star actor actress singer author mayor lawmaker veteran champion striker player comedian
    tycoon entrepreneur magnate native republican democrat politician premier""",
    )
)
PREPOSITIONS = {"of", "for", "at", "in", "with", "to", "by", "from", "on", "about", "against", "near", "under", "over"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A source's name, as full as the document gives it; whether it is a proper one; the role that stands with it."""

    name: str
    named: bool
    role: str | None = None


class Mentions:
    """Who is who in one document."""

    def __init__(self, annotation: Annotation) -> None:
        self._reader = Reader(annotation)
        self._text = annotation.text
        self._figures = find_figures(self._reader)
        self._attributions = annotation.attributions
        self._sources = {s.begin for a in annotation.attributions for s in a.source}
        self._phrases = self._find_phrases()
        self._known: dict[Span, Resolved] = {}

    def name_of(self, span: Span, *, inside_quotation_of: Resolved | None = None) -> Resolved:
        """The name behind the words of a span; `inside_quotation_of` is who a first person there stands for."""
        if inside_quotation_of is not None and span.of(self._text).lower() in FIRST:
            return inside_quotation_of
        if span not in self._known:
            self._known[span] = Resolved(" ".join(span.of(self._text).split()), False)  # ends any circle
            self._known[span] = self._resolve(span)
        return self._known[span]

    def _resolve(self, span: Span) -> Resolved:
        words = span.of(self._text).strip(" ,;:“”\"'’()").lower()
        if words in FIRST:
            return self._first_person(span)
        if words in THIRD:
            return self._third_person(span)
        head = self._find_head(span)
        if head is not None:
            return self._resolve_figure(head)
        return self._describe(span)

    def _resolve_figure(self, figure: Figure) -> Resolved:
        return Resolved(figure.name, True, figure.role)

    # -- names ------------------------------------------------------------------------------------------------------

    def _inside(self, span: Span) -> list[tuple[Span, Figure]]:
        return sorted(
            ((m, f) for f in self._figures for m in f.mentions if span.begin <= m.begin and m.begin < span.end),
            key=lambda pair: pair[0],
        )

    def _find_head(self, span: Span) -> Figure | None:
        """The figure that the phrase names, not one that only stands in it: not Google in "a spokesman for Google"."""
        inside = self._inside(span)
        phrase = span.of(self._text)
        if len(inside) > 1 and re.search(r"\band\b|,", phrase) and self._is_joint(span, inside):
            return None
        for mention, figure in sorted(inside, key=lambda pair: pair[1].kind != PERSON):
            if self._text[mention.begin : mention.end].endswith(("'s", "’s")):
                continue
            before, after = self._text[span.begin : mention.begin], self._text[mention.end : span.end].lstrip()
            if {w.lower() for w in before.split()} & PREPOSITIONS and not before.rstrip().endswith(","):
                continue
            if re.match(r"['’]s?\b|-", after):
                continue
            if re.match(r"(?:and|or) ", after):
                return None
            head = head_of(after) if re.match(r"\w", after) and not re.match(AFTER_HEAD, after) else ""
            if not head or (figure.kind == BODY and head in RECORD_HEADS):
                return figure
            if figure.kind == PERSON and head not in BODY_HEADS and not _is_person_word(head):
                return figure
        return None

    def _is_joint(self, span: Span, inside: Sequence[tuple[Span, Figure]]) -> bool:
        """ "Smith and Jones", "the State Department and the Department of Homeland Security"."""
        first, second = inside[0][0], inside[1][0]
        return bool(
            re.fullmatch(r"\s*(?:,|and|, and|&)\s+(?:the )?(?:[\w.]+ ){0,3}", self._text[first.end : second.begin])
        )

    # -- descriptions -----------------------------------------------------------------------------------------------

    def _describe(self, span: Span) -> Resolved:
        phrase = " ".join(span.of(self._text).split())
        words = phrase.split()
        if not words:
            return Resolved(phrase, False)
        head = head_of(phrase)
        inside = self._inside(span)
        if words[0].lower() in DETERMINERS and not (inside and head in BODY_HEADS):
            known = self._find_described(span, words, head)
            if known is not None:
                return known
        full = self._with_full_names(span)
        owner_named = bool(inside) or full.split()[0] != _lower_first(self._reader, span).split()[0]
        named = bool(inside) and self._is_joint(span, inside) if len(inside) > 1 else False
        named = named or (owner_named and head in BODY_HEADS and head != "staff")
        named = named or (
            bool(inside)
            and inside[0][1].kind == PERSON
            and bool(re.match(r"(?:and|or) ", self._after(inside[0][0], span)))
        )
        named = named or self._is_all_proper(span)
        return Resolved(full, named)

    def _after(self, mention: Span, span: Span) -> str:
        return self._text[mention.end : span.end].lstrip()

    def _is_all_proper(self, span: Span) -> bool:
        """A name that no entity finder saw: "Scripture", "Factcheck.org"."""
        words = [self._reader.words[k] for k in self._reader.indices(span)]
        told = [w for w in words if w.pos not in {"DET", "PUNCT", "ADP", "PART", "CCONJ"}]
        head = head_of(span.of(self._text))
        return (
            bool(told)
            and all(w.pos == "PROPN" and any(c.isupper() for c in w.span.of(self._text)) for w in told)
            and not _is_person_word(head)
            and not any(e.label == "NORP" and e.span.end == told[-1].span.end for e in self._reader.entities)
        )

    def _find_described(self, span: Span, words: Sequence[str], head: str) -> Resolved | None:
        """ "the chancellor": the last figure before it with that role; "the ministry": the last such body."""
        singular = head[:-1] if head.endswith("s") and not head.endswith("ss") else head
        extra = {w.lower().strip(",.'’") for w in words} - DETERMINERS - {head, singular, "former", "then"}
        gender = find_gender([head])
        if words[0].lower() in {"the", "this", "that"}:
            people = []
            for figure in self._figures:
                if figure.kind != PERSON or (gender and figure.gender and gender != figure.gender):
                    continue
                told = " ".join(figure.roles).lower()
                heads = {head_of(role) for role in figure.roles} | {
                    w for r in figure.roles for w in r.lower().split()[-1:]
                }
                if singular in heads or head in heads:
                    before = [m.begin for m in figure.mentions if m.begin < span.begin]
                    shared = sum(word in told for word in extra if len(word) > 2)
                    people.append((shared, max(before, default=-1), figure))
            if people:
                best = max(people, key=lambda p: p[:2])
                if best[0] or not extra or len(people) == 1:
                    return self._resolve_figure(best[2])
            if singular in EPITHETS and "of" not in words:
                epithet = best_candidate(self._reader, span, span.begin in self._sources, self._people(span, gender))
                if epithet is not None:
                    return self._resolve_figure(self._figures[epithet.figure])
        if head in BODY_WORDS and words[0].lower() in {"the", "this", "that"}:
            marks = BODY_WORDS[head]
            bodies = [
                (m.begin, f)
                for f in self._figures
                if f.kind == BODY and not (set(f.name.lower().split()) & {"facebook"} and head == "newspaper")
                for m in f.mentions
                if m.begin < span.begin and (not marks or any(mark in f.name.lower() for mark in marks))
            ]
            if bodies:
                return self._resolve_figure(max(bodies, key=lambda b: b[0])[1])
            described = [
                s
                for s in self._phrases
                if s.end <= span.begin and head_of(s.of(self._text)) == head and self._inside(s)
            ]
            if described:
                return self.name_of(described[-1])
        return None

    def _with_full_names(self, span: Span) -> str:
        """The description with names in it made full and a possessive pronoun replaced by its owner."""
        pieces = []
        at = span.begin
        for mention, figure in self._inside(span):
            if figure.kind == PERSON and mention.begin >= at:
                begin = self._skip_titles(Span(at, mention.begin))
                own = re.search(r"['’]s?$", mention.of(self._text))
                pieces += [self._text[at:begin], figure.name, own.group() if own else ""]
                at = mention.end
        pieces.append(self._text[at : span.end])
        full = " ".join("".join(pieces).split())
        first = full.split()[0]
        if first.lower() in POSSESSIVE:
            owner = self.name_of(Span(span.begin, span.begin + len(first)))
            if owner.named:
                return f"{owner.name}'s {full[len(first) :].strip()}"
        return full[0].lower() + full[1:] if _lower_first(self._reader, span)[0].islower() else full

    def _skip_titles(self, before: Span) -> int:
        """Where the courtesy titles right before a name begin: "Mr." in "aides to Mr. Obama"."""
        match = re.search(r"(?:Mrs?|Ms|Dr)\.? $", before.of(self._text))
        return before.begin + match.start() if match else before.end

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def _first_person(self, span: Span) -> Resolved:
        """The speaker of the smallest report around it."""
        around = [a for a in self._attributions if a.source and any(c.covers(span) for c in a.content)]
        if not around:
            return Resolved(span.of(self._text), False)
        inner = min(around, key=lambda a: a.content[-1].end - a.content[0].begin)
        return self.name_of(Span(inner.source[0].begin, inner.source[-1].end))

    def _third_person(self, span: Span) -> Resolved:
        best = best_candidate(self._reader, span, span.begin in self._sources, self.candidates(span))
        if best is None:
            return Resolved(span.of(self._text), False)
        if best.figure >= 0:
            return self._resolve_figure(self._figures[best.figure])
        return self.name_of(best.span)

    def candidates(self, pronoun: Span) -> list[Candidate]:
        """Every mention that a pronoun at this place could stand for, gender and number not yet looked at."""
        found = []
        for k, figure in enumerate(self._figures):
            before = [m for m in figure.mentions if m.begin < pronoun.begin]
            for mention in figure.mentions:
                if mention.covers(pronoun):
                    continue
                found.append(
                    Candidate(
                        mention, figure.gender, False, figure.kind == PERSON, True, self._is_source(mention), k,
                        max(len(before), 1),
                    )
                )  # fmt: skip
        for phrase in self._phrases:
            if phrase.begin < pronoun.begin and not phrase.covers(pronoun):
                head = head_of(phrase.of(self._text))
                plural = (head.endswith("s") and not head.endswith("ss")) or head in {
                    "people",
                    "men",
                    "women",
                    "police",
                }
                found.append(
                    Candidate(
                        phrase, find_gender([head]), plural, head not in BODY_HEADS, False, self._is_source(phrase), -1
                    )
                )
        return found

    def _people(self, span: Span, gender: str) -> list[Candidate]:
        """The people named before an epithet."""
        return [
            c for c in self.candidates(span)
            if c.named and c.animate and c.span.end <= span.begin and (not gender or c.gender in {"", gender})
        ]  # fmt: skip

    def _is_source(self, span: Span) -> bool:
        return any(s.covers(span) or s.begin == span.begin for a in self._attributions for s in a.source)

    def _find_phrases(self) -> list[Span]:
        """Unnamed people and bodies: noun phrases whose head can speak, in order of the text."""
        reader, found = self._reader, []
        named = {m.begin for f in self._figures for m in f.mentions}
        k = 0
        while k < len(reader.words):
            start = k
            while k < len(reader.words) and reader.words[k].pos in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PART"}:
                k += 1
            if k > start and reader.words[k - 1].pos == "NOUN":
                head = reader.words[k - 1].span
                if _is_person_word(head.of(self._text).lower()) and head.begin not in named:
                    found.append(Span(reader.words[start].span.begin, head.end))
            k += 1
        return found


def make_mentions(annotation: Annotation, document: Document) -> Mentions:
    """Who is who in the text of an annotation."""
    return Mentions(annotation)


def _is_person_word(word: str) -> bool:
    singulars = {word, word[:-1] if word.endswith("s") else word, word[:-3] + "y" if word.endswith("ies") else word}
    return bool(singulars & SPEAKERS)


def _lower_first(reader: Reader, span: Span) -> str:
    """The words with the capital of a sentence's start undone, unless the first word is a name."""
    text = " ".join(span.of(reader.text).split())
    places = reader.indices(span)
    if places and reader.words[places[0]].pos != "PROPN":
        return text[0].lower() + text[1:]
    return text
