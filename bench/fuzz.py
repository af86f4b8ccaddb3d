"""Hostile input by the million: what looks like pages, archives and feeds, mutated, through every reader.

Each input is made from a seed alone, so that one that fails can be made again: `python -m bench.fuzz --reader warc
--seed 123`. A reader may give pages and reasons why there are none, and raise DocumentError; any other exception is a
crash, and so is the death of the process, but for readers that have one to themselves, as in use: that is counted as
contained. An input that takes the processor longer than `--seconds` is slow, one after which the process is larger by
more than `--megabytes` is large, and a child process that dies or hangs is found by its parent. Readers run in child
processes of a bounded address space.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from types import FrameType

from bench.fuzz_readers import READERS, Contained, Reader, make_input
from bench.record import RESULTS, print_table, record

COMMAND = "make bench-fuzz"
INPUTS = 1_000_000
BATCH = 500
ADDRESS_SPACE = 6 * 1024**3
START_SECONDS = 60.0


@dataclass(slots=True)
class Tally:
    """What came of the inputs of one reader; `found` are seeds with what they did."""

    reader: str
    inputs: int = 0
    next_seed: int = 0
    given: int = 0
    refused: int = 0
    contained: int = 0
    slowest_seconds: float = 0.0
    grown_megabytes: float = 0.0
    found: list[str] = field(default_factory=list)


class _Slow(BaseException):
    """Raised in whatever runs when its time is over."""


def main() -> None:
    """Fuzz, print and record; the exit code is 1 where anything was found."""
    options = _read_options()
    names = options.reader or list(READERS)
    if options.seed is not None:
        print(_try_one(READERS[names[0]], options.seed, options.seconds) or "nothing found")
        return
    before = _read_before() if options.add else {}
    tried = {name: _fuzz(before.get(name, Tally(name)), options.inputs, options) for name in names}
    tallies = list((before | tried).values())
    rows = [{key: value for key, value in asdict(tally).items() if key != "found"} for tally in tallies]
    print_table([row | {"found": len(tally.found)} for row, tally in zip(rows, tallies, strict=True)])
    for tally in tallies:
        for one in tally.found:
            print(f"{tally.reader}: {one}")
    figures = {
        "inputs": sum(tally.inputs for tally in tallies),
        "found": sum(len(tally.found) for tally in tallies),
        "contained": sum(tally.contained for tally in tallies),
        "limits": {"seconds": options.seconds, "megabytes": options.megabytes},
        "readers": {tally.reader: asdict(tally) for tally in tallies},
    }
    if options.write:
        record("fuzz", figures, command=" ".join(["python -m bench.fuzz", *sys.argv[1:]]))
    else:
        print(json.dumps(figures))
    sys.exit(1 if figures["found"] else 0)


def _read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--reader", action="append", choices=list(READERS), help="only this one; may be repeated")
    parser.add_argument("--inputs", type=int, default=INPUTS, help="over all readers, by their shares")
    parser.add_argument("--add", action="store_true", help="go on after the last run, and add to its figures")
    parser.add_argument("--seconds", type=float, default=5.0, help="of processor time for one input")
    parser.add_argument("--megabytes", type=float, default=200.0, help="growth of the process over one input")
    parser.add_argument("--seed", type=int, help="only this input of the first reader")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print the figures only")
    return parser.parse_args(arguments)


def _read_before() -> dict[str, Tally]:
    path = RESULTS / "fuzz.json"
    if not path.exists():
        return {}
    figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return {name: Tally(**told) for name, told in figures["readers"].items()}


def _fuzz(tally: Tally, inputs: int, options: argparse.Namespace) -> Tally:
    """The share of the inputs that is a reader's, in a child process that is replaced when it dies."""
    total = sum(reader.share for reader in READERS.values())
    seed = tally.next_seed
    left = seed + max(1, round(inputs * READERS[tally.reader].share / total))
    # this process has everything imported and no threads: a child that is forked starts at once
    context = multiprocessing.get_context("fork")
    while seed < left:
        at = context.Value("q", -1)
        ours, theirs = context.Pipe()
        arguments = (tally.reader, theirs, at, range(seed, left), options.seconds, options.megabytes)
        child = context.Process(target=_serve, args=arguments)
        child.start()
        theirs.close()
        problem = _follow(ours, at, tally, options.seconds)
        child.kill()
        child.join()
        if problem is None:
            break
        tally.found.append(f"seed {at.value}: {problem}")
        seed = max(seed, at.value) + 1
    tally.next_seed = left
    print(f"{tally.reader}: {tally.inputs:,} inputs, {len(tally.found)} found", file=sys.stderr)
    return tally


def _follow(pipe: Connection, at: Synchronized[int], tally: Tally, seconds: float) -> str | None:
    """Add up what a child tells until it is done; what went wrong where it is not."""
    seen, since = -1, time.monotonic()
    while True:
        try:
            if pipe.poll(1.0):
                if (told := pipe.recv()) is None:
                    return None
                _add(tally, told)
        except (EOFError, ConnectionResetError):
            return "the process died"
        if at.value != seen:
            seen, since = at.value, time.monotonic()
        elif time.monotonic() - since > (START_SECONDS if seen < 0 else 12 * seconds):
            return "hangs, and no signal is heard"


def _add(tally: Tally, one: Tally) -> None:
    tally.inputs += one.inputs
    tally.given += one.given
    tally.refused += one.refused
    tally.contained += one.contained
    tally.slowest_seconds = round(max(tally.slowest_seconds, one.slowest_seconds), 3)
    tally.grown_megabytes = round(max(tally.grown_megabytes, one.grown_megabytes), 1)
    tally.found += one.found


def _serve(name: str, pipe: Connection, at: Synchronized[int], seeds: range, seconds: float, megabytes: float) -> None:
    """In the child: put the seed of each input where the parent sees it, and tell now and then what came of them."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    reader = READERS[name]
    samples = reader.make_samples()
    for sample in samples:
        reader.read(sample)  # loads whatever is loaded once
    for begin in range(0, len(seeds), BATCH):
        tally = Tally(name)
        for seed in seeds[begin : begin + BATCH]:
            at.value = seed
            content = make_input(reader, samples, seed)
            peak, start = _find_peak(), time.process_time()
            problem = _run(reader.read, content, seconds, tally)
            took, grown = time.process_time() - start, (_find_peak() - peak) / 1024
            if problem is None and grown > megabytes:
                problem = f"grew by {grown:.0f} MB over {len(content):,} bytes"
            found = [f"seed {seed}: {problem}"] if problem else []
            _add(tally, Tally(name, inputs=1, slowest_seconds=took, grown_megabytes=grown, found=found))
        pipe.send(tally)
    pipe.send(None)


def _try_one(reader: Reader, seed: int, seconds: float) -> str | None:
    samples = reader.make_samples()
    content = make_input(reader, samples, seed)
    sys.stderr.write(f"{len(content):,} bytes: {content[:300]!r}\n")
    return _run(reader.read, content, seconds, Tally(reader.name))


def _run(read: Callable[[bytes], int], content: bytes, seconds: float, tally: Tally) -> str | None:
    """What is wrong, in words; None where the input was read or refused."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _Slow

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        given = read(content)
        tally.given += given > 0
        tally.refused += given == 0
    except Contained:
        tally.contained += 1
    except _Slow:
        return f"took longer than {seconds:g} seconds over {len(content):,} bytes"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is searched for
        return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def _find_peak() -> int:
    """Kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
