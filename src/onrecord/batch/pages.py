"""The first stage: the files of a shard to documents and statements, by the same steps as `onrecord add`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from datatrove.data import Document as Carrier
from datatrove.pipeline.base import PipelineStep

from onrecord.batch.plan import Plan
from onrecord.batch.tables import ShardWriter
from onrecord.intake import Added, identify, take_in
from onrecord.ledger import rows
from onrecord.read import find_broken
from onrecord.records import Document, Raw, Skipped

Carriers = Iterator[Carrier]


class ReadPages(PipelineStep):  # type: ignore[misc]
    """Each page of the shard, and what became of it, in a carrier: its statements, or a Skipped.

    A worker reads it: a page that kills or stops the one that reads it costs itself, not the shard.
    """

    type, name = "READER", "pages"

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Carriers:
        """Nothing comes in."""
        # the other cores have shards of their own
        settings = replace(self.plan.settings, workers=1)
        for raw, outcome in take_in(self._iter_pages(rank), settings=settings, guarded=True):
            self.stat_update("read" if isinstance(outcome, Added) else "skipped")
            if isinstance(outcome, Added):
                self.stat_update("statements", value=len(outcome.statements))
                text, name = outcome.document.text, outcome.document.id
            else:
                text, name = "", raw.source if isinstance(raw, Skipped) else raw.address
            yield Carrier(text, name, metadata={"raw": raw, "outcome": outcome})

    def _iter_pages(self, rank: int) -> Iterator[Raw | Skipped]:
        """Each page once."""
        seen: set[str] = set()
        for raw in self.plan.iter_shard(rank):
            if isinstance(raw, Raw):
                document_id = identify(raw)
                if document_id in seen:
                    continue
                seen.add(document_id)
            yield raw


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


def _document_to_row(document: Document, raw: Raw) -> dict[str, Any]:
    return rows.document_to_row(document) | {
        "media_type": raw.media_type,
        "size": len(raw.content),
        "content": rows.compress(raw.content),
        "origin": rows.pack_origin(document.origin),
    }


def _statements_to_rows(added: Added) -> Iterator[dict[str, Any]]:
    for place, statement in enumerate(added.statements):
        yield rows.statement_to_row(statement, added.document, place)
