"""Files of many pages are read in a process apart: whatever stops or kills it costs the rest of one file."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from bench.archives import write_warc
from onrecord.errors import RunError
from onrecord.read import containers, iter_raw, iter_stream
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE, URLS, make_deadly_container

APART = Settings(max_page_seconds=2, max_worker_bytes=1_000_000_000)


def write_archive(path: Path, *words: str) -> Path:
    """A page for each of the words, which it holds."""
    return write_warc(path, [(f"https://news.test/{word}", PAGE.replace("quay", word)) for word in words])


def test_the_same_pages_as_in_this_process(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.warc.gz", *(f"quay{n}" for n in range(40)))
    write_archive(tmp_path / "b.warc.gz", "pier")
    (tmp_path / "c.txt").write_text("A text\n\nThe mayor said no.\n")
    apart, here = (list(iter_raw([tmp_path], settings=settings)) for settings in (APART, Settings(workers=1)))
    assert apart == here
    assert len(apart) == 42


def test_bytes_without_a_file_are_put_down(tmp_path: Path) -> None:
    content = write_archive(tmp_path / "a.warc.gz", *URLS).read_bytes()
    found = list(iter_stream("sent.warc.gz", io.BufferedReader(io.BytesIO(content)), APART))
    assert len(found) == len(URLS)
    assert all(isinstance(one, Raw) and one.address.startswith("sent.warc.gz#") for one in found)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("DEADLY", "its worker died (signal 9)"),
        ("ENDLESS", "took more than 2 seconds"),
        pytest.param(
            "GREEDY",
            "took more than 1,000 MB of memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds the data of a process"),
        ),
    ],
)
def test_a_page_that_stops_the_reader_costs_the_rest_of_its_file(
    word: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "make_reader", make_deadly_container)
    first = write_archive(tmp_path / "a.warc.gz", "one", "two", word, "three")
    second = write_archive(tmp_path / "b.warc.gz", "four")
    found = list(iter_raw([first, second], settings=APART))
    assert [one.url if isinstance(one, Raw) else one for one in found] == [
        "https://news.test/one",
        "https://news.test/two",
        Skipped(str(first), "read", f"{reason}: nothing after page 2 was read"),
        "https://news.test/four",
    ]


def test_a_reader_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fastwarc").mkdir()
    (tmp_path / "fastwarc" / "__init__.py").write_text("raise ModuleNotFoundError(name='fastwarc')")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])  # which a process that is spawned is given
    archive = write_archive(tmp_path / "a.warc", "one")
    with pytest.raises(RunError, match=r"pip install \"onrecord\[crawl\]\""):
        list(iter_raw([archive], settings=APART))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_archive_without_permission(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "a.warc.gz", "one")
    archive.chmod(0)
    [found] = iter_raw([archive], settings=APART)
    assert isinstance(found, Skipped)
    assert "no permission" in found.reason
