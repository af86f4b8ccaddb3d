"""Files of many pages, wherever the command line takes a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
from pyarrow import parquet

from bench.archives import make_response, write_warc
from tests.cli.conftest import Done

PAGE = (
    "<html><head><title>Ferry</title></head><body><article><h1>Ferry stays in port</h1>"
    "<p>Anna Belov said that the ferry would stay in port {} until the quay is mended and safe again.</p>"
    "<p>The council of Eastmouth will look at the matter again after the end of the winter, it was told.</p>"
    "</article></body></html>"
)
SAVED = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    "--b\nContent-Type: text/html\nContent-Location: https://news.test/saved\n\n{}\n--b--\n"
)


def write_all(folder: Path) -> list[Path]:
    """One page in each form."""
    warc = write_warc(folder / "crawl.warc.gz", [("https://news.test/warc", PAGE.format("for a week"))])
    wacz, saved, rows = folder / "saved.wacz", folder / "page.mhtml", folder / "rows.parquet"
    with zipfile.ZipFile(wacz, "w") as packed:
        packed.writestr("archive/a.warc", make_response("https://news.test/wacz", PAGE.format("for a month").encode()))
    saved.write_text(SAVED.format(PAGE.format("for a year")))
    table = pyarrow.Table.from_pylist([{"url": "https://news.test/row", "html": PAGE.format("for ever")}])
    file = io.BytesIO()
    parquet.write_table(table, file)
    rows.write_bytes(file.getvalue())
    return [warc, wacz, saved, rows]


def test_archives_and_tables_wherever_a_file_may_be_named(onrecord: Callable[..., Done], tmp_path: Path) -> None:
    files = write_all(tmp_path)
    read = onrecord("read", *files, "--json")
    assert (read.code, [line["title"] for line in read.lines]) == (0, ["Ferry stays in port"] * 4)
    extracted = onrecord("extract", *files)
    assert (extracted.code, len(extracted.lines)) == (0, 4)
    added = onrecord("add", *files, "--json")
    assert (added.code, added.lines[-1]["added"], added.lines[-1]["statements"]) == (0, 4, 4)
    assert onrecord("check").code == 0
    addresses = {line["address"].removeprefix(f"{tmp_path}/") for line in onrecord("documents", "--json").lines}
    assert {address.partition("#")[0] for address in addresses} == {file.name for file in files}


def test_a_broken_record_is_listed_and_tried_again(onrecord: Callable[..., Done], tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc.gz", [(f"https://news.test/{n}", PAGE.format(f"for {n} days")) for n in range(3)]
    )
    good = path.read_bytes()
    path.write_bytes(good[:-200])
    added = onrecord("add", path, "--json")
    assert (added.code, added.lines[-1]["added"], added.lines[-1]["failed"]) == (1, 2, 1)
    [failed] = onrecord("failed", "--json").lines
    assert failed["source"].startswith(f"{path}#")
    assert "broken WARC record" in failed["reason"]
    path.write_bytes(good)
    again = onrecord("retry", "--json")
    assert (again.code, again.lines[-1]["added"], again.lines[-1]["present"]) == (0, 1, 2)
    assert onrecord("failed", "--json").lines == []
