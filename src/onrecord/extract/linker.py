"""From what the model reads in a window to attributions: anchors, the spans of each, and which of them to believe.

Each anchor (the first word of a cue, or of a content without one) is decoded on its own: the best sequence of labels
for the words of the window as parts of that anchor's attribution (Viterbi 1967), so that cues may share a source, and
contents come in pieces, without further rules. What then claims the same words twice is decided by probability.
"""

from __future__ import annotations

import re
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
Places = NDArray[np.intp]

LABELS = 1 + 2 * len(PARTS)
# how many anchors the linker reads, and how many windows are decoded, at once: bounds the memory of a long text
ANCHORS_AT_ONCE = 64
WINDOWS_AT_ONCE = 32
FORBIDDEN = -1e9
BEGINS, INSIDE, CONTENT = slice(1, LABELS, 2), slice(2, LABELS, 2), slice(LABELS - 2, LABELS)
BEGIN_CODES = np.arange(1, LABELS, 2, dtype=np.int8)
QUOTES = '"“”'
HYPHENED = re.compile(r"\w+-\w+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder made of one window: `labels` and `anchors` are logits a word, the rest the linker's vectors."""

    window: Window
    labels: Floats
    anchors: Floats
    word: Floats
    anchor: Floats


@dataclass(frozen=True, slots=True)
class Linked:
    """Some anchors of a window: `kinds` is 1 for one without a cue, `scores` are [anchors, words, labels]."""

    reading: Reading
    places: Places
    kinds: Places
    scores: Floats


@dataclass(frozen=True, slots=True)
class Candidate:
    """One anchor of a text, decoded. Spans are word ranges of the text; `evidence` is what its probability rests on."""

    place: int
    bare: bool
    spans: Mapping[str, tuple[Window, ...]]
    evidence: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Edges:
    """What a content pays to end or begin between two words without a mark, and to end inside a quotation."""

    end: float
    begin: float
    end_quoted: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen on held-out articles, kept in the model's settings: thresholds, biases, the calibration."""

    least_anchor: float
    least_confidence: float
    most_shared: float
    bias: tuple[float, ...]
    edges: Edges
    weights: tuple[float, ...]
    intercept: float

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Decision:
        """From `model.json`."""
        tuples = {name: tuple(settings[name]) for name in ("bias", "weights")}
        return cls(**{**settings, **tuples, "edges": Edges(**settings["edges"])})

    def confidence(self, candidate: Candidate) -> float:
        """The probability that an attribution is right, by logistic regression on its evidence (Platt 1999)."""
        score = sum(w * x for w, x in zip(self.weights, candidate.evidence, strict=True)) + self.intercept
        return 1 / (1 + exp(-score))


def link(readings: Iterable[Reading], session: InferenceSession, least_anchor: float) -> list[Linked]:
    """Run the linker for every word that is an anchor with a probability of at least `least_anchor`."""
    linked = []
    for reading in readings:
        places, kinds = np.nonzero(1 / (1 + np.exp(-reading.anchors)) >= least_anchor)
        for k in range(0, len(places), ANCHORS_AT_ONCE):
            some, of_kind = places[k : k + ANCHORS_AT_ONCE], kinds[k : k + ANCHORS_AT_ONCE]
            linked.append(Linked(reading, some, of_kind, score_links(reading, some, of_kind, session)))
    return linked


def find_candidates(texts: Sequence[tuple[Words, Sequence[Linked]]], decision: Decision) -> list[list[Candidate]]:
    """For each text every anchor with its spans, in order; without those that have no content, or no cue but need one.

    Windows are decoded together, whatever text they are of: a step costs the same for one as for many.
    """
    windows = []
    for number, (words, linked) in enumerate(texts):
        leave, enter = find_edges(words, decision.edges)
        for one in linked:
            here = slice(*one.reading.window)
            windows.append((number, one, leave[here], enter[here]))
    candidates: list[list[Candidate]] = [[] for _ in texts]
    bias = np.array(decision.bias, np.float32)
    for k in range(0, len(windows), WINDOWS_AT_ONCE):
        some = windows[k : k + WINDOWS_AT_ONCE]
        paths = iter(decode_labels(*_stack([window[1:] for window in some], bias)))
        for number, one, _, _ in some:
            # paths come last: zip must not take one that is the next window's
            for place, kind, scores, path in zip(one.places, one.kinds, one.scores, paths, strict=False):
                candidate = _read_path(one.reading, int(place), int(kind), scores, path[: len(scores)])
                if candidate is not None:
                    candidates[number].append(candidate)
    return candidates


def _stack(windows: Sequence[tuple[Linked, Floats, Floats]], bias: Floats) -> tuple[Floats, Floats, Floats]:
    """The anchors of several windows as one array, as long as the longest; beyond its window a word is nothing."""
    count = sum(len(one.places) for one, _, _ in windows)
    length = max(one.scores.shape[1] for one, _, _ in windows)
    scores = np.full((count, length, LABELS), FORBIDDEN, np.float32)
    scores[:, :, 0] = 0
    leave, enter = (np.zeros((count, length), np.float32) for _ in range(2))
    row = 0
    for one, leaves, enters in windows:
        rows, here = slice(row, row + len(one.places)), slice(0, one.scores.shape[1])
        scores[rows, here] = one.scores + bias
        leave[rows, here], enter[rows, here] = leaves, enters
        row = rows.stop
    return scores, leave, enter


def score_links(reading: Reading, places: Places, kinds: Places, session: InferenceSession) -> Floats:
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


def find_edges(words: Words, edges: Edges) -> tuple[Floats, Floats]:
    """What it costs a content to end before each word of a text, and to begin at it.

    Contents end and begin at marks, and not inside a quotation; the network, which sees each word on its own, often
    stops one short.
    """
    firsts = [words.text[begin] for begin in words.begins.tolist()]
    marks = np.array([not first.isalnum() for first in firsts], bool)
    quotes = np.array([first in QUOTES for first in firsts], bool)
    opens, quoted = words.opens == 1, words.quoted == 1
    after_mark = opens | np.roll(marks, 1)
    in_quote = quoted & ~quotes
    leave = edges.end * ~(marks | opens) + edges.end_quoted * (in_quote & ~opens)
    enter = edges.begin * ~after_mark
    return leave.astype(np.float32), enter.astype(np.float32)


def decode_labels(scores: Floats, leave: Floats, enter: Floats) -> Labels:
    """The best label sequences [anchors, words] for scores [anchors, words, labels]: nothing continues unbegun.

    `leave[:, t]` is what a content pays to end before word t with nothing said of t, `enter[:, t]` to begin at t after
    a word of which nothing is said.
    """
    count, length, _ = scores.shape
    rows = np.arange(count)
    best = scores[:, 0].copy()
    best[:, INSIDE] = FORBIDDEN
    came_from = np.empty((length, count, LABELS), np.int8)
    for t in range(1, length):
        back = came_from[t]
        fresh, running = best[:, BEGINS], best[:, INSIDE]
        reached = np.empty_like(best)
        reached[:, INSIDE] = np.maximum(fresh, running)
        back[:, INSIDE] = np.where(fresh >= running, BEGIN_CODES, BEGIN_CODES + 1)
        # a source or cue may begin after anything
        free = best.argmax(1)
        back[:, BEGINS] = free[:, None]
        reached[:, BEGINS] = best[rows, free][:, None]
        best_left = best.copy()
        best_left[:, CONTENT] -= leave[:, t, None]
        back[:, 0] = best_left.argmax(1)
        reached[:, 0] = best_left[rows, back[:, 0]]
        best[:, 0] -= enter[:, t]
        back[:, CONTENT.start] = best.argmax(1)
        reached[:, CONTENT.start] = best[rows, back[:, CONTENT.start]]
        best = reached + scores[:, t]
    path = np.empty((count, length), np.int8)
    path[:, -1] = best.argmax(1)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = came_from[t][rows, path[:, t]]
    return path


def _read_path(reading: Reading, place: int, kind: int, scores: Floats, path: Labels) -> Candidate | None:
    spans = _read_spans(path)
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


def _read_spans(path: Labels) -> dict[str, list[Window]]:
    """The spans of each part; a word that goes on with what never began is of none."""
    spans: dict[str, list[Window]] = {part: [] for part in PARTS}
    places = np.flatnonzero(path)
    for place, code in zip(places.tolist(), path[places].tolist(), strict=True):
        number, goes_on = divmod(code - 1, 2)
        own = spans[PARTS[number]]
        if not goes_on:
            own.append((place, place + 1))
        elif own and own[-1][1] == place:
            own[-1] = (own[-1][0], place + 1)
    return spans


def choose(candidates: Iterable[Candidate], words: Words, decision: Decision) -> tuple[Attribution, ...]:
    """The attributions to believe, in order of the text: likely enough, none with the content of a likelier one."""
    rated = sorted(((decision.confidence(c), c) for c in candidates), key=lambda pair: (-pair[0], pair[1].place))
    taken = bytearray(len(words))
    chosen = []
    for confidence, candidate in rated:
        if confidence < decision.least_confidence:
            break
        content = candidate.spans["content"]
        if sum(taken.count(1, b, e) for b, e in content) / sum(e - b for b, e in content) > decision.most_shared:
            continue
        for b, e in content:
            taken[b:e] = b"\1" * (e - b)
        chosen.append(_make_attribution(candidate, words, confidence))
    return tuple(sorted(chosen, key=lambda a: (a.content[0].begin, a.cue[0].begin if a.cue else 0)))


def _make_attribution(candidate: Candidate, words: Words, confidence: float) -> Attribution:
    spans = {part: tuple(_make_span(words, b, e) for b, e in found) for part, found in candidate.spans.items()}
    return Attribution(**spans, confidence=round(confidence, 4))


def _make_span(words: Words, first: int, stop: int) -> Span:
    """The characters of a range of words; a compound with hyphens ("lift-off") is never cut."""
    while first > 1 and _is_hyphened(words, first - 2):
        first -= 2
    while stop + 2 <= len(words) and _is_hyphened(words, stop - 1):
        stop += 2
    return Span(int(words.begins[first]), int(words.ends[stop - 1]))


def _is_hyphened(words: Words, at: int) -> bool:
    """Whether a word, a hyphen and another word stand together without a gap."""
    begin, end = int(words.begins[at]), int(words.ends[at + 2])
    return HYPHENED.fullmatch(words.text, begin, end) is not None
