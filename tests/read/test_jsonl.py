from __future__ import annotations

import gzip
import json
from pathlib import Path

from onrecord.read import read_verbatim
from onrecord.records import Document, Moment, Skipped


def test_verbatim_rows_stay_as_they_are(tmp_path: Path) -> None:
    text = "  A text,\n\nwith   its blanks \u201cand marks.\n"
    path = tmp_path / "rows.jsonl.gz"
    rows = [
        json.dumps({"id": 7, "text": text, "published": "2014-08-02", "title": "T"}),
        "[]",
        "{",
        '{"id": "e", "text": ""}',
    ]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    first, second, third, last = read_verbatim(path)
    assert isinstance(first, Document)
    assert (first.id, first.text, first.title) == ("7", text, "T")
    assert first.published == Moment("2014-08-02", "record")
    assert [run.text for run in first.origin] == [run.raw for run in first.origin]
    assert isinstance(second, Skipped)
    assert isinstance(third, Skipped)
    assert isinstance(last, Document)
    assert last.text == ""
