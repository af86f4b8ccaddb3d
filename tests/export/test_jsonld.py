"""schema.org as pyld reads it: known types, known properties where schema.org has them, no dangling reference."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
from pyld import jsonld

from onrecord.export import export_ledger
from onrecord.ledger import Ledger
from onrecord.query import count_all
from onrecord.query.walk import Cut
from tests.export.contexts import load_locally

Export = Callable[[str], Path]

# the properties of each type that we use, its parents' among them (schema.org, release 29)
THING = {"name", "description", "url", "identifier", "alternateName"}
WORK = THING | {"text", "genre", "keywords", "inLanguage", "publisher", "author", "creditText", "isBasedOn", "isPartOf"}
WORK |= {"citation", "datePublished", "dateCreated", "dateModified"}
PROPERTIES = {
    "NewsArticle": WORK | {"headline"},
    "Quotation": WORK | {"spokenByCharacter"},
    "Claim": WORK | {"appearance", "firstAppearance", "claimInterpreter"},
    "Person": THING,
    "Organization": THING,
    "GovernmentOrganization": THING,
    "Thing": THING,
}
REFERENCE = {"type": "object", "required": ["@id"], "properties": {"@id": {"pattern": "^urn:onrecord:"}}}
SCHEMA = {
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {
            "items": {
                "required": ["@id", "@type"],
                "oneOf": [
                    {
                        "properties": {"@type": {"const": "NewsArticle"}, "headline": {"type": "string"}},
                        "required": ["identifier"],
                    },
                    {
                        "properties": {"@type": {"const": "Quotation"}, "isPartOf": REFERENCE},
                        "required": ["text", "spokenByCharacter", "isPartOf"],
                    },
                    {
                        "properties": {
                            "@type": {"const": "Claim"},
                            "appearance": {"type": "array", "items": REFERENCE, "minItems": 1},
                            "firstAppearance": REFERENCE,
                        },
                        "required": ["text", "appearance"],
                    },
                ],
            }
        },
    },
}


def read_graph(path: Path) -> list[dict[str, Any]]:
    form = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(form, SCHEMA)
    graph: list[dict[str, Any]] = jsonld.expand(form, {"documentLoader": load_locally})
    return graph


def short(term: str) -> str:
    return term.removeprefix("http://schema.org/")


def check_node(node: dict[str, Any]) -> None:
    if "@type" not in node:
        assert set(node) <= {"@id", "@value"}
        return
    if "@value" in node:
        return
    (kind,) = node["@type"]
    assert {short(key) for key in node if not key.startswith("@")} <= PROPERTIES[short(kind)]
    for key, values in node.items():
        if not key.startswith("@"):
            for value in values:
                check_node(value)


def test_types_and_properties_are_those_of_schema_org(ledger: Ledger, export: Export) -> None:
    graph = read_graph(export("jsonld"))
    for node in graph:
        check_node(node)
    kinds = [short(node["@type"][0]) for node in graph]
    counts = count_all(ledger)
    assert kinds.count("NewsArticle") == counts.documents
    assert kinds.count("Quotation") == counts.statements
    assert kinds.count("Claim") == counts.claims


def test_no_reference_leads_nowhere(export: Export) -> None:
    graph = read_graph(export("jsonld"))
    known = {node["@id"] for node in graph}
    assert len(known) == len(graph)
    for node in graph:
        for name in ("isPartOf", "appearance", "firstAppearance", "citation"):
            assert {value["@id"] for value in node.get(f"http://schema.org/{name}", [])} <= known


def test_nothing_is_rated(export: Export) -> None:
    text = export("jsonld").read_text(encoding="utf-8")
    assert not any(word in text for word in ("ClaimReview", "Rating", "reviewRating", "ratingValue"))


def test_the_first_appearance_is_the_earliest(made_up: Ledger, tmp_path: Path) -> None:
    export_ledger(made_up, "jsonld", tmp_path / "out", cut=Cut(outlet="@outlet"))
    graph = read_graph(tmp_path / "out")
    (claim,) = (node for node in graph if short(node["@type"][0]) == "Claim")
    (first,) = claim["http://schema.org/firstAppearance"]
    # the page of the cut has no date, so the one outside of it was first
    assert first["@id"] not in {node["@id"] for node in graph}
    assert "deckhands asserts, Anna Belov denies. 1 independent source in 2" in str(claim)
