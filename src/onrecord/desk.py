"""What a program that stays up shares between its surfaces: models loaded once, and one page at a time taken in.

Pages are read in a process apart, which holds those models: one that hangs or kills its reader costs itself.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from onrecord.ids import hash_bytes
from onrecord.intake import Item, make_reader, prepare, settle
from onrecord.ledger import Ledger
from onrecord.line import Added, Outcome, add_raws, remove_page, resolve_along, resolve_pages
from onrecord.query import Assessed, assess_claim
from onrecord.read import iter_stream
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings
from onrecord.workers import Worker

if TYPE_CHECKING:
    from onrecord.resolve.assess import Assessor

UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")


class Desk:
    """Where pages come in and claims are judged. Its methods take long and wait for each other: call them in threads.

    Models are loaded when the first page or claim needs them.
    """

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self.ledger = ledger
        self.settings = settings
        self.working = threading.Lock()
        self._loading = threading.Lock()
        self._assessor: Assessor | None = None
        self._reader: Worker[tuple[Item, bool], Outcome] = Worker(partial(make_keeper, settings), settings=settings)

    def get_assessor(self) -> Assessor:
        """The models that judge how a text stands to a claim."""
        from onrecord.resolve.assess import make_assessor

        with self._loading:
            if self._assessor is None:
                self._assessor = make_assessor(threads=self.settings.threads)
            return self._assessor

    def add(
        self, raws: Iterable[Raw | Skipped], *, published: Moment | None = None, outlet: str | None = None
    ) -> list[Outcome]:
        """Add pages to the ledger and bring the claims up to date; what became of each page."""
        read = partial(self._read, keeps=True)
        with self.working:
            added = add_raws(self.ledger, raws, settings=self.settings, published=published, outlet=outlet, read=read)
            outcomes = list(resolve_along(self.ledger, added))
            for _ in resolve_pages(self.ledger):
                pass
        return outcomes

    def read(self, raw: Raw, *, published: Moment | None = None, outlet: str | None = None) -> Added | Skipped:
        """A page with its statements, of which nothing is kept; or why it cannot be read."""
        filled = replace(raw, published=raw.published or published, outlet=raw.outlet or outlet)
        with self.working:
            [outcome] = self._read([filled], keeps=False)
        assert isinstance(outcome, Added | Skipped)
        return outcome

    def remove(self, document_id: str) -> bool:
        """Take a page out with all that follows from it. False where there is none."""
        with self.working:
            return remove_page(self.ledger, document_id)

    def assess(self, claim: str, *, limit: int, unrelated: bool = False) -> tuple[Assessed, ...]:
        """How the documents that come nearest to `claim` stand to it."""
        assessor = self.get_assessor()
        with self.working:
            return assess_claim(self.ledger, claim, limit=limit, unrelated=unrelated, assessor=assessor)

    def close(self) -> None:
        """End the process that reads."""
        self._reader.close()

    def _read(self, items: Sequence[Item], *, keeps: bool) -> list[Outcome]:
        results = self._reader.ask([(item, keeps) for item in items])
        return [settle(item, result) for item, result in zip(items, results, strict=True)]


def make_keeper(settings: Settings) -> Callable[[Sequence[tuple[Item, bool]]], list[Outcome]]:
    """What reads pages, and makes those ready for the claims that are to be kept."""
    read = make_reader(settings)

    def read_some(items: Sequence[tuple[Item, bool]]) -> list[Outcome]:
        from onrecord.inference.embedder import make_embedder

        made = zip(read([item for item, _ in items]), items, strict=True)
        return [prepare(one, make_embedder()) if keeps else one for one, (_, keeps) in made]

    return read_some


def make_pasted(text: str, *, title: str | None, url: str | None) -> Raw:
    """A page that somebody pasted: without a URL its address is made of what it says."""
    content = text.encode("utf-8", "replace")
    return Raw(url or f"pasted-{hash_bytes(content)[:12]}", content, title=title, url=url)


def iter_upload(filename: str | None, content: bytes, settings: Settings) -> Iterator[Raw | Skipped]:
    """The pages of a file that a browser or program sent, under the last part of the name that it gave."""
    name = UNSEEN.sub(" ", filename or "").replace("\\", "/").rpartition("/")[2] or "upload"
    yield from iter_stream(name, io.BufferedReader(io.BytesIO(content)), settings)
