"""Who is behind the words of a source: "he", "Mr. Smith", "the spokeswoman", "the Journal", each by its fullest name.

A source that the document never names keeps its description, with the names inside it made full.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.base import Annotation, Attribution
from onrecord.extract.cast import Cast, is_speaker
from onrecord.extract.descriptions import (
    BODY_HEADS,
    DETERMINERS,
    DOCUMENTS,
    PREPOSITIONS,
    Description,
    describe,
    find_figure,
    find_fuller,
    find_named_later,
    find_several,
    is_epithet,
    is_plural,
)
from onrecord.extract.figures import Figure
from onrecord.extract.gender import find_gender
from onrecord.extract.named import BODY, PERSON, PLACE
from onrecord.extract.pronouns import FIRST, PLURAL, POSSESSIVE, THIRD, Candidate, best_candidate, fits
from onrecord.extract.ranker import describe_people, rank_people
from onrecord.extract.reports import Reader, Report
from onrecord.extract.roles import head_of
from onrecord.extract.spoken import find_speakers, weigh_against
from onrecord.names import find_metonym
from onrecord.records import Document, Span

# "Labor Department figures", "a CNN poll": the body behind the figures is the one that speaks
RECORD_HEADS = frozenset(
    re.findall(
        r"\S+",
        """
    figures data statistics numbers poll polls survey surveys report statement editorial study release filing
    estimates estimate analysis article story tweet account memo dispatch broadcast blog post""",
    )
)
# what may be said to speak and is nobody
CROWDS = {"country", "city", "town", "village", "nation", "state", "county", "region", "world", "street", "house",
          "half", "majority", "minority", "number", "percent", "crowd", "audience", "population", "panel", "jury",
          "school"}  # fmt: skip
# a name before these words is the head of its phrase
AFTER_HEAD = r"(?:of|in|at|on|for|from|who|which|that|himself|herself|itself|themselves)\b"
RELATIVE_CLAUSE = re.compile(r",?\s(?:who|which|whose|that)\b")
SUBJECTS = {"he", "she", "they", "it"}
NEITHER = re.compile(r"(?:neither )?(.+?) nor (.+)", re.IGNORECASE | re.DOTALL)
BEFORE_LAST = re.compile(
    r",\s(?:(?:madame?|monsieur|herr|frau|mrs?|ms|dr|professor|captain)\.?\s|\d+-year-old\s)?$", re.IGNORECASE
)
# what a description tells by the way: "an African diplomat, | who works for another embassy"
ASIDE = re.compile(r",\s(?P<told>(?:who|which|whose|where|two of|one of|all of|both of)\b.*)$", re.DOTALL)
PART = re.compile(r"(?P<part>one|two|another|a (?:second|third)|the other|some|several)(?: of (?:them|the \w+))?", re.I)
CALLED = re.compile(r"(?:an?|another|one)\s[^,]{3,60}?\s(?:called|named)\s[A-ZÀ-Þ][\w’'-]+(?!\s[A-ZÀ-Þ])", re.I)
# "head of operations | Milan Krs", and not "a spokesman for | Milan Krs"
HEAD_OF = re.compile(
    r"\b(?:of|for) (?:public |human |corporate |legal |external )?(?:operations|safety|security|communications|"
    r"research|policy|marketing|finance|affairs|resources|sales|strategy|engineering|estates|maintenance|design|production|"
    r"development|compliance|investigations|sport|technology|logistics|training|programmes|programs) $"
)
OWNER = re.compile(r"['’]s$|(?<=s)['’]$")
AUTHOR = "the page's author"  # of whom nothing is told
MANY = {"we", "us", "our", "ours", "ourselves"}
LIKELY = 0.3  # a person less likely than this is left to the rules
REACH = 4_000  # characters back that a pronoun reaches
AROUND = 40  # so many attributions back at most does one look for the quotation that a first person stands in


@dataclass(frozen=True, slots=True)
class Resolved:
    """A source's name, as full as the document gives it; whether it is a proper one; the role that stands with it."""

    name: str
    named: bool
    role: str | None = None


class Mentions:
    """Who is who in one document."""

    def __init__(
        self,
        annotation: Annotation,
        title: str | None = None,
        told: Mapping[Span, Sequence[Span]] | None = None,
        outlet: str | None = None,
        author: str | None = None,
    ) -> None:
        self._told = told or {}
        self._sources = sorted(self._told)
        self._outlet = outlet
        self._author = author
        self._reader = Reader(annotation)
        self._text = annotation.text
        self._title = title
        self._cast = Cast(self._reader, {*self._told, *(s for a in annotation.attributions for s in a.source)}, title)
        self._reported = sorted((a for a in annotation.attributions if a.source), key=lambda a: a.content[0].begin)
        self._reported_begins = [a.content[0].begin for a in self._reported]
        self._known: dict[Span, Resolved] = {}
        self._unnamed: dict[Span, Candidate] = {}

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
        if joint := NEITHER.fullmatch(span.of(self._text)):
            both = [self.name_of(Span(*(span.begin + at for at in joint.span(n)))) for n in (1, 2)]
            return Resolved(" and ".join(one.name for one in both), any(one.named for one in both))
        called = CALLED.match(span.of(self._text))
        if called and any(f.kind == PERSON and " " in f.name for _, f in self._cast.inside(span)):
            # "a handball player called Keller" is no other Keller
            told = " ".join(span.of(self._text).split())
            return Resolved(told[0].lower() + told[1:], False)
        head = self._find_head(span)
        if head is not None:
            return _resolve_figure(head)
        return self._describe(span)

    # -- names ------------------------------------------------------------------------------------------------------

    def _find_head(self, span: Span) -> Figure | None:
        """The figure that the phrase names, not one that only stands in it: not Google in "a spokesman for Google"."""
        if (named_last := self._find_last(span)) is not None:
            return named_last
        clause = RELATIVE_CLAUSE.search(span.of(self._text))
        if clause is not None and clause.start():
            span = Span(span.begin, span.begin + clause.start())
        inside = self._cast.inside(span)
        phrase = span.of(self._text)
        if len(inside) > 1 and re.search(r"\band\b|,", phrase) and self._is_joint(inside):
            return None
        for mention, figure in sorted(inside, key=lambda pair: pair[1].kind != PERSON):
            if self._text[mention.begin : mention.end].endswith(("'s", "’s")):
                continue
            before, after = self._text[span.begin : mention.begin], self._text[mention.end : span.end].lstrip()
            if figure.kind == PERSON and not after and HEAD_OF.search(before):
                return figure
            if {w.lower() for w in before.rpartition(",")[2].split()} & PREPOSITIONS and not before.rstrip().endswith(
                ","
            ):
                continue
            if re.match(r"['’]s?\b|-", after):
                continue
            if figure.kind != PERSON and before.rstrip().endswith(",") and self._is_person_at(before):
                continue
            if re.match(r"(?:and|or) ", after):
                return None
            head = head_of(after) if re.match(r"\w", after) and not re.match(AFTER_HEAD, after) else ""
            if not head or (figure.kind == BODY and head in RECORD_HEADS):
                return figure
            if figure.kind == PERSON and head not in BODY_HEADS and not is_speaker(head):
                return figure
        return None

    def _is_person_at(self, before: str) -> bool:
        """ "A person at the promoter, Bluewave": what is named last is where the person works."""
        head = head_of(before.rstrip(" ,"))
        inside = PREPOSITIONS & set(before.lower().split())
        return bool(inside) and is_speaker(head) and not _is_thing(head)

    def _find_last(self, span: Span) -> Figure | None:
        """The person whom a description names at its end: "a nurse who was there, Ida Moe"."""
        inside = self._cast.inside(span)
        if not inside or inside[-1][1].kind != PERSON or inside[-1][0].end < span.end:
            return None
        before = self._text[span.begin : inside[-1][0].begin]
        described = re.fullmatch(r"(?:(?i:an?|the|his|her|its|their)|[A-Z][\w’'-]*['’]s)\s.{3,}", before, re.DOTALL)
        return inside[-1][1] if described and BEFORE_LAST.search(before) else None

    def _is_joint(self, inside: Sequence[tuple[Span, Figure]]) -> bool:
        """ "Smith and Jones", "the State Department and the Department of Homeland Security"."""
        (first, one), (second, other) = inside[:2]
        if one.kind != other.kind and PERSON in {one.kind, other.kind}:
            return False  # "the head of the Mission, Helena Strand"
        if self._text.startswith(("'s", "’s"), second.end) or second.of(self._text).endswith(("'s", "’s")):
            return False  # "Kirsten Moe, Halberd's spokeswoman"
        return bool(
            re.fullmatch(r"\s*(?:,|and|, and|&)\s+(?:the )?(?:[\w.]+ ){0,3}", self._text[first.end : second.begin])
        )

    # -- descriptions -----------------------------------------------------------------------------------------------

    def _describe(self, span: Span) -> Resolved:
        beside = self._find_beside(span)
        if beside is not None:
            return _resolve_figure(beside)
        partitive = self._find_whole(span)
        if partitive is not None:
            return partitive
        aside = ASIDE.search(span.of(self._text))
        if (
            aside is not None
            and aside.start() > 2
            and not self._cast.inside(Span(span.begin, span.begin + aside.start()))
        ):
            apart = self.name_of(Span(span.begin, span.begin + aside.start()))
            return replace(apart, role=apart.role or aside["told"].strip(" ,"))
        words = " ".join(span.of(self._text).split())
        phrase = self._drop_owner(span, words) or words
        if not phrase:
            return Resolved(phrase, False)
        head = head_of(phrase)
        inside = self._cast.inside(span)
        told = describe(self._text, span)
        proper = self._is_all_proper(span)
        if not proper and not (inside and head in BODY_HEADS):
            known = self._find_described(told)
            if known is not None:
                return known
        full = self._with_full_names(span)
        owner_named = bool(inside) or full.split()[0] != _lower_first(self._reader, span).split()[0]
        named = bool(inside) and self._is_joint(inside) if len(inside) > 1 else False
        named = named or (owner_named and head in BODY_HEADS and head != "staff")
        named = named or (
            bool(inside)
            and inside[0][1].kind == PERSON
            and bool(re.match(r"(?:and|or) ", self._text[inside[0][0].end : span.end].lstrip()))
        )
        return Resolved(full, named or proper)

    def _find_beside(self, span: Span) -> Figure | None:
        """The person named before or after a description in commas: "Ines Carvalho, | Paylo's spokeswoman |, wrote"."""
        if not is_speaker(head_of(span.of(self._text))) or is_plural(head_of(span.of(self._text))):
            return None
        for mention, k in self._cast.named_between(span.begin - REACH // 40, span.end + 5):
            figure, apart = self._cast.figures[k], Span(min(mention.end, span.end), max(mention.begin, span.begin))
            if figure.kind != PERSON or mention.overlaps(span) or apart.of(self._text) != ", ":
                continue
            if self._ends_beside(max(mention.end, span.end), goes_on=mention.end <= span.begin):
                return figure
        return None

    def _ends_beside(self, end: int, *, goes_on: bool) -> bool:
        """Whether a comma, or "who", ends what stands beside a name; a description may first go on without a verb."""
        rest = self._text[end : end + REACH // 40]
        if goes_on and (more := re.match(r"\s(?:of|for|at|in|with|from)\s[^,.;:\n“”\"]*(?=,)", rest)):
            if any(w.pos in {"VERB", "AUX"} for w in self._reader.words_of(Span(end + 1, end + more.end()))):
                return False
            rest = rest[more.end() :]
        return rest.startswith(" who ") or (rest.startswith(",") and not re.match(r",\s(?:and|or)\b", rest))

    def _find_whole(self, span: Span) -> Resolved | None:
        """ "One of them", "another": one of the last several of whom the text tells."""
        match = PART.fullmatch(" ".join(span.of(self._text).split()))
        if match is None:
            return None
        near = self._cast.phrases_between(max(0, span.begin - REACH // 4), span.begin)
        several = next((p for p in reversed(near) if self._is_several(p)), None)
        if several is None:
            return None
        whole = " ".join(self._cast.describe_more(several).of(self._text).split())
        whole = whole if whole[1:2].isupper() else f"{whole[0].lower()}{whole[1:]}"
        return Resolved(f"{match['part'].lower()} of {whole}", False)

    def _is_several(self, phrase: Span) -> bool:
        words = phrase.of(self._text)
        return is_plural(head_of(words)) and words.split()[0].lower() not in {"no", "both", "these", "those", "such"}

    def _is_all_proper(self, span: Span) -> bool:
        """A name that no entity finder saw: "Scripture", "Factcheck.org"."""
        words = [self._reader.words[k] for k in self._reader.indices(span)]
        told = [w for w in words if w.pos not in {"DET", "PUNCT", "ADP", "PART", "CCONJ"}]
        head = head_of(span.of(self._text))
        return (
            bool(told)
            and all(w.pos == "PROPN" and any(c.isupper() for c in w.span.of(self._text)) for w in told)
            and not is_speaker(head)
            and not any(e.label == "NORP" and e.span.end == told[-1].span.end for e in self._reader.entities_in(span))
        )

    def _find_described(self, told: Description) -> Resolved | None:
        """Whom the document names elsewhere for a description, or the fullest description of the same."""
        if not told.words or told.words[0] not in DETERMINERS | {"a", "an"}:
            return None
        figure = find_figure(self._cast, told) or find_named_later(self._cast, told)
        if figure is not None:
            return _resolve_figure(figure)
        several = find_several(self._cast, told)
        if several:
            return Resolved(" and ".join(("the " if f.kind == BODY else "") + f.name for f in several), True)
        if is_epithet(told, self._text):
            best = best_candidate(self._reader, told.span, self._cast.is_source(told.span), self._people(told))
            if best is not None:
                return _resolve_figure(self._cast.figures[best.figure])
        fuller = find_fuller(self._cast, told)
        return self.name_of(fuller) if fuller is not None else None

    def _with_full_names(self, span: Span) -> str:
        """The description with names in it made full and a possessive pronoun replaced by its owner."""
        pieces = []
        at = span.begin
        for mention, figure in self._cast.inside(span):
            if figure.kind == PERSON and mention.begin >= at:
                begin = self._skip_titles(Span(at, mention.begin))
                own = re.search(r"['’]s?$", mention.of(self._text))
                pieces += [self._text[at:begin], figure.name, own.group() if own else ""]
                at = mention.end
        pieces.append(self._text[at : span.end])
        full = self._drop_owner(span, " ".join("".join(pieces).split()))
        first = full.split()[0]
        if first.lower() in POSSESSIVE:
            owner = self.name_of(Span(span.begin, span.begin + len(first)))
            if owner.named:
                return f"{owner.name}'s {full[len(first) :].strip()}"
        return full[0].lower() + full[1:] if _lower_first(self._reader, span)[0].islower() else full

    def _drop_owner(self, span: Span, words: str) -> str:
        """The words without marks at the end; "TechCrunch's | claim" is TechCrunch's, "McDonald's | said" is not."""
        words = words.strip(' ,“”"') or words
        place = self._reader.indices(span).stop
        behind = self._reader.words[place].pos if place < len(self._reader.words) else ""
        return words if behind in {"VERB", "AUX", "PUNCT"} else OWNER.sub("", words) or words

    def _skip_titles(self, before: Span) -> int:
        """Where the courtesy titles right before a name begin: "Mr." in "aides to Mr. Obama"."""
        match = re.search(r"(?:Mrs?|Ms|Dr)\.? $", before.of(self._text))
        return before.begin + match.start() if match else before.end

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def _first_person(self, span: Span) -> Resolved:
        """The speaker of the smallest report around it."""
        around = self._around(span)
        if not around:  # "we asked the mayor", "I doubt it": it is the document that speaks
            if span.of(self._text).lower() in MANY:
                return Resolved(self._outlet or span.of(self._text), self._outlet is not None)
            return Resolved(self._author or AUTHOR, self._author is not None)
        inner = min(around, key=lambda a: a.content[-1].end - a.content[0].begin)
        return self.name_of(Span(inner.source[0].begin, inner.source[-1].end))

    def _around(self, span: Span) -> list[Attribution]:
        """The attributions whose contents hold a span."""
        last = bisect_right(self._reported_begins, span.begin)
        near = self._reported[max(0, last - AROUND) : last]
        return [a for a in near if any(c.covers(span) for c in a.content)]

    def _third_person(self, span: Span) -> Resolved:
        best = self._find_antecedent(span)
        if best is None:
            return Resolved(span.of(self._text), False)
        if best.figure >= 0:
            return _resolve_figure(self._cast.figures[best.figure])
        return self.name_of(self._tell_more(best.span))

    def _tell_more(self, phrase: Span) -> Span:
        """A description that a pronoun stands for, as fully as the text gives it: "a letter | of the health office"."""
        spoken = next((s for s in self._sources if s.begin == phrase.begin and s.covers(phrase)), None)
        if spoken is None and phrase.of(self._text).split()[0].lower() in {"a", "an"}:
            return self._cast.describe_more(phrase)
        return spoken or phrase

    def _find_antecedent(self, pronoun: Span) -> Candidate | None:
        """By rule where somebody speaks, who are often unnamed in news; else by the trained ranker."""
        speaks, candidates = self._cast.is_source(pronoun), self.candidates(pronoun)
        if not speaks:
            form = pronoun.of(self._text).lower()
            ranked = rank_people(self._reader, pronoun, speaks, candidates, self._title)
            best = next((c for chance, c in ranked if chance >= LIKELY and fits(form, c)), None)
            if best is not None:
                return best
            return best_candidate(self._reader, pronoun, speaks, candidates)
        low = bisect_left(self._sources, Span(max(0, pronoun.begin - REACH), 0))
        before = self._sources[low : bisect_left(self._sources, pronoun)]
        candidates += find_speakers(self._reader, pronoun, before, self._cast, _is_thing)
        told = self._told.get(pronoun, ())
        against = weigh_against(self._reader, pronoun, told, before, self._cast, candidates, self._reader.quotations)
        return best_candidate(self._reader, pronoun, speaks, candidates, against)

    def find_person_by_rule(self, pronoun: Span) -> int | None:
        """The place in the cast of whom the rules find for a pronoun; None where nobody named is meant."""
        best = best_candidate(self._reader, pronoun, self._cast.is_source(pronoun), self.candidates(pronoun))
        return best.figure if best is not None and best.figure >= 0 else None

    def figures_at(self, span: Span) -> set[int]:
        """The places in the cast of those whom the words of a span name."""
        near = self._cast.named_between(max(0, span.begin - REACH // 40), span.end)
        return {k for mention, k in near if mention.overlaps(span)}

    def describe_people(self, pronoun: Span) -> tuple[list[Candidate], list[list[Span]], NDArray[np.float64]]:
        """The people named near a pronoun, their mentions and their clues, as the ranker is given them."""
        speaks = self._cast.is_source(pronoun)
        return describe_people(self._reader, pronoun, speaks, self.candidates(pronoun), self._title)

    def candidates(self, pronoun: Span) -> list[Candidate]:
        """Every mention that a pronoun at this place could stand for, gender and number not yet looked at."""
        cast = self._cast
        begin, end = max(0, pronoun.begin - REACH), self._reader.sentence_of(pronoun).end
        bound = self._find_object(pronoun)
        found = [
            self._candidate(m, k, pronoun)
            for m, k in cast.named_between(begin, end)
            if not m.covers(pronoun) and k != bound
        ]
        near = {c.figure for c in found}
        for k in cast.main_figures:
            times = cast.count_before(k, pronoun.begin)
            if times and k not in near and k != bound:
                found.append(self._candidate(cast.figures[k].mentions[times - 1], k, pronoun))
        if pronoun.of(self._text).lower() in PLURAL:
            for span, _ in cast.find_joint(begin, pronoun.begin):
                found.append(Candidate(span, "", True, True, True, cast.is_source(span), -1))
        for phrase in cast.phrases_between(begin, pronoun.begin):
            if not phrase.covers(pronoun):
                if phrase not in self._unnamed:
                    self._unnamed[phrase] = self._describe_unnamed(phrase)
                found.append(self._unnamed[phrase])
        return found

    def _describe_unnamed(self, phrase: Span) -> Candidate:
        head = head_of(phrase.of(self._text))
        beside = self._find_beside(phrase)
        gender = beside.gender if beside is not None else find_gender([head])
        is_source = self._cast.is_source(phrase)
        return Candidate(phrase, gender, is_plural(head), not _is_thing(head), False, is_source, -1)

    def _find_object(self, pronoun: Span) -> int | None:
        """Whom the verb of a pronoun has as its object, who is another: "he accused Mr. Hahn", "she said Falk was"."""
        words, places = self._reader.words, self._reader.indices(pronoun)
        k = places[-1] + 1 if places else len(words)
        verbs = 0
        while k < len(words) and words[k].pos in {"VERB", "AUX", "ADV", "PART", "SCONJ"}:
            verbs += words[k].pos == "VERB"
            k += 1
        if not verbs or k >= len(words) or pronoun.of(self._text).lower() not in SUBJECTS:
            return None
        near = self._cast.named_between(words[k].span.begin, words[k].span.begin + REACH // 100)
        if not near or self._text.startswith(("'s", "’s"), near[0][0].end):
            return None
        gap = [self._reader.words[n] for n in self._reader.indices(Span(words[k].span.begin, near[0][0].begin))]
        return near[0][1] if all(w.pos in {"DET", "ADJ", "NOUN", "PROPN"} for w in gap) else None

    def _candidate(self, mention: Span, k: int, pronoun: Span) -> Candidate:
        figure = self._cast.figures[k]
        times = max(self._cast.count_before(k, pronoun.begin), 1)
        return Candidate(
            mention, figure.gender, False, figure.kind == PERSON, True, self._cast.is_source(mention), k, times,
            figure.kind == PLACE,
        )  # fmt: skip

    def _people(self, told: Description) -> list[Candidate]:
        """The people named before an epithet, without who says the words that it stands in."""
        speakers = {k for a in self._around(told.span) for s in a.source for k in self.figures_at(s)}
        return [
            c for c in self.candidates(told.span)
            if c.named and c.animate and c.span.end <= told.span.begin and c.figure >= 0 and c.figure not in speakers
            and (not told.gender or c.gender in {"", told.gender})
        ]  # fmt: skip


def make_mentions(annotation: Annotation, document: Document, reports: Sequence[Report] = ()) -> Mentions:
    """Who is who in the text of an annotation. `reports` tell who speaks beside its attributions."""
    told = {span: report.content for report in reversed(reports) for span in report.source}
    return Mentions(annotation, document.title, told, document.outlet, document.author)


def _is_thing(head: str) -> bool:
    """Whether what a noun names is a body or a document: "it", and not "he"."""
    return head in BODY_HEADS or head in RECORD_HEADS or head in DOCUMENTS or head in CROWDS


def _resolve_figure(figure: Figure) -> Resolved:
    return Resolved(figure.name, True, figure.role)


def _lower_first(reader: Reader, span: Span) -> str:
    """The words with the capital of a sentence's start undone, unless the first word is a name."""
    text = " ".join(span.of(reader.text).split())
    places = reader.indices(span)
    if not places or reader.words[places[0]].pos == "PROPN" or _is_proper(reader, span, places, text):
        return text
    return text[0].lower() + text[1:]


def _is_proper(reader: Reader, span: Span, places: range, text: str) -> bool:
    """Whether the first word has its capital of its own: "SINTRAS", "British officers", "Inès Marchal"."""
    first = text.split()[0]
    if any(c.isupper() for c in first[1:]) or find_metonym(first) or find_metonym(first.removesuffix("s")):
        return True
    if any(e.label in {"NORP", "GPE"} and e.span.begin <= span.begin < e.span.end for e in reader.entities_near(span)):
        return True
    names = [reader.words[k].span.of(reader.text)[:1].isupper() for k in places[:2]]
    return len(names) > 1 and all(names) and reader.words[places[0]].pos in {"NOUN", "X", "INTJ", "VERB"}
