"""Copies told from near misses, on events as several outlets tell them: tests/resolve/copies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from onrecord.records import Document, Moment
from onrecord.resolve.copies import Sketch, make_sketch, match_documents
from tests.factories import make_document

FOLDER = Path(__file__).with_name("copies")
GERMAN = re.compile(r"\b(?:und|der|die|wurde)\b")


@dataclass(frozen=True)
class Article:
    story: str
    key: str
    original: str  # the key of what it repeats, its own where it repeats nothing
    document: Document

    @property
    def name(self) -> str:
        return f"{self.story}-{self.key}"

    @property
    def family(self) -> str:
        return f"{self.story}-{self.original}"


def read_articles() -> list[Article]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text("utf-8").split("=== ")[1:]:
            head, _, text = part.partition("\n")
            key, outlet, day, kind = (field.strip() for field in head.split("|"))
            language = "de" if len(GERMAN.findall(text)) > 8 else "en"
            document = make_document(
                text.strip(),
                address=f"{path.stem}/{key}",
                outlet=outlet,
                published=Moment(day, "given"),
                language=language,
            )
            original = re.match(r"copy (\w+)", kind)
            found.append(Article(path.stem, key, original[1] if original else key, document))
    return found


ARTICLES = read_articles()
BY_NAME = {article.name: article for article in ARTICLES}
COPIES = [article for article in ARTICLES if article.original != article.key]
OTHERS = [(a, b) for a, b in combinations(ARTICLES, 2) if a.story == b.story and a.family != b.family]


def sketch(article: Article, **fields: object) -> Sketch:
    return make_sketch(article.document)


@pytest.mark.parametrize("copy", COPIES, ids=lambda article: article.name)
def test_a_copy_is_found_with_its_original(copy: Article) -> None:
    original = BY_NAME[copy.family]
    edge = match_documents(sketch(copy), sketch(original))
    assert edge is not None
    assert (edge.left, edge.right) == (copy.document.id, original.document.id)
    assert match_documents(sketch(original), sketch(copy)) == edge


@pytest.mark.parametrize(("one", "other"), OTHERS, ids=lambda article: article.name)
def test_what_somebody_wrote_himself_is_no_copy(one: Article, other: Article) -> None:
    assert match_documents(sketch(one), sketch(other)) is None


def test_nothing_is_a_copy_of_another_story() -> None:
    for a, b in combinations(ARTICLES, 2):
        if a.story != b.story:
            assert match_documents(sketch(a), sketch(b)) is None, (a.name, b.name)


def test_there_are_enough_of_each() -> None:
    assert len(COPIES) >= 20
    assert len(OTHERS) >= 20


def test_the_lead_counts_and_a_short_page_whole() -> None:
    lead = (
        "The humpback whale that was washed ashore on Sunday was killed by a ship. "
        "The vet, who cut it open, found four broken ribs."
    )
    first = make_document(f"{lead}\n\nThe bones go to a museum.", address="a.txt", title="Whale hit", outlet="Fyn Post")
    second = make_document(lead, address="b.txt", title="Killed by a ship", outlet="Nature News")
    assert match_documents(make_sketch(first), make_sketch(second)) is not None


def test_who_cites_an_outlet_for_the_same_names_in_order_is_no_copy() -> None:
    told = (
        "Ann Lee of Norvik Foods met Tom Berg in Oslo on 3 May and offered 40 million for the mill, the Fyn Post has "
        "learned from two people who sat there. They took notes until the morning. The mill grinds oats for half "
        "of the country, and its owner is said to be tired of quarrels with the bank and with neighbours."
    )
    cited = (
        "(Fyn Post) Did Ann Lee of Norvik Foods really go to see Tom Berg? In Oslo, on 3 May, 40 million seems little. "
        "Shareholders shrugged, analysts laughed, and shares closed where they had opened before this rumour. What "
        "remains is an old question: why does nobody build new silos, when harvests grow and lorries queue for hours?"
    )
    first = make_document(told, address="a.txt", title="Offer", outlet="Fyn Post")
    second = make_document(cited, address="b.txt", title="Doubts", outlet="Market Desk")
    assert match_documents(make_sketch(first), make_sketch(second)) is None
