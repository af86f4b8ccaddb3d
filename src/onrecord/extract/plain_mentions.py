"""Who a source is, by the plainest rules: a surname's full form, a pronoun's last speaker."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.base import Annotation
from onrecord.records import Document, Span


@dataclass(frozen=True, slots=True)
class Resolved:
    """A source's name, whether it is a proper one, and the role that stands with it."""

    name: str
    named: bool
    role: str | None = None


class Mentions:
    """The names of one document."""

    def __init__(self, annotation: Annotation) -> None:
        self._text = annotation.text
        self._entities = annotation.entities

    def name_of(self, span: Span) -> Resolved:
        """The name behind the words of a span."""
        words = span.of(self._text)
        if words.lower() in {"he", "she", "who", "i", "it", "they", "we", "him", "her"}:
            people = [e for e in self._entities if e.label in {"PERSON", "ORG"} and e.span.end <= span.begin]
            wanted = "ORG" if words.lower() in {"it", "they", "we"} else "PERSON"
            last = next((e for e in reversed(people) if e.label == wanted), people[-1] if people else None)
            return self._full(last.span.of(self._text)) if last else Resolved(words, False)
        inside = [e for e in self._entities if span.covers(e.span)]
        people = [e for e in inside if e.label == "PERSON"]
        if people:
            return self._full(people[0].span.of(self._text))
        if inside and len(inside[0].span) > 0.6 * len(span):
            return Resolved(inside[0].span.of(self._text), True)
        return Resolved(words, False)

    def _full(self, name: str) -> Resolved:
        last = name.removesuffix("'s").removesuffix("’s").split()[-1]
        fuller = [
            e.span.of(self._text)
            for e in self._entities
            if e.label == "PERSON" and last in e.span.of(self._text).split()
        ]
        return Resolved(max(fuller, key=len, default=name), True)


def make_mentions(annotation: Annotation, document: Document) -> Mentions:
    """The names of one document."""
    return Mentions(annotation)
