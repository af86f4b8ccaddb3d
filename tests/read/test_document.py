"""Pages are read in a process apart: one that hangs, kills its reader or fills the memory costs itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.read import document, read_documents
from onrecord.records import Skipped
from onrecord.settings import Settings
from tests.factories import TEXT, make_deadly_pages


def test_a_page_that_stops_its_reader_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_make_reader", make_deadly_pages)
    for n, word in enumerate(("one", "DEADLY", "two", "ENDLESS", "three")):
        (tmp_path / f"{n}.txt").write_text(TEXT.replace("reporters", f"the {word}"))
    found = list(read_documents([tmp_path], settings=Settings(max_page_seconds=2)))
    assert [one.reason if isinstance(one, Skipped) else one[0].text.split()[-1].strip(".") for one in found] == [
        "one",
        "its worker died (signal 9)",
        "two",
        "took more than 2 seconds",
        "three",
    ]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"max_page_seconds": 0.5}, "took more than 0.5 seconds"),
        pytest.param(
            {"max_worker_bytes": 250_000_000},
            "took more than 250 MB of memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds the data of a process"),
        ),
    ],
)
def test_real_pages_within_limits(limits: dict[str, float], reason: str, tmp_path: Path) -> None:
    """Nothing stands in for anything here: a large page of many elements takes time and memory."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.html").write_text("<html><body><article>" + "<p>The <b>mayor</b> said no.</p>" * 20_000)
    first, second = read_documents([tmp_path], settings=Settings(**limits))  # type: ignore[arg-type]
    assert not isinstance(first, Skipped)
    assert second == Skipped(str(tmp_path / "b.html"), "read", reason)
