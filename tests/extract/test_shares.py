from __future__ import annotations

import pytest

from onrecord.extract.reports import Reader, Report
from onrecord.extract.shares import share_contents
from onrecord.records import Span
from tests.extract.words import annotate


def read(text: str, *reports: tuple[str, str, list[str]]) -> list[tuple[str, str, list[str]]]:
    """What becomes of reports, each given and told by its source, cue and pieces of content."""

    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    given = [
        Report((place(source),) if source else (), (place(cue),), tuple(map(place, pieces)))
        for source, cue, pieces in reports
    ]
    shared = share_contents(Reader(annotate(text)), given)
    return [
        (" ".join(s.of(text) for s in r.source), r.cue[0].of(text), [c.of(text) for c in r.content]) for r in shared
    ]


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        (
            '"We go," said Lund. "We stay," said Moe.',
            [("Lund", "said", ["We go", "We stay"])],
            [("Lund", "said", ["We go"]), ("Moe", "said", ["We stay"])],
        ),
        (
            '"We go," said Lund. "We stay." Moe said nothing.',
            [("Lund", "said", ["We go", "We stay"])],
            [("Lund", "said", ["We go", "We stay"])],
        ),
        (
            'Moe denied it: "There is no deal."',
            [("Moe", "denied", ["it", "There is no deal"])],
            [("Moe", "denied", ["it"]), ("Moe", ":", ["There is no deal"])],
        ),
        (
            "The hall is cold, say residents.",
            [("", "say", ["The hall is cold", "residents"])],
            [("residents", "say", ["The hall is cold"])],
        ),
    ],
)
def test_each_speaker_gets_what_it_said(
    text: str, given: list[tuple[str, str, list[str]]], wanted: list[tuple[str, str, list[str]]]
) -> None:
    assert read(text, *given) == wanted
