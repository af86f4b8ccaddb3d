"""An annotator for tests without any model: words by a pattern, parts of speech by a small table, spans as given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.base import Annotation, Attribution, Entity, Word
from onrecord.records import Span

TABLE = """
VERB refused said says say told denied reported accused claimed thinks wants believes added leave go met
AUX is are was were has had did does do may might could would will
DET the a an this that these his her their
PRON he she it they we i you who
ADP in on at of by from with for through
CCONJ and but or
PART not to n't
SCONJ if because while after
"""
POS = {form: pos for pos, *forms in map(str.split, TABLE.strip().splitlines()) for form in forms}


def annotate(text: str, attributions: Sequence[Attribution] = ()) -> Annotation:
    words = tuple(
        Word(Span(m.start(), m.end()), _pos(m.group(), m.start()))
        for m in re.finditer(r"\w+(?:[.’'-]\w+)*|[^\w\s]", text)
    )
    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"\S[^.?!\n]*[.?!]*[\"”’']*", text))
    entities = tuple(Entity(w.span, "PERSON") for w in words if w.pos == "PROPN")
    return Annotation(text, words, sentences, entities, tuple(attributions))


def _pos(word: str, begin: int) -> str:
    if not word[0].isalnum():
        return "PUNCT"
    if word.lower() in POS:
        return POS[word.lower()]
    if word[0].isdigit():
        return "NUM"
    return "PROPN" if word[0].isupper() and begin else "NOUN"


class WordAnnotator:
    """Gives the attributions that it was made with, for the texts that have some."""

    version = "words"

    def __init__(self, attributions: dict[str, Sequence[Attribution]] | None = None) -> None:
        self._attributions = attributions or {}
        self.calls: list[int] = []

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        self.calls.append(len(texts))
        return [annotate(text, self._attributions.get(text, ())) for text in texts]

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        self.calls.append(len(texts))
        return [tuple(self._attributions.get(text, ())) for text in texts]
