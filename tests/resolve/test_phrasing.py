"""A content as a sentence of its own: whom its pronoun stands for, and who does what to whom."""

from __future__ import annotations

import pytest

from onrecord.records import Source, Span
from onrecord.resolve.phrasing import fill_subject, find_parties, find_people_before, trim

PEOPLE = ("Olga Prokop", "Pavel Torres", "Peter Novak")


@pytest.mark.parametrize(
    ("content", "filled"),
    [
        ("it has asked Westmark for tanks", "Eastland has asked Westmark for tanks"),
        ("it was looking for them", "Eastland was looking for them"),
        ("it was Westmark that asked for tanks", "Westmark asked for tanks"),
        ("it was the army's planes", "it was the army's planes"),
        ("it is true that there were tanks", "it is true that there were tanks"),
    ],
)
def test_it_is_the_body_only_where_it_stands_for_one(content: str, filled: str) -> None:
    assert fill_subject(content, "Eastland", Source(Span(0, 8), "Eastland", named=True), ()) == filled


@pytest.mark.parametrize(
    ("content", "quoted", "filled"),
    [
        ("she would resign", False, "Olga Prokop would resign"),
        ("he would resign", False, "Peter Novak would resign"),
        ("She used it for years", True, "She used it for years"),
        ("He used it for years", True, "Peter Novak used it for years"),
        ("It stood in the fridge", False, "It stood in the fridge"),
        ("I saw it", True, "Olga Prokop saw it"),
    ],
)
def test_a_person_says_she_of_oneself_only_in_the_words_of_others(content: str, quoted: bool, filled: str) -> None:
    root = Source(Span(0, 11), "Olga Prokop", named=True)
    assert fill_subject(content, root.name, root, PEOPLE, quoted=quoted) == filled


def test_people_before_a_place_are_in_full() -> None:
    text = "Olga Prokop left the City Council. Prokop and Peter Novak said: He knew."
    names = ("Olga Prokop", "City Council", "Prokop", "Peter Novak")
    assert find_people_before(text, text.index("He knew"), names) == ("Olga Prokop", "Olga Prokop", "Peter Novak")


def test_with_whom_something_is_done_is_not_whom_it_is_done_to() -> None:
    core = "Sel Noir fixed prices with Halden against Orsted"
    assert find_parties(core, ["Sel Noir", "Halden", "Orsted"]) == (frozenset({"sel noir"}), frozenset({"orsted"}))


@pytest.mark.parametrize(
    ("content", "who", "filled"),
    [
        ("I am sending this", "Ana Moe", "Ana Moe is sending this"),
        ("I'm staying", "Ana Moe", "Ana Moe is staying"),
        ("I never deny it", "Ana Moe", "Ana Moe never denies it"),
        ("I don't know", "Ana Moe", "Ana Moe doesn't know"),
        ("we have no plans", "the ministry", "the ministry has no plans"),
        ("we were never asked", "three former cooks", "three former cooks were never asked"),
        ("I'll go", "Ana Moe", "Ana Moe will go"),
    ],
)
def test_the_verb_agrees_with_whom_a_first_person_stands_for(content: str, who: str, filled: str) -> None:
    assert fill_subject(content, who, Source(None, who, named=True), (), quoted=True) == filled


def test_no_place_is_taken_for_a_person() -> None:
    text = "Ana Moe lives in South Africa. She"
    assert find_people_before(text, len(text), ("Ana Moe", "South Africa")) == ("Ana Moe",)


@pytest.mark.parametrize(
    ("content", "trimmed"),
    [
        ("that the plant will close.", "the plant will close"),
        ("and that the plant will close", "the plant will close"),
        ("and want to be paid in yuan", "want to be paid in yuan"),
        ("that is untrue", "that is untrue"),
    ],
)
def test_the_words_that_open_a_content(content: str, trimmed: str) -> None:
    assert trim(content) == trimmed
