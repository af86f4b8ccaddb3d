from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.archives import make_response, write_warc
from onrecord.errors import RunError
from onrecord.fetch import Fetcher, FetchError, fetch_archive, polite
from onrecord.fetch.archives import find_folder
from onrecord.read import find_file, iter_raw, iter_stream, list_archives
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE, URLS
from tests.sites import Site

PATHS = [f"crawl-data/CC-NEWS/2022/03/CC-NEWS-2022031{n}000000-0000{n}.warc.gz" for n in range(3)]


class Store:
    """Sends files in parts, as the server of Common Crawl does; `stops_at` is a byte at which it breaks off."""

    def __init__(self, content: bytes, etag: str = '"one"') -> None:
        self.content, self.etag = content, etag
        self.stops_at: int | None = None
        self.asked: list[tuple[int, int]] = []

    def __call__(self, handler: Any) -> None:
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", handler.headers["Range"])
        assert found
        begin, end = int(found[1]), min(int(found[2]) + 1, len(self.content))
        self.asked.append((begin, end))
        if self.stops_at is not None and end > self.stops_at:
            handler.send_error(404)
            return
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes {begin}-{end - 1}/{len(self.content)}")
        handler.send_header("Content-Length", str(end - begin))
        handler.send_header("ETag", self.etag)
        handler.end_headers()
        handler.wfile.write(self.content[begin:end])


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite, "PART_BYTES", 1_500)


@pytest.fixture
def settings(tmp_path: Path, site: Site) -> Settings:
    """In this process, with a list's base on the loopback server."""
    return Settings(
        workers=1,
        fetch_private="127.0.0.1",
        host_seconds=0.0,
        archive_base=site.url,
        archive_folder=str(tmp_path / "archives"),
    )


@pytest.fixture
def stores(tmp_path: Path, site: Site) -> list[Store]:
    """Three archives of five pages each on the server, and their list at /warc.paths.gz."""
    made = []
    for n, path in enumerate(PATHS):
        file = write_warc(tmp_path / "made.warc.gz", [(f"{url}/{n}", PAGE.replace("quay", f"quay{n}")) for url in URLS])
        made.append(Store(file.read_bytes()))
        site.pages[f"/{path}"] = made[-1]
    site.pages["/warc.paths.gz"] = gzip.compress("".join(f"{path}\n" for path in PATHS).encode())
    (tmp_path / "made.warc.gz").unlink()
    return made


def read(path: str | Path, settings: Settings) -> tuple[list[Raw], list[Skipped]]:
    found = list(iter_raw([path], settings=settings))
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Skipped)]


def test_a_list_stands_for_the_archives_that_it_names(
    tmp_path: Path, site: Site, stores: list[Store], settings: Settings
) -> None:
    here = tmp_path / "warc.paths"
    here.write_text("\n".join(PATHS))
    for given in (here, f"{site.url}/warc.paths.gz"):
        raws, skipped = read(given, settings)
        assert [raw.url for raw in raws] == [f"{url}/{n}" for n in range(3) for url in URLS]
        assert raws[0].address.startswith(f"{site.url}/{PATHS[0]}#urn:uuid:")
        assert not skipped
    assert not list(find_folder(settings).iterdir())
    assert stores[0].asked[:2] == [(0, 1_500), (1_500, len(stores[0].content))]


def test_a_base_on_this_machine(tmp_path: Path, settings: Settings) -> None:
    archive = tmp_path / "mirror" / PATHS[0]
    archive.parent.mkdir(parents=True)
    write_warc(archive, [(url, PAGE) for url in URLS])
    listed = tmp_path / "mirror" / "warc.paths.gz"
    listed.write_bytes(gzip.compress(f"{PATHS[0]}\n{PATHS[1]}\n".encode()))
    local = Settings(workers=1, archive_base=str(tmp_path / "mirror"))
    raws, [skipped] = read(listed, local)
    assert len(raws) == len(URLS)
    assert skipped == Skipped(str(tmp_path / "mirror" / PATHS[1]), "read", "no such file or folder")
    # beside the archives that it names it is no page, and is not followed
    raws, [skipped] = read(tmp_path / "mirror", local)
    assert len(raws) == len(URLS)
    assert skipped.source == str(listed)
    with listed.open("rb") as stream:
        [sent] = iter_stream("sent.paths.gz", stream, local)
    assert isinstance(sent, Skipped)


def test_without_a_base_it_is_common_crawls(tmp_path: Path) -> None:
    (tmp_path / "warc.paths").write_text(PATHS[0])
    assert list_archives(str(tmp_path / "warc.paths"), settings=Settings()) == [
        f"https://data.commoncrawl.org/{PATHS[0]}"
    ]


@pytest.mark.parametrize(
    "line", ["../../etc/secret.warc.gz", "a/../../b.warc", "/etc/a.warc", "http://127.0.0.1/a.warc"]
)
def test_a_list_that_leads_out_of_its_base_is_refused(line: str, tmp_path: Path, settings: Settings) -> None:
    listed = tmp_path / "warc.paths"
    listed.write_text("\n".join([*PATHS * 50, line]))
    raws, [skipped] = read(listed, settings)
    assert not raws
    assert skipped.reason == "line 151 of a list of archives is not a path to one"


def test_what_was_fetched_is_not_fetched_again(
    site: Site, stores: list[Store], settings: Settings, make_fetcher: Callable[..., Fetcher]
) -> None:
    url, store = f"{site.url}/{PATHS[0]}", stores[0]
    store.stops_at = 1_600
    _, [skipped] = read(url, settings)
    assert skipped == Skipped(url, "fetch", "the server answers 404")
    assert store.asked == [(0, 1_500), (1_500, len(store.content))]
    store.stops_at = None
    path = fetch_archive(url, make_fetcher(), settings=settings)
    assert store.asked[2:] == [(1_500, len(store.content))]
    assert path.read_bytes() == store.content
    # a run that is killed while it reads leaves the file to the next
    pages = iter_raw([url], settings=settings)
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert len(read(url, settings)[0]) == len(URLS)
    assert len(store.asked) == 3


def test_another_file_at_the_address_is_fetched_from_its_beginning(
    site: Site, stores: list[Store], settings: Settings
) -> None:
    url, store = f"{site.url}/{PATHS[0]}", stores[0]
    store.stops_at = 1_600
    read(url, settings)
    other = gzip.compress(make_response("https://news.test/new", PAGE.encode()))
    site.pages[f"/{PATHS[0]}"] = Store(other + store.content, etag='"two"')
    raws, skipped = read(url, settings)
    assert [raw.url for raw in raws] == ["https://news.test/new", *(f"{url}/0" for url in URLS)]
    assert not skipped


def test_limits(site: Site, stores: list[Store], settings: Settings, make_fetcher: Callable[..., Fetcher]) -> None:
    from dataclasses import replace

    url = f"{site.url}/{PATHS[0]}"
    with pytest.raises(FetchError, match=r"larger than 500 bytes \(settings: max_archive_bytes\)"):
        fetch_archive(url, make_fetcher(), settings=replace(settings, max_archive_bytes=500))
    assert stores[0].asked == [(0, 1_500)]
    site.pages["/whole.warc.gz"] = bytes(1_501)
    with pytest.raises(FetchError, match="whole only"):
        fetch_archive(f"{site.url}/whole.warc.gz", make_fetcher(), settings=settings)
    site.pages["/small.warc.gz"] = stores[0].content[:900]
    assert fetch_archive(f"{site.url}/small.warc.gz", make_fetcher(), settings=settings).stat().st_size == 900
    [skipped] = iter_raw([url], settings=replace(settings, fetch_private=""))
    assert isinstance(skipped, Skipped)
    assert "not public" in skipped.reason


def test_a_server_that_sends_another_part_is_not_believed(
    site: Site, settings: Settings, make_fetcher: Callable[..., Fetcher]
) -> None:
    def lie(handler: Any) -> None:
        handler.send_response(206)
        handler.send_header("Content-Range", "bytes 5-14/100")
        handler.send_header("Content-Length", "10")
        handler.end_headers()
        handler.wfile.write(b"0123456789")

    site.pages["/a.warc.gz"] = lie
    with pytest.raises(FetchError, match="another part"):
        fetch_archive(f"{site.url}/a.warc.gz", make_fetcher(), settings=settings)


def test_a_page_of_an_archive_that_was_fetched_is_tried_again_with_the_archive() -> None:
    assert find_file("https://a.test/b.warc.gz#urn:uuid:1@5") == "https://a.test/b.warc.gz"


def test_a_batch_does_archive_by_archive(tmp_path: Path, site: Site, stores: list[Store], settings: Settings) -> None:
    from onrecord.batch.plan import make_plan

    listed = f"{site.url}/warc.paths.gz"
    plan = make_plan([listed], tmp_path / "out", shards=None, published=None, outlet=None, settings=settings)
    assert plan.files == tuple(f"{site.url}/{path}" for path in PATHS)
    assert plan.shards == 3
    found = list(plan.iter_shard(1))
    assert [one.url for one in found if isinstance(one, Raw)] == [f"{url}/1" for url in URLS]
    assert not stores[0].asked
    (tmp_path / "warc.paths").write_text("".join(f"{path}\n" for path in PATHS) + "x")
    with pytest.raises(RunError, match="line 4 of a list"):
        make_plan(
            [str(tmp_path / "warc.paths")], tmp_path / "b", shards=None, published=None, outlet=None, settings=settings
        )
