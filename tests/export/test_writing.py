"""Where an export goes: whole or not at all, and never over something else."""

from __future__ import annotations

import json
import os
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.export import FORMATS, export_ledger, writing
from onrecord.export.records import Records
from onrecord.ledger import Ledger, open_ledger
from onrecord.query import ShownDocument, walk
from onrecord.query.walk import Cut, iter_documents
from tests.factories import make_document, make_raw, make_statement

FILES = [name for name, kind in FORMATS.items() if not kind.folder]
FOLDERS = [name for name, kind in FORMATS.items() if kind.folder]


def fail_late(records: Records) -> Iterator[ShownDocument]:
    """As if the ledger were lost after the first document."""
    yield next(iter_documents(records.connection, records.cut))
    raise ZeroDivisionError


def read_all(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_ledger_gives_the_same_bytes(made_up: Ledger, tmp_path: Path, name: str) -> None:
    steps: list[tuple[int, int]] = []
    counts = export_ledger(made_up, name, tmp_path / "deep" / "one", progress=lambda *step: steps.append(step))
    assert counts == (3, 1 if FORMATS[name].claims else 0)
    assert steps[-1] == (sum(counts), sum(counts))
    export_ledger(made_up, name, tmp_path / "two")
    one, two = read_all(tmp_path / "deep" / "one"), read_all(tmp_path / "two")
    assert list(one.values()) == list(two.values())
    if FORMATS[name].folder:
        assert FORMATS[name].marker in one
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["one"]


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_replaced_without_force(made_up: Ledger, tmp_path: Path, name: str) -> None:
    path = tmp_path / "out"
    export_ledger(made_up, name, path, cut=Cut(outlet="@outlet"))
    before = read_all(path)
    with pytest.raises(RunError, match="--force"):
        export_ledger(made_up, name, path)
    assert read_all(path) == before
    export_ledger(made_up, name, path, force=True)
    assert read_all(path) != before


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_that_breaks_off_leaves_things_as_they_were(
    made_up: Ledger, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    export_ledger(made_up, name, path)
    before = read_all(path)
    monkeypatch.setattr(Records, "documents", fail_late)
    with pytest.raises(ZeroDivisionError):
        export_ledger(made_up, name, path, force=True)
    assert read_all(path) == before
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_something_else_is_left_alone(made_up: Ledger, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    export_ledger(made_up, name, folder)  # empty, so there is nothing to lose
    (folder / "sub").mkdir()
    with pytest.raises(RunError, match="other files"):
        export_ledger(made_up, name, folder, force=True)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("It was")
    with pytest.raises(RunError, match="other files"):
        export_ledger(made_up, name, tmp_path / "thesis", force=True)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "It was"
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="needs a folder"):
        export_ledger(made_up, name, tmp_path / "file", force=True)
    with pytest.raises(RunError, match="folder of files"):
        export_ledger(made_up, name, "-")


@pytest.mark.parametrize("name", FILES)
def test_files_go_to_standard_output_too(
    made_up: Ledger, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    export_ledger(made_up, name, "-")
    export_ledger(made_up, name, tmp_path / "file")
    assert capsys.readouterr().out == (tmp_path / "file").read_text(encoding="utf-8")
    with pytest.raises(RunError, match="is a folder"):
        export_ledger(made_up, name, tmp_path, force=True)


def test_what_cannot_be_written_is_named(made_up: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("csv", "jsonl"):
        with pytest.raises(RunError, match="cannot be written"):
            export_ledger(made_up, name, tmp_path / "file" / "out")


def test_a_missing_library_is_named_with_its_extra(
    made_up: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_name: str) -> object:
        raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow")

    monkeypatch.setattr(writing, "import_module", fail)
    with pytest.raises(RunError, match=r"pyarrow is not installed: pip install 'onrecord\[export\]'"):
        export_ledger(made_up, "parquet", tmp_path / "out")


def test_an_export_sees_one_moment(made_up: Ledger, tmp_path: Path) -> None:
    """What another program writes meanwhile is in none of it."""
    late = make_document(address="late.txt")

    def add(done: int, _total: int) -> None:
        if done == 1:
            made_up.write_page(make_raw(address="late.txt"), late, [make_statement(late)])

    assert export_ledger(made_up, "jsonl", tmp_path / "out", progress=add) == (3, 1)
    lines = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert [line["type"] for line in lines].count("document") == 3
    assert late.id not in {line["id"] for line in lines}
    assert made_up.has_document(late.id)


def test_a_pipe_is_written_into_and_not_replaced(made_up: Ledger, tmp_path: Path) -> None:
    pipe, told = tmp_path / "pipe", tmp_path / "told"
    os.mkfifo(pipe)
    with told.open("wb") as stream:
        reader = subprocess.Popen(["cat", str(pipe)], stdout=stream)
        export_ledger(made_up, "jsonl", pipe, force=True)
        assert reader.wait(30) == 0
    assert pipe.is_fifo()
    export_ledger(made_up, "jsonl", tmp_path / "file")
    assert told.read_bytes() == (tmp_path / "file").read_bytes()


def test_a_link_keeps_pointing_where_it_did(made_up: Ledger, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    export_ledger(made_up, "jsonl", tmp_path / "link", force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() != "old"


def test_memory_does_not_grow_with_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the pages, the same peak, measured in allocations."""
    monkeypatch.setattr(walk, "DOCUMENTS_A_QUERY", 5)
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    text = "Anna Belov said that it rains.\n" + "It rained on. " * 5_000

    def peak(pages: range) -> int:
        for number in pages:
            document = make_document(text, address=f"{number}.txt")
            statement = make_statement(document, "it rains", chain=("Anna Belov",), cue="said")
            ledger.write_page(make_raw(text, address=document.address), document, [statement])
        export_ledger(ledger, "jsonl", tmp_path / "warm", force=True)
        tracemalloc.start()
        export_ledger(ledger, "jsonl", tmp_path / "out", force=True)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few = peak(range(15))
    assert peak(range(15, 60)) < 1.3 * few
    ledger.close()
