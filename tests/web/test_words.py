from __future__ import annotations

import pytest

from onrecord.query import make_quote
from onrecord.records import Claim, Position, Stance, Status
from onrecord.web.words import (
    count,
    count_dots,
    name_status,
    part_sides,
    show_day,
    show_days,
    show_name,
    show_span,
    show_words,
    trim_quotes,
)
from tests.factories import make_document, make_statement


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2022-03-14", "14 March 2022"),
        ("2022-03-14T09:00:00-04:00", "14 March 2022"),
        ("2022-03", "March 2022"),
        ("2022", "2022"),
        (None, ""),
        ("soon", "soon"),
        ("2022-99-99", "2022-99-99"),
    ],
)
def test_days_are_as_precise_as_they_are(value: str | None, words: str) -> None:
    assert show_day(value) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-03-13", "2022-03-25", "13–25 March 2022"),
        ("2022-03-13", "2022-04-02", "13 March to 2 April 2022"),
        ("2021-12-31", "2022-01-01", "31 December 2021 to 1 January 2022"),
        ("2022-03-13", "2022-03-13", "13 March 2022"),
        ("2022-03", "2022-03-13", "March 2022 to 13 March 2022"),
        (None, "2022-03-13", "13 March 2022"),
        (None, None, ""),
    ],
)
def test_spans_of_days_say_what_they_share_once(first: str | None, last: str | None, words: str) -> None:
    assert show_days(first, last) == words


def test_counts() -> None:
    assert (count(1, "copy", "copies"), count(2, "copy", "copies"), count(2300, "page")) == (
        "1 copy",
        "2 copies",
        "2,300 pages",
    )


@pytest.mark.parametrize(
    ("documents", "voices", "dots"),
    [(11, 1, (1, 10, 0)), (2, 3, (3, 0, 0)), (0, 0, (0, 0, 0)), (100, 2, (2, 22, 76)), (100, 90, (24, 0, 76))],
)
def test_dots_stand_for_voices_and_for_documents_that_repeat_them(
    documents: int, voices: int, dots: tuple[int, int, int]
) -> None:
    assert count_dots(documents, voices) == dots


def test_quotation_marks_and_folders_are_left_away() -> None:
    assert trim_quotes("“It is an invention,”") == "It is an invention,"
    assert trim_quotes("that it rained") == "it rained"
    assert trim_quotes("“”") == "“”"
    assert trim_quotes("it is “a lie told a hundred times”") == "it is “a lie told a hundred times”"
    assert trim_quotes('it is "a lie told twice"') == 'it is "a lie told twice"'
    assert trim_quotes("„Es war «nichts»“") == "Es war «nichts»"
    assert show_name("https://island.example/news/1.html") == "1.html"


@pytest.mark.parametrize(
    ("status", "voices", "label"),
    [
        (Status.SINGLE_SOURCE, 1, "One voice"),
        (Status.SINGLE_SOURCE, 0, "No voice"),
        (Status.SINGLE_SOURCE, None, "One voice"),
        (Status.RETRACTED, 0, "Taken back"),
    ],
)
def test_a_claim_that_nobody_asserts_has_no_voice(status: Status, voices: int | None, label: str) -> None:
    assert name_status(status, voices)[0] == label


def test_sides_and_days_of_a_claim() -> None:
    held, left, denied = (
        Position("c", root, True, stance, (), (), first, last, back)
        for root, stance, first, last, back in (
            ("Belov", Stance.ASSERTS, "2022-03-14", "2022-03-15", False),
            ("Dorn", Stance.ASSERTS, "2022-03-13", None, True),
            ("Falk", Stance.DENIES, None, "2022-03-25", False),
        )
    )
    claim = Claim("c", "it rained", Status.DISPUTED, (held, left, denied), 1, ())
    assert part_sides(claim) == ([held], [denied], [left])
    assert show_span(claim) == "13–25 March 2022"


@pytest.mark.parametrize(
    ("content", "cue", "words"),
    [
        ("answer", "did not", "did not answer"),
        ("the flight", "would not comment on", "would not comment on the flight"),
        ("No", "told", "No … told"),
        ("the tide is out", "said", "the tide is out"),
        ("comment", "had no comment", "had no comment"),
    ],
)
def test_few_words_stand_with_their_cue(content: str, cue: str, words: str) -> None:
    text = (
        "Diop had no comment. Biden did not answer. NATO would not comment on the flight. “No,” Peskov told us. "
        "Belov said the tide is out."
    )
    document = make_document(text)
    quote = make_quote(make_statement(document, content, cue=cue), document)
    assert show_words(quote) == words
