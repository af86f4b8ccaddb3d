"""Everybody whom one document mentions, by name or by description, with look-ups by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from onrecord.extract.figures import Figure, find_figures
from onrecord.extract.named import JOINING
from onrecord.extract.phrases import POSSESSIVES, RELATIVE
from onrecord.extract.pronouns import is_subject
from onrecord.extract.reports import Reader
from onrecord.extract.speakers import SPEAKERS
from onrecord.records import Span

NOMINAL = {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PART"}
# what follows a noun and tells who is meant: "people familiar with the matter", "lawsuits filed in Malmo"
MORE = re.compile(
    r"\s+(?:(?:of|in|from|with|without|for|at|on|to|behind|who|familiar|close|briefed|involved|based|filed|being)\b"
    r"[^,.;:\n“”\"()]{2,80}?)(?=\s+(?:where|when|which|that|said|say|says|told|described|have|has|had|were|was|is|are|will|went|accuse[ds]?)\b"
    r"|[,.;:\n])"
)
OPENERS = {"People", "Officials", "Critics", "Experts", "Sources", "Lawyers", "Doctors"}  # taken for names by some
MAIN = 6  # so many of the most named figures are in mind all through a text
JOINED = re.compile(r"\s*(?:,|,?\s+and|&)\s+(?:the\s+|(?:his|her|their)\s+(?:\w+\s+)?)?(?:[\w.]+\s+){0,3}")


class Cast:
    """The figures and unnamed speakers of a document; every look-up takes a time that does not grow with the text."""

    def __init__(self, reader: Reader, sources: Iterable[Span], title: str | None = None) -> None:
        self.reader = reader
        self.figures = find_figures(reader, title)
        self.mentions = sorted((m, k) for k, figure in enumerate(self.figures) for m in figure.mentions)
        self._begins = [m.begin for m, _ in self.mentions]
        self._named_at = [[m.begin for m in figure.mentions] for figure in self.figures]
        self.phrases = self._find_phrases()
        self._phrase_begins = [p.begin for p in self.phrases]
        self._sources = sorted(sources)
        self._source_begins = [s.begin for s in self._sources]
        often = sorted(range(len(self.figures)), key=lambda k: -len(self.figures[k].mentions))
        self.main_figures = [k for k in often[:MAIN] if len(self.figures[k].mentions) > 2]
        self._subjects: dict[Span, bool] = {}
        self._title = set(re.findall(r"\w+", (title or "").lower()))

    def inside(self, span: Span) -> list[tuple[Span, Figure]]:
        """The mentions by name that begin in a span, in order."""
        low, high = bisect_left(self._begins, span.begin), bisect_left(self._begins, span.end)
        return [(m, self.figures[k]) for m, k in self.mentions[low:high]]

    def named_between(self, begin: int, end: int) -> Sequence[tuple[Span, int]]:
        """The mentions by name that begin in a stretch of the text, each with the place of its figure."""
        return self.mentions[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]

    def phrases_between(self, begin: int, end: int) -> Sequence[Span]:
        """The descriptions of unnamed speakers that begin in a stretch of the text."""
        return self.phrases[bisect_left(self._phrase_begins, begin) : bisect_left(self._phrase_begins, end)]

    def is_source(self, span: Span) -> bool:
        """Whether a source begins where the span does, or covers it."""
        k = bisect_right(self._source_begins, span.begin) - 1
        near = self._sources[max(0, k - 2) : k + 1]
        return any(s.begin == span.begin or s.covers(span) for s in near)

    def is_subject(self, span: Span) -> bool:
        """Whether a mention stands as a subject."""
        if span not in self._subjects:
            self._subjects[span] = is_subject(self.reader, span)
        return self._subjects[span]

    def is_in_title(self, figure: Figure) -> bool:
        """Whether the title of the document has a word of a name that tells it from others of its kind."""
        return any(word in self._title for word in figure.name.lower().split() if word not in SPEAKERS | JOINING)

    def count_before(self, k: int, place: int) -> int:
        """How often the figure at place `k` of the cast is named before a place of the text."""
        return bisect_left(self._named_at[k], place)

    def describe_more(self, phrase: Span) -> Span:
        """A description with what follows it and tells who is meant: "people | familiar with the audit"."""
        match = MORE.match(self.reader.text, phrase.end)
        if match is None:
            return phrase
        words = self.reader.words_of(Span(phrase.end, match.end()))
        relative = RELATIVE & set(self.reader.forms(words))
        ends = next((w.span.begin for w in words if w.pos in {"VERB", "AUX"} and not relative), match.end())
        begin = len(self.reader.text[phrase.begin : ends].rstrip())
        return Span(phrase.begin, phrase.begin + begin)

    def find_joint(self, begin: int, end: int, *, least: int = 2) -> list[tuple[Span, tuple[int, ...]]]:
        """Names that are joined by commas and "and": "Erik Lund and Maja Lund", the places of their figures beside."""
        found: list[tuple[Span, tuple[int, ...]]] = []
        run: list[tuple[Span, int]] = []
        for mention, k in [*self.named_between(begin, end), (Span(end, end), -1)]:
            gap = self.reader.text[run[-1][0].end : mention.begin] if run else ""
            same = bool(run) and k >= 0 and self.figures[k].kind == self.figures[run[-1][1]].kind
            if run and not (same and k != run[-1][1] and JOINED.fullmatch(gap)):
                if len(run) >= least and re.search(r"\band\b|&", self.reader.text[run[-2][0].end : run[-1][0].begin]):
                    found.append((Span(run[0][0].begin, run[-1][0].end), tuple(n for _, n in run)))
                run = []
            run.append((mention, k))
        return found

    def _find_phrases(self) -> list[Span]:
        """Unnamed people and bodies: noun phrases whose head can speak, in order of the text."""
        words, text, found = self.reader.words, self.reader.text, []
        named = set(self._begins)
        begins = {s.begin for s in self.reader.sentences}
        k = 0
        while k < len(words):
            start = k
            if words[k].pos == "PRON" and words[k].span.of(text).lower() in POSSESSIVES:
                k += 1
            while k < len(words) and words[k].pos in NOMINAL:
                k += 1
            last = k - 1
            while last > start and words[last].pos == "ADJ":  # "people familiar with the matter"
                last -= 1
            opens = last == start and words[start].span.begin in begins and words[start].span.of(text) in OPENERS
            if k > start and (words[last].pos == "NOUN" or opens):
                head = words[last].span
                if is_speaker(head.of(text).lower()) and head.begin not in named:
                    found.append(Span(words[start].span.begin, head.end))
            k += 1
        return found


def is_speaker(word: str) -> bool:
    """Whether a noun, singular or plural, names somebody or something that speaks."""
    singulars = {word, word[:-1] if word.endswith("s") else word, word[:-3] + "y" if word.endswith("ies") else word}
    return bool(singulars & SPEAKERS)
