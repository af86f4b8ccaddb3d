"""Does the server keep up while the ledger is written to? Requests come at a steady rate, whether or not it keeps up.

    python -m bench.load [--documents N] [--rate N] [--seconds N] [--ledger FILE]

One process serves on one core. On another, `onrecord add` reads pages into the same ledger, and requests are sent at
random moments (Poisson), each timed from when it was due to its last byte, so that a server that falls behind cannot
hide it. Claims are asked for as likely one as the other: first each for the first time, then again, when those that
the writer has not touched are kept. Searches are what somebody types, mostly cut short, and none is like another.
Needs two cores that nobody else uses.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import numpy as np
from selenium.webdriver.support.ui import WebDriverWait

from bench.load_ledger import World, fill_ledger
from bench.record import print_table, record
from onrecord.ledger import open_ledger
from onrecord.query import count_all
from tests.browser.driving import driving, find_chromium

COMMAND = "make bench-load"
DOCUMENTS, RATE, SECONDS, WARM_SECONDS = 10_000, 200, 30, 4
WRITTEN = 3_000  # pages that wait to be added: more than are read while anything is measured
GOAL_MS, PAINT_GOAL_MS = 100.0, 200.0
PAINTS = 5  # of which the middle one counts
PAINTED = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
Request = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """How long after it was due a request was answered, with which status."""

    milliseconds: float
    status: int


def main() -> None:
    """Fill a ledger, serve it, write to it, measure, print and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--rate", type=int, default=RATE, help="requests a second")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each kind of request")
    parser.add_argument("--ledger", type=Path, help="one that this benchmark filled before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = folder / "load.sqlite"
        if options.ledger:
            shutil.copy(options.ledger, path)
        else:
            ledger = open_ledger(path)
            fill_ledger(ledger, options.documents)
            ledger.close()
        pages = _write_pages(folder / "pages")
        before, load = _count(path), round(os.getloadavg()[0], 1)
        with _serving(path) as (address, server), _adding(path, pages):
            paint = _find_first_paint(address)
            rows = []
            for name, (first, timed) in _make_requests(options.documents, options.rate, options.seconds).items():
                rows.append(_measure(name, first, timed, address, server, path, options.rate))
                print(rows[-1], flush=True)
        figures = {
            "documents": before,
            "requests_a_second": options.rate,
            "seconds_each": options.seconds,
            "load_average_before": load,
            "goal_p99_ms": GOAL_MS,
            "painted": {name: {"first paint ms": milliseconds} for name, milliseconds in paint.items()},
            "asked": {row.pop("asked"): row for row in map(dict, rows)},
        }
    print_table(rows)
    print(f"first paint in ms: {paint}; goal {PAINT_GOAL_MS}")
    if before >= DOCUMENTS and options.rate >= RATE:
        record("load", figures, command=COMMAND)


def _make_requests(documents: int, rate: int, seconds: int) -> dict[str, tuple[list[Request], list[Request]]]:
    """What is asked for, by name: requests that are not timed, to begin with, and those that are."""
    world = World(1)
    for _ in islice(world.iter_pages(), documents):
        pass
    chance = random.Random(1)
    claims: list[Request] = [(f"/claims/c{number:020x}", ()) for number in range(len(world.events))]
    chance.shuffle(claims)
    early, timed = rate * WARM_SECONDS, rate * seconds

    def search() -> Request:
        words = chance.choice(world.events).content.split()
        begin = chance.randrange(len(words))
        typed = words[begin : begin + chance.randint(1, 3)]
        typed[-1] = typed[-1][: chance.randint(3, 9)]
        # as you type, or the page of its own
        return f"/search?q={quote(' '.join(typed))}", ("HX-Target: found",) if chance.random() < 0.5 else ()

    return {
        "claims, for the first time": (claims[:early], claims[early : early + timed]),
        "claims, asked for before": (claims, chance.choices(claims, k=timed)),
        "searches": ([search() for _ in range(early)], [search() for _ in range(timed)]),
    }


def _measure(
    name: str, first: list[Request], timed: list[Request], address: str, server: int, path: Path, rate: int
) -> dict[str, object]:
    chance = random.Random(name)
    asyncio.run(_ask(address, first, rate, chance))
    documents, busy, begun = _count(path), _find_busy(server), time.perf_counter()
    answers = asyncio.run(_ask(address, timed, rate, chance))
    took = time.perf_counter() - begun
    busy = _find_busy(server) - busy
    times = np.array([answer.milliseconds for answer in answers])
    return {
        "asked": name,
        "a second": round(len(answers) / took, 1),
        "p50 ms": round(float(np.percentile(times, 50)), 1),
        "p99 ms": round(float(np.percentile(times, 99)), 1),
        "most ms": round(float(times.max()), 1),
        "failed": sum(answer.status != 200 for answer in answers),
        "core busy %": round(100 * busy / took),
        # what does not depend on who else uses the machine
        "core ms each": round(1000 * busy / len(answers), 2),
        "added meanwhile": _count(path) - documents,
    }


async def _ask(address: str, requests: Sequence[Request], rate: int, chance: random.Random) -> list[Answer]:
    """Send each request when it is due, over connections that are kept open."""
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def send(path: str, headers: Sequence[str], due: float) -> Answer:
        reader, writer = idle.pop() if idle else await asyncio.open_connection(host, int(port))
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", *headers, "", ""]
        writer.write("\r\n".join(lines).encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        except (asyncio.IncompleteReadError, ConnectionError):
            # the server closes connections that nobody uses for a while; a new one it does not
            writer.close()
            return await send(path, headers, due)
        await reader.readexactly(int(head.partition("content-length: ")[2].split("\r\n")[0]))
        idle.append((reader, writer))
        return Answer(1000 * (time.perf_counter() - due), int(head.split()[1]))

    due = time.perf_counter()
    sent = []
    for path, headers in requests:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sent.append(asyncio.create_task(send(path, headers, due)))
    answers = await asyncio.gather(*sent)
    for _, writer in idle:
        writer.close()
    return answers


@contextmanager
def _serving(path: Path) -> Iterator[tuple[str, int]]:
    """The server's address and process, alone on its core."""
    command = [sys.executable, "-m", "onrecord", "--ledger", str(path), "serve", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    core, *others = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(process.pid, {core})
    os.sched_setaffinity(0, set(others) or {core})
    try:
        assert process.stderr is not None
        told = process.stderr.readline().split()
        address = next(word for word in told if word.startswith("http://"))
        _wait_for(address)
        yield address, process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def _adding(path: Path, pages: Path) -> Iterator[None]:
    """`onrecord add` at work on the cores that are ours, from its first page on."""
    before = _count(path)
    command = [sys.executable, "-m", "onrecord", "--ledger", str(path), "add", "--quiet", str(pages)]
    process = subprocess.Popen(command, start_new_session=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
    try:
        while _count(path) == before and process.poll() is None:
            time.sleep(0.2)
        yield
        if process.poll() is not None:
            sys.exit("onrecord add was done before everything was measured")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _find_first_paint(address: str) -> dict[str, float]:
    """Milliseconds from the request to the first thing to be seen, in a Chromium that has kept nothing; by page."""
    if find_chromium() is None:
        return {}
    found = {}
    with driving() as browser:
        browser.get(f"{address}static/")  # whatever it answers: starting a tab is not the page's doing
        for name, path in (
            ("ledger", ""),
            ("claim", f"claims/c{0:020x}"),
            ("people", "names"),
            ("documents", "documents"),
        ):
            times = []
            for _ in range(PAINTS):
                browser.execute_cdp_cmd("Network.clearBrowserCache", {})
                browser.get(address + path)
                times.append(WebDriverWait(browser, 20).until(lambda driver: driver.execute_script(PAINTED)))
            found[name] = round(sorted(times)[PAINTS // 2], 1)
    return found


def _write_pages(folder: Path) -> Path:
    """Pages of the same kind that the ledger does not have yet."""
    folder.mkdir()
    for raw, document, _ in islice(World(seed=2).iter_pages(), WRITTEN):
        (folder / raw.address).write_text(document.text, encoding="utf-8")
    return folder


def _wait_for(address: str) -> None:
    for _ in range(100):
        with suppress(OSError):
            asyncio.run(_ask(address, [("/", ())], 1, random.Random(0)))
            return
        time.sleep(0.1)
    sys.exit("the server does not answer")


def _count(path: Path) -> int:
    ledger = open_ledger(path, read_only=True)
    try:
        return count_all(ledger).documents
    finally:
        ledger.close()


def _find_busy(pid: int) -> float:
    """Seconds of processor time that the process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
