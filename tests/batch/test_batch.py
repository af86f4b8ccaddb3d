"""A batch comes to what a ledger comes to, whatever is killed on the way; a second run does only what is missing."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from onrecord import line
from onrecord.batch import Finished, import_batch, run_batch
from onrecord.batch import run as batch
from onrecord.batch.tables import SCHEMAS, iter_rows
from onrecord.errors import RunError
from onrecord.ledger import Ledger, open_ledger
from onrecord.query import Counts, count_all, find_claims, find_failed, iter_checked
from onrecord.records import Claim, Moment
from onrecord.settings import Settings
from tests.batch.steps import make_stages, write_pages
from tests.factories import PlainExtractor, WordEmbedder

SETTINGS = Settings(workers=1)
SHARDS = 4


@pytest.fixture(autouse=True)
def _without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_make_stages", make_stages())
    monkeypatch.setattr("onrecord.intake.make_extractor", lambda _settings: PlainExtractor())
    monkeypatch.setattr("onrecord.inference.embedder.make_embedder", WordEmbedder)


def run(pages: Path, output: Path, *, workers: int = 1, executor: str = "local") -> Finished | None:
    given = Moment("2022-03-14", "given")
    return run_batch(
        [str(pages)], output, settings=SETTINGS, workers=workers, shards=SHARDS, published=given, executor=executor
    )


def read_tables(output: Path) -> dict[str, bytes]:
    """Every file of every table."""
    return {
        str(path.relative_to(output)): path.read_bytes() for table in SCHEMAS for path in (output / table).iterdir()
    }


def make_ledger(path: Path, pages: Path) -> Ledger:
    """The ledger that `add` makes of the same pages."""
    ledger = open_ledger(path)
    list(line.add_pages(ledger, [pages], settings=SETTINGS, published=Moment("2022-03-14", "given")))
    list(line.resolve_pages(ledger))
    return ledger


def read_ledger(ledger: Ledger) -> tuple[Counts, dict[str, Claim]]:
    claims = {claim.id: claim for claim in find_claims(ledger, limit=1000).items}
    return count_all(ledger), claims


def test_the_claims_are_those_of_a_ledger(tmp_path: Path, new_ledger: Ledger) -> None:
    pages = write_pages(tmp_path / "pages")
    finished = run(pages, tmp_path / "out")
    expected = read_ledger(make_ledger(tmp_path / "added.sqlite", pages))
    assert finished is not None
    assert (finished.documents, finished.statements, finished.skipped) == (13, expected[0].statements, 1)
    assert finished.copies > 0
    assert finished.claims == len(expected[1]) < finished.statements
    list(import_batch(new_ledger, tmp_path / "out"))
    assert read_ledger(new_ledger) == expected
    assert [failed.reason for failed in find_failed(new_ledger).items] == ["empty"]
    assert [fault for page in iter_checked(new_ledger) for fault in page.faults] == []
    # the keys and vectors are there too: what comes later is compared with what the batch brought
    (pages / "later.txt").write_text((pages / "01.txt").read_text().replace("May", "May this year"))
    for ledger in (new_ledger, open_ledger(tmp_path / "added.sqlite")):
        list(line.add_pages(ledger, [pages / "later.txt"], settings=SETTINGS))
        list(line.resolve_pages(ledger))
    assert read_ledger(new_ledger) == read_ledger(open_ledger(tmp_path / "added.sqlite"))


def test_a_second_run_does_only_what_is_missing(tmp_path: Path) -> None:
    pages, output = write_pages(tmp_path / "pages"), tmp_path / "out"
    finished = run(pages, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    assert run(pages, output) == finished
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()} == before
    tables = read_tables(output)
    (output / "claims" / "00002.parquet").unlink()
    (output / ".stages" / "4-claims" / "completions" / "00002").unlink()
    run(pages, output)
    assert read_tables(output) == tables
    changed = {path for path, stamp in before.items() if path.exists() and path.stat().st_mtime_ns != stamp}
    assert not [path for path in changed if path.suffix == ".parquet" and not path.stem.endswith("2")]


def test_a_run_that_is_killed_three_times(tmp_path: Path) -> None:
    pages, chance = write_pages(tmp_path / "pages"), random.Random(4)
    began = time.monotonic()
    run(pages, tmp_path / "whole")
    seconds = time.monotonic() - began
    for _ in range(3):
        child = os.fork()
        if not child:
            run(pages, tmp_path / "killed")
            os._exit(0)
        time.sleep(chance.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    run(pages, tmp_path / "killed")
    assert read_tables(tmp_path / "killed") == read_tables(tmp_path / "whole")


def test_killed_workers_and_a_page_that_kills_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = write_pages(tmp_path / "pages")
    (pages / "deadly.txt").write_text("DEADLY page\n\nIn a DEADLY hour Anna Berg said that nothing can be read.\n")
    monkeypatch.setattr(batch, "_make_stages", make_stages(deaths=(1,), notes=tmp_path))
    finished = run(pages, tmp_path / "out", workers=2)
    assert finished is not None
    assert (finished.documents, finished.skipped) == (13, 2)
    skipped = {Path(row["source"]).name: row["reason"] for row in iter_rows(tmp_path / "out", "skipped", SHARDS)}
    assert skipped == {"empty.txt": "empty", "deadly.txt": "its worker died (signal 9)"}
    assert len(list(tmp_path.glob("[1-4]-*"))) == 4


def test_a_page_that_no_model_can_read_costs_itself(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    (pages / "poison.txt").write_text("POISON page\n\nIn a POISON hour Anna Berg said that nothing can be read.\n")
    finished = run(pages, tmp_path / "out")
    assert finished is not None
    assert (finished.documents, finished.skipped) == (13, 2)


def test_other_input_or_settings(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 2)
    run(pages, tmp_path / "out")
    (pages / "more.txt").write_text("more")
    with pytest.raises(RunError, match="holds a batch of other input or settings: name another folder"):
        run(pages, tmp_path / "out")


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    with pytest.raises(RunError, match="no file to read"):
        run(tmp_path / "pages", tmp_path / "out")
    with pytest.raises(RunError, match="no such file or folder"):
        run(tmp_path / "none", tmp_path / "out")


def test_a_batch_that_is_not_finished(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    with pytest.raises(RunError, match="holds no batch: `onrecord batch"):
        list(import_batch(ledger, tmp_path / "none"))
    run(write_pages(tmp_path / "pages", 2), tmp_path / "out")
    (tmp_path / "out" / ".stages" / "4-claims" / "completions" / "00000").unlink()
    with pytest.raises(RunError, match="is not finished: run `onrecord batch` once more"):
        list(import_batch(ledger, tmp_path / "out"))


def test_import_into_a_ledger_that_holds_pages(tmp_path: Path) -> None:
    pages, others = write_pages(tmp_path / "pages"), tmp_path / "others"
    others.mkdir()
    (others / "other.txt").write_text("Other\n\nMona Noor said that the red ferry will be closed for 3 weeks.\n")
    run(pages, tmp_path / "out")
    ledger = make_ledger(tmp_path / "ledger.sqlite", others)
    list(import_batch(ledger, tmp_path / "out"))
    added = make_ledger(tmp_path / "added.sqlite", others)
    list(line.add_pages(added, [pages], settings=SETTINGS, published=Moment("2022-03-14", "given")))
    list(line.resolve_pages(added))
    assert read_ledger(ledger) == read_ledger(added)


def test_an_import_that_is_killed_goes_on(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    run(pages, tmp_path / "out")
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    half = import_batch(ledger, tmp_path / "out")
    next(half)
    half.close()
    assert 0 < count_all(ledger).documents < 13
    first, *_ = import_batch(ledger, tmp_path / "out")
    assert first.present > 0
    assert read_ledger(ledger) == read_ledger(make_ledger(tmp_path / "added.sqlite", pages))
    assert [done.added for done in import_batch(ledger, tmp_path / "out")] == [0] * SHARDS
