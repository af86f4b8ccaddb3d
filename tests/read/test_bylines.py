from __future__ import annotations

import pytest

from onrecord.read.bylines import clean_author, find_agency, find_byline


@pytest.mark.parametrize(
    ("author", "paragraphs", "agency"),
    [
        ("Jane Roe, Associated Press", [], "Associated Press"),
        ("Reuters", [], "Reuters"),
        (None, ["WASHINGTON (AP) — The president said no."], "Associated Press"),
        (None, ["(Reuters) - Shares fell."], "Reuters"),
        (None, ["PARIS, May 3 (AFP) - Le ministre a dit non."], "AFP"),
        (None, ["The committee (APEC) met - again."], None),
        (None, ["He told AP that he would not go."], None),
        (None, ["One.", "Two.", "Source: dpa"], "dpa"),
        ("Jane Roe", ["Text."], None),
    ],
)
def test_agencies(author: str | None, paragraphs: list[str], agency: str | None) -> None:
    assert find_agency(author, paragraphs) == agency


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("Jane Roe; AFP", "Jane Roe, AFP"),
        ("https://www.facebook.com/outlet", None),
        ("  Jane \n Roe ", "Jane Roe"),
        ("", None),
    ],
)
def test_authors(author: str, name: str | None) -> None:
    assert clean_author(author) == name


def test_byline_is_a_line_of_its_own() -> None:
    assert find_byline(["Share", "By Jane Roe and Tom Poe"]) == "Jane Roe and Tom Poe"
    assert find_byline(["By Monday, the talks had failed. Nobody was surprised."]) is None
