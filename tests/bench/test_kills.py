"""A run that is killed leaves whole pages; and what would be a fault is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.kills import add, find_faults, read_held, run, write_pages
from tests.factories import PlainExtractor, WordEmbedder


@pytest.fixture(autouse=True, scope="module")
def _without_models() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_WORKERS", "1")  # a worker would load the models
        patch.setattr("onrecord.intake.make_extractor", lambda _settings: PlainExtractor())
        patch.setattr("onrecord.inference.embedder.make_embedder", WordEmbedder)
        patch.setenv("ONRECORD_WORKERS", "1")  # which know of no patches
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, _without_models: None) -> tuple[Path, tuple[str, ...]]:
    """A ledger of four pages, and their addresses."""
    folder = tmp_path_factory.mktemp("whole")
    done = add(write_pages(folder / "pages", 4), folder / "ledger.sqlite")
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "ledger.sqlite", done.added


@pytest.mark.slow
def test_five_kills(tmp_path: Path) -> None:
    figures = run(tmp_path, kills=5, pages=10, seed=3, workers=False)
    assert figures["faults"] == []
    assert (figures["kills"], figures["statements"]) == (5, 10)


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (
            "DELETE FROM documents WHERE address LIKE '%000.txt'; "
            "DELETE FROM names WHERE name NOT IN (SELECT name FROM links)",
            "000.txt was added and is gone",
        ),
        (
            "DELETE FROM statements WHERE number = 1; DELETE FROM names WHERE name NOT IN (SELECT name FROM links)",
            "is half",
        ),
        ("DELETE FROM links WHERE place = 0", "a statement without its chain"),
        ("UPDATE names SET statements = 9", "a name counted wrongly"),
        ("DELETE FROM raws", "a page without its bytes"),
        (
            "DROP TRIGGER statements_fts_delete; DELETE FROM statements WHERE number = 2",
            "full-text search of statements differs",
        ),
        ("UPDATE raws SET content = (SELECT content FROM raws ORDER BY document_id LIMIT 1)", "raw page has changed"),
    ],
)
def test_faults_are_found(tmp_path: Path, whole: tuple[Path, tuple[str, ...]], harm: str, fault: str) -> None:
    path = shutil.copy(whole[0], tmp_path / "ledger.sqlite")
    expected = read_held(path)
    assert find_faults(path, whole[1], expected) == []
    with sqlite3.connect(path) as connection:
        connection.executescript(f"PRAGMA foreign_keys = ON; {harm}")
    connection.close()
    assert any(fault in found for found in find_faults(path, whole[1], expected))
