"""The shipped annotator: one pass of one small encoder gives words, sentences, names and attributions.

Windows are read one at a time, whatever else is in the batch: int8 scales depend on all that is read together, and a
text must come out the same alone as among others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

import numpy as np

from onrecord.extract.base import Annotation, Attribution, Entity, Word
from onrecord.extract.entities import mend_entities
from onrecord.extract.labels import ENTITIES, POS
from onrecord.extract.linker import (
    LABELS,
    WINDOWS_AT_ONCE,
    Decision,
    Floats,
    Linked,
    Reading,
    choose,
    find_candidates,
    link,
)
from onrecord.extract.windows import cut_windows, pack_window
from onrecord.extract.words import Ints, Words, split_words
from onrecord.inference import Model, load_model
from onrecord.records import Span

MODEL = "attribution"
# where the heads' columns begin in the encoder's output
ANCHORS_AT = LABELS
POS_AT = ANCHORS_AT + 2
ENTITIES_AT = POS_AT + len(POS)
SENTENCES_AT = ENTITIES_AT + 1 + 2 * len(ENTITIES)
TEXTS_KEPT, CONTENTS_KEPT = 16, 256

ABBREVIATION = r"(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Prof|Rev|No|vs)\."
CONTRACTION = r"(?=\w*n['’]t\b)\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
TOKEN = re.compile(rf"{ABBREVIATION}|\d+(?:[.,:]\d+)+|{CONTRACTION}|\w+|``|''|[^\w\s]")
NEGATION = re.compile(r"n['’]t")

Result = TypeVar("Result")
Found = tuple[Words, Floats, tuple[Attribution, ...]]
"""The words of a text, the logits [words, classes] of all heads, the attributions."""


class Tagger:
    """An `Annotator` on a loaded model."""

    def __init__(self, model: Model) -> None:
        self._encoder, self._linker = model.sessions["encoder"], model.sessions["linker"]
        self._tokenizer = model.load_tokenizer()
        self._decision = Decision.from_settings(model.settings)
        self.version = f"{model.name}-{model.version}"
        self._annotations = _Kept[Annotation](TEXTS_KEPT)
        self._attributions = _Kept[tuple[Attribution, ...]](CONTENTS_KEPT)

    @classmethod
    def load(cls, *, threads: int = 0) -> Tagger:
        """With the shipped model. Raises RunError where its files are missing or damaged."""
        return cls(load_model(MODEL, threads=threads))

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """One Annotation for each text, in order; the same for a text alone as in a batch."""
        return self._annotations.find(texts, lambda new: (_make_annotation(*one) for one in self._iter_found(new)))

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """Only the attributions of each text: its words, sentences and names are not made out."""
        return self._attributions.find(texts, lambda new: (one[2] for one in self._iter_found(new)))

    def read(self, text: str) -> tuple[Words, list[Reading], Floats]:
        """The words of a text, what the encoder made of each window, and the logits [words, classes] of all heads."""
        words = split_words(text, self._tokenizer)
        readings, logits = [], [np.zeros((0, SENTENCES_AT + 1), np.float32)]
        for window in cut_windows(words):
            heads, word, anchor = self._encoder.run(["logits", "word", "anchor"], pack_window(words, window))
            readings.append(Reading(window, heads[:, :LABELS], heads[:, ANCHORS_AT:POS_AT], word, anchor))
            logits.append(heads)
        return words, readings, np.concatenate(logits)

    def link(self, readings: Sequence[Reading], least_anchor: float) -> list[Linked]:
        """What the linker made of the words that may be anchors."""
        return link(readings, self._linker, least_anchor)

    def _iter_found(self, texts: Iterable[str]) -> Iterator[Found]:
        linked: list[tuple[Words, list[Linked]]] = []
        logits: list[Floats] = []
        windows = 0
        for text in texts:
            words, readings, heads = self.read(text)
            linked.append((words, self.link(readings, self._decision.least_anchor)))
            logits.append(heads)
            windows += len(readings)
            if windows >= WINDOWS_AT_ONCE:
                yield from self._decide(linked, logits)
                linked, logits, windows = [], [], 0
        yield from self._decide(linked, logits)

    def _decide(self, linked: Sequence[tuple[Words, list[Linked]]], logits: Sequence[Floats]) -> Iterator[Found]:
        found = find_candidates(linked, self._decision)
        for (words, _), heads, candidates in zip(linked, logits, found, strict=True):
            yield words, heads, choose(candidates, words, self._decision)


class _Kept(Generic[Result]):
    """What was found in the last texts: what agencies send comes in again and again, mostly on one day."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: dict[str, Result] = {}

    def find(self, texts: Sequence[str], make: Callable[[Sequence[str]], Iterable[Result]]) -> list[Result]:
        """The result of each text; `make` gives those of texts that are new, in order."""
        kept = self._results
        found = {text: kept[text] for text in kept.keys() & texts}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found.update(zip(new, make(new), strict=True))
        self._results = dict(list({**kept, **found}.items())[-self._most :])
        return [found[text] for text in texts]


def _make_annotation(words: Words, logits: Floats, attributions: tuple[Attribution, ...]) -> Annotation:
    spans, firsts, lasts = _find_tokens(words)
    tokens = tuple(_iter_tokens(words, spans, firsts, logits[:, POS_AT:ENTITIES_AT].argmax(1)))
    classes = _choose_classes(logits[:, ENTITIES_AT:SENTENCES_AT], firsts, lasts)
    entities = mend_entities(words.text, tokens, _iter_entities(words, classes.tolist()))
    sentences = _iter_sentences(words, logits[:, SENTENCES_AT])
    return Annotation(words.text, tokens, tuple(sentences), tuple(entities), attributions)


def _find_tokens(words: Words) -> tuple[list[Span], Ints, Ints]:
    """Words as linguists cut them ("do" + "n't", "U.S."); the first word here of each, the one after its last."""
    spans = [Span(*match.span()) for match in TOKEN.finditer(words.text)]
    firsts = np.searchsorted(words.ends, [span.begin for span in spans], "right")
    return spans, firsts, np.searchsorted(words.begins, [span.end for span in spans], "left")


def _iter_tokens(words: Words, spans: Sequence[Span], firsts: Ints, pos: Ints) -> Iterator[Word]:
    """Each token with the class of its first word."""
    for span, code in zip(spans, pos[firsts].tolist(), strict=True):
        name = POS[code]
        if name == "PART" and NEGATION.match(words.text, span.end):
            name = "AUX"  # the model's word is "don", and it learned the class of its end
        yield Word(span, name)


def _iter_sentences(words: Words, logits: Floats) -> Iterator[Span]:
    """From each word that starts a sentence or a paragraph to the word before the next."""
    if not len(words):
        return
    starts = np.flatnonzero((logits > 0) | (words.opens == 1)).tolist()
    for begin, end in zip(starts, [*starts[1:], len(words)], strict=True):
        yield Span(int(words.begins[begin]), int(words.ends[end - 1]))


def _choose_classes(logits: Floats, firsts: Ints, lasts: Ints) -> Ints:
    """The class of each word; the words of one token ("U.S.") decide together, so that no name ends within it."""
    classes: Ints = logits.argmax(1)
    several = lasts - firsts > 1
    for begin, end in zip(firsts[several].tolist(), lasts[several].tolist(), strict=True):
        begins, inside = logits[begin:end, 1::2], logits[begin:end, 2::2]
        kind = int(np.maximum(begins, inside).sum(0).argmax())
        if np.maximum(begins, inside)[:, kind].sum() < logits[begin:end, 0].sum():
            classes[begin:end] = 0
        else:
            classes[begin:end] = 2 + 2 * kind
            classes[begin] -= int(begins[0, kind] >= inside[0, kind])
    return classes


def _iter_entities(words: Words, classes: list[int]) -> Iterator[Entity]:
    """Runs of one class; a name that continues what never began begins there."""
    begin = 0
    while begin < len(words):
        if not classes[begin]:
            begin += 1
            continue
        kind, end = (classes[begin] - 1) // 2, begin + 1
        while end < len(words) and classes[end] == 2 + 2 * kind and not words.opens[end]:
            end += 1
        yield Entity(Span(int(words.begins[begin]), int(words.ends[end - 1])), ENTITIES[kind])
        begin = end
