from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.base import Entity, Word
from onrecord.extract.entities import mend_entities
from onrecord.records import Span


def mend(text: str, *entities: tuple[str, str]) -> list[tuple[str, str]]:
    """What becomes of the given names of a text whose capitalised words are all proper nouns."""
    spans = [Entity(Span(text.index(name), text.index(name) + len(name)), label) for name, label in entities]
    words, at = [], 0
    for form in text.split():
        begin = text.index(form, at)
        at = begin + len(form)
        words.append(Word(Span(begin, at), "PROPN" if form[0].isupper() and form != "The" else "NOUN"))
    return [(entity.span.of(text), entity.label) for entity in mend_entities(text, words, spans)]


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        (
            "The Justice Department and the Labor Department opened an inquiry.",
            [("The Justice Department and the Labor Department", "ORG")],
            [("The Justice Department", "ORG"), ("Labor Department", "ORG")],
        ),
        ("Russian Finance Minister Anton Lind said so.", [("Russian", "PERSON"), ("Anton Lind", "PERSON")],
         [("Russian", "NORP"), ("Anton Lind", "PERSON")]),
        ("China's Foreign Ministry spoke.", [("China", "GPE"), ("'s Foreign Ministry", "ORG")],
         [("China", "GPE"), ("Foreign Ministry", "ORG")]),
        ("Later French said so.", [("French", "PERSON")], [("French", "PERSON")]),
        ("Greenland Mining bought the harbour.", [], [("Greenland Mining", "ORG")]),
        ("The Baltic Star, a tabloid, printed them.", [], [("Baltic Star", "ORG")]),
        ("Today Harbour closed.", [], []),
        ("They met the Ministry of Health today.", [("of Health", "ORG")], [("Ministry of Health", "ORG")]),
        ("They met R. K. Solanke today.", [("Solanke", "PERSON")], [("R. K. Solanke", "PERSON")]),
        ("They met Hartung & Voss today.", [("Hartung &", "ORG"), ("Voss", "PERSON")], [("Hartung & Voss", "ORG")]),
        ("They met the Secondary Teachers' League.", [("' League", "ORG")], [("Secondary Teachers' League", "ORG")]),
        ("A pupil, Tobi Salako, 17, met them.", [("Tobi Salako", "ORG")], [("Tobi Salako", "PERSON")]),
        ("Half of the town left.", [("of", "ORG")], [("of", "ORG")]),
        ("Tom Jones of the Ministry of Health and Safety spoke.", [("Ministry of Health and Safety", "ORG")],
         [("Tom Jones", "ORG"), ("Ministry of Health and Safety", "ORG")]),
    ],
)  # fmt: skip
def test_mended(text: str, given: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> None:
    assert mend(text, *given) == wanted


@given(st.text(alphabet="Ab ,.'\n-", max_size=60))
def test_spans_read_back_and_do_not_overlap(text: str) -> None:
    found = [entity.span for entity in mend_entities(text, [Word(Span(0, 1), "PROPN")], [])]
    assert all(span.of(text) for span in found)
    assert all(a.end <= b.begin for a, b in pairwise(found))
