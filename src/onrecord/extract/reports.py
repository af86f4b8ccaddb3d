"""What travels between the steps of extraction: a Report is an attribution on its way to becoming a Statement."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.extract.base import Annotation, Entity, Word
from onrecord.extract.quotes import find_quotations
from onrecord.records import Span

QUOTES = {"“", "”", '"', "''", "``", "‘"}


@dataclass(frozen=True, slots=True)
class Report:
    """One act of saying as found in the text.

    `source` names the root; `via` are links that the same clause puts before it ("through his lawyer"), outermost
    first. `outer` is the place of the report in whose content this one stands, -1 for none. `rule` says what found it.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 1.0
    outer: int = -1
    via: tuple[tuple[Span, ...], ...] = ()
    rule: str = "annotator"

    @property
    def place(self) -> Span:
        """Where the report is made: its first cue, else its first content."""
        return (self.cue or self.content)[0]


class Reader:
    """Look-ups over one annotation: the words in a span, the sentence around it, the paragraph around it."""

    def __init__(self, annotation: Annotation) -> None:
        self.text = annotation.text
        self.words = annotation.words
        self.entities = annotation.entities
        self.sentences = annotation.sentences
        self._begins = [w.span.begin for w in annotation.words]
        self._ends = [w.span.end for w in annotation.words]
        self._sentence_begins = [s.begin for s in annotation.sentences]
        self._entity_begins = [e.span.begin for e in annotation.entities]

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """The outermost quotations of the text, in order."""
        return find_quotations(self.text)

    def indices(self, span: Span) -> range:
        """Places of the words that overlap a span."""
        return range(bisect_right(self._ends, span.begin), bisect_left(self._begins, span.end))

    def entities_in(self, span: Span) -> Sequence[Entity]:
        """The names that begin in a span."""
        low, high = bisect_left(self._entity_begins, span.begin), bisect_left(self._entity_begins, span.end)
        return self.entities[low:high]

    def entities_near(self, span: Span) -> Sequence[Entity]:
        """The names that begin in a span, and the one before them."""
        low, high = bisect_left(self._entity_begins, span.begin), bisect_left(self._entity_begins, span.end)
        return self.entities[max(0, low - 1) : high]

    def words_of(self, *spans: Span) -> list[Word]:
        """The words that overlap any of the spans, in order of the text."""
        places = sorted({i for span in spans for i in self.indices(span)})
        return [self.words[i] for i in places]

    def forms(self, words: Sequence[Word]) -> list[str]:
        """The words as they are written, in lower case."""
        return [w.span.of(self.text).lower() for w in words]

    def sentence_of(self, span: Span) -> Span:
        """The sentence in which a span begins; the span itself where no sentence holds it."""
        k = bisect_right(self._sentence_begins, span.begin) - 1
        return self.sentences[k] if k >= 0 and self.sentences[k].end > span.begin else span

    def count_sentences(self, after: Span, until: Span) -> int:
        """How many sentences begin after one span begins, up to where another does."""
        begins = self._sentence_begins
        return max(0, bisect_right(begins, until.begin) - bisect_right(begins, after.begin))

    def sentence_before(self, span: Span) -> Span | None:
        """The sentence that ends before a span begins; None for the first."""
        k = bisect_left(self._sentence_begins, span.begin) - 1
        return self.sentences[k] if k >= 0 else None

    def paragraph_of(self, span: Span) -> Span:
        """The line of the text in which a span begins."""
        begin = self.text.rfind("\n", 0, span.begin) + 1
        end = self.text.find("\n", span.begin)
        return Span(begin, len(self.text) if end < 0 else end)


def locate(place: Span, found: re.Match[str], group: str) -> Span:
    """Where a group stands in the text, of a match in the words of `place`."""
    return Span(place.begin + found.start(group), place.begin + found.end(group))


def trim(text: str, begin: int, end: int) -> Span | None:
    """The span without white space and commas at its ends; None where no letter or digit is left."""
    match = re.search(r"\w", text[begin:end])
    if match is None:
        return None
    while begin < end and (text[begin].isspace() or text[begin] in ",;:"):
        begin += 1
    while end > begin and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Span(begin, end)
