"""A short run of the fuzzer over every reader; and what would be a fault is found."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace

import pytest

from bench import fuzz
from bench.fuzz import Tally, _run
from bench.fuzz_readers import READERS, make_input

FEW = {"page": 4, "dump": 4, "feed": 20, "parquet": 60, "wacz": 60}


@pytest.mark.parametrize("name", READERS)
def test_every_reader_reads_or_refuses(name: str) -> None:
    if name == "zim":
        pytest.importorskip("libzim", reason="the extra zim is not installed")
    reader = READERS[name]
    samples = reader.make_samples()
    assert all(reader.read(sample) >= 0 for sample in samples)
    tally = Tally(name)
    for seed in range(FEW.get(name, 200)):
        problem = _run(reader.read, make_input(reader, samples, 1_000_000 + seed), 10.0, tally)
        assert problem is None, seed
    assert tally.given + tally.refused + tally.contained == FEW.get(name, 200)


def test_inputs_are_the_same_for_the_same_seed_and_no_other() -> None:
    reader = READERS["warc"]
    samples = reader.make_samples()
    made = [make_input(reader, samples, seed) for seed in (1, 1, *range(2, 40))]
    assert made[0] == made[1]
    assert len(set(made)) > 35


def _raise(content: bytes) -> int:
    raise KeyError(content[:1])


def _hang(_content: bytes) -> int:
    while True:
        pass


@pytest.mark.parametrize(("read", "words"), [(_raise, "KeyError"), (_hang, "took longer than 0.2 seconds")])
def test_faults_are_told(read: Callable[[bytes], int], words: str) -> None:
    problem = _run(read, b"x", 0.2, Tally("x"))
    assert problem is not None
    assert words in problem


def test_a_child_that_dies_is_found_by_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(content: bytes) -> int:
        if content.startswith(b"2022"):
            return 1
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    reader = replace(READERS["date"], read=die, make_samples=lambda: [b"2022-03-14"])
    monkeypatch.setitem(READERS, "date", reader)
    options = fuzz._read_options([])
    tally = fuzz._fuzz(Tally("date"), round(40 * sum(one.share for one in READERS.values()) / reader.share), options)
    assert tally.found
    assert all("the process died" in one for one in tally.found)
    assert tally.next_seed == 40
