"""A finished batch into a ledger: its pages, and its claims too where the ledger holds nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.batch.plan import read_plan
from onrecord.batch.run import is_finished
from onrecord.errors import DocumentError, RunError
from onrecord.ledger import Ledger, rows
from onrecord.ledger.claim_store import find_pending, resolving
from onrecord.line import resolve_pages
from onrecord.query import count_all
from onrecord.records import Claim, Raw, Skipped


@dataclass(frozen=True, slots=True)
class Imported:
    """What one shard has brought: pages that are new in the ledger, and pages that were in already."""

    added: int
    present: int
    skipped: int


def import_batch(ledger: Ledger, output: str | os.PathLike[str]) -> Iterator[Imported]:
    """Put the pages of a batch in, shard by shard, then its claims. Lazy; doing so again changes nothing.

    In a ledger that holds other pages as well, claims are decided anew over both. Raises RunError where the batch is
    not finished.
    """
    folder = Path(output).absolute()
    plan = read_plan(folder)
    if not is_finished(folder, plan):
        raise RunError(f"the batch in {folder} is not finished: run `onrecord batch` once more")
    from onrecord.batch.tables import count_rows, iter_rows

    held = True
    for rank in range(plan.shards):
        imported = _import_pages(ledger, folder, rank)
        held = held and not imported.skipped
        yield imported
    for row in iter_rows(folder, "skipped", plan.shards):
        skipped = Skipped(row["source"], row["step"], row["reason"])
        ledger.write_skipped(skipped, published=row["published"], outlet=row["outlet"])
    documents = count_rows(folder, "documents", plan.shards)
    pending = find_pending(ledger, limit=documents + 1)
    if held and len(pending) == documents == count_all(ledger).documents:
        _import_claims(ledger, folder, plan.shards, pending)
    else:
        for _ in resolve_pages(ledger):
            pass


def _import_pages(ledger: Ledger, output: Path, rank: int) -> Imported:
    from onrecord.batch.tables import iter_shard

    statements: dict[str, list[rows.Row]] = {}
    for row in iter_shard(output, "statements", rank):
        statements.setdefault(row["document_id"], []).append(row)
    added = present = skipped = 0
    for row in iter_shard(output, "documents", rank):
        if ledger.has_document(row["id"]):
            present += 1
            continue
        document = rows.row_to_document(row, rows.unpack_origin(row["origin"]))
        own = sorted(statements.get(document.id, []), key=lambda one: one["place"])
        raw = Raw(document.address, rows.decompress(row["content"]), row["media_type"], seen=document.first_seen)
        try:
            ledger.write_page(raw, document, [rows.row_to_statement(one) for one in own])
            added += 1
        except DocumentError as error:
            ledger.write_skipped(Skipped(document.address, "store", str(error)))
            skipped += 1
    return Imported(added, present, skipped)


def _import_claims(ledger: Ledger, output: Path, shards: int, document_ids: list[str]) -> None:
    """All that was decided, at once: a run that is killed leaves the pages pending for the next."""
    from onrecord.batch.tables import iter_shard

    with resolving(ledger, document_ids) as store:
        for rank in range(shards):
            propositions = list(iter_shard(output, "propositions", rank))
            loaded = [rows.load_proposition(row["body"]) for row in propositions]
            store.write_propositions(loaded)
            vectors = {
                p.id: rows.unpack_vector(row["vector"])
                for p, row in zip(loaded, propositions, strict=True)
                if row["vector"] is not None and p.points_at is None
            }
            for row in iter_shard(output, "vectors", rank):
                vectors[row["item"]] = rows.unpack_vector(row["vector"])
            store.write_vectors(vectors)
            keys: dict[str, list[int]] = {}
            for row in iter_shard(output, "keys", rank):
                keys.setdefault(row["item"], []).append(row["key"])
            store.write_keys(keys)
            for table in ("edges", "copies"):
                store.write_edges(rows.row_to_edge(row) for row in iter_shard(output, table, rank))
            store.write_clusters(
                tuple(zip(row["items"], row["levels"], strict=True)) for row in iter_shard(output, "clusters", rank)
            )
            store.replace_claims((), (_row_to_claim(row) for row in iter_shard(output, "claims", rank)))


def _row_to_claim(row: rows.Row) -> Claim:
    positions = [rows.row_to_position(one | {"claim_id": row["id"]}, one["statements"]) for one in row["positions"]]
    documents = [one["document_id"] for one in row["documents"]]
    copies = [one["document_id"] for one in row["documents"] if one["is_copy"]]
    return rows.row_to_claim(row, documents=documents, copies=copies, positions=positions, history=row["history"])
