"""`onrecord export` at the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.export import FORMATS

Onrecord = Callable[..., Any]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(onrecord: Onrecord, pages: Path, tmp_path: Path, name: str) -> None:
    onrecord("add", pages, "--quiet")
    done = onrecord("export", "--format", name, "--output", "out")
    of_claims = r" and \d claims" if FORMATS[name].claims else ""
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(f"3 documents{of_claims} written to out\n", done.out)
    assert (tmp_path / "out").is_dir() is FORMATS[name].folder
    again = onrecord("export", "--format", name, "--output", "out")
    assert again.code == 2
    assert "--force" in again.err
    assert onrecord("export", "--format", name, "--output", "out", "--force", "--quiet").out == ""
    assert name in onrecord("export", "--help").out


def test_a_part_of_it_to_standard_output(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages / "a.txt", "--published", "2022-03-14", "--outlet", "Courier", "--quiet")
    onrecord("add", pages / "b.txt", "--published", "2022-03-20", "--outlet", "Post", "--quiet")
    for options in (["--until", "2022-03-15"], ["--outlet", "courier"]):
        done = onrecord("export", "--format", "jsonl", "--output", "-", *options)
        documents = [json.loads(line) for line in done.out.splitlines() if '"type": "document"' in line]
        assert [document["outlet"] for document in documents] == ["Courier"]


def test_a_folder_of_something_else_is_refused(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages / "a.txt", "--quiet")
    done = onrecord("export", "--format", "csv", "--output", pages, "--force")
    assert done.code == 2
    assert "holds other files" in done.err
    assert sorted(path.name for path in pages.iterdir()) == ["a.txt", "b.txt", "c.txt"]
