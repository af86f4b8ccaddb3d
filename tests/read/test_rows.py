from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.read import iter_raw
from onrecord.read.rows import read_row
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings

TEXT = "The mayor of Eastmouth said on Monday that the ferry would stay in port.\n"
TRAFILATURA = {
    "title": "Ferry stays in port",
    "author": None,
    "hostname": "news.test",
    "date": "2022-03-14",
    "fingerprint": "16979d1738240cb5",
    "id": None,
    "raw_text": "The mayor",
    "text": TEXT,
    "source": "https://news.test/ferry",
    "source-hostname": "Courier",
    "filedate": "2022-03-15",
}
NEWS_PLEASE = {
    "authors": [],
    "date_download": "2022-03-15 10:00:00",
    "date_publish": "2022-03-14 09:00:00",
    "filename": "https%3A%2F%2Fnews.test%2Fferry.json",
    "language": "en",
    "source_domain": "Courier",
    "maintext": TEXT,
    "title": "Ferry stays in port",
    "url": "https://news.test/ferry",
}


@pytest.mark.parametrize("row", [TRAFILATURA, NEWS_PLEASE])
def test_rows_of_others(row: dict[str, object]) -> None:
    raw = read_row("a", 1, row)
    assert isinstance(raw, Raw)
    assert (raw.address, raw.url) == ("a#https://news.test/ferry", "https://news.test/ferry")
    assert (raw.content.decode(), raw.title, raw.outlet) == (TEXT, "Ferry stays in port", "Courier")
    assert raw.published == Moment("2022-03-14", "record")
    assert raw.seen is not None
    assert raw.seen.startswith("2022-03-15")


def test_a_file_of_one_object_or_a_list_of_them(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(NEWS_PLEASE, indent=4))
    (tmp_path / "many.json").write_text(json.dumps([TRAFILATURA, NEWS_PLEASE, {}], indent=4))
    (tmp_path / "text.txt").write_text("[Ferry] " + TEXT)
    found = list(
        iter_raw([tmp_path / "one.json", tmp_path / "many.json", tmp_path / "text.txt"], settings=Settings(workers=1))
    )
    assert [one.address if isinstance(one, Raw) else one.source for one in found] == [
        str(tmp_path / "one.json"),
        f"{tmp_path}/many.json#https://news.test/ferry",
        f"{tmp_path}/many.json#https://news.test/ferry",
        f"{tmp_path}/many.json#3",
        str(tmp_path / "text.txt"),
    ]
    assert isinstance(found[3], Skipped)


@pytest.mark.parametrize("value", ["None", "yesterday", 5, None, [], "2999-01-01"])
def test_dates_that_are_none(value: object) -> None:
    raw = read_row("a", 1, {"text": TEXT, "date": value, "date_download": value})
    assert isinstance(raw, Raw)
    assert raw.published is None
