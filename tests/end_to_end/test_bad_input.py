"""Bad input costs itself alone: one clear line, a count in the summary, exit code 1, and the other pages go in."""

from __future__ import annotations

import json
import os
import shutil
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
