"""The Parquet tables of a batch: OUTPUT/TABLE/SHARD.parquet, each written under another name and then renamed."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Row = Mapping[str, Any]

ROWS = 500  # of a row group: at most so many pages are in memory at once
TEXT, NUMBER, FLAG, REAL, BYTES = pa.string(), pa.int64(), pa.bool_(), pa.float64(), pa.binary()

# lists and objects, in whichever table, are JSON, as in the ledger
JSON = frozenset(
    {
        *("headings", "leftovers", "content_spans", "cue_spans", "stands_for", "said_span", "speaks_of", "addressee"),
        *("venue", "because", "chain", "parts", "variants", "echoes", "documents", "positions", "history"),
        *("items", "levels"),
    }
)
_EDGES = dict.fromkeys(("left", "right", "relation", "decided_by", "decided_at", "withdrawn_at", "parts"), TEXT)
_COLUMNS = {
    "documents": {
        **dict.fromkeys(("id", "address", "outlet", "title", "day", "published", "published_known_by"), TEXT),
        **dict.fromkeys(("author", "agency", "language", "canonical", "based_on", "raw_hash", "encoding"), TEXT),
        **dict.fromkeys(("first_seen", "text", "headings", "leftovers", "media_type"), TEXT),
        # the page as it came in and the way back to it, compressed as in the ledger
        "size": NUMBER,
        "content": BYTES,
        "origin": BYTES,
    },
    "statements": {
        **dict.fromkeys(("id", "document_id", "day", "root", "via", "content", "cue", "act", "polarity"), TEXT),
        **dict.fromkeys(("certainty", "kind", "said_date", "said_precision", "outer", "made_by"), TEXT),
        **dict.fromkeys(("content_spans", "cue_spans", "stands_for", "said_span", "speaks_of", "addressee"), TEXT),
        **dict.fromkeys(("venue", "because", "chain"), TEXT),
        "place": NUMBER,
        "root_named": FLAG,
        "confidence": REAL,
    },
    "skipped": dict.fromkeys(("source", "step", "reason", "published", "outlet"), TEXT),
    "propositions": {"id": TEXT, "document_id": TEXT, "body": TEXT, "vector": BYTES},
    "vectors": {"item": TEXT, "vector": BYTES},
    "keys": {"key": NUMBER, "item": TEXT},
    "found": _EDGES | {"score": REAL},
    "edges": _EDGES | {"score": REAL},
    "copies": _EDGES | {"score": REAL},
    "clusters": dict.fromkeys(("items", "levels"), TEXT),
    "claims": {
        **dict.fromkeys(("id", "text", "status", "first", "last", "variants", "echoes", "documents"), TEXT),
        **dict.fromkeys(("positions", "history"), TEXT),
        "independent_roots": NUMBER,
        "prominence": NUMBER,
    },
}
SCHEMAS = {name: pa.schema(list(columns.items())) for name, columns in _COLUMNS.items()}


class ShardWriter:
    """Rows into one shard of a table. The file has its name once the block is left without an error.

    What a killed writer left under another name is deleted by the next one of the same shard.
    """

    def __init__(self, output: Path, table: str, rank: int) -> None:
        self.path = _find_path(output, table, rank)
        self.schema = SCHEMAS[table]
        self._rows: list[Row] = []

    def __enter__(self) -> ShardWriter:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for left in self.path.parent.glob(f".{self.path.name}.*"):
            left.unlink(missing_ok=True)
        self._unfinished = self.path.with_name(f".{self.path.name}.{socket.gethostname()}-{os.getpid()}")
        self._file = self._unfinished.open("wb")
        self._writer = pq.ParquetWriter(self._file, self.schema, compression="zstd")
        return self

    def write(self, row: Row) -> None:
        """Add a row; lists and objects of JSON columns as they are."""
        self._rows.append(row)
        if len(self._rows) >= ROWS:
            self._flush()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error is None:
                self._flush()
            self._writer.close()
            if error is None:
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()
        if error is None:
            self._unfinished.replace(self.path)
        else:
            self._unfinished.unlink()

    def _flush(self) -> None:
        if self._rows:
            packed = [{name: _pack(name, row.get(name)) for name in self.schema.names} for row in self._rows]
            self._writer.write_batch(pa.RecordBatch.from_pylist(packed, schema=self.schema))
            self._rows = []


def write_shard(output: Path, table: str, rank: int, rows: Iterable[Row]) -> None:
    """All rows of a shard."""
    with ShardWriter(output, table, rank) as writer:
        for row in rows:
            writer.write(row)


def iter_shard(output: Path, table: str, rank: int, *, columns: Collection[str] | None = None) -> Iterator[Row]:
    """The rows of a shard, in the order of writing; of some columns where named. Lazy."""
    for batch in _iter_batches(output, table, rank, columns):
        yield from _unpack(batch)


def iter_rows(output: Path, table: str, shards: int, *, columns: Collection[str] | None = None) -> Iterator[Row]:
    """The rows of all shards. Lazy."""
    for rank in range(shards):
        yield from iter_shard(output, table, rank, columns=columns)


def find_rows(
    output: Path,
    table: str,
    shards: int,
    column: str,
    wanted: Collection[str] | Collection[int],
    *,
    columns: Collection[str] | None = None,
) -> Iterator[Row]:
    """The rows of all shards that hold one of the `wanted` in `column`. Reads through the table. Lazy."""
    values = pa.array(list(wanted), _COLUMNS[table][column])
    for rank in range(shards):
        for batch in _iter_batches(output, table, rank, columns):
            yield from _unpack(batch.filter(pc.is_in(batch.column(column), value_set=values)))


def count_rows(output: Path, table: str, shards: int) -> int:
    """How many rows the table has, from the ends of its files."""
    return sum(pq.ParquetFile(_find_path(output, table, rank)).metadata.num_rows for rank in range(shards))


def _iter_batches(output: Path, table: str, rank: int, columns: Collection[str] | None) -> Iterator[Any]:
    with pq.ParquetFile(_find_path(output, table, rank)) as file:
        names = [name for name in file.schema_arrow.names if columns is None or name in columns]
        yield from file.iter_batches(batch_size=10 * ROWS if columns else ROWS, columns=names)


def _find_path(output: Path, table: str, rank: int) -> Path:
    return output / table / f"{rank:05}.parquet"


def _pack(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if name in JSON and value is not None else value


def _unpack(batch: Any) -> Iterator[Row]:
    for row in batch.to_pylist():
        yield {name: json.loads(value) if name in JSON and value is not None else value for name, value in row.items()}
