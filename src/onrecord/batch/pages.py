"""The first stage: the files of a shard to documents and statements, by the same steps as `onrecord add`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from datatrove.data import Document as Carrier
from datatrove.pipeline.base import PipelineStep

from onrecord.batch.plan import Plan
from onrecord.batch.strikes import Strikes
from onrecord.batch.tables import ShardWriter
from onrecord.errors import DocumentError
from onrecord.extract import Extractor, make_extractor
from onrecord.ledger import rows
from onrecord.line import Added, extract_documents
from onrecord.read import find_broken, read_document
from onrecord.records import Document, Raw, Skipped
from onrecord.settings import Settings

Carriers = Iterator[Carrier]


class ReadPages(PipelineStep):  # type: ignore[misc]
    """Each page of the shard as a Document in a carrier; what cannot be read is carried as a Skipped."""

    type, name = "READER", "pages"

    def __init__(self, plan: Plan, output: Path) -> None:
        super().__init__()
        self.plan, self.output = plan, output

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Carriers:
        """Nothing comes in."""
        seen: set[str] = set()
        with Strikes(self.output, rank) as strikes:
            for raw in self.plan.iter_shard(rank):
                item = raw if isinstance(raw, Skipped) else self._read(raw, strikes)
                if isinstance(item, Document):
                    if item.id in seen:
                        continue
                    seen.add(item.id)
                text, name = (item.text, item.id) if isinstance(item, Document) else ("", item.source)
                self.stat_update("read" if isinstance(item, Document) else "skipped")
                yield Carrier(text, name, metadata={"raw": raw, "item": item, "strikes": strikes})

    def _read(self, raw: Raw, strikes: Strikes) -> Document | Skipped:
        if strikes.is_out(raw.address):
            return Skipped(raw.address, "extract", "worker after worker died over it")
        strikes.begin(raw.address)
        try:
            return read_document(raw, settings=self.plan.settings)
        except DocumentError as error:
            return Skipped(raw.address, "read", str(error))


class FindStatements(PipelineStep):  # type: ignore[misc]
    """Each document's statements beside it; one that no model can read becomes a Skipped."""

    type, name = "EXTRACTOR", "statements"

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Carriers:
        """Carriers of documents in, the same in the same order out."""
        extractor = load_extractor(self.settings)
        for suspect, group in groupby(data, key=_is_suspect):
            if not suspect:
                yield from self._extract(group, extractor)
                continue
            for carrier in group:
                carrier.metadata["strikes"].write()
                yield from self._extract([carrier], extractor)

    def _extract(self, carriers: Iterable[Carrier], extractor: Extractor) -> Carriers:
        waiting: deque[Carrier] = deque()

        def iter_items() -> Iterator[Document | Skipped]:
            for carrier in carriers:
                waiting.append(carrier)
                yield carrier.metadata["item"]

        for outcome in extract_documents(iter_items(), extractor):
            carrier = waiting.popleft()
            carrier.metadata["outcome"] = outcome
            if isinstance(outcome, Added):
                self.stat_update("statements", value=len(outcome.statements))
                carrier.metadata["strikes"].finish(outcome.document.address)
            yield carrier


class WritePages(PipelineStep):  # type: ignore[misc]
    """The tables documents, statements and skipped."""

    type, name = "WRITER", "pages"

    def __init__(self, plan: Plan, output: Path) -> None:
        super().__init__()
        self.plan, self.output = plan, output

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Carriers:
        """Carriers in, which pass through."""
        with ExitStack() as stack:
            documents, statements, skipped = (
                stack.enter_context(ShardWriter(self.output, table, rank))
                for table in ("documents", "statements", "skipped")
            )
            for carrier in data:
                raw, outcome = carrier.metadata["raw"], carrier.metadata["outcome"]
                if isinstance(outcome, Added):
                    documents.write(_document_to_row(outcome.document, raw))
                    for row in _statements_to_rows(outcome):
                        statements.write(row)
                    outcome = find_broken(outcome.document, raw)
                if outcome is not None:
                    skipped.write(self._skipped_to_row(outcome, raw))
                yield carrier

    def _skipped_to_row(self, skipped: Skipped, raw: Raw | Skipped) -> dict[str, Any]:
        published = raw.published.value if isinstance(raw, Raw) and raw.published else self.plan.published
        outlet = raw.outlet if isinstance(raw, Raw) else self.plan.outlet
        return {
            "source": skipped.source,
            "step": skipped.step,
            "reason": skipped.reason,
            "published": published,
            "outlet": outlet,
        }


def _is_suspect(carrier: Carrier) -> bool:
    item = carrier.metadata["item"]
    return isinstance(item, Document) and carrier.metadata["strikes"].is_suspect(item.address)


@cache
def load_extractor(settings: Settings) -> Extractor:
    """Models, loaded once in a process however many shards it gets."""
    return make_extractor(settings)


def _document_to_row(document: Document, raw: Raw) -> dict[str, Any]:
    return rows.document_to_row(document) | {
        "media_type": raw.media_type,
        "size": len(raw.content),
        "content": rows.compress(raw.content),
        "origin": rows.pack_origin(document.origin),
    }


def _statements_to_rows(added: Added) -> Iterator[dict[str, Any]]:
    for place, statement in enumerate(added.statements):
        row = rows.statement_to_row(statement, added.document, place)
        yield row | {"chain": rows.links_to_rows(statement)}
