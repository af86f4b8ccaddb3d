"""Web Annotations against the model's own demands, and expanded by pyld."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pyld import jsonld

from onrecord.export import export_ledger
from onrecord.export.webannotation import CONTEXT
from onrecord.ledger import Ledger
from onrecord.query import count_all
from onrecord.query.walk import Cut, iter_documents
from tests.export.contexts import load_locally

Export = Callable[[str], Path]
OA = "http://www.w3.org/ns/oa#"
SCHEMA = json.loads((Path(__file__).parent / "webannotation.schema.json").read_text())


def test_it_holds_to_the_model(export: Export) -> None:
    collection = json.loads(export("webannotation").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(collection)
    assert collection["total"] == len(collection["first"]["items"])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("motivation", "shouting"),
        ("type", "Note"),
        ("target", []),
        ("id", "no uri"),
        ("body", [{"type": "TextualBody"}]),
    ],
)
def test_the_schema_tells_right_from_wrong(made_up: Ledger, tmp_path: Path, place: str, value: Any) -> None:
    export_ledger(made_up, "webannotation", tmp_path / "out")
    collection = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    collection["first"]["items"][0][place] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(collection)


def test_both_selectors_find_the_words(ledger: Ledger, export: Export) -> None:
    collection = json.loads(export("webannotation").read_text(encoding="utf-8"))
    with ledger.read() as connection:
        texts = {f"urn:onrecord:{s.document.id}": s.document.text for s in iter_documents(connection, Cut())}
    found = 0
    for annotation in collection["first"]["items"]:
        targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
        for target in targets:
            text = texts[target["source"]["id"]]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            begin = text.index(quote["prefix"] + quote["exact"] + quote["suffix"]) + len(quote["prefix"])
            assert text[begin : begin + len(quote["exact"])] == quote["exact"]
            found += 1
    assert found >= count_all(ledger).statements > 0


def test_every_key_has_a_meaning(ledger: Ledger, export: Export) -> None:
    """pyld drops what the context does not know; nothing may get lost."""
    collection = json.loads(export("webannotation").read_text(encoding="utf-8"))
    (expanded,) = jsonld.expand(collection, {"documentLoader": load_locally})
    annotations = expanded["https://www.w3.org/ns/activitystreams#first"][0][
        "https://www.w3.org/ns/activitystreams#items"
    ]
    items = annotations[0]["@list"]
    assert len(items) == count_all(ledger).statements
    for item in items:
        assert item["@type"] == [OA + "Annotation"]
        assert item[OA + "motivatedBy"] == [{"@id": OA + "describing"}]
        for target in item[OA + "hasTarget"]:
            assert {selector["@type"][0] for selector in target[OA + "hasSelector"]} == {
                OA + "TextQuoteSelector",
                OA + "TextPositionSelector",
            }
            (source,) = target[OA + "hasSource"]
            assert source["@id"].startswith("urn:onrecord:d")
    assert count_keys(collection) == count_keys(expanded)


def count_keys(value: Any) -> int:
    """Keys that say something about a thing, in JSON as written or as expanded."""
    skipped = {"@context", "id", "@id", "type", "@type", "@value", "@list", "@language"}
    if isinstance(value, dict):
        return sum((key not in skipped) + count_keys(one) for key, one in value.items())
    return sum(map(count_keys, value)) if isinstance(value, list) else 0


def test_the_context_is_the_standard_one(export: Export) -> None:
    assert json.loads(export("webannotation").read_text(encoding="utf-8"))["@context"] == CONTEXT
