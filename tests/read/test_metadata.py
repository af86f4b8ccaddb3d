from __future__ import annotations

from datetime import datetime

import pytest

from onrecord.read.blocks import find_blocks
from onrecord.read.metadata import Metadata, read_metadata

NOW = datetime(2026, 11, 23)


def read(head: str, body: str = "") -> Metadata:
    source = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    return read_metadata(source, find_blocks(source), now=NOW)


def json_ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (json_ld('{"@type":"NewsArticle","publisher":{"name":"A"}}'), "outlet", "A"),
        (json_ld('[{"@type":"WebPage"},{"@type":["NewsArticle"],"publisher":[{"name":"B"}]}]'), "outlet", "B"),
        (json_ld('{"@type":"NewsArticle","author":["X Y",{"name":"Z"}]}'), "author", "X Y, Z"),
        (
            json_ld('{"@type":"NewsArticle","isBasedOn":{"@id":"https://w.example/1"}}'),
            "based_on",
            "https://w.example/1",
        ),
        (json_ld('{"@type":"NewsArticle","headline":"A &amp; B"}'), "title", "A & B"),
        (json_ld('{"@type":"NewsArticle","headline":"broken"') + "<title>Whole</title>", "title", "Whole"),
        ('<meta name="DC.publisher" content="C">', "outlet", "C"),
        ('<meta property="article:publisher" content="https://facebook.example/c">', "outlet", None),
        ('<link rel="canonical" href="https://a.example/x">', "canonical", "https://a.example/x"),
        ('<meta name="original-source" content="https://w.example/2">', "based_on", "https://w.example/2"),
        ('<meta name="author" content="By AFP">', "author", "AFP"),
        ("", "language", "en"),
    ],
)
def test_fields(head: str, field: str, value: str | None) -> None:
    assert getattr(read(head), field) == value


def test_byline_of_the_page_where_nothing_is_said_in_the_head() -> None:
    assert read("", '<div class="byline">By Ana Sol and Reuters</div><p>Text.</p>').author == "Ana Sol and Reuters"


def test_an_impossible_date_gives_way_to_the_next() -> None:
    found = read(
        json_ld('{"@type":"NewsArticle","datePublished":"2199-01-01"}') + '<meta name="date" content="2021-02-03">'
    )
    assert found.published is not None
    assert (found.published.value, found.published.known_by) == ("2021-02-03", "date")


def test_modified_is_no_more_than_a_guess_at_published() -> None:
    found = read(json_ld('{"@type":"NewsArticle","dateModified":"2021-02-03"}'))
    assert found.published is not None
    assert found.published.known_by == "htmldate"


@pytest.mark.parametrize("content", ["", "null", "[[[[", '{"@graph": 3}', '{"@type": {"a": 1}}', '"x"', "[" * 5_000])
def test_odd_json_ld_does_no_harm(content: str) -> None:
    assert read(json_ld(content) + "<title>T</title>").title == "T"
