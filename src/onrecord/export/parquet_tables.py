"""Parquet: the five tables with types; texts and spans are lists."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.export.records import Records
from onrecord.export.tables import TABLES, Row, iter_rows

ROWS_A_GROUP = 5_000
CHARACTERS_A_GROUP = 16_000_000  # documents hold their texts
TYPES: dict[str, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "spans": pa.list_(pa.struct([("begin", pa.int64()), ("end", pa.int64())])),
}


def write(records: Records, folder: Path) -> None:
    """One file a table, written a group of rows at a time."""
    with ExitStack() as stack:
        groups = {table: stack.enter_context(_Groups(folder, table)) for table in TABLES}
        for table, row in iter_rows(records):
            groups[table].add(row)


class _Groups:
    """The rows of one table that are not in its file yet."""

    def __init__(self, folder: Path, table: str) -> None:
        self._columns = TABLES[table]
        self._schema = pa.schema([(column.name, TYPES[column.kind]) for column in self._columns])
        self._writer = pq.ParquetWriter(folder / f"{table}.parquet", self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._characters = 0

    def __enter__(self) -> _Groups:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self._characters += sum(len(value) for value in row if isinstance(value, str))
        if len(self._rows) >= ROWS_A_GROUP or self._characters >= CHARACTERS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        values = zip(*self._rows, strict=True)
        arrays = [
            pa.array([_to_value(value, column.kind) for value in one], TYPES[column.kind])
            for column, one in zip(self._columns, values, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows, self._characters = [], 0


def _to_value(value: Any, kind: str) -> Any:
    if kind == "spans":
        return [{"begin": begin, "end": end} for begin, end in value]
    return list(value) if kind == "texts" else value
