from __future__ import annotations

import time
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.blocks import find_blocks, parse_attributes

PIECES = """<p> </p> <div•class='a•b'> </div> <br> <b> </b> &amp; &eacute &#8220; &nope; & <!--•x•>•y•--> < > " ' = •
\xa0 <script>if(a<b){}</script> <a•href="x>y"> </a> Minister sagte “Nein” 50•% <li> <td <h2> </h2> <![CDATA[ <! </"""
markup = st.lists(st.sampled_from([piece.replace("•", " ") for piece in PIECES.split()]), max_size=40).map("".join)


@settings(max_examples=60, deadline=None)
@given(markup | st.text(max_size=60))
def test_every_run_reads_back_its_words(source: str) -> None:
    for block in find_blocks(source):
        position = 0
        assert block.text == block.text.strip()
        for run in block.mapped.runs:
            assert run.text.begin == position
            position = run.text.end
            words, raw = run.text.of(block.text), run.raw.of(source)
            assert unescape(raw).split() == words.split() or words == " "
        assert position == len(block.text)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<p>A <b>bold</b>\n  word</p>", ["A bold word"]),
        ("<li>a<li>b</ul>c", ["a", "b", "c"]),
        ("caf&eacute; &amp; bar&nbsp;5", ["café & bar 5"]),
        ("<script>var a = '<p>no</p>';</script><style>p{}</style><p>yes</p>", ["yes"]),
        ('<a title="a > b">link</a> text', ["link text"]),
        ("3 < 4 and 5 > 4", ["3 < 4 and 5 > 4"]),
        ("<title>not here</title><p>here", ["here"]),
        ("<p>unclosed <!-- comment", ["unclosed"]),
        ("zero&#8203;width&shy;", ["zerowidth"]),
    ],
)
def test_cases(source: str, texts: list[str]) -> None:
    assert [block.text for block in find_blocks(source)] == texts


def test_blocks_know_their_elements_links_and_level() -> None:
    (heading, teaser) = find_blocks('<main><h2>Head</h2><aside class="Related"><a href="/x">Go</a> on</aside></main>')
    assert heading.level == 2
    assert teaser.linked == 2
    assert [(element.name, element.marks) for element in teaser.path] == [("main", ""), ("aside", "related")]


def test_attributes() -> None:
    assert parse_attributes(""" a="1" B='2&amp;' c=3 d a="no" """) == {"a": "1", "b": "2&", "c": "3", "d": ""}


@pytest.mark.parametrize("piece", ['<a ="', "<p class='", "<", "<!--", "<div>", "</div>", "&", "<script>", "<![CDATA["])
def test_hostile_pages_take_linear_time(piece: str) -> None:
    start = time.perf_counter()
    find_blocks(piece * 20_000)
    assert time.perf_counter() - start < 10
