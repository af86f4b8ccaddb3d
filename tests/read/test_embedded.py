from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import find_raw_span, read_document
from onrecord.read.embedded import find_embedded_body
from onrecord.records import Raw, Span
from onrecord.settings import Settings

BODY = (
    "The ferry company rejected the charge on Wednesday. \u201cWe have paid every invoice,\u201d its director said.\n"
    "The port had claimed that three months' fees were missing. A court is to hear both sides in June.\n"
    "Passengers have so far not been affected, the company added, and tickets for the summer remain valid."
)


def page(body: str, *, ascii_only: bool) -> str:
    article = json.dumps({"@type": "NewsArticle", "headline": "Fees", "articleBody": body}, ensure_ascii=ascii_only)
    return (
        f'<html><head><script type="application/ld+json">{article}</script></head>'
        '<body><div id="app"></div><footer><p>Contact</p></footer></body></html>'
    )


def test_a_page_drawn_by_scripts_is_read_from_its_json() -> None:
    source = page(BODY, ascii_only=True)
    document = read_document(Raw("page.html", source.encode()), settings=Settings())
    assert document.text == BODY.replace("\n", "\n\n")
    begin = document.text.index("“We")
    span = find_raw_span(document.origin, Span(begin, begin + 3))
    assert span is not None
    assert span.of(source) == "\\u201cWe"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=4), st.booleans())
def test_the_words_are_those_of_the_string(lines: list[str], ascii_only: bool) -> None:
    body = "\n".join(line.replace("<", "").replace("\0", "") for line in lines)
    paragraphs = find_embedded_body(page(body, ascii_only=ascii_only))
    assert (
        "".join(one.text for one in paragraphs).split() == "".join(part.strip() for part in body.split("\n")).split()
        or "\r" in body
    )


def test_none_where_there_is_none() -> None:
    assert find_embedded_body("<p>text</p>") == []
    assert find_embedded_body('<script type="application/ld+json">{"articleBody": "</script>') == []
