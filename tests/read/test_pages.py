"""Pages as folders: tests/pages/NAME holds a page and what must come of it.

`complaint` counts the threads in which users of other tools asked for it: publisher metadata dropped (4), pages told
apart by title alone (6), teasers inside the body (7), doubled bodies (8), text that stops at a quotation (9), no way
back to the page (10), agencies dropped from bylines and impossible dates (11), stray quotation marks (13).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.read import find_raw_span, read_document
from onrecord.records import Document, Raw, Span
from onrecord.settings import Settings

PAGES = Path(__file__).parents[1] / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir())


def read_page(name: str) -> tuple[Document, str, dict[str, Any]]:
    path = next((PAGES / name).glob("page.*"))
    raw = Raw(f"{name}/{path.name}", path.read_bytes())
    document = read_document(raw, settings=Settings())
    expected = json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))
    return document, raw.content.decode(document.encoding), expected


@pytest.mark.parametrize("name", NAMES)
def test_page_reads_as_expected(name: str, request: pytest.FixtureRequest) -> None:
    document, _, expected = read_page(name)
    if "known_miss" in expected:
        request.applymarker(pytest.mark.xfail(reason=expected["known_miss"], strict=True))
    for words in expected.get("has", []):
        assert words in document.text
    for words in expected.get("once", []):
        assert document.text.count(words) == 1
    for words in expected.get("lacks", []):
        assert words not in document.text
    for field in ("title", "outlet", "author", "agency", "canonical", "based_on"):
        if field in expected:
            assert getattr(document, field) == expected[field]
    if "published" in expected:
        assert document.published is not None
        assert document.published.value == expected["published"]
        assert document.published.known_by == expected.get("known_by", document.published.known_by)
    if "headings" in expected:
        assert [heading.span.of(document.text) for heading in document.headings] == expected["headings"]


@pytest.mark.parametrize("name", NAMES)
def test_every_word_leads_back_to_the_page(name: str) -> None:
    document, source, _ = read_page(name)
    assert document.origin[0].text.begin == 0
    assert document.origin[-1].text.end == len(document.text)
    position = 0
    for word in document.text.split():
        begin = document.text.index(word, position)
        position = begin + len(word)
        span = find_raw_span(document.origin, Span(begin, position))
        assert span is not None
        found = span.of(source)
        assert found == word or "&" in found or "<" in found


@pytest.mark.parametrize("name", NAMES)
def test_reading_the_text_again_keeps_it(name: str) -> None:
    document, _, _ = read_page(name)
    again = read_document(
        Raw("again", document.text.encode(), media_type="text/plain", title="none"), settings=Settings()
    )
    kept = [line for line in document.text.split("\n") if line.strip()]
    assert [line for line in again.text.split("\n") if line.strip()] == kept


def test_same_title_does_not_make_the_same_document() -> None:
    first, second = read_page("publisher-metadata")[0], read_page("same-title")[0]
    assert first.title == second.title
    assert first.id != second.id
