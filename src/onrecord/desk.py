"""What a program that stays up shares between its surfaces: models loaded once, and one page at a time taken in."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract import Extractor, make_extractor
from onrecord.ids import hash_bytes
from onrecord.ledger import Ledger
from onrecord.line import Added, Outcome, add_raws, extract_documents, remove_page, resolve_pages
from onrecord.query import Assessed, assess_claim
from onrecord.read import iter_stream, read_document
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings

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
        self._extractor: Extractor | None = None
        self._assessor: Assessor | None = None

    def get_extractor(self) -> Extractor:
        """The models that find statements."""
        with self._loading:
            if self._extractor is None:
                self._extractor = make_extractor(self.settings)
            return self._extractor

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
        extractor = self.get_extractor()
        with self.working:
            added = add_raws(
                self.ledger, raws, settings=self.settings, published=published, outlet=outlet, extractor=extractor
            )
            outcomes = list(added)
            for _ in resolve_pages(self.ledger):
                pass
        return outcomes

    def read(self, raw: Raw, *, published: Moment | None = None, outlet: str | None = None) -> Added | Skipped:
        """A page with its statements, of which nothing is kept. Raises DocumentError where it cannot be read."""
        filled = replace(raw, published=raw.published or published, outlet=raw.outlet or outlet)
        document = read_document(filled, settings=self.settings)
        extractor = self.get_extractor()
        with self.working:
            return next(extract_documents([document], extractor))

    def remove(self, document_id: str) -> bool:
        """Take a page out with all that follows from it. False where there is none."""
        with self.working:
            return remove_page(self.ledger, document_id)

    def assess(self, claim: str, *, limit: int, unrelated: bool = False) -> tuple[Assessed, ...]:
        """How the documents that come nearest to `claim` stand to it."""
        assessor = self.get_assessor()
        with self.working:
            return assess_claim(self.ledger, claim, limit=limit, unrelated=unrelated, assessor=assessor)


def make_pasted(text: str, *, title: str | None, url: str | None) -> Raw:
    """A page that somebody pasted: without a URL its address is made of what it says."""
    content = text.encode("utf-8", "replace")
    return Raw(url or f"pasted-{hash_bytes(content)[:12]}", content, title=title, url=url)


def iter_upload(filename: str | None, content: bytes, settings: Settings) -> Iterator[Raw | Skipped]:
    """The pages of a file that a browser or program sent, under the last part of the name that it gave."""
    name = UNSEEN.sub(" ", filename or "").replace("\\", "/").rpartition("/")[2] or "upload"
    yield from iter_stream(name, io.BufferedReader(io.BytesIO(content)), settings)
