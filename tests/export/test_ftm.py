"""FollowTheMoney entities, validated by its own library and read by its own command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from followthemoney.exc import InvalidData

from onrecord.export import export_ledger
from onrecord.export.parties import Party, find_party
from onrecord.ledger import Ledger
from onrecord.query import count_all
from onrecord.query.walk import Cut
from onrecord.records import Source

Export = Callable[[str], Path]


def read_entities(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_entity_is_valid(ledger: Ledger, export: Export) -> None:
    entities = read_entities(export("ftm"))
    merged: dict[str, Any] = {}
    for entity in entities:
        schema = model.get(entity["schema"])
        assert schema is not None
        schema.validate({"properties": entity["properties"]})
        proxy = model.get_proxy(entity, cleaned=False)
        # what its own cleaning keeps is all that we wrote
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }
        known = merged.setdefault(entity["id"], proxy)
        if known is not proxy:
            known.merge(proxy)
    kinds = [proxy.schema.name for proxy in merged.values()]
    counts = count_all(ledger)
    assert kinds.count("Article") == counts.documents
    assert kinds.count("Documentation") == counts.statements
    assert kinds.count("Note") == counts.claims


def test_its_validation_would_complain() -> None:
    with pytest.raises(InvalidData):
        model.get("Mention").validate({"properties": {"name": ["nobody"]}})  # type: ignore[union-attr]


def test_entities_refer_to_entities(export: Export) -> None:
    entities = read_entities(export("ftm"))
    schemata = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    for entity in entities:
        schema = schemata[entity["id"]]
        assert schema is not None
        for name, values in entity["properties"].items():
            range_ = schema.properties[name].range
            for value in values if range_ else ():
                assert schemata[value].is_a(range_), (entity["schema"], name, value)


def test_its_command_reads_them(made_up: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "entities.json"
    export_ledger(made_up, "ftm", path)
    command = [str(Path(sys.executable).with_name("ftm")), "validate", "-i", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert len(done.stdout.splitlines()) == len(read_entities(path))


def test_unnamed_sources_are_one_for_each_document(made_up: Ledger, tmp_path: Path) -> None:
    export_ledger(made_up, "ftm", tmp_path / "out")
    entities = read_entities(tmp_path / "out")
    named = [entity for entity in entities if entity["properties"].get("name") == ["Anna Belov"]]
    assert {entity["schema"] for entity in named} == {"Person", "Mention"}
    assert named[0]["properties"]["wikidataId"] == ["Q42"]
    note = next(entity for entity in entities if entity["schema"] == "Note")
    assert note["properties"]["summary"] == ["disputed: two deckhands asserts; Anna Belov denies"]
    assert len(note["properties"]["entity"]) == 2


def test_a_claim_brings_the_parties_of_other_documents_along(made_up: Ledger, tmp_path: Path) -> None:
    export_ledger(made_up, "ftm", tmp_path / "out", cut=Cut(outlet="@outlet"))
    entities = read_entities(tmp_path / "out")
    note = next(entity for entity in entities if entity["schema"] == "Note")
    assert set(note["properties"]["entity"]) <= {entity["id"] for entity in entities}


@pytest.mark.parametrize(
    ("name", "role", "named", "party"),
    [
        ("Anna Belov", "a spokeswoman", True, Party.PERSON),
        ("Dmitry Peskov", "Kremlin spokesman", True, Party.PERSON),
        ("Kremlin", None, True, Party.PUBLIC_BODY),
        ("Foreign Ministry", None, True, Party.PUBLIC_BODY),
        ("Rheinkurier", "German newspaper", True, Party.UNKNOWN),
        ("Anna Belov", None, True, Party.UNKNOWN),
        ("officials", "spokesmen", False, Party.UNKNOWN),
    ],
)
def test_what_kind_of_party_it_is(name: str, role: str | None, named: bool, party: Party) -> None:
    assert find_party(Source(None, name, named, role)) is party
