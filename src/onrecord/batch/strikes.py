"""Pages that kill their worker. What was under way when an attempt died is taken alone by the next, and left out in
the end: so a poisoned page costs a few attempts and itself."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from types import TracebackType

STRIKES = 3  # a worker may also be killed by others, hardly so often over one page


class Strikes:
    """The pages that an attempt at a shard has begun and not finished, in a file that outlives it."""

    def __init__(self, output: Path, rank: int) -> None:
        self._path = output / "strikes" / f"{rank:05}.json"
        self._counts: Counter[str] = Counter()
        self._doing: dict[str, None] = {}

    def __enter__(self) -> Strikes:
        if self._path.exists():
            noted = json.loads(self._path.read_text(encoding="utf-8"))
            # whoever wrote this did not come to its end
            self._counts = Counter(noted["strikes"]) + Counter(noted["doing"])
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is None:
            self._path.unlink(missing_ok=True)

    def is_out(self, address: str) -> bool:
        """Whether a worker has died so often over this page that it is left out."""
        return self._counts[address] >= STRIKES

    def is_suspect(self, address: str) -> bool:
        """Whether a worker has died while it had this page."""
        return self._counts[address] > 0

    def begin(self, address: str) -> None:
        """Put down that a page is begun with."""
        self._doing[address] = None
        self.write()

    def finish(self, address: str) -> None:
        """A page is through; that is put down with the next one."""
        self._doing.pop(address, None)

    def write(self) -> None:
        """Put down what is under way now."""
        noted = {"strikes": self._counts, "doing": list(self._doing)}
        unfinished = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        unfinished.write_text(json.dumps(noted), encoding="utf-8")
        unfinished.replace(self._path)
