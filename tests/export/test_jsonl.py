"""JSON Lines: what is read again is equal to what was written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from onrecord.export import export_ledger, jsonl
from onrecord.ledger import Ledger
from onrecord.query import get_statement
from onrecord.query.walk import Cut, iter_claims, iter_documents

Export = Callable[[str], Path]


def test_records_come_back_as_they_were(ledger: Ledger, export: Export) -> None:
    with export("jsonl").open(encoding="utf-8") as lines:
        read = list(jsonl.read(lines))
    written: list[object] = []
    with ledger.read() as connection:
        for shown in iter_documents(connection, Cut()):
            written += [shown.document, *(quote.statement for quote in shown.quotes)]
        written += iter_claims(connection, Cut())
    assert read == written


def test_the_rarest_fields_are_in_it(made_up: Ledger, tmp_path: Path) -> None:
    """Equality says nothing about fields that are empty on both sides."""
    path = tmp_path / "out.jsonl"
    export_ledger(made_up, "jsonl", path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {line["type"] for line in lines} == {"document", "statement", "claim"}
    sail = next(line for line in lines if line.get("content") == "It will … not sail")
    statement = get_statement(made_up, sail["id"]).quote.statement
    assert statement.addressee
    assert sail["addressee"]["name"] == "reporters"
    assert sail["chain"][0]["name_id"] == "Q42"
    assert (sail["venue"], sail["stands_for"]) != (None, [])
    assert sail["said"] == {"date": "2022-03-14", "span": None, "precision": "day"}
    claim = lines[-1]
    assert (claim["copies"], claim["echoes"]) != ([], [])
