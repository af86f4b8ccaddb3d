from __future__ import annotations

import pytest

from onrecord.resolve.replies import calls_untrue, find_reply, find_verdict, is_feeling


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("That is simply not the case.", False),
        ("Nonsense", False),
        ("Not true", False),
        ("This is a complete fabrication.", False),
        ("Not a word of it is true", False),
        ("It's not true at all", False),
        ("No", False),
        ("That never happened", False),
        ("The report is false", False),
        ("These allegations are baseless and malicious", False),
        ("We deny that", False),
        ("There is no truth to these reports", False),
        ("The claims by the union are wrong", False),
        ("That is untrue, and he knows it", False),
        ("I categorically reject these accusations", False),
        ("Lies from start to finish", False),
        ("The union has it wrong", False),
        ("Yes, it's true", True),
        ("Yes", True),
        ("That is correct", True),
        ("They're right", True),
        ("I can confirm that", True),
        ("We confirm this", True),
        ("No one was hurt", None),
        ("Nothing was found", None),
        ("It is closed", None),
        ("We never met him", None),
        ("That is a pity", None),
        ("They are wrong to do it", None),
        ("It's not true that we knew", None),
        ("Right now we are waiting", None),
        ("Never again will we do this", None),
        ("Fake passports were seized", None),
    ],
)
def test_yes_and_no_and_what_says_something_else(sentence: str, says: bool | None) -> None:
    assert find_reply(sentence) is says


@pytest.mark.parametrize(
    ("content", "cue", "what"),
    [
        ("it a good day", "called", "a good day"),
        ("those men as candidates", "think of", "candidates"),
        ("them as evidence of bias", "casting", "evidence of bias"),
        ("that figure a fairy tale", "called", "a fairy tale"),
        ("it from a teacher", "heard", ""),
        ("that Iran makes weapons", "declared", ""),
        ("That makes us strong", "thinks", ""),
        ("it a vote", "called for", ""),
        ("him enter the house", "saw", ""),
        ("the bridge a ruin", "called", ""),
        ("that", "called", ""),
    ],
)
def test_what_somebody_calls_a_thing(content: str, cue: str, what: str) -> None:
    assert find_verdict(content, cue) == what


def test_a_verdict_that_calls_it_untrue() -> None:
    assert calls_untrue("that figure a fairy tale", "called")
    assert calls_untrue("a joke", "spoke of")
    assert not calls_untrue("it a good day", "called")
    assert not calls_untrue("him a joke", "called")


@pytest.mark.parametrize(("cue", "feels"), [
    ("was pleased with", True),
    ("has drawn concern from", True),
    ("made several statements on", True),
    ("raised concerns about", True),
    ("drew criticism from", True),
    ("was fearing", True),
    ("insisted on", False),
    ("lied about", False),
    ("wanton", False),
    ("pleaded", False),
])  # fmt: skip
def test_what_somebody_feels(cue: str, feels: bool) -> None:
    assert is_feeling(cue) is feels
