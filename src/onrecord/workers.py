"""Work done in processes of its own, in order: one that dies or hangs costs the item it was at, not the run.

`work` is for many items, a `Worker` for whoever asks now and then. A process is started when there is work and all
others are busy, so that little work starts one. What it was given and did not finish is tried once more item by item,
which finds the item that does it.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic, Self, TypeVar

from onrecord.settings import Settings

Item = TypeVar("Item")
Result = TypeVar("Result")

# batches that wait for each worker, so that none stands idle while the caller is at something else
AHEAD = 3
RESULTS_AHEAD = 64
LOOK_SECONDS = 0.1
START_SECONDS = 120.0  # for many workers, who all load models at once
START_ONE_SECONDS = 30.0
END_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """An item whose worker died or hung."""

    item: Item
    reason: str


@dataclass(slots=True)
class _Task(Generic[Item, Result]):
    """A batch; `parts` where it is tried again item by item."""

    items: Sequence[Item]
    results: list[Result | Lost[Item]] | None = None
    parts: list[_Task[Item, Result]] = field(default_factory=list)

    def find_results(self) -> list[Result | Lost[Item]] | None:
        """All results, once they are there."""
        if self.results is None and self.parts:
            found = [part.results for part in self.parts]
            return None if None in found else [result for some in found for result in some or ()]
        return self.results


@dataclass(slots=True)
class _Worker(Generic[Item, Result]):
    process: BaseProcess
    pipe: Connection
    task: _Task[Item, Result] | None = None
    deadline: float = 0.0


def work(
    make: Callable[[], Callable[[Sequence[Item]], Sequence[Result]]],
    batches: Iterable[Sequence[Item]],
    *,
    workers: int,
    item_seconds: float,
    start_seconds: float = START_SECONDS,
    most_bytes: int = 0,
) -> Iterator[Result | Lost[Item]]:
    """The result of each item, in order, lazily; `make` (importable by name) makes in a worker what does a batch.

    An item may take `item_seconds`, and a batch no longer: one that does is tried again item by item. The first batch
    of a worker may take `start_seconds` more. A worker may hold `most_bytes` of memory, if that is given; an item that
    needs more is lost. Any other exception in a worker is raised here: what can go wrong with an item belongs into its
    result.
    """
    pool = _Pool(make, workers, item_seconds, start_seconds, most_bytes)
    # a thread of its own feeds the workers while the caller is at something else
    results: queue.Queue[Result | Lost[Item] | _End] = queue.Queue(maxsize=RESULTS_AHEAD)
    stop = threading.Event()
    feeder = threading.Thread(target=_feed, args=(pool, iter(batches), results, stop), daemon=True)
    feeder.start()
    try:
        while not isinstance(result := results.get(), _End):
            yield result
        if result.error is not None:
            raise result.error
    finally:
        stop.set()
        feeder.join()
        pool.close()


class Worker(Generic[Item, Result]):
    """What `make` (importable by name) makes, called in a process that one item can only stop for itself.

    The process is started when it is first asked, and kept; `settings` say how long an item may take (START_ONE_SECONDS
    more where the process is new) and how much memory it may fill. With `workers` = 1 it is called in this process,
    without limits. For one thread at a time.
    """

    def __init__(self, make: Callable[[], Callable[[Sequence[Item]], Sequence[Result]]], *, settings: Settings) -> None:
        self._make = make
        self._here: Callable[[Sequence[Item]], Sequence[Result]] | None = None
        self._is_here = settings.workers == 1
        self._pool: _Pool[Item, Result] = _Pool(
            make, 1, settings.max_page_seconds, START_ONE_SECONDS, settings.max_worker_bytes
        )

    def ask(self, items: Sequence[Item]) -> list[Result | Lost[Item]]:
        """The result of each item. Raises what `make`, or what it makes, raises."""
        if self._is_here:
            self._here = self._here or self._make()
            return list(self._here(items))
        task: _Task[Item, Result] = _Task(items)
        if items:
            self._pool.give(task)
            while task.find_results() is None:
                self._pool.take()
        return task.find_results() or []

    def close(self) -> None:
        """End the process; whoever asks again starts another."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _End:
    """After the last result: what ended the run, where something did."""

    error: BaseException | None


def _feed(
    pool: _Pool[Item, Result],
    batches: Iterator[Sequence[Item]],
    results: queue.Queue[Result | Lost[Item] | _End],
    stop: threading.Event,
) -> None:
    waiting: deque[_Task[Item, Result]] = deque()
    end = _End(None)
    try:
        ended = False
        while (waiting or not ended) and not stop.is_set():
            while not ended and len(waiting) < AHEAD * pool.most:
                task: _Task[Item, Result] = _Task(next(batches, ()))
                ended = not task.items
                if not ended:
                    waiting.append(task)
                    pool.give(task)
            pool.take()
            while waiting and (done := waiting[0].find_results()) is not None:
                waiting.popleft()
                for result in done:
                    _put(results, result, stop)
    except BaseException as error:  # noqa: BLE001 - raised by the thread that waits for results
        end = _End(error)
    _put(results, end, stop)


def _put(results: queue.Queue[Any], result: object, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            results.put(result, timeout=LOOK_SECONDS)
        except queue.Full:
            continue
        return


class _Pool(Generic[Item, Result]):
    """Processes with a task each, and the tasks that none has yet."""

    def __init__(
        self,
        make: Callable[[], Callable[[Sequence[Item]], Sequence[Result]]],
        workers: int,
        item_seconds: float,
        start_seconds: float,
        most_bytes: int,
    ) -> None:
        self._make = make
        self.most = workers
        self._item_seconds, self._start_seconds, self._most_bytes = item_seconds, start_seconds, most_bytes
        # a fork would copy locks and threads of whatever the caller has loaded
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Item, Result]] = []
        self._queue: deque[_Task[Item, Result]] = deque()

    def give(self, task: _Task[Item, Result]) -> None:
        """Queue a task and hand out what can be."""
        self._queue.append(task)
        self._hand_out()

    def take(self) -> None:
        """Take in what is ready, wait a moment where nothing is, and give up workers that are late."""
        busy = [worker for worker in self._workers if worker.task is not None]
        ready = set(wait([worker.pipe for worker in busy], timeout=LOOK_SECONDS)) if busy else set()
        now = time.monotonic()
        for worker in busy:
            if worker.pipe in ready:
                self._receive(worker)
            elif now >= worker.deadline:
                self._lose(worker, f"took more than {self._item_seconds:g} seconds")
        self._hand_out()

    def close(self) -> None:
        """End the workers, who hold nothing that is worth waiting for."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _find_idle(self) -> _Worker[Item, Result] | None:
        for worker in [worker for worker in self._workers if worker.task is None]:
            if worker.process.is_alive():
                return worker
            # it died of something else than an item: the machine ran out of memory, say
            self._workers.remove(worker)
            worker.pipe.close()
        return None

    def _hand_out(self) -> None:
        while self._queue:
            worker = self._find_idle()
            extra = 0.0
            if worker is None:
                if len(self._workers) >= self.most:
                    return
                worker, extra = self._start(), self._start_seconds
            task = self._queue.popleft()
            worker.task = task
            worker.deadline = time.monotonic() + extra + self._item_seconds
            # a worker that is gone is found out when its answer is waited for
            with suppress(BrokenPipeError, ConnectionResetError):
                worker.pipe.send(task.items)

    def _start(self) -> _Worker[Item, Result]:
        ours, theirs = self._context.Pipe()
        seconds = (self._start_seconds, self._item_seconds)
        process = self._context.Process(
            target=_serve, args=(self._make, theirs, self._most_bytes, *seconds), daemon=True
        )
        with _without_main():
            process.start()
        theirs.close()
        worker: _Worker[Item, Result] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _receive(self, worker: _Worker[Item, Result]) -> None:
        try:
            outcome = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join(END_SECONDS)
            self._lose(worker, f"its worker died ({_name_end(worker.process.exitcode)})")
            return
        if isinstance(outcome, MemoryError):
            self._lose(worker, f"took more than {self._most_bytes / 1e6:,.0f} MB of memory")
            return
        task, worker.task = worker.task, None
        if isinstance(outcome, BaseException):
            raise outcome
        assert task is not None
        task.results = outcome

    def _lose(self, worker: _Worker[Item, Result], reason: str) -> None:
        """Give a worker up; what it was at is tried once more, item by item."""
        task = worker.task
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        assert task is not None
        if len(task.items) == 1:
            task.results = [Lost(task.items[0], reason)]
        else:
            task.parts = [_Task([item]) for item in task.items]
            self._queue.extendleft(reversed(task.parts))


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program that runs: a worker would run it once more, and with it whatever it does when it starts."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(
    make: Callable[[], Callable[[Sequence[Item]], Sequence[Result]]],
    pipe: Connection,
    most_bytes: int,
    start_seconds: float,
    item_seconds: float,
) -> None:
    """The loop of a worker: a batch in, its results or the exception out, until the pipe is closed."""
    if most_bytes:
        _bound_memory(most_bytes)
    do = None
    while True:
        try:
            items = pipe.recv()
        except (EOFError, ConnectionResetError, KeyboardInterrupt):
            return
        try:
            # whoever waits for it ends it before; if they were killed, nobody else would
            _set_alarm(item_seconds + END_SECONDS + (0.0 if do else start_seconds))
            do = do or make()
            results: object = list(do(items))
        except KeyboardInterrupt:
            return
        except MemoryError:
            # the page is still held by what was raised: to say so takes memory too
            if most_bytes:
                _bound_memory(None)
            results = MemoryError()
        except BaseException as error:  # noqa: BLE001 - told to the caller, who raises it
            results = error
        _set_alarm(0)
        try:
            pipe.send(results)
        except (BrokenPipeError, ConnectionResetError):
            return


def _set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds, whatever it does then; 0 takes that back."""
    if hasattr(signal, "setitimer"):  # Windows has no such alarm
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory(most_bytes: int | None) -> None:
    """Have the system refuse this process more than that for its data, None takes it back; only Linux does."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = hard if most_bytes is None else most_bytes
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _name_end(code: int | None) -> str:
    return "ended" if code is None or code >= 0 else f"signal {-code}"
