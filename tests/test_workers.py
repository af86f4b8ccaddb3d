"""Workers: order, a death, a hang, an error, and little work with few processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import pytest

from onrecord.settings import Settings
from onrecord.workers import Lost, Worker, work


def make_doubler() -> Callable[[Sequence[int]], Sequence[int]]:
    def double(items: Sequence[int]) -> Sequence[int]:
        for item in items:
            if item == 13:
                os.kill(os.getpid(), signal.SIGKILL)
            if item == 17:
                time.sleep(60)
            if item == 19:
                raise ValueError("nineteen")
        return [2 * item for item in items]

    return double


def make_glutton() -> Callable[[Sequence[int]], Sequence[int]]:
    return lambda items: [len(bytearray(item * 1_000_000)) // 1_000_000 for item in items]


def make_pid() -> Callable[[Sequence[int]], Sequence[int]]:
    return lambda items: [os.getpid() for _ in items]


def test_results_come_in_order() -> None:
    batches = [range(k, k + 3) for k in range(20, 80, 3)]
    assert list(work(make_doubler, batches, workers=2, item_seconds=30)) == [2 * k for k in range(20, 80)]


def test_an_item_that_kills_its_worker_costs_itself_alone() -> None:
    found = list(work(make_doubler, [[1, 2], [12, 13, 14], [15]], workers=2, item_seconds=30))
    assert found == [2, 4, 24, Lost(13, "its worker died (signal 9)"), 28, 30]


def test_an_item_that_hangs_is_given_up() -> None:
    found = list(work(make_doubler, [[1], [16, 17], [18]], workers=1, item_seconds=1.5, start_seconds=20))
    assert found[:2] == [2, 32]
    assert isinstance(found[2], Lost)
    assert found[2].item == 17
    assert found[3] == 36


@pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds the data of a process")
def test_an_item_that_takes_too_much_memory_costs_itself_alone() -> None:
    batches = [[1, 2], [3, 5000, 4], [5]]
    found = list(work(make_glutton, batches, workers=1, item_seconds=30, most_bytes=1_000_000_000))
    assert found == [1, 2, 3, Lost(5000, "took more than 1,000 MB of memory"), 4, 5]


def test_an_error_in_a_worker_is_raised_here() -> None:
    with pytest.raises(ValueError, match="nineteen"):
        list(work(make_doubler, [[19]], workers=1, item_seconds=30))


def test_an_error_of_the_source_is_raised_here() -> None:
    def batches() -> Sequence[Sequence[int]]:
        yield [1]
        raise OSError("no more")

    found = work(make_doubler, batches(), workers=1, item_seconds=30)
    with pytest.raises(OSError, match="no more"):
        list(found)


def test_little_work_starts_one_worker() -> None:
    assert len(set(work(make_pid, [[1, 2, 3]], workers=4, item_seconds=30))) == 1


def test_breaking_off_ends_the_workers() -> None:
    results = work(make_pid, ([k] for k in range(10_000)), workers=2, item_seconds=30)
    pid = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_nothing_to_do() -> None:
    assert list(work(make_doubler, [], workers=2, item_seconds=30)) == []


def make_spinner() -> Callable[[Sequence[int]], Sequence[int]]:
    def spin(items: Sequence[int]) -> Sequence[int]:
        # in C, where no thread and no Python handler of a signal gets a turn
        re.match("(a+)+b", "a" * 40)
        return items

    return spin


def test_who_asks_now_and_then_keeps_one_process() -> None:
    with Worker(make_pid, settings=Settings()) as worker:
        first, again = worker.ask([1, 2]), worker.ask([3])
        assert worker.ask([]) == []
        assert len({*first, *again}) == 1
        [pid] = again
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        # it died of something else: what is asked next is not blamed
        [other] = worker.ask([4])
        assert isinstance(other, int)
        assert other != pid
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_what_stops_or_kills_the_process_costs_itself() -> None:
    with Worker(make_doubler, settings=Settings(max_page_seconds=1.5)) as worker:
        assert worker.ask([1, 13, 2]) == [2, Lost(13, "its worker died (signal 9)"), 4]
        with pytest.raises(ValueError, match="nineteen"):
            worker.ask([19])
        assert worker.ask([3]) == [6]
        assert worker.ask([17]) == [Lost(17, "took more than 1.5 seconds")]
        assert worker.ask([4]) == [8]


def test_with_one_worker_it_is_asked_here() -> None:
    with Worker(make_pid, settings=Settings(workers=1)) as worker:
        assert worker.ask([1]) == [os.getpid()]


def make_named_spinner() -> Callable[[Sequence[int]], Sequence[int]]:
    print("begun", flush=True)
    return make_spinner()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms")
def test_a_worker_that_hangs_outlives_a_killed_caller_by_no_more_than_its_time() -> None:
    program = (
        "from tests.test_workers import make_named_spinner\n"
        "from onrecord.workers import work\n"
        "list(work(make_named_spinner, [[1]], workers=1, item_seconds=1, start_seconds=1))"
    )
    env = os.environ | {"PYTHONPATH": ":".join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        assert caller.stdout.readline()
        caller.kill()
        # the pipe is open as long as the worker is
        assert caller.communicate(timeout=60)[0] == ""
