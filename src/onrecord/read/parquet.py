"""Parquet: one page a row, with the columns that JSON lines would have as fields."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.errors import RunError
from onrecord.read.limits import too_large
from onrecord.read.rows import FIELDS, read_row
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

STEP = "read"
MARK = b"PAR1"
_ROWS = 16  # at once
# of a row group, whose columns are read whole: to read them page by page, Arrow makes room for whatever length the head
# of a page claims; and what a file says of single columns must not be looked at: pyarrow 25 aborts over broken figures
_MAX_GROUP_BYTES = 1 << 30
_MAX_PARTS = 1_000_000  # of the footer, which is read whole


def iter_parquet(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    """One Raw for each row that has a text; a broken row group costs itself.

    Lazy; holds a row group as it is packed, and a few rows. Raises RunError where pyarrow is missing.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ModuleNotFoundError as error:
        raise RunError(f'Parquet needs {error.name}: pip install "onrecord[crawl]"') from error
    broken = (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError)
    try:
        file = ParquetFile(stream, pre_buffer=False, thrift_container_size_limit=_MAX_PARTS)
        columns = [column for column in file.schema_arrow.names if column in FIELDS]
        groups = file.num_row_groups
        size = stream.seek(0, io.SEEK_END)
    except broken as error:
        yield Skipped(name, STEP, f"a broken Parquet file: {_say(error)}")
        return
    if not columns:
        yield Skipped(name, STEP, "a Parquet file without a column that holds a text")
        return
    number = 0
    for group in range(groups):
        try:
            first = number
            about = file.metadata.row_group(group)
            number += about.num_rows
            if about.total_byte_size > _MAX_GROUP_BYTES:
                yield Skipped(f"{name}#row group {group + 1}", STEP, f"larger than {_MAX_GROUP_BYTES:,} bytes unpacked")
                continue
            if about.num_rows > size:
                yield Skipped(f"{name}#row group {group + 1}", STEP, "more rows than the file has bytes")
                continue
            for batch in file.iter_batches(_ROWS, row_groups=[group], columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    first += 1
                    yield _read(name, first, row, settings.max_page_bytes)
        except broken as error:
            yield Skipped(f"{name}#row group {group + 1}", STEP, f"broken: {_say(error)}")


def _read(name: str, number: int, row: dict[str, Any], limit: int) -> Raw | Skipped:
    item = read_row(name, number, row)
    if isinstance(item, Raw) and len(item.content) > limit:
        return Skipped(item.address, STEP, too_large(limit))
    return item


def _say(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
