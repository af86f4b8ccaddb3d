"""Text that knows where each of its characters stands in the raw input.

A reader never cuts strings; it cuts and joins `Mapped` text, so that the way back is right by construction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Run, Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and its runs, which cover all of it, in order and without overlap."""

    text: str
    runs: tuple[Run, ...]

    @property
    def raw(self) -> Span:
        """From the first to the last raw character that the text comes from."""
        return Span(self.runs[0].raw.begin, self.runs[-1].raw.end) if self.runs else Span(0, 0)

    def cut(self, begin: int, end: int) -> Mapped:
        """The part from `begin` to `end`. A run of unequal lengths that is cut keeps its whole raw span."""
        first = max(0, bisect_right(self.runs, begin, key=_get_begin) - 1)
        kept = []
        for run in self.runs[first:]:
            if run.text.begin >= end:
                break
            low, high = max(begin, run.text.begin), min(end, run.text.end)
            if low >= high:
                continue
            raw = run.raw
            if len(run.text) == len(run.raw):
                raw = Span(raw.begin + low - run.text.begin, raw.begin + high - run.text.begin)
            kept.append(Run(Span(low - begin, high - begin), raw))
        return Mapped(self.text[begin:end], tuple(kept))

    def strip(self) -> Mapped:
        """Without white space at either end."""
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, max(left, len(self.text.rstrip())))


def make_mapped(text: str, raw_begin: int = 0) -> Mapped:
    """Text that stands in the raw input as it is."""
    if not text:
        return Mapped("", ())
    return Mapped(text, (Run(Span(0, len(text)), Span(raw_begin, raw_begin + len(text))),))


def join_mapped(parts: Iterable[tuple[Mapped, str]]) -> Mapped:
    """Join texts in the order of the raw input, each after its separator (the first separator is not used).

    A separator stands for what lies between its neighbours in the raw input: tags, white space, leftovers.
    """
    texts: list[str] = []
    runs: list[Run] = []
    length = 0
    for part, separator in parts:
        if not part.text:
            continue
        if runs and separator:
            gap = Span(runs[-1].raw.end, max(runs[-1].raw.end, part.raw.begin))
            runs.append(Run(Span(length, length + len(separator)), gap))
            texts.append(separator)
            length += len(separator)
        for run in part.runs:
            moved = Run(Span(run.text.begin + length, run.text.end + length), run.raw)
            runs.append(_merge_runs(runs.pop(), moved) if runs and _are_one(runs[-1], moved) else moved)
        texts.append(part.text)
        length += len(part.text)
    return Mapped("".join(texts), tuple(runs))


def find_raw_span(origin: Sequence[Run], span: Span) -> Span | None:
    """Where the words of `span` stand in the raw text; None for an empty span or one outside the map."""
    first = bisect_right(origin, span.begin, key=_get_begin) - 1
    last = bisect_right(origin, span.end - 1, key=_get_begin) - 1
    if first < 0 or last < first or span.begin >= span.end or span.end > origin[last].text.end:
        return None
    return Span(_find_raw_edge(origin[first], span.begin), _find_raw_edge(origin[last], span.end - 1, after=True))


def _get_begin(run: Run) -> int:
    return run.text.begin


def _find_raw_edge(run: Run, offset: int, *, after: bool = False) -> int:
    if len(run.text) == len(run.raw):
        return run.raw.begin + offset - run.text.begin + after
    return run.raw.end if after else run.raw.begin


def _are_one(left: Run, right: Run) -> bool:
    return (
        len(left.text) == len(left.raw)
        and len(right.text) == len(right.raw)
        and left.raw.end == right.raw.begin
        and left.text.end == right.text.begin
    )


def _merge_runs(left: Run, right: Run) -> Run:
    return Run(Span(left.text.begin, right.text.end), Span(left.raw.begin, right.raw.end))
