"""The specimen page: what must be found on it whatever the span finder."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.extract import make_extractor
from onrecord.records import Act, Document, Moment, Polarity, Statement
from onrecord.settings import Settings

SPECIMEN = Path(__file__).resolve().parents[3] / "shared" / "data" / "specimen.txt"
pytestmark = pytest.mark.skipif(not SPECIMEN.exists(), reason=f"{SPECIMEN} is not there")


@pytest.fixture(scope="module")
def text() -> str:
    return SPECIMEN.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def statements(text: str) -> tuple[Statement, ...]:
    document = Document("d1", "specimen.txt", "", text, published=Moment("2022-03-14"))
    return make_extractor(Settings()).extract_statements(document)


def find(statements: tuple[Statement, ...], text: str, words: str) -> list[Statement]:
    return [s for s in statements if words in " ".join(c.of(text) for c in (*s.content, *s.stands_for))]


def test_peskov_is_named_in_full(statements: tuple[Statement, ...], text: str) -> None:
    [statement] = find(statements, text, "has not asked China")
    assert statement.root.name == "Dmitry Peskov"


def test_the_reports_rest_on_unnamed_officials(statements: tuple[Statement, ...], text: str) -> None:
    found = find(statements, text, "Russia had asked China for military equipment")
    chains = [[link.name.lower() for link in s.chain] for s in found]
    assert ["several us media", "us officials"] in chains
    assert not any(s.root.named for s in found if s.root.name.lower() == "us officials")


def test_the_ministry_denies_them(statements: tuple[Statement, ...], text: str) -> None:
    found = find(statements, text, "Russia had asked China for military equipment")
    assert any(
        s.act is Act.DENY and s.polarity is Polarity.NEGATIVE and "Foreign Ministry" in s.root.name for s in found
    )


def test_sullivan_is_dated(statements: tuple[Statement, ...], text: str) -> None:
    [statement] = find(statements, text, "closely monitoring")
    assert statement.said is not None
    assert statement.said.date == "2022-03-13"
    assert "Sullivan" in statement.root.name


def test_siluanov_is_the_one_who_said_it(statements: tuple[Statement, ...], text: str) -> None:
    [statement] = find(statements, text, "half of the reserves")
    assert statement.root.name == "Anton Siluanov"
