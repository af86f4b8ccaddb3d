"""W3C Web Annotation (Recommendation of 23 February 2017): one annotation for each statement, on the cleaned text.

The target's source is that text, which the quotations and positions are exact in; `scope` is the page on the web.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from onrecord.export.json_stream import dump_json, write_object
from onrecord.export.records import Records, describe_via, find_url, make_urn
from onrecord.query import Quote, ShownDocument
from onrecord.records import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AFFIX_CHARACTERS = 32  # before and after a quotation, to find it again in a text that has changed a little


def write(records: Records, stream: TextIO) -> None:
    """An AnnotationCollection with all annotations on its one page."""
    first = {"id": make_urn("annotations:1"), "type": "AnnotationPage", "startIndex": 0}
    head = {
        "@context": CONTEXT,
        "id": make_urn("annotations"),
        "type": "AnnotationCollection",
        "label": "Statements on record",
    }
    stream.write(dump_json(head)[:-1] + ', "first": ')
    total = write_object(stream, first, "items", _iter_annotations(records))
    stream.write(f', "total": {total}}}\n')


def _iter_annotations(records: Records) -> Iterator[dict[str, Any]]:
    for shown in records.documents():
        for quote in shown.quotes:
            yield _make_annotation(quote, shown)


def _make_annotation(quote: Quote, shown: ShownDocument) -> dict[str, Any]:
    statement, document = quote.statement, shown.document
    targets = [_make_target(span, shown) for span in statement.content]
    annotation: dict[str, Any] = {
        "id": make_urn(statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": statement.made_by or "onrecord"},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": "en",
                "value": _describe(quote),
            },
            *(
                {"type": "TextualBody", "purpose": "tagging", "value": f"{name}: {value}"}
                for name, value in (
                    ("act", statement.act.value),
                    ("polarity", statement.polarity.value),
                    ("certainty", statement.certainty.value),
                )
            ),
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }
    if document.first_seen:
        annotation["created"] = document.first_seen
    return annotation


def _describe(quote: Quote) -> str:
    """ "Anna Belov, via the Courier, on 2022-03-14 (deny)"."""
    parts = [quote.statement.root.name, describe_via(quote.statement), f"on {quote.day}" if quote.day else ""]
    return f"{', '.join(part for part in parts if part)} ({quote.statement.act.value})"


def _make_target(span: Span, shown: ShownDocument) -> dict[str, Any]:
    document = shown.document
    text = document.text
    source = {"id": make_urn(document.id), "type": "Text", "format": "text/plain"}
    if document.language:
        source["language"] = document.language
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.begin - AFFIX_CHARACTERS) : span.begin],
                "suffix": text[span.end : span.end + AFFIX_CHARACTERS],
            },
            {"type": "TextPositionSelector", "start": span.begin, "end": span.end},
        ],
    }
    url = find_url(shown)
    return target | ({"scope": url} if url else {})
