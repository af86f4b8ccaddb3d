from __future__ import annotations

import pytest

from onrecord.resolve.replies import find_reply


@pytest.mark.parametrize(
    "sentence",
    [
        "That is simply not the case.",
        "Nonsense",
        "Not true",
        "This is a complete fabrication.",
        "Not a word of it is true",
        "It's not true at all",
        "No",
        "That never happened",
        "The report is false",
        "These allegations are baseless and malicious",
        "We deny that",
        "There is no truth to these reports",
        "The claims by the union are wrong",
        "That is untrue, and he knows it",
        "I categorically reject these accusations",
        "Lies from start to finish",
        "The union has it wrong",
    ],
)
def test_says_no(sentence: str) -> None:
    assert find_reply(sentence) is False


@pytest.mark.parametrize(
    "sentence", ["Yes, it's true", "Yes", "That is correct", "They're right", "I can confirm that", "We confirm this"]
)
def test_says_yes(sentence: str) -> None:
    assert find_reply(sentence) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "No one was hurt",
        "Nothing was found",
        "It is closed",
        "We never met him",
        "That is a pity",
        "They are wrong to do it",
        "It's not true that we knew",
        "Right now we are waiting",
        "Never again will we do this",
        "Fake passports were seized",
    ],
)
def test_says_something_else(sentence: str) -> None:
    assert find_reply(sentence) is None
