"""From what the model reads in a window to attributions: anchors, the spans of each, and which of them to believe.

Each anchor (the first word of a cue, or of a content without one) is decoded on its own: the best sequence of labels
for the words of the window as parts of that anchor's attribution (Viterbi 1967), so that cues may share a source, and
contents come in pieces, without further rules. What then claims the same words twice is decided by probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from onrecord.extract.base import Attribution
from onrecord.extract.labels import PARTS
from onrecord.extract.windows import MAX_PIECES, Window
from onrecord.extract.words import Words
from onrecord.records import Span

Floats = NDArray[np.float32]
Labels = NDArray[np.int8]

LABELS = 1 + 2 * len(PARTS)
# anchors that the network reads at once: bounds the memory of a window full of cues
ANCHORS_AT_ONCE = 64
FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder made of one window: `labels` and `anchors` are logits a word, the rest the linker's vectors."""

    window: Window
    labels: Floats
    anchors: Floats
    word: Floats
    anchor: Floats


@dataclass(frozen=True, slots=True)
class Candidate:
    """One anchor of a text, decoded. Spans are word ranges of the text; `evidence` is what its probability rests on."""

    place: int
    bare: bool
    spans: Mapping[str, tuple[Window, ...]]
    evidence: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen on held-out articles, kept in the model's settings: thresholds, biases, the calibration."""

    least_anchor: float
    least_confidence: float
    most_shared: float
    bias: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Decision:
        """From `model.json`."""
        return cls(
            **{k: tuple(v) if isinstance(v, list) else v for k, v in settings.items() if k in cls.__dataclass_fields__}
        )

    def confidence(self, candidate: Candidate) -> float:
        """The probability that an attribution is right, by logistic regression on its evidence (Platt 1999)."""
        score = sum(w * x for w, x in zip(self.weights, candidate.evidence, strict=True)) + self.intercept
        return 1 / (1 + exp(-score))


def find_candidates(readings: Sequence[Reading], session: InferenceSession, decision: Decision) -> list[Candidate]:
    """Every anchor that may be one, with its spans, in order of the text."""
    candidates = []
    for reading in readings:
        probabilities = 1 / (1 + np.exp(-reading.anchors))
        places, kinds = np.nonzero(probabilities >= decision.least_anchor)
        for k in range(0, len(places), ANCHORS_AT_ONCE):
            some, of_kind = places[k : k + ANCHORS_AT_ONCE], kinds[k : k + ANCHORS_AT_ONCE]
            links = score_links(reading, some, of_kind, session)
            paths = decode_labels(links + np.array(decision.bias, np.float32))
            for place, kind, scores, path in zip(some, of_kind, links, paths, strict=True):
                candidate = _read_path(reading, int(place), int(kind), scores, path)
                if candidate is not None:
                    candidates.append(candidate)
    return candidates


def score_links(
    reading: Reading, places: NDArray[np.intp], kinds: NDArray[np.intp], session: InferenceSession
) -> Floats:
    """Log probabilities [anchors, words, labels] of each word's part in the attribution of each anchor."""
    distances = np.arange(len(reading.word))[None] - places[:, None]
    inputs = {
        "word": reading.word,
        "anchor": reading.anchor[places],
        "kind": kinds.astype(np.int64),
        "distance": np.clip(distances, -MAX_PIECES, MAX_PIECES),
    }
    links: Floats = session.run(["links"], inputs)[0]
    return links


def decode_labels(scores: Floats) -> Labels:
    """The best label sequences [anchors, words] for scores [anchors, words, labels]: nothing continues unbegun."""
    count, length, _ = scores.shape
    begins, inside = slice(1, LABELS, 2), slice(2, LABELS, 2)
    best = scores[:, 0].copy()
    best[:, inside] = FORBIDDEN
    came_from = np.empty((length, count, LABELS), np.int8)
    open_codes = np.arange(1, LABELS, 2, dtype=np.int8)
    for t in range(1, length):
        before = best.argmax(1)
        top = best[np.arange(count), before]
        fresh, running = best[:, begins], best[:, inside]
        best = np.repeat(top[:, None], LABELS, 1)
        came_from[t] = before[:, None]
        best[:, inside] = np.maximum(fresh, running)
        came_from[t][:, inside] = np.where(fresh >= running, open_codes, open_codes + 1)
        best += scores[:, t]
    path = np.empty((count, length), np.int8)
    path[:, -1] = best.argmax(1)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = came_from[t][np.arange(count), path[:, t]]
    return path


def _read_path(reading: Reading, place: int, kind: int, scores: Floats, path: Labels) -> Candidate | None:
    spans = {part: tuple(_iter_spans(path, number)) for number, part in enumerate(PARTS)}
    if not spans["content"] or (kind == 0 and not spans["cue"]):
        return None
    chosen = scores[np.arange(len(path)), path]
    edges = [chosen[e] for found in spans.values() for b, stop in found for e in (b, min(stop, len(path) - 1))]
    evidence = (
        float(reading.anchors[place, kind]),
        float(chosen.sum()),
        float(min(edges)),
        log(sum(e - b for b, e in spans["content"])),
        float(not spans["source"]),
        float(kind),
    )
    offset = reading.window[0]
    moved = {part: tuple((b + offset, e + offset) for b, e in found) for part, found in spans.items()}
    return Candidate(place + offset, kind == 1, moved, evidence)


def _iter_spans(path: Labels, number: int) -> Iterable[Window]:
    begins = np.flatnonzero(path == 1 + 2 * number).tolist()
    goes_on = path == 2 + 2 * number
    for begin in begins:
        end = begin + 1
        while end < len(path) and goes_on[end]:
            end += 1
        yield begin, end


def choose(candidates: Iterable[Candidate], words: Words, decision: Decision) -> tuple[Attribution, ...]:
    """The attributions to believe, in order of the text: likely enough, none with the content of a likelier one."""
    rated = sorted(((decision.confidence(c), c) for c in candidates), key=lambda pair: (-pair[0], pair[1].place))
    taken = np.zeros(len(words), bool)
    chosen = []
    for confidence, candidate in rated:
        if confidence < decision.least_confidence:
            break
        content = np.concatenate([np.arange(b, e) for b, e in candidate.spans["content"]])
        if taken[content].mean() > decision.most_shared:
            continue
        taken[content] = True
        chosen.append(_make_attribution(candidate, words, confidence))
    return tuple(sorted(chosen, key=lambda a: (a.content[0].begin, a.cue[0].begin if a.cue else 0)))


def _make_attribution(candidate: Candidate, words: Words, confidence: float) -> Attribution:
    spans = {
        part: tuple(Span(int(words.begins[b]), int(words.ends[e - 1])) for b, e in found)
        for part, found in candidate.spans.items()
    }
    return Attribution(**spans, confidence=round(confidence, 4))
