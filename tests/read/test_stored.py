from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from bench.archives import write_warc
from onrecord.errors import RunError
from onrecord.read import iter_raw
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE, URLS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    """CC-NEWS as it lies in its bucket, in a store of this process's memory."""
    files = fsspec.filesystem("memory")
    root = "/news/crawl-data/CC-NEWS/2022/03"
    archive = write_warc(tmp_path / "a.warc.gz", [(url, PAGE) for url in URLS])
    for name in ("CC-NEWS-20220314000000-00001.warc.gz", "CC-NEWS-20220315000000-00002.warc.gz", ".hidden.warc.gz"):
        files.pipe(f"{root}/{name}", archive.read_bytes())
    yield f"memory://{root}"
    files.rm("/news", recursive=True)


def read(path: str) -> list[Raw | Skipped]:
    return list(iter_raw([path], settings=Settings(workers=1)))


def test_folders_globs_and_files(store: str) -> None:
    one = f"{store}/CC-NEWS-20220314000000-00001.warc.gz"
    for path, n_files in ((store, 2), (f"{store}/*0315*.gz", 1), (one, 1)):
        found = read(path)
        assert len(found) == n_files * len(URLS)
        assert all(isinstance(raw, Raw) for raw in found)
    assert isinstance(found[0], Raw)
    assert found[0].address.startswith(f"{one}#urn:uuid:")


@pytest.mark.parametrize("path", ["memory://news/nothing", "memory://nowhere/*.gz"])
def test_what_is_not_there(path: str) -> None:
    assert read(path) == [Skipped(path, "read", "no such file or folder")]


def test_an_address_in_an_address_is_not_followed() -> None:
    [found] = read("memory://a::http://127.0.0.1/")
    assert isinstance(found, Skipped)
    assert "may not name another" in found.reason
    [found] = read("ftp://127.0.0.1/a")
    assert found == Skipped("ftp://127.0.0.1/a", "read", "no such file or folder")


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", refuse)
    with pytest.raises(RunError, match="Install s3fs"):
        read("s3://news/a")
