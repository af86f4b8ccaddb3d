"""brat standoff as pybrat reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pybrat.parser import BratParser

from onrecord.export import export_ledger
from onrecord.export.brat import make_configuration
from onrecord.ledger import Ledger
from onrecord.query import count_all
from onrecord.query.walk import Cut, iter_documents
from onrecord.records import Act

Export = Callable[[str], Path]


def read_folder(folder: Path) -> dict[str, Any]:
    # the list of files is of .txt and .ann alone
    configuration = folder / "annotation.conf"
    words = configuration.read_text(encoding="utf-8")
    configuration.unlink()
    parsed = {Path(example.id).name: example for example in BratParser(error="raise").parse(folder)}
    configuration.write_text(words, encoding="utf-8")
    return parsed


def test_pybrat_reads_what_the_ledger_holds(ledger: Ledger, export: Export) -> None:
    examples = read_folder(export("brat"))
    with ledger.read() as connection:
        documents = {shown.document.id: shown for shown in iter_documents(connection, Cut())}
    assert set(examples) == set(documents)
    assert sum(len(example.events) for example in examples.values()) == count_all(ledger).statements
    for name, example in examples.items():
        shown = documents[name]
        assert len(example.text) == len(shown.document.text)
        assert example.text.split() == shown.document.text.split()
        for entity in example.entities:
            pieces = [example.text[span.start : span.end] for span in entity.spans]
            assert " ".join(pieces) == entity.mention
            assert not any("\n" in piece for piece in pieces)
        wanted = sorted(" ".join(quote.content.replace(" … ", " ").split()) for quote in shown.quotes)
        contents = [event.arguments[0].mention for event in example.events]
        assert sorted(" ".join(words.split()) for words in contents) == wanted


def test_one_document_in_full(made_up: Ledger, tmp_path: Path) -> None:
    export_ledger(made_up, "brat", tmp_path / "brat")
    path = next(path for path in (tmp_path / "brat").glob("*.ann") if "deckhands" in path.read_text(encoding="utf-8"))
    lines = path.read_text(encoding="utf-8").splitlines()
    events = [line for line in lines if line.startswith("E")]
    assert [re.sub(r"T\d+", "T", line) for line in events] == [
        "E1\tStatement:T Content:T Source:T Via:T",
        "E2\tStatement:T Content:T Source:T",
        "E3\tStatement:T Content:T Outer:E1",
    ]
    assert any(re.match(r"T\d+\tContent \d+ \d+;\d+ \d+\tIt will not sail$", line) for line in lines)
    assert "A4\tAct E2 deny" in lines
    assert "A5\tPolarity E2 negative" in lines
    assert any(line.endswith("The Island Post → two deckhands") for line in lines if line.startswith("#1"))


def test_the_configuration_names_every_type(export: Export) -> None:
    folder = export("brat")
    configuration = (folder / "annotation.conf").read_text(encoding="utf-8")
    assert configuration == make_configuration()
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", configuration, re.DOTALL))
    assert set(sections) == {"entities", "relations", "events", "attributes"}
    for path in folder.glob("*.ann"):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind = line.split("\t")[1].split()[0].split(":")[0]
            section = {"T": "entities", "E": "events", "A": "attributes", "#": ""}[line[0]]
            assert not section or re.search(rf"^{kind}\b", sections[section], re.MULTILINE)


@pytest.mark.parametrize("act", Act)
def test_every_act_is_a_value(act: Act) -> None:
    assert re.search(rf"^Act .*\b{act}\b", make_configuration(), re.MULTILINE)
