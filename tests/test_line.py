"""The line: each page gets one outcome, a bad page costs itself alone, and nothing is done twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import line
from onrecord.ledger import Ledger
from onrecord.query import count_all, find_failed, find_statements
from onrecord.records import Moment, Skipped
from onrecord.settings import Settings
from tests.factories import PlainExtractor
from tests.sites import Site

SETTINGS = Settings(workers=1)
PAGE = "The {} ferry\n\nAnna Belov said that the {} ferry will not sail before the end of the winter.\n"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often models were loaded."""
    loaded: list[int] = []

    def make(_settings: Settings) -> PlainExtractor:
        loaded.append(1)
        return PlainExtractor()

    monkeypatch.setattr("onrecord.intake.make_extractor", make)
    return loaded


@pytest.fixture
def ledger(new_ledger: Ledger) -> Ledger:
    return new_ledger


def write_pages(folder: Path, names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(PAGE.format(name * 3, name * 3))
    return folder


def test_pages_go_in_once_and_models_are_loaded_once(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    folder = write_pages(tmp_path / "pages", "abc")
    first = list(line.add_pages(ledger, [folder], settings=SETTINGS, published=Moment("2022-03-14", "given")))
    assert [type(outcome) for outcome in first] == [line.Added] * 3
    second = list(line.add_pages(ledger, [folder], settings=SETTINGS))
    assert [type(outcome) for outcome in second] == [line.Present] * 3
    assert len(made) == 1, "a run over known pages needs no models"
    assert count_all(ledger).statements == 3


def test_again_reads_known_pages_anew(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    folder = write_pages(tmp_path / "pages", "a")
    for again in (False, True):
        [outcome] = line.add_pages(ledger, [folder], settings=SETTINGS, again=again)
        assert isinstance(outcome, line.Added)
    assert count_all(ledger).statements == 1


def test_one_page_given_twice_in_a_run(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    page = write_pages(tmp_path / "pages", "a") / "a.txt"
    outcomes = list(line.add_pages(ledger, [page, page], settings=SETTINGS))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Added", "Present"]


def test_a_poisoned_page_costs_one_page(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    folder = write_pages(tmp_path / "pages", "abc")
    (folder / "b.txt").write_text("A story\n\nPOISON Anna Belov said that nothing of this can be read by anybody.\n")
    outcomes = list(line.add_pages(ledger, [folder], settings=SETTINGS, outlet="Courier"))
    assert [type(outcome) for outcome in outcomes] == [line.Added, Skipped, line.Added]
    [failed] = find_failed(ledger).items
    assert (failed.source, failed.step, failed.outlet) == (str(folder / "b.txt"), "extract", "Courier")
    assert failed.reason == "ValueError: a page that no model can read"
    assert len(find_statements(ledger, outlet="Courier").items) == 2


def test_a_page_that_the_ledger_cannot_hold_costs_one_page(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    folder = write_pages(tmp_path / "pages", "abc")
    (folder / "b.txt").rename(folder / "b\udcff.txt")
    outcomes = list(line.add_pages(ledger, [folder], settings=SETTINGS))
    assert [type(outcome) for outcome in outcomes] == [line.Added, Skipped, line.Added]
    [failed] = find_failed(ledger).items
    assert (failed.source, failed.step) == (str(folder / "b?.txt"), "store")


def test_retry(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    folder = write_pages(tmp_path / "pages", "a")
    (folder / "b.txt").write_text("")
    (folder / "c.txt").write_text("")
    list(line.add_pages(ledger, [folder], settings=SETTINGS, outlet="Courier"))
    (folder / "b.txt").write_text(PAGE.format("bbb", "bbb"))
    outcomes = list(line.retry_pages(ledger, settings=SETTINGS))
    assert [type(outcome) for outcome in outcomes] == [line.Added, Skipped]
    [failed] = find_failed(ledger).items
    assert (failed.source, failed.tries) == (str(folder / "c.txt"), 2)


def test_retry_of_a_record_tries_its_file(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    lines = tmp_path / "lines.jsonl"
    text = PAGE.format("red", "red") + "The harbour was closed for three weeks, and the island waits for news of it.\n"
    good = json.dumps({"id": "one", "text": text}) + "\n"
    lines.write_text(good + "{broken\n")
    assert len(list(line.add_pages(ledger, [lines], settings=SETTINGS))) == 2
    lines.write_text(good + good.replace("one", "two"))
    assert [type(outcome) for outcome in line.retry_pages(ledger, settings=SETTINGS)] == [line.Present, line.Added]
    assert find_failed(ledger).items == ()


def test_another_language_is_kept_without_statements(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    page = tmp_path / "seite.txt"
    page.write_text(
        "Die Fähre\n\nAnna Belov said that so etwas steht hier nicht. Die Fähre wird vor dem Ende des Winters nicht "
        "mehr auslaufen, erklärte die Hafenmeisterin am Dienstag dem Rat der Stadt. Der Motor sei nicht zu retten.\n"
    )
    [outcome] = line.add_pages(ledger, [page], settings=SETTINGS)
    assert isinstance(outcome, line.Added)
    assert (outcome.document.language, outcome.statements) == ("de", ())
    assert count_all(ledger).documents == 1


def test_extract_pages_keeps_order(tmp_path: Path, made: list[int]) -> None:
    folder = write_pages(tmp_path / "pages", "abcdefgh")
    (folder / "c.txt").write_text("")
    outcomes = list(line.extract_pages([folder], settings=SETTINGS))
    names = [o.source if isinstance(o, Skipped) else o.document.address for o in outcomes]
    assert [Path(name).stem for name in names] == list("abcdefgh")


def test_broken_bytes_are_named_and_the_page_goes_in(tmp_path: Path, ledger: Ledger, made: list[int]) -> None:
    page = tmp_path / "ferry.txt"
    text = "The café ferry\n\nAnna Belov said that the café ferry sails on Monday at noon, for “forty euros” as before."
    page.write_bytes(text.encode().replace(b"noon", b"no\xffon"))
    added, skipped = line.add_pages(ledger, [page], settings=SETTINGS)
    assert isinstance(added, line.Added)
    assert isinstance(skipped, Skipped)
    assert "1 broken bytes, not utf-8" in skipped.reason


def test_an_address_that_failed_is_tried_again(site: Site, ledger: Ledger, made: list[int]) -> None:
    settings = Settings(workers=1, fetch_private="127.0.0.1", host_seconds=0)
    address = f"{site.url}/ferry?id=1"
    [failed] = line.add_pages(ledger, [address], settings=settings, outlet="Courier")
    assert failed == Skipped(address, "fetch", "the server answers 404")
    site.pages["/ferry?id=1"] = (200, {"Content-Type": "text/plain"}, PAGE.format("red", "red").encode())
    [added] = line.retry_pages(ledger, settings=settings)
    assert isinstance(added, line.Added)
    assert (added.document.address, added.document.outlet) == (address, "Courier")
    assert find_failed(ledger).items == ()
