"""What a power cut leaves: `onrecord add` is killed at random moments, and each time the ledger is looked over.

After every kill each page that was reported as added must be there, and each page that is there must be whole: its raw
bytes, its statements, its names, its entries in full-text search, and all evidence verbatim. A second `add` must then
bring the ledger to what an `add` that nobody killed makes, claims included.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from bench.record import print_table, record
from onrecord.cli import app as cli
from onrecord.errors import OnrecordError
from onrecord.ledger import open_ledger
from onrecord.query import find_claims, find_documents, find_failed, get_document, iter_checked
from onrecord.read import read_documents
from onrecord.records import Claim, Statement
from onrecord.settings import Settings

COMMAND = "make bench-kills"
KILLS, PAGES, WORKERS = 100, 20, 2
LIMIT = 10_000
NAMES = ("Anna Berg", "Carl Dorn", "Emil Falk", "Gita Hult", "Ines Jung", "Karl Lund", "Mona Noor", "Olaf Pihl")
THINGS = ("ferry", "bridge", "mill", "power plant", "harbour crane", "library", "school", "market", "stadium", "tunnel")
PAGE = (
    "News of the {thing}\n\n{name} said that the {thing} will be closed for {number} weeks. Officials of the town "
    "denied it. “Nobody has decided anything about the {thing},” a spokeswoman told reporters.\n\n"
    "According to {other}, the council had asked for {number} million euros to mend the {thing}.\n"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a ledger holds: the statements of each address, and all claims."""

    pages: Mapping[str, tuple[Statement, ...]]
    claims: frozenset[Claim]


def write_pages(folder: Path, count: int) -> Path:
    """Short pages, which share claims among them, in a new folder."""
    folder.mkdir()
    for n in range(count):
        name, other = NAMES[n % len(NAMES)], NAMES[(n * 3 + 1) % len(NAMES)]
        text = PAGE.format(name=name, other=other, thing=THINGS[n % len(THINGS)], number=2 + n % 7)
        (folder / f"{n:03}.txt").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Run:
    """A run of `add`: the pages that it reported as added, how long it took in all and from the first of them on."""

    added: tuple[str, ...]
    seconds: float
    writing_seconds: float


def add(pages: Path, ledger: Path, *, kill_after: float | None = None, of_writing: bool = False) -> Run:
    """Run `add`, and kill it after so many seconds, or so many after the first page went in, unless it is done.

    It runs in a child of this process, which has everything imported: the moments fall on the work, not on a start.
    Its workers are of its process group, and are killed with it.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            sys.stdout = open(out.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stderr = open(errors.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            _add_and_leave(["add", "--json", str(pages), "--ledger", str(ledger)])
        with suppress(OSError):  # whichever of the two comes first
            os.setpgid(child, child)
        began = time.monotonic()
        wrote: float | None = None
        status: int | None = None
        while status is None:
            time.sleep(0.002)
            now = time.monotonic()
            if wrote is None and os.fstat(out.fileno()).st_size:
                wrote = now
            since = wrote if of_writing else began
            if kill_after is not None and since is not None and now - since >= kill_after:
                # the whole group: what it started dies in a power cut too
                os.killpg(child, signal.SIGKILL)
            done, left = os.waitpid(child, os.WNOHANG)
            status = left if done else None
        ended = time.monotonic()
        for stream in (out, errors):
            stream.seek(0)
        if status not in (0, signal.SIGKILL):
            raise SystemExit(f"add left with {os.waitstatus_to_exitcode(status)}: {errors.read().decode()}")
        whole = [json.loads(line) for line in out.read().splitlines(keepends=True) if line.endswith(b"\n")]
    added = tuple(outcome["address"] for outcome in whole if outcome["outcome"] == "added")
    return Run(added, ended - began, ended - (wrote or ended))


def load_modules(pages: Path) -> None:
    """Load here once what each child would load for itself, except models: their sessions do not outlive a fork."""
    for module in ("alembic.command", "onrecord.cli.add", "onrecord.line", "onrecord.inference.embedder"):
        import_module(module)
    next(read_documents([pages], settings=Settings()))


def _add_and_leave(arguments: list[str]) -> NoReturn:
    code = 70
    try:
        cli.run(arguments)
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


def read_held(path: Path) -> Held:
    """Everything of a ledger that a second run must come to again."""
    ledger = open_ledger(path, read_only=True)
    pages = {}
    for head in find_documents(ledger, limit=LIMIT).items:
        pages[head.address] = tuple(quote.statement for quote in get_document(ledger, head.id).quotes)
    claims = frozenset(find_claims(ledger, limit=LIMIT).items)
    ledger.close()
    return Held(pages, claims)


def find_faults(path: Path, finished: Sequence[str], expected: Held) -> list[str]:
    """Whatever is missing, half or twice in the ledger of a run that was killed."""
    if not path.exists() or not path.stat().st_size:
        return [f"{address} was added and is gone" for address in finished]
    try:
        ledger = open_ledger(path)
    except OnrecordError as error:
        return [str(error)]
    if broken := _find_broken_rows(path):
        return broken
    held = read_held(path)
    faults = [f"{address} was added and is gone" for address in finished if address not in held.pages]
    faults += [f"{address} is half" for address, own in held.pages.items() if own != expected.pages[address]]
    faults += [fault.what for page in iter_checked(ledger) for fault in page.faults]
    faults += [f"{failed.source} failed: {failed.reason}" for failed in find_failed(ledger).items]
    ledger.close()
    return faults


def _find_broken_rows(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        faults = [str(row) for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
        faults += [f"leads nowhere: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        for table in ("documents", "statements", "claims", "names"):
            try:
                connection.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                faults.append(f"full-text search of {table} differs from the table")
        for wrong, query in {
            "a page twice": "SELECT address FROM documents GROUP BY address HAVING count(*) > 1",
            "a page without its bytes": "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM raws)",
            "a statement without its chain": "SELECT id FROM statements WHERE id NOT IN "
            "(SELECT statement_id FROM links WHERE is_root)",
            "a name counted wrongly": "SELECT name FROM names WHERE statements != "
            "(SELECT count(*) FROM links WHERE links.name = names.name)",
            "a name not counted": "SELECT name FROM links WHERE name NOT IN (SELECT name FROM names)",
        }.items():
            faults += [f"{wrong}: {row[0]}" for row in connection.execute(query)]
    connection.close()
    return faults


def run(folder: Path, *, kills: int, pages: int, seed: int) -> dict[str, object]:
    """Kill `kills` runs and look at what is left; gives the figures, with every fault in words."""
    source = write_pages(folder / "pages", pages)
    load_modules(source)
    whole = add(source, folder / "whole.sqlite")
    expected = read_held(folder / "whole.sqlite")
    chance = random.Random(seed)
    faults: list[str] = []
    left: list[int] = []
    for n in range(kills):
        path = folder / "killed.sqlite"
        # every other one while pages and claims are written, which is soon done
        of_writing = n % 2 == 1
        moment = chance.uniform(0, whole.writing_seconds if of_writing else whole.seconds)
        finished = add(source, path, kill_after=moment, of_writing=of_writing).added
        left.append(len(finished))
        found = find_faults(path, finished, expected)
        add(source, path)
        if read_held(path) != expected:
            found.append("a second run does not come to the same ledger")
        faults += [f"kill {n}: {fault}" for fault in found]
        for file in folder.glob("killed.sqlite*"):
            file.unlink()
    return {
        "kills": kills,
        "pages": pages,
        "statements": sum(map(len, expected.pages.values())),
        "claims": len(expected.claims),
        "seconds_unkilled": round(whole.seconds, 2),
        "killed_before_the_first_page": sum(not n for n in left),
        "killed_between_pages": sum(0 < n < pages for n in left),
        "killed_while_resolving_or_done": sum(n == pages for n in left),
        "faults": faults,
    }


def main() -> int:
    """Kill, look, report; the exit code is 1 where anything was lost, half or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes that read; 1: none but the run itself")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ["ONRECORD_WORKERS"] = str(given.workers)
    folder = Path(tempfile.mkdtemp(prefix="onrecord-kills-"))
    try:
        figures = run(folder, kills=given.kills, pages=given.pages, seed=given.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    faults = figures["faults"]
    assert isinstance(faults, list)
    figures["workers"] = given.workers
    print_table([figures | {"faults": len(faults)}])
    for fault in faults:
        print(fault)
    record("kills", figures, command=COMMAND)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
