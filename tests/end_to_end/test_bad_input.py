"""Bad input costs itself alone: one clear line, a count in the summary, exit code 1, and the other pages go in."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import TEXT

pytestmark = pytest.mark.model
# without these two capabilities root is refused like anybody else
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def run(*arguments: str | Path, as_anybody: bool = False) -> subprocess.CompletedProcess[str]:
    prefix = AS_ANYBODY if as_anybody else []
    command = [*prefix, sys.executable, "-m", "onrecord", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good pages among all sorts of bad ones."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "a-good.txt").write_text(TEXT)
    (folder / "b-empty.txt").write_bytes(b"")
    (folder / "c-binary.dat").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40)
    with (folder / "d-huge.txt").open("wb") as huge:
        huge.write(b"Officials said so.\n" * 5_000)
        huge.truncate(200_000_000)
    (folder / "e-broken-utf8.txt").write_bytes(TEXT.encode().replace(b"report", b"rep\xff\xfe\xc3ort"))
    rows = [{"id": "one", "text": TEXT}, {"id": "two", "text": TEXT.replace("Monday", "Tuesday")}]
    lines = [json.dumps(rows[0]), '{"id": "broken", "text": "Officials', json.dumps(rows[1])]
    (folder / "f-lines.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "z-good.txt").write_text(TEXT.replace("Monday", "Friday"))
    return folder


def test_each_bad_page_is_one_line_and_the_others_go_in(folder: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    done = run("add", folder, "--ledger", ledger, "--published", "2022-03-14")
    assert done.returncode == 1, done.stderr
    failed = done.stderr.splitlines()
    assert [line.split(": ")[1].removeprefix(f"{folder}/") for line in failed] == [
        "b-empty.txt",
        "c-binary.dat",
        "d-huge.txt",
        "e-broken-utf8.txt",
        "f-lines.jsonl#2",
    ]
    reasons = ("empty", "binary", "larger than 20,000,000 bytes", "UTF-8", "broken JSON")
    for line, reason in zip(failed, reasons, strict=True):
        assert line.startswith("failed: ")
        assert reason in line
    assert "4 pages added, 0 already there, 5 failed" in done.stdout
    again = run("add", folder, "--ledger", ledger, "--published", "2022-03-14")
    assert "0 pages added, 4 already there, 5 failed" in again.stdout
    listed = [json.loads(line) for line in run("failed", "--json", "--ledger", ledger).stdout.splitlines()]
    assert [Path(row["source"]).name for row in listed] == [
        "b-empty.txt",
        "c-binary.dat",
        "d-huge.txt",
        "e-broken-utf8.txt",
        "f-lines.jsonl#2",
    ]
    assert {row["tries"] for row in listed} == {2}
    checked = run("check", "--ledger", ledger)
    assert checked.returncode == 0, checked.stdout


def test_a_mended_page_goes_in_on_retry(tmp_path: Path) -> None:
    ledger, page = tmp_path / "ledger.sqlite", tmp_path / "page.txt"
    page.write_bytes(b"")
    assert run("add", page, "--ledger", ledger, "--outlet", "Courier", "--published", "2022-03-14").returncode == 1
    page.write_text(TEXT)
    done = run("retry", "--ledger", ledger)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "1 page added, 0 already there, 0 failed")
    assert run("failed", "--ledger", ledger).stdout == ""
    [document] = [json.loads(line) for line in run("documents", "--json", "--ledger", ledger).stdout.splitlines()]
    assert (document["outlet"], document["published"]) == ("Courier", "2022-03-14")


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may read everything")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "page.txt").write_text(TEXT)
    (tmp_path / "open.txt").write_text(TEXT)
    closed.chmod(0)
    try:
        paths = [closed, tmp_path / "open.txt"]
        done = run("add", *paths, "--ledger", tmp_path / "ledger.sqlite", as_anybody=os.geteuid() == 0)
    finally:
        closed.chmod(0o700)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"failed: {closed}: no permission to read it"]
    assert "1 page added, 0 already there, 1 failed" in done.stdout


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    done = run("add", tmp_path / "nothing.txt", "--ledger", tmp_path / "ledger.sqlite")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"failed: {tmp_path}/nothing.txt: no such file or folder"]


def test_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "add", "-", "--ledger", str(tmp_path / "ledger.sqlite")]
    done = subprocess.run(command, input=TEXT, capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 page added" in done.stdout


def test_two_adds_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    ledger, pages = tmp_path / "ledger.sqlite", tmp_path / "pages"
    pages.mkdir()
    for n in range(6):
        (pages / f"{n}.txt").write_text(TEXT.replace("equipment", f"equipment of kind {n}"))
    command = [sys.executable, "-m", "onrecord", "add", str(pages), "--ledger", str(ledger), "--json"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=240) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    summaries = [json.loads(out.splitlines()[-1]) for out, _ in told]
    assert sum(summary["failed"] for summary in summaries) == 0
    assert all(summary["added"] + summary["present"] == 6 for summary in summaries)
    documents = [json.loads(line) for line in run("documents", "--json", "--ledger", ledger).stdout.splitlines()]
    assert len(documents) == len({document["address"] for document in documents}) == 6
    assert run("check", "--ledger", ledger).returncode == 0


def test_a_ledger_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    ledger, page = tmp_path / "ledger.sqlite", tmp_path / "page.txt"
    page.write_text(TEXT)
    assert run("documents", "--ledger", ledger).returncode == 2
    assert run("add", page, "--ledger", ledger).returncode == 0
    with sqlite3.connect(ledger) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    ledger.chmod(0o444)
    page.write_text(TEXT + "\nEastland said it was surprised.\n")
    done = run("add", page, "--ledger", ledger, as_anybody=os.geteuid() == 0)
    assert done.returncode == 2
    assert "read-only: make it writable" in done.stderr
    assert "Traceback" not in done.stderr
    ledger.chmod(0o644)
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = run("add", page, "--ledger", ledger)
    assert (done.returncode, "made by a newer onrecord" in done.stderr) == (2, True)


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    ledger, page = tmp_path / "ledger.sqlite", tmp_path / "page.txt"
    page.write_text(TEXT)
    assert run("add", page, "--ledger", ledger).returncode == 0
    page.write_text(TEXT + "More officials said more. " * 40_000)
    # a file that may not grow is to a program what a full disk is
    limit = ledger.stat().st_size // 1024 + 8
    command = f"ulimit -f {limit}; exec {sys.executable} -m onrecord add {page} --ledger {ledger}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 2, done.stderr
    assert "disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert run("check", "--ledger", ledger).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_finds_no_room_says_so(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT)
    command = [sys.executable, "-m", "onrecord", "read", str(page), "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=240, check=False)
    assert done.returncode == 2
    assert done.stderr == "onrecord: no space left on the disk: make room and run the same command again\n"
