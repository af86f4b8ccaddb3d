from __future__ import annotations

from onrecord.extract.base import Attribution
from onrecord.extract.cast import Cast
from onrecord.extract.pronouns import Candidate
from onrecord.extract.reports import Reader
from onrecord.extract.spoken import find_speakers, weigh_against
from onrecord.records import Span
from tests.extract.words import annotate

TEXT = "The Court in Bern ruled on Monday. Torres brought the bottles, she said."


def place(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


def make_candidate(words: str, *, animate: bool) -> Candidate:
    return Candidate(place(words), "", False, animate, True, False, -1)


COURT, SHE, CONTENT = place("The Court in Bern"), place("she"), place("Torres brought the bottles")
READER = Reader(annotate(TEXT, [Attribution((SHE,), (place("said"),), (CONTENT,))]))
CAST = Cast(READER, [COURT, SHE])


def test_nobody_is_named_in_what_a_pronoun_reports() -> None:
    torres = make_candidate("Torres", animate=True)
    assert weigh_against(READER, SHE, [CONTENT], [], CAST, [torres])[torres.span] > 0
    assert not weigh_against(READER, SHE, [], [], CAST, [torres])


def test_what_hangs_on_a_speaker_is_not_the_speaker() -> None:
    bern = make_candidate("Bern", animate=False)
    assert weigh_against(READER, SHE, [], [COURT], CAST, [bern])[bern.span] > 0


def test_who_spoke_before_may_speak_again() -> None:
    text = "They said so. They added this. It rained."
    reader = Reader(annotate(text))
    first = Span(0, 4)
    cast = Cast(reader, [first])
    (again,) = find_speakers(reader, Span(14, 18), [first], cast, lambda head: False)
    assert (again.span, again.plural, again.speaks) == (first, True, True)
    assert not find_speakers(reader, Span(31, 33), [first], cast, lambda head: False)
