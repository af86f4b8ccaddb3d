from __future__ import annotations

import pytest

from onrecord.extract.pointing import POINTER, find_antecedents
from onrecord.extract.reports import Reader, Report
from onrecord.records import Act, Span
from tests.extract.words import annotate


@pytest.mark.parametrize(
    "content",
    [
        "this",
        "It",
        "them",
        "the charges",
        "these allegations",
        "such false claims",
        "all the accusations",
        "his remarks",
    ],
)
def test_what_points_back(content: str) -> None:
    assert POINTER.match(content)


@pytest.mark.parametrize(
    "content", ["China for aid", "the bridge", "thistles", "its neighbours", "the charges against him"]
)
def test_what_does_not(content: str) -> None:
    assert not POINTER.match(content)


def test_what_somebody_withdraws_is_what_went_before_in_the_same_words() -> None:
    text = '"Four thousand was one side. I withdraw it," Moe said.'
    words, it = Span(1, text.index(',"')), Span(text.index("it,"), text.index("it,") + 2)
    said = Report((place(text, "Moe"),), (place(text, "said"),), (words,))
    taken_back = Report((place(text, "I"),), (place(text, "withdraw"),), (it,), outer=0, rule="taken back")
    found = find_antecedents(Reader(annotate(text)), [said, taken_back], ["Moe", "Moe"], [Act.ASSERT, Act.DENY])
    assert [span.of(text) for span in found[1]] == ["Four thousand was one side."]


def place(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))
