from __future__ import annotations

import pytest

from onrecord.resolve.replies import find_reply


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
