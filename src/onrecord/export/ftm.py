"""FollowTheMoney: articles, the parties that speak in them, and who is on record for what, as entities, one a line.

| record | entity |
| --- | --- |
| document | Article |
| named source | Person or PublicBody where the page tells, else LegalEntity; one for all documents |
| unnamed source | LegalEntity, one for each document: "officials" here are not the "officials" there |
| statement | Documentation, from the article to the root, with the act as `role` |
| link of a chain | Mention in its article, resolved to its party |
| claim | Note on the parties that take a position on it, with the articles as `proof` |
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

import pycountry
from followthemoney import model

from onrecord.export.json_stream import dump_json
from onrecord.export.parties import Party, find_party
from onrecord.export.records import Records, describe_via, find_url
from onrecord.ids import make_id
from onrecord.query import Quote, ShownDocument
from onrecord.records import Claim, Source

SCHEMATA = {Party.PERSON: "Person", Party.PUBLIC_BODY: "PublicBody", Party.UNKNOWN: "LegalEntity"}
KEY = "onrecord"


def write(records: Records, stream: TextIO) -> None:
    """Entities in the form that `ftm` reads; the same entity may come more than once, to be merged by its id."""
    for entity in _iter_entities(records):
        stream.write(dump_json(entity.to_dict()) + "\n")


def _iter_entities(records: Records) -> Iterator[Any]:
    for shown in records.documents():
        yield _make_article(shown)
        written: set[str] = set()
        for quote in shown.quotes:
            for link in quote.statement.chain:
                party = _make_party(link, shown.document.id)
                if party.id not in written:
                    written.add(party.id)
                    yield party
                    yield _make_mention(link, party, shown.document.id)
            yield _make_documentation(quote)
    for claim in records.claims():
        quotes = records.quotes(statement for position in claim.positions for statement in position.statements)
        parties = {
            party.id: party
            for quote in quotes.values()
            for party in [_make_party(quote.statement.root, quote.statement.document_id)]
        }
        yield from parties.values()  # they may stand in documents that are not written
        yield _make_note(claim, list(parties))


def _make_entity(schema: str, entity_id: str, **properties: Any) -> Any:
    entity = model.make_entity(schema, key_prefix=KEY)
    entity.id = f"{KEY}-{entity_id}"
    for name, value in properties.items():
        entity.add(name, value)
    return entity


def _make_article(shown: ShownDocument) -> Any:
    document = shown.document
    return _make_entity(
        "Article",
        document.id,
        fileName=document.address,
        title=document.title,
        publisher=document.outlet,
        publishedAt=document.published.value if document.published else None,
        author=document.author,
        language=_find_language(document.language),
        sourceUrl=find_url(shown),
        retrievedAt=document.first_seen,
        bodyText=document.text,
        encoding=document.encoding,
    )


def _make_party(source: Source, document_id: str) -> Any:
    return _make_entity(
        SCHEMATA[find_party(source)],
        _find_party_id(source, document_id),
        name=source.name,
        wikidataId=source.name_id if source.name_id and source.name_id.startswith("Q") else None,
        summary=source.role or (None if source.named else "unnamed source"),
    )


def _make_mention(source: Source, party: Any, document_id: str) -> Any:
    return _make_entity(
        "Mention",
        make_id("m", document_id, party.id),
        document=f"{KEY}-{document_id}",
        name=source.name,
        resolved=party.id,
        detectedSchema=party.schema.name,
    )


def _make_documentation(quote: Quote) -> Any:
    statement = quote.statement
    return _make_entity(
        "Documentation",
        statement.id,
        document=f"{KEY}-{statement.document_id}",
        entity=f"{KEY}-{_find_party_id(statement.root, statement.document_id)}",
        role=statement.act.value,
        status=[statement.polarity.value, statement.certainty.value],
        summary=quote.content,
        description=describe_via(statement) or None,
        date=quote.day,
        recordId=statement.id,
    )


def _make_note(claim: Claim, parties: list[str]) -> Any:
    stands = [
        f"{position.root} {position.stance.value}" + (", taken back" if position.withdrawn else "")
        for position in claim.positions
    ]
    return _make_entity(
        "Note",
        claim.id,
        name=claim.text,
        alias=claim.variants,
        summary=f"{claim.status.value}: {'; '.join(stands)}",
        description=stands,
        entity=parties,
        proof=[f"{KEY}-{document}" for document in claim.documents],
    )


def _find_party_id(source: Source, document_id: str) -> str:
    name = source.name.casefold()
    return make_id("p", name) if source.named else make_id("p", document_id, name)


def _find_language(code: str | None) -> str | None:
    """The code of three letters that the format has for a language."""
    language = pycountry.languages.get(alpha_2=code.partition("-")[0]) if code else None
    return language.alpha_3 if language else None
