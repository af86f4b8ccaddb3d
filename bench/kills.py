"""What a power cut leaves: `onrecord add` is killed at random moments, and each time the ledger is looked over.

By turns all of its processes are killed, the one that stores alone, and one of the workers that read. After every kill
each page that was reported as added must be there, and each page that is there must be whole: its raw bytes, its
statements, its names, its entries in full-text search, and all evidence verbatim. A second `add`, of one
process, must then bring the ledger to what an `add` that nobody killed makes, claims included; a run whose worker was
killed must do so itself.
Workers must not outlive the process that stores. Linux only: workers are found in /proc.
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
MOST_RUNS = 3  # for each kill
VICTIMS = ("all", "parent", "worker")
OUTLIVE_SECONDS = 60.0  # that a worker may go on with what it is at
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
    """A run of `add`: the pages that it reported as added, how long it took in all and from the first of them on.

    `hit` says whether it was killed before it was done, `outlived_seconds` how long a worker went on after it.
    """

    added: tuple[str, ...]
    seconds: float
    writing_seconds: float
    hit: bool
    outlived_seconds: float


def add(
    pages: Path,
    ledger: Path,
    *,
    kill_after: float | None = None,
    of_writing: bool = False,
    victim: str = "all",
    workers: int | None = None,
) -> Run:
    """Run `add`, and kill it after so many seconds, or so many after the first page went in, unless it is done.

    It runs in a child of this process, which has everything imported: the moments fall on the work, not on a start.
    Its workers are of its process group. Where a worker is to be killed and none is there yet, the first one is.
    `workers` goes before the environment.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            if workers is not None:
                os.environ["ONRECORD_WORKERS"] = str(workers)
            sys.stdout = open(out.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stderr = open(errors.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            _add_and_leave(["add", "--json", str(pages), "--ledger", str(ledger)])
        with suppress(OSError):  # whichever of the two comes first
            os.setpgid(child, child)
        began = time.monotonic()
        wrote: float | None = None
        status: int | None = None
        hit, readers = False, frozenset[int]()
        while status is None:
            time.sleep(0.002)
            now = time.monotonic()
            if wrote is None and os.fstat(out.fileno()).st_size:
                wrote = now
            since = wrote if of_writing else began
            if not hit and kill_after is not None and since is not None and now - since >= kill_after:
                readers = find_workers(child)
                if hit := victim != "worker" or bool(readers):
                    _kill(child, readers, victim)
            done, left = os.waitpid(child, os.WNOHANG)
            status = left if done else None
        ended = time.monotonic()
        for stream in (out, errors):
            stream.seek(0)
        outlived = _wait_for(readers) if victim == "parent" else 0.0
        # with 1 where pages failed, which the ledger tells
        if status != signal.SIGKILL and os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(f"add left with {os.waitstatus_to_exitcode(status)}: {errors.read().decode()}")
        whole = [json.loads(line) for line in out.read().splitlines(keepends=True) if line.endswith(b"\n")]
    added = tuple(outcome["address"] for outcome in whole if outcome["outcome"] == "added")
    return Run(added, ended - began, ended - (wrote or ended), hit, outlived)


def find_workers(parent: int) -> frozenset[int]:
    """The processes that it has started to read pages."""
    found: set[int] = set()
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            found.update(int(pid) for pid in children.read_text().split() if b"spawn_main" in _read_command(pid))
    return frozenset(found)


def _read_command(pid: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _kill(parent: int, workers: frozenset[int], victim: str) -> None:
    with suppress(ProcessLookupError):
        if victim == "all":
            os.killpg(parent, signal.SIGKILL)
        else:
            os.kill(min(workers) if victim == "worker" else parent, signal.SIGKILL)


def _wait_for(workers: frozenset[int]) -> float:
    """How long these went on; those that are left in the end are killed."""
    began = time.monotonic()
    while left := [pid for pid in workers if b"spawn_main" in _read_command(str(pid))]:
        if time.monotonic() - began > OUTLIVE_SECONDS:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            break
        time.sleep(0.01)
    return time.monotonic() - began


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


def run(folder: Path, *, kills: int, pages: int, seed: int, workers: bool = True) -> dict[str, object]:
    """Kill `kills` runs and look at what is left; gives the figures, with every fault in words.

    Without `workers` the one process that there is is killed each time.
    """
    source = write_pages(folder / "pages", pages)
    load_modules(source)
    whole = add(source, folder / "whole.sqlite")
    expected = read_held(folder / "whole.sqlite")
    chance = random.Random(seed)
    faults: list[str] = []
    runs: list[tuple[str, Run]] = []
    with suppress(KeyboardInterrupt):  # what was done till then is told
        # a run may be done before its kill, on a machine that has become less busy
        for n in range(MOST_RUNS * kills):
            if sum(done.hit for _, done in runs) >= kills:
                break
            victim = VICTIMS[n % len(VICTIMS)] if workers else "all"
            # every other one while pages and claims are written, which is soon done
            of_writing = n % 2 == 1
            moment = chance.uniform(0, whole.writing_seconds if of_writing else whole.seconds)
            path = folder / f"{n}.sqlite"
            done = add(source, path, kill_after=moment, of_writing=of_writing, victim=victim)
            found = find_faults(path, done.added, expected)
            if done.outlived_seconds > OUTLIVE_SECONDS:
                found.append("a worker outlives the process that stores")
            if victim != "worker":
                add(source, path, workers=1)
            if read_held(path) != expected:
                found.append("the ledger does not come to what it is without a kill")
            runs.append((victim, done))
            faults += [f"kill {n}: {fault}" for fault in found]
            for file in folder.glob(f"{n}.sqlite*"):
                file.unlink()
    left = [len(done.added) for _, done in runs]
    return {
        "runs": len(runs),
        "kills": sum(done.hit for _, done in runs),
        "pages": pages,
        "statements": sum(map(len, expected.pages.values())),
        "claims": len(expected.claims),
        "seconds_unkilled": round(whole.seconds, 2),
        "killed_before_the_first_page": sum(not n for n in left),
        "killed_between_pages": sum(0 < n < pages for n in left),
        "killed_while_resolving_or_done": sum(n == pages for n in left),
        "killed": {victim: sum(one == victim and done.hit for one, done in runs) for victim in VICTIMS},
        "done_before_their_kill": sum(not done.hit for _, done in runs),
        "workers_outlived_seconds": round(max(done.outlived_seconds for _, done in runs), 2),
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
        figures = run(folder, kills=given.kills, pages=given.pages, seed=given.seed, workers=given.workers > 1)
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
