"""Extraction as a whole on words alone: what holds whatever the span finder says."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract import Extractor
from onrecord.extract.base import Attribution
from onrecord.records import Document, Kind, Moment, Span
from tests.extract.words import WordAnnotator, annotate

TEXT = (
    'Anna Berg told reporters on Sunday in Berlin that "the dam was closed" and Peter Lang said it was not.\n\n'
    "“We may go,” he added. The claims were denied through his lawyer, who reportedly wants to leave.\n\n"
    "“One, he said that they said no,\n\n“and two.” According to the ministry, it is expected to rain in May 2021."
)


def document(text: str, number: int = 0) -> Document:
    return Document(f"d{number}", f"p{number}", "", text, published=Moment("2022-03-14"))


def span_of(text: str, words: str) -> tuple[Span, ...]:
    begin = text.index(words)
    return (Span(begin, begin + len(words)),)


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    return Attribution(
        span_of(text, source) if source else (), span_of(text, cue) if cue else (), span_of(text, content)
    )


@st.composite
def attributions(draw: st.DrawFn) -> list[Attribution]:
    words = [w.span for w in annotate(TEXT).words]

    def spans(least: int) -> tuple[Span, ...]:
        places = sorted(draw(st.lists(st.integers(0, len(words) - 2), min_size=least, max_size=2, unique=True)))
        found: list[Span] = []
        for place in places:
            end = draw(st.integers(place, min(place + 12, len(words) - 1)))
            if not found or words[place].begin >= found[-1].end:
                found.append(Span(words[place].begin, words[end].end))
        return tuple(found)

    return [Attribution(spans(0), spans(0), spans(1)) for _ in range(draw(st.integers(0, 6)))]


@settings(max_examples=150, deadline=None)
@given(attributions())
def test_any_attributions_give_sound_statements(given: list[Attribution]) -> None:
    statements = Extractor(WordAnnotator({TEXT: given})).extract_statements(document(TEXT))
    ids = [s.id for s in statements]
    assert len(set(ids)) == len(ids)
    for statement in statements:
        assert statement.chain
        assert all(link.name for link in statement.chain)
        assert statement.content
        assert statement.outer is None or statement.outer in ids
        assert statement.outer != statement.id
        for span in (*statement.content, *statement.cue, *statement.stands_for):
            assert 0 <= span.begin < span.end <= len(TEXT)
            assert span.of(TEXT).strip()


def test_a_statement_in_full() -> None:
    text = 'Anna Berg told CNN on Sunday that the dam was "closed for good" in 2019.'
    given = attribution(text, "Anna Berg", "told", 'that the dam was "closed for good" in 2019')
    [statement] = Extractor(WordAnnotator({text: [given]})).extract_statements(document(text))
    assert statement.kind is Kind.MIXED
    assert statement.said is not None
    assert statement.said.date == "2022-03-13"
    assert [t.date for t in statement.speaks_of] == ["2019"]
    assert statement.addressee is not None
    assert statement.addressee.name == "CNN"
    assert {reason.field for reason in statement.because} >= {"act", "polarity", "said"}
    assert statement.made_by == "words"


def test_the_venue() -> None:
    text = "Anna Berg said at a press conference in Berlin that the dam was closed."
    given = attribution(text, "Anna Berg", "said", "that the dam was closed")
    [statement] = Extractor(WordAnnotator({text: [given]})).extract_statements(document(text))
    assert statement.venue is not None
    assert statement.venue.of(text) == "at a press conference in Berlin"


def test_a_content_that_points_back() -> None:
    text = "Anna Berg said the bank was bankrupt by May. The minister denied the report."
    given = [
        attribution(text, "Anna Berg", "said", "the bank was bankrupt by May"),
        attribution(text, "The minister", "denied", "the report"),
    ]
    _, denial = Extractor(WordAnnotator({text: given})).extract_statements(document(text))
    assert [s.of(text) for s in denial.stands_for] == ["the bank was bankrupt by May"]


def test_inner_and_outer_are_linked() -> None:
    text = "Anna Berg said Peter Lang told her that the dam was closed."
    given = attribution(text, "Anna Berg", "said", "Peter Lang told her that the dam was closed")
    outer, inner = Extractor(WordAnnotator({text: [given]})).extract_statements(document(text))
    assert inner.outer == outer.id
    assert len(inner.chain) == 2


def test_documents_are_read_lazily_in_batches() -> None:
    seen = 0

    def documents() -> Iterator[Document]:
        nonlocal seen
        for number in range(100):
            seen += 1
            yield document("Nothing.", number)

    annotator = WordAnnotator()
    found = Extractor(annotator).extract(documents())
    assert next(found) == ()
    assert seen < 100
    assert len(list(found)) == 99
    assert max(annotator.calls) > 1


def test_a_document_comes_out_the_same_alone_and_in_a_batch() -> None:
    text = "Anna Berg said the dam was closed."
    annotator = WordAnnotator({text: [attribution(text, "Anna Berg", "said", "the dam was closed")]})
    alone = Extractor(annotator).extract_statements(document(text))
    batch = list(Extractor(annotator).extract([document("Nothing.", 1), document(text)]))
    assert batch == [(), alone]


def test_too_unsure_statements_are_left_out() -> None:
    text = "Anna Berg said the dam was closed."
    given = attribution(text, "Anna Berg", "said", "the dam was closed")
    unsure = Attribution(given.source, given.cue, given.content, 0.2)
    assert Extractor(WordAnnotator({text: [unsure]}), min_confidence=0.5).extract_statements(document(text)) == ()
