"""The first page that the program must read well: a crawled dump of a translated article, with nested reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SPECIMEN = Path(__file__).parents[2].parent / "shared" / "data" / "specimen.txt"
LEFTOVERS = (
    "Top jobs of the day",
    "Find the best jobs",
    "(Photo: AP)",
    "Read here",
    "More: Dance",
    "source site-17",
)
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not SPECIMEN.exists(), reason="the data for training and choosing are not beside the project"),
]


def run(*arguments: object) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("specimen") / "ledger.sqlite"
    run("add", SPECIMEN, "--published", "2022-03-14", "--ledger", path, "--json")
    return path


@pytest.fixture(scope="module")
def claim(ledger: Path) -> dict[str, Any]:
    found = run("claims", "Russia asked China for military equipment", "--json", "--ledger", ledger)
    return found[0]


def find(ledger: Path, by: str, content: str) -> list[dict[str, Any]]:
    rows = run("statements", "--by", by, "--json", "--limit", 100, "--ledger", ledger)
    return [row for row in rows if content in row["content"]]


def test_the_form_of_a_claim(claim: dict[str, Any]) -> None:
    assert set(claim) == {"id", "text", "status", "independent_roots", "documents", "positions"}
    for position in claim["positions"]:
        assert set(position) == {
            "root",
            "named",
            "stance",
            "first",
            "last",
            "statements",
            "documents",
            "via",
        }


def test_disputed(claim: dict[str, Any]) -> None:
    assert claim["status"] == "disputed"


def test_unnamed_us_officials_assert_it_through_us_media(claim: dict[str, Any]) -> None:
    asserting = [p for p in claim["positions"] if p["stance"] == "asserts" and "official" in p["root"]]
    assert asserting
    assert not asserting[0]["named"]
    assert any("media" in link for chain in asserting[0]["via"] for link in chain)


def test_the_kremlin_and_the_chinese_foreign_ministry_deny_it(claim: dict[str, Any], ledger: Path) -> None:
    denying = {s for p in claim["positions"] if p["stance"] == "denies" for s in p["statements"]}
    roots = {run("show", statement, "--json", "--ledger", ledger)[0]["chain"][-1]["name"] for statement in denying}
    assert any("Peskov" in root for root in roots)
    assert any("Foreign Ministry" in root for root in roots)


def test_no_leftover_in_a_statement(ledger: Path) -> None:
    rows = run("statements", "--json", "--limit", 1000, "--ledger", ledger)
    assert len(rows) > 15
    assert not [row["content"] for row in rows for leftover in LEFTOVERS if leftover in row["content"]]


def test_peskov_s_name_is_resolved(ledger: Path) -> None:
    assert find(ledger, "Dmitry Peskov", "military support")


def test_sullivan_spoke_on_sunday(ledger: Path) -> None:
    said = [row["said"] for row in find(ledger, "Sullivan", "closely monitoring")]
    assert said
    assert said[0]["date"] == "2022-03-13"


def test_siluanov_is_the_one_who_said_it(ledger: Path) -> None:
    assert find(ledger, "Siluanov", "300 billion")


def test_all_evidence_is_verbatim(ledger: Path) -> None:
    assert run("check", "--json", "--ledger", ledger)[-1]["faults"] == 0
