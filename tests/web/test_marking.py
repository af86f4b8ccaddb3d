"""An article in pieces is the article: no word is lost, none is shown twice, and each statement is marked whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.query import make_quote
from onrecord.records import Act, Leftover, Run, Source, Span, Statement
from onrecord.web.marking import Block, LeftOut, mark_document
from tests.factories import make_document

texts = st.text(alphabet="ab \n.é\u202e", min_size=1, max_size=120)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    text = draw(texts)
    document = make_document(text)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: Span(*sorted(ends)))
    filled = spans.filter(lambda span: len(span) > 0)
    statements = []
    for nth in range(draw(st.integers(0, 6))):
        content = tuple(draw(st.lists(filled, min_size=1, max_size=3)))
        cue = tuple(draw(st.lists(filled, max_size=2)))
        source = Source(draw(st.none() | filled), "Anna", True)
        statements.append(Statement(f"s{nth}", document.id, content, cue, (source,), act=Act.ASSERT))
    return text, statements


@settings(deadline=None)
@given(pages())
def test_pieces_are_the_text_and_carry_their_roles(page: tuple[str, list[Statement]]) -> None:
    text, statements = page
    document = make_document(text)
    quotes = [make_quote(statement, document) for statement in statements]
    blocks = [block for block in mark_document(document, quotes, text) if isinstance(block, Block)]
    shown = "".join("".join(piece.text for piece in block.pieces) for block in blocks)
    assert [*shown.replace("\n", "")] == [*"".join(text[block.begin : block.end] for block in blocks)]
    assert "".join(shown.split()) == "".join(text.split())
    for statement in statements:
        wanted = {offset for span in statement.content for offset in range(span.begin, span.end)}
        marked: set[int] = set()
        for block in blocks:
            offset = block.begin
            for piece in block.pieces:
                if "content" in piece.roles and statement.id in piece.statements:
                    marked |= set(range(offset, offset + len(piece.text)))
                offset += len(piece.text)
        visible = {offset for block in blocks for offset in range(block.begin, block.end)}
        own_roles = {
            offset
            for span in (*statement.cue, *(link.span for link in statement.chain if link.span))
            for offset in range(span.begin, span.end)
        }
        assert wanted & visible <= marked
        # what is marked beyond its own content is its cue or source inside somebody else's content
        assert marked - wanted <= own_roles


@settings(deadline=None)
@given(pages())
def test_each_statement_opens_and_is_told_at_most_once(page: tuple[str, list[Statement]]) -> None:
    text, statements = page
    document = make_document(text)
    quotes = [make_quote(statement, document) for statement in statements]
    pieces = [p for block in mark_document(document, quotes, text) if isinstance(block, Block) for p in block.pieces]
    opened = [one for piece in pieces for one in piece.opens]
    told = [piece.tells.statement.id for piece in pieces if piece.tells]
    assert len(opened) == len(set(opened))
    assert len(told) == len(set(told))


def test_what_was_left_out_stands_where_it_stood() -> None:
    text, raw_text = "One.\n\nTwo.\n", "<nav>Menu</nav>\nOne.\n\n<div>Buy</div>\n\nTwo.\nFooter"
    ones, twos = raw_text.index("One."), raw_text.index("Two.")
    document = make_document(
        text,
        origin=(Run(Span(0, 6), Span(ones, ones + 6)), Run(Span(6, 11), Span(twos, twos + 5))),
        leftovers=(
            Leftover(Span(0, 15), "menu"),
            Leftover(Span(ones + 6, ones + 20), "advert"),
            Leftover(Span(twos + 5, len(raw_text)), "footer"),
        ),
    )
    blocks = mark_document(document, (), raw_text)
    shown = [block.text if isinstance(block, LeftOut) else block.pieces[0].text for block in blocks]
    assert shown == ["Menu", "One.", "Buy", "Two.", "Footer"]
