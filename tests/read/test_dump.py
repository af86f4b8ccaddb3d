from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import DocumentError
from onrecord.read import read_document
from onrecord.records import Raw
from onrecord.settings import Settings

SPECIMEN = Path(__file__).parents[3] / "shared" / "data" / "specimen.txt"


@pytest.mark.skipif(not SPECIMEN.is_file(), reason=f"{SPECIMEN} is absent")
def test_the_specimen_keeps_its_paragraphs_and_loses_the_rest() -> None:
    source = SPECIMEN.read_text(encoding="utf-8")
    document = read_document(Raw("specimen.txt", source.encode()), settings=Settings())
    assert document.title == source.splitlines()[0]
    assert [heading.span.of(document.text) for heading in document.headings] == [
        "Beijing is trying to remain neutral",
        "Russia is running out of foreign exchange",
    ]
    for line in source.splitlines():
        if len(line) > 100 and not line.startswith(">>"):
            assert line.strip() in document.text
    for words in ("Top jobs", "Find the best", "notified by email", "(Photo", "Read here", "More: Dance", "site-17"):
        assert words not in document.text
    for caption in ("Vladimir Putin with Xi Jinping", "maintain a good relationship"):
        assert caption not in document.text


def test_a_known_title_is_taken_out_of_the_text_only_where_it_stands_there() -> None:
    text = "The mayor said on Monday that the report was wrong.\n\nShe would not say more, and left for the council."
    with_title = Raw("a", f"Mayor speaks\n\n{text}".encode(), title="Mayor speaks")
    without = Raw("b", text.encode(), title="Mayor speaks")
    assert read_document(with_title, settings=Settings()).text == text
    assert read_document(without, settings=Settings()).text == text


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("Mayor closes bridge\n\nAnna Berg said on Monday that the bridge will be closed.", "Mayor closes bridge"),
        # what is nearly as long as all that follows is no title but the first thing said
        ("Kovac told reporters that the plant would close\n\nMara Lind, of the union, said that was a lie.", None),
        ("“We will close the bridge,” Anna Berg said\nThe union called it a lie.", None),
        ("Anna Berg said the ferry sank:\nit had been overloaded, she told the paper.", None),
    ],
)
def test_a_short_note_keeps_every_line(note: str, title: str | None) -> None:
    document = read_document(Raw("a", note.encode()), settings=Settings())
    assert document.title == title
    lines = [line for line in note.splitlines() if line and line != title]
    assert document.text == "\n\n".join(lines)


def test_blank_text_is_no_document() -> None:
    with pytest.raises(DocumentError):
        read_document(Raw("a", b" \n "), settings=Settings())
