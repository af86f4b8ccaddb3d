"""An `Annotator` that takes attributions from gold files and everything else from another annotator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.extract.base import Annotation, Annotator, Attribution
from onrecord.records import Span


class GoldAnnotator:
    """Gives the gold attributions of the texts that have some; other texts (a content read again) as its base does."""

    def __init__(self, base: Annotator, articles: Iterable[Mapping[str, Any]]) -> None:
        self._base = base
        self._gold = {row["text"]: read_attributions(row["attributions"]) for row in articles}

    @property
    def version(self) -> str:
        """The base's version, with gold spans."""
        return f"gold spans on {self._base.version}"

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """One Annotation for each text, in order."""
        annotations = self._base.annotate(texts)
        return [replace(a, attributions=self._gold.get(a.text, a.attributions)) for a in annotations]

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """The attributions of each text, in order."""
        found = self._base.attribute(texts)
        return [self._gold.get(text, own) for text, own in zip(texts, found, strict=True)]


def read_attributions(rows: Iterable[Mapping[str, Any]]) -> tuple[Attribution, ...]:
    """Gold attributions as onrecord's own, in order of the text; those without content left out."""
    found = [
        Attribution(_spans(row.get("source")), _spans(row.get("cue")), _spans(row["content"]))
        for row in rows
        if row.get("content")
    ]
    return tuple(sorted(found, key=lambda a: a.content[0]))


def _spans(pairs: Iterable[Sequence[int]] | None) -> tuple[Span, ...]:
    return tuple(Span(begin, end) for begin, end in pairs or ())
