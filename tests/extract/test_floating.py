from __future__ import annotations

from onrecord.extract.floating import attach_quotations
from onrecord.extract.reports import Reader, Report
from onrecord.records import Span
from tests.extract.words import annotate


def attach(text: str) -> list[list[str]]:
    words = ("he", "said", "“The old mine is unsafe,”")
    source, cue, content = (Span(text.index(w), text.index(w) + len(w)) for w in words)
    found = attach_quotations(Reader(annotate(text)), [Report((source,), (cue,), (content,))])
    return [[s.of(text) for s in report.content] for report in found]


def test_a_quotation_in_the_same_paragraph_is_taken_in() -> None:
    assert attach("“The old mine is unsafe,” he said. “We will close it this year.”") == [
        ["“The old mine is unsafe,”", "“We will close it this year.”"]
    ]


def test_a_quotation_that_fills_the_next_paragraph_is_its_own() -> None:
    assert attach("“The old mine is unsafe,” he said.\n\n“We will close it this year.”") == [
        ["“The old mine is unsafe,”"],
        ["“We will close it this year.”"],
    ]


def test_a_few_quoted_words_are_nobody_s_statement() -> None:
    assert attach("“The old mine is unsafe,” he said. It is a “great loss” to all.") == [["“The old mine is unsafe,”"]]
