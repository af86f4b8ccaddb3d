from __future__ import annotations

import io
import resource
from datetime import datetime

import pyarrow
import pytest
from pyarrow import parquet

from onrecord.read import iter_stream
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE

TEXT = "Ferry stays in port\n\nThe mayor of Eastmouth said on Monday that the ferry would stay in port.\n"
ROWS = [
    {"url": "https://news.test/1", "text": TEXT, "html": None, "date": datetime(2022, 3, 14), "domain": "news.test"},
    {"url": "https://news.test/2", "text": TEXT, "html": PAGE.encode(), "date": None, "domain": None},
    {"url": None, "text": None, "html": None, "date": None, "domain": None},
]


def write(rows: list[dict[str, object]], **options: object) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), file, **options)
    return file.getvalue()


def read(content: bytes, limit: int = 20_000_000) -> list[Raw | Skipped]:
    return list(
        iter_stream("a.parquet", io.BufferedReader(io.BytesIO(content)), Settings(workers=1, max_page_bytes=limit))
    )


def test_a_row_is_a_page() -> None:
    first, second, third = read(write(ROWS))
    assert isinstance(first, Raw)
    assert (first.address, first.content.decode()) == ("a.parquet#https://news.test/1", TEXT)
    assert (first.published, first.outlet) == (Moment("2022-03-14", "record"), "news.test")
    assert isinstance(second, Raw)
    assert (second.content.decode(), second.media_type) == (PAGE, None)
    assert third == Skipped("a.parquet#3", "read", "line 3: no text")


def test_a_broken_row_group_costs_itself() -> None:
    rows = [{"id": i, "text": f"{TEXT}{i}"} for i in range(9)]
    content = bytearray(write(rows, row_group_size=3, compression="zstd", use_dictionary=False))
    begin = parquet.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(1).data_page_offset
    content[begin : begin + 10] = b"\xff" * 10
    found = read(bytes(content))
    assert [one.address for one in found if isinstance(one, Raw)] == [f"a.parquet#{i}" for i in (0, 1, 2, 6, 7, 8)]
    assert [one.source for one in found if isinstance(one, Skipped)] == ["a.parquet#row group 2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PAR1 and no more", "a broken Parquet file"),
        (write(ROWS)[:-20], "a broken Parquet file"),
        (write([{"size": 1}]), "without a column that holds a text"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    [found] = read(content)
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_a_large_row_is_skipped() -> None:
    found = read(write([{"id": 1, "text": "x" * 5_000}, {"id": 2, "text": TEXT}]), limit=1_000)
    assert [type(one) for one in found] == [Skipped, Raw]


def test_a_page_that_claims_two_gigabytes_is_not_given_them() -> None:
    content = bytearray(write([{"id": i, "text": TEXT} for i in range(3)], compression="none", use_dictionary=False))
    begin = parquet.ParquetFile(io.BytesIO(content)).metadata.row_group(0).column(1).data_page_offset
    # the head of a page: its kind, then its two sizes as numbers of one or two bytes
    content[begin : begin + 8] = b"\x15\x00\x15\xfe\xff\xff\xff\x0f"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(bytes(content))
    assert [type(one) for one in found] == [Skipped]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_row_group_that_is_too_large_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.parquet._MAX_GROUP_BYTES", 100)
    [found] = read(write([{"id": 1, "text": TEXT * 20}], compression="none"))
    assert isinstance(found, Skipped)
    assert "larger than 100 bytes" in found.reason


def test_a_file_of_more_rows_than_bytes_is_not_gone_through() -> None:
    [found] = read(write([{"text": None, "id": "a"}] * 500_000, compression="zstd"))
    assert isinstance(found, Skipped)
    assert "more rows than the file has bytes" in found.reason
