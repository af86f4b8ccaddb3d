from __future__ import annotations

from onrecord.extract.conventions import split_hearsay, to_reports
from onrecord.extract.reports import Reader, Report
from onrecord.records import Span
from tests.extract.words import annotate


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words if w)


def read(text: str, source: str, cue: str, *content: str) -> list[dict[str, list[str]]]:
    report = Report(spans(text, source), spans(text, cue), spans(text, *content))
    return [
        {name: [s.of(text) for s in getattr(r, name)] for name in ("source", "cue", "content")}
        for r in to_reports(Reader(annotate(text)), report)
    ]


def test_the_tail_of_a_cue_goes_back_to_the_content() -> None:
    text = "The agency refused to say anything about the fire."
    [report] = read(text, "The agency", "refused to say anything about", "the fire")
    assert report["cue"] == ["refused"]
    assert report["content"] == ["to say anything about the fire"]


def test_the_idea_that_is_left_out_of_the_content() -> None:
    text = "The firm rejected the idea that the mine was unsafe."
    [report] = read(text, "The firm", "rejected", "the idea that the mine was unsafe")
    assert report["content"] == ["the mine was unsafe"]


def test_a_dateline_belongs_to_nobody() -> None:
    text = "OSLO (NTB) - The mine was unsafe, police said."
    [report] = read(text, "police", "said", "OSLO (NTB) - The mine was unsafe")
    assert report["content"] == ["The mine was unsafe"]


def test_each_paragraph_of_a_quotation_is_a_report() -> None:
    text = "“It was unsafe,” he said.\n\n“It was old.\n\n“It was closed.”"
    first, second, third = read(text, "he", "said", "“It was unsafe,”", "“It was old.\n\n“It was closed.”")
    assert first["content"] == ["“It was unsafe,”"]
    assert second == {"source": ["he"], "cue": [], "content": ["“It was old."]}
    assert third["content"] == ["“It was closed.”"]


def test_a_cue_without_a_source_takes_the_one_beside_it() -> None:
    text = "“It was unsafe,” said the bishop."
    [report] = read(text, "", "said", "“It was unsafe,”")
    assert report["source"] == ["the bishop"]


def test_a_relative_pronoun_stands_for_its_antecedent() -> None:
    text = "The mine, which police said was unsafe, is shut."
    [report] = read(text, "police", "said", "which", "was unsafe")
    assert report["content"] == ["The mine", "was unsafe"]


def test_hearsay_about_speech_is_two_reports() -> None:
    text = "The bishop reportedly said the mine was unsafe."
    report = Report(spans(text, "The bishop"), spans(text, "reportedly said"), spans(text, "the mine was unsafe"))
    found = split_hearsay(Reader(annotate(text)), report)
    assert found is not None
    outer, inner = found
    assert outer.source == ()
    assert [s.of(text) for s in outer.content] == ["The bishop", "said", "the mine was unsafe"]
    assert [s.of(text) for s in inner.cue] == ["said"]
