"""schema.org as JSON-LD: NewsArticle, Quotation and Claim. No rating: onrecord reports and gives no verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from onrecord.export.json_stream import write_object
from onrecord.export.parties import Party, find_party
from onrecord.export.records import Records, describe_via, find_url, is_url, make_urn
from onrecord.query import Quote, ShownDocument
from onrecord.records import Claim, Kind, Source

CONTEXT = "https://schema.org"
TYPES = {Party.PERSON: "Person", Party.PUBLIC_BODY: "GovernmentOrganization", Party.UNKNOWN: "Thing"}
KINDS = {Kind.DIRECT: "direct speech", Kind.INDIRECT: "indirect speech", Kind.MIXED: "partly direct speech"}

Node = dict[str, Any]


def write(records: Records, stream: TextIO) -> None:
    """One graph: each article with its quotations, then the claims with their appearances."""
    write_object(stream, {"@context": CONTEXT}, "@graph", _iter_nodes(records))
    stream.write("\n")


def _iter_nodes(records: Records) -> Iterator[Node]:
    for shown in records.documents():
        yield _make_article(shown)
        for quote in shown.quotes:
            yield _make_quotation(quote)
    for claim in records.claims():
        yield _make_claim(claim, records)


def _make_article(shown: ShownDocument) -> Node:
    document = shown.document
    return _filled(
        {
            "@id": make_urn(document.id),
            "@type": "NewsArticle",
            "headline": document.title,
            "datePublished": document.published.value if document.published else None,
            "inLanguage": document.language,
            "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
            "author": {"@type": "Person", "name": document.author} if document.author else None,
            "creditText": document.agency,
            "url": find_url(shown),
            "identifier": document.address,
            "isBasedOn": document.based_on if is_url(document.based_on) else None,
        }
    )


def _make_quotation(quote: Quote) -> Node:
    statement = quote.statement
    return _filled(
        {
            "@id": make_urn(statement.id),
            "@type": "Quotation",
            "text": quote.content,
            "genre": KINDS[statement.kind],
            "spokenByCharacter": _make_party(statement.root),
            "description": describe_via(statement) or None,
            "dateCreated": quote.day,
            "keywords": [statement.act.value, statement.polarity.value, statement.certainty.value],
            "isPartOf": {"@id": make_urn(statement.document_id)},
        }
    )


def _make_party(source: Source) -> Node:
    return _filled({"@type": TYPES[find_party(source)], "name": source.name, "description": source.role})


def _make_claim(claim: Claim, records: Records) -> Node:
    heads = records.heads(claim.documents)
    dated = [(head.published, head.id) for head in heads.values() if head.published]
    statements = dict.fromkeys(statement for position in claim.positions for statement in position.statements)
    days = [day for position in claim.positions for day in (position.first, position.last) if day]
    return _filled(
        {
            "@id": make_urn(claim.id),
            "@type": "Claim",
            "text": claim.text,
            "alternateName": list(claim.variants),
            "description": _describe(claim),
            "appearance": [{"@id": make_urn(document)} for document in claim.documents],
            "firstAppearance": {"@id": make_urn(min(dated)[1])} if dated else None,
            "citation": [{"@id": make_urn(statement)} for statement in statements],
            "dateCreated": min(days, default=None),
            "dateModified": max(days, default=None),
        }
    )


def _describe(claim: Claim) -> str:
    """ "On record: A asserts, B denies. 1 independent source in 3 documents." """
    stands = [f"{position.root} {position.stance.value}" for position in claim.positions if not position.withdrawn]
    sources = f"{claim.independent_roots} independent source{'' if claim.independent_roots == 1 else 's'}"
    documents = f"{len(claim.documents)} document{'' if len(claim.documents) == 1 else 's'}"
    return f"On record: {', '.join(stands) or 'nobody any more'}. {sources} in {documents}."


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [])}
