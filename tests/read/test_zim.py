from __future__ import annotations

import builtins
import io
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("libzim", reason="the extra zim is not installed")

from bench.archives import write_zim
from onrecord.errors import RunError
from onrecord.read import iter_raw, iter_stream, read_documents
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE

HERE = Settings(workers=1)
PAGES = [(f"news.test/{n}", f"Ferry {n}", PAGE.replace("quay", f"quay {n}")) for n in range(3)]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_zim(tmp_path / "a.zim", PAGES, media_type="text/html; charset=utf-8")


def read(path: Path, settings: Settings = HERE) -> tuple[list[Raw], list[Skipped]]:
    found = list(iter_raw([path], settings=settings))
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Skipped)]


def test_its_pages_without_style_sheets_redirects_and_what_is_about_the_file(archive: Path) -> None:
    raws, skipped = read(archive)
    assert [(raw.address, raw.title) for raw in raws] == [(f"{archive}#{path}", title) for path, title, _ in PAGES]
    assert [raw.content.decode() for raw in raws] == [html for _, _, html in PAGES]
    assert {(raw.media_type, raw.seen) for raw in raws} == {("text/html; charset=utf-8", "2022-03-20T00:00:00")}
    assert not skipped
    assert read(archive, Settings())[0] == raws


def test_a_page_that_has_no_date_is_dated_by_the_file(archive: Path) -> None:
    documents = [one[0] for one in read_documents([archive], settings=HERE) if not isinstance(one, Skipped)]
    assert [document.published for document in documents] == [Moment("2022-03-20", "crawl")] * 3


def test_bytes_without_a_file(archive: Path) -> None:
    stream = io.BufferedReader(io.BytesIO(archive.read_bytes()))
    found = list(iter_stream("sent.zim", stream, HERE))
    assert [one.address for one in found if isinstance(one, Raw)] == [f"sent.zim#{path}" for path, _, _ in PAGES]


def test_what_cannot_be_read_says_why(archive: Path) -> None:
    good = archive.read_bytes()
    [large] = {one.reason for one in read(archive, Settings(workers=1, max_page_bytes=100))[1]}
    assert "larger than 100 bytes" in large
    for content in (good[:-300], good[:40], b"ZIM\x04" + bytes(200)):
        archive.write_bytes(content)
        raws, [skipped] = read(archive)
        assert not raws
        assert skipped.reason.startswith("a broken ZIM file: ")


def spoil(path: Path, page: str, place: int, new: bytes) -> None:
    """Change the directory entry of a page: its type is at 0, its cluster at 8, its blob in there at 12."""
    content = path.read_bytes()
    [found] = re.finditer(rb"..\x00C\x00{4}.{8}" + re.escape(page.encode()) + b"\x00", content, re.DOTALL)
    begin = found.start() + place
    path.write_bytes(content[:begin] + new + content[begin + len(new) :])


@pytest.mark.parametrize(("place", "new"), [(0, b"\x63\0"), (8, b"\xff" * 4)])
def test_a_broken_entry_costs_itself(place: int, new: bytes, archive: Path) -> None:
    spoil(archive, "news.test/1", place, new)
    raws, [skipped] = read(archive)
    assert [raw.title for raw in raws] == ["Ferry 0", "Ferry 2"]
    assert skipped.reason.startswith("a broken entry: ")


def test_where_libzim_is_missing_it_is_named(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *arguments: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "libzim":
            raise ModuleNotFoundError("No module named 'libzim'", name="libzim")
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(RunError, match=r'pip install "onrecord\[zim\]"'):
        read(archive)


def test_an_entry_that_kills_libzim_costs_what_comes_after_it(tmp_path: Path, archive: Path) -> None:
    """What the fuzzer found: a blob that is not in its cluster, over which libzim 9 ends the process."""
    spoil(archive, "news.test/1", 12, b"\xff" * 4)
    (tmp_path / "b.txt").write_text("A text\n\nThe mayor of Eastmouth said on Monday that the report was wrong.\n")
    first, *others, last = iter_raw([tmp_path], settings=Settings())
    assert isinstance(first, Raw)
    assert first.title == "Ferry 0"
    assert [str(one.source) for one in others if isinstance(one, Skipped)] in ([str(archive)], [f"{archive}#@1"])
    assert isinstance(last, Raw)
    assert last.address == str(tmp_path / "b.txt")
