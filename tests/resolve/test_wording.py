"""Negation, figures and names of a content."""

from __future__ import annotations

import pytest

from onrecord.resolve.wording import (
    drop_questions,
    find_denied,
    find_names,
    find_negation,
    find_stems,
    iter_pieces,
    stem,
)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Eastland asked for tanks", False),
        ("Eastland has not asked for tanks", True),
        ("We are not in talks with Norvik, nor with its owners", True),
        ("That Eastland had fired was an invention", True),
        ("There is no such plan", True),
        ("It is not true that the plant will close", True),
        ("He left because he was not paid", False),
        ("Not only the bridge was closed", False),
        ("The runner failed a test", False),
        ("The company failed to warn anybody", True),
        ("The dam opened its gates without warning", False),
        ("The line was without power", True),
        ("The keeper didn't hesitate to open the lock", False),
        ("It is not unusual for the lock to jam", False),
        ("The keeper was unable to open the lock", True),
        ("The keeper was dismissed for refusing to open the lock", False),
        ("The keeper refused to open the lock", True),
        ("rumours that the lock had jammed were 'totally untrue", True),
        ('the lock had jammed 20 times last year, "and not once more', False),
        ('the ship asked to be let through "and we said no', False),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    assert find_negation(text)[1] is negated


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("They were no diplomats, they were spies", ["They were no diplomats", "they were spies"]),
        (
            "the board had looked at both and had found no link",
            ["the board had looked at both", "the board had found no link"],
        ),
        ("She may not stay for long: she is going to quit", ["She may not stay for long", "she is going to quit"]),
        (
            "There were four fires, and there is nothing wrong with the cell",
            ["There were four fires", "there is nothing wrong with the cell"],
        ),
        ("It was Mr. Lind who left. Sen. Moe stayed", ["It was Mr. Lind who left", "Sen. Moe stayed"]),
        (
            "the lock isn't to everyone's liking but my sister opened it",
            ["the lock isn't to everyone's liking", "my sister opened it"],
        ),
        ("He refused to stop and as a result he was fined", ["He refused to stop", "he was fined"]),
        (
            "This is not a war on the north, but a war on hunger",
            ["This is not a war on the north, but a war on hunger"],
        ),
        ("The keeper did not say when the lock would open", ["The keeper did not say when the lock would open"]),
        ("the board had looked at both and had found a link", ["the board had looked at both and had found a link"]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert list(iter_pieces(text)) == pieces


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The lock was not opened", "open"),
        ("The keeper refused to open the lock", "open"),
        ("The keeper has opened the lock", ""),
        ("There was nothing", ""),
    ],
)
def test_what_a_negation_bears_on(text: str, denied: str) -> None:
    assert find_denied(text) == denied


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Did you hear it? It was a shot", "It was a shot"),
        ("It was a shot. Did you hear it? Did he? No.", "It was a shot. No."),
        ("Who knows?", "Who knows?"),
    ],
)
def test_who_asks_and_answers_puts_forward_the_answer(text: str, kept: str) -> None:
    assert drop_questions(text) == kept


def test_what_was_called_false_is_kept_without_the_verdict() -> None:
    assert find_negation("That Eastland had fired was an invention")[0] == "That Eastland had fired"


def test_names() -> None:
    assert find_names("The Foreign Ministry in Kasta said Oleg Baran's car was stolen") == (
        "Foreign Ministry",
        "Kasta",
        "Oleg Baran",
    )


def test_stems_of_one_word() -> None:
    assert stem("closing") == stem("closed") == stem("shut")
    assert find_stems("the plants were closed") == find_stems("plant closes")
