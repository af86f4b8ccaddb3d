"""Taking pages in: workers give what this process gives, in the same order, and lose one page over one page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from onrecord import intake
from onrecord.intake import Added, Item, Present, take_in
from onrecord.ledger import open_ledger
from onrecord.line import BATCH_RESOLVED, add_pages, resolve_along, resolve_pages, retry_pages
from onrecord.query import count_all, find_claims, find_documents, find_failed, find_statements
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import BrokenEmbedder, PlainExtractor, WordEmbedder, make_deadly_reader

PAGE = "The {0} ferry\n\nAnna Belov said that the {0} ferry will not sail before the end of the winter.\n"
HERE, WORKERS = Settings(workers=1), Settings(workers=2, max_page_seconds=2)


@pytest.fixture(autouse=True)
def _without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "make_extractor", lambda _settings: PlainExtractor())
    monkeypatch.setattr("onrecord.inference.embedder.make_embedder", WordEmbedder)


@pytest.fixture
def _workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "make_reader", make_deadly_reader)


def make_page(name: str, word: str = "") -> Raw:
    return Raw(name, PAGE.format(f"{word} {name}").encode())


def write_pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:03}.txt").write_text(PAGE.format("red" if n % 3 else f"blue {n}"))
    (folder / "007.txt").write_text("")
    return folder


@pytest.mark.usefixtures("_workers")
def test_a_page_that_kills_or_hangs_costs_itself() -> None:
    pages = [make_page(f"page{n}", {21: "DEADLY", 40: "ENDLESS"}.get(n, "")) for n in range(60)]
    outcomes = [outcome for _, outcome in take_in(pages, settings=WORKERS)]
    bad = {outcome.source: outcome.reason for outcome in outcomes if isinstance(outcome, Skipped)}
    assert bad == {"page21": "its worker died (signal 9)", "page40": "took more than 2 seconds"}
    assert [o.document.address for o in outcomes if isinstance(o, Added)] == [
        f"page{n}" for n in range(60) if n not in (21, 40)
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds the data of a process")
@pytest.mark.usefixtures("_workers")
def test_a_page_that_fills_the_memory_costs_itself() -> None:
    pages = [make_page(f"page{n}", "GREEDY" if n == 2 else "") for n in range(5)]
    for most, kind in ((1_000_000_000, Skipped), (0, Added)):
        settings = Settings(max_worker_bytes=most)
        found = [type(outcome) for _, outcome in take_in(pages, settings=settings)]
        assert found == [Added, Added, kind, Added, Added]


@pytest.mark.usefixtures("_workers")
def test_what_is_no_page_keeps_its_place() -> None:
    items = [Present("a", "1"), make_page("b"), Skipped("c", "read", "gone"), make_page("d"), Present("e", "5")]
    found = list(take_in(items, settings=WORKERS))
    assert [item for item, _ in found] == items
    assert [type(outcome) for _, outcome in found] == [Present, Added, Skipped, Added, Present]


@pytest.mark.usefixtures("_workers")
def test_one_of_a_few_pages_that_kills_or_hangs_costs_itself() -> None:
    pages = [make_page(f"page{n}", {1: "DEADLY", 3: "ENDLESS"}.get(n, "")) for n in range(5)]
    found = list(take_in(pages, settings=Settings(max_page_seconds=2)))
    assert [item for item, _ in found] == pages
    assert [o.reason if isinstance(o, Skipped) else "" for _, o in found] == [
        "",
        "its worker died (signal 9)",
        "",
        "took more than 2 seconds",
        "",
    ]


def test_a_few_pages_start_one_worker_and_none_where_nothing_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    def work(_make: object, batches: Iterable[Sequence[Item]], *, workers: int, **_times: float) -> Iterator[Item]:
        started.append(workers)
        return (item for batch in batches for item in batch)

    monkeypatch.setattr(intake, "work", work)
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    known = [Present(str(n), str(n)) for n in range(intake.FEW)]
    assert [outcome for _, outcome in take_in(known[:5], settings=Settings())] == known[:5]
    assert started == []
    pages = [make_page(str(n)) for n in range(intake.FEW)]
    for count in (1, intake.FEW - 1, intake.FEW):
        assert len(list(take_in(pages[:count], settings=Settings()))) == count
    assert started == [1, 1, 4]


@pytest.mark.usefixtures("_workers")
def test_the_same_ledger_as_with_one_process(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 70)
    held = []
    for settings in (HERE, WORKERS):
        ledger = open_ledger(tmp_path / f"{settings.workers}.sqlite")
        outcomes = list(resolve_along(ledger, add_pages(ledger, [pages, pages], settings=settings)))
        list(resolve_pages(ledger))
        kinds = [type(outcome).__name__ for outcome in outcomes]
        assert (kinds.count("Added"), kinds.count("Present"), kinds.count("Skipped")) == (69, 69, 2)
        heads = [head.address for head in find_documents(ledger, limit=1000).items]
        claims = {claim.id: claim for claim in find_claims(ledger, limit=1000).items}
        statements = [quote.statement for quote in find_statements(ledger, limit=1000).items]
        held.append((kinds, heads, statements, claims, count_all(ledger)))
    assert held[0] == held[1]


@pytest.mark.usefixtures("_workers")
def test_resolving_goes_along_and_needs_no_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("onrecord.line._Encoder.embed")
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    pages = write_pages(tmp_path / "pages", 70)
    for outcome in resolve_along(ledger, add_pages(ledger, [pages], settings=WORKERS)):
        assert isinstance(outcome, Skipped) or (isinstance(outcome, Added) and outcome.prepared)
    assert list(resolve_pages(ledger)) == []
    assert count_all(ledger).claims


def test_pages_read_here_are_resolved_as_far_as_there_are_whole_steps(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    pages = write_pages(tmp_path / "pages", 70)
    for _ in resolve_along(ledger, add_pages(ledger, [pages], settings=HERE)):
        pass
    assert sum(resolve_pages(ledger)) == 69 % BATCH_RESOLVED


@pytest.mark.usefixtures("_workers")
def test_a_page_that_cannot_be_made_ready_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.inference.embedder.make_embedder", BrokenEmbedder)
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    pages = write_pages(tmp_path / "pages", 3)
    outcomes = list(resolve_along(ledger, add_pages(ledger, [pages], settings=WORKERS)))
    steps = [outcome.step for outcome in outcomes if isinstance(outcome, Skipped)]
    assert steps == ["resolve", "resolve", "resolve", "read"]
    assert count_all(ledger).documents == 0


@pytest.mark.usefixtures("_workers")
def test_retry_of_a_page_that_killed_its_worker(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    page = tmp_path / "page.txt"
    page.write_text(PAGE.format("DEADLY"))
    for _ in range(2):
        assert [type(one) for one in add_pages(ledger, [page], settings=WORKERS)] == [Skipped]
    [failed] = find_failed(ledger).items
    assert (failed.source, failed.step, failed.reason) == (str(page), "extract", "its worker died (signal 9)")
    assert [type(one) for one in retry_pages(ledger, settings=Settings(max_page_seconds=2))] == [Skipped]
    page.write_text(PAGE.format("red"))
    assert [type(one) for one in retry_pages(ledger, settings=Settings())] == [Added]
    assert find_failed(ledger).items == ()


def test_a_program_that_adds_pages_is_not_run_by_workers(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 3)  # and an empty one
    program = tmp_path / "program.py"
    program.write_text(
        "print('begun')\n"
        "from onrecord.intake import take_in\n"
        "from onrecord.read import iter_raw\n"
        "from onrecord.settings import Settings\n"
        "from onrecord import intake\n"
        "from tests.factories import make_deadly_reader\n"
        "intake.make_reader = make_deadly_reader\n"
        "settings = Settings(workers=2)\n"
        f"print(len(list(take_in(iter_raw([{str(pages)!r}], settings=settings), settings=settings))))\n"
    )
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True,
        env={"PYTHONPATH": ":".join(filter(None, sys.path))}, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["begun", "4"]
