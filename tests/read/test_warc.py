from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest
import zstandard

from bench.archives import make_record, make_response, write_warc
from onrecord.read import iter_stream, read_documents
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE, URLS


def read(content: bytes, *, limit: int = 20_000_000, name: str = "a.warc") -> tuple[list[Raw], list[Skipped]]:
    stream = io.BufferedReader(io.BytesIO(content))
    found = list(iter_stream(name, stream, Settings(workers=1, max_page_bytes=limit)))
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Skipped)]


def make_members(*, packed: bool) -> list[bytes]:
    records = [make_response(url, f"{PAGE}{url}".encode()) for url in URLS]
    return [gzip.compress(record) for record in records] if packed else records


@pytest.mark.parametrize("packed", [True, False])
def test_each_answer_is_a_page_with_its_record_and_offset(packed: bool) -> None:
    members = make_members(packed=packed)
    raws, skipped = read(b"".join(members))
    assert not skipped
    assert [raw.url for raw in raws] == URLS
    assert [raw.content.decode() for raw in raws] == [PAGE + url for url in URLS]
    assert {raw.media_type for raw in raws} == {"text/html; charset=utf-8"}
    assert {raw.seen for raw in raws} == {"2022-03-14T09:00:00+00:00"}
    offset = sum(map(len, members[:3]))
    assert raws[3].address.startswith("a.warc#urn:uuid:")
    assert raws[3].address.endswith(f"@{offset}")
    alone, _ = read(b"".join(members)[offset : offset + len(members[3])])
    assert alone[0].content == raws[3].content


def test_what_is_no_page_is_passed_over() -> None:
    others = [
        make_record(b"software: x\r\n", kind="warcinfo"),
        make_record(b"GET / HTTP/1.1\r\n\r\n", kind="request", url=URLS[0], media_type="application/http"),
        make_response(URLS[0], b"\x89PNG", media_type="image/png"),
        make_response(URLS[0], PAGE.encode(), status="404 Not Found"),
        make_response("https://news.test/robots.txt", b"User-agent: *\n", media_type="text/plain"),
        make_response("https://[news.test/", PAGE.encode()),
        make_record(PAGE.encode(), kind="conversion", url=URLS[1], media_type="text/plain"),
    ]
    raws, skipped = read(b"".join(others))
    assert [raw.url for raw in raws] == ["https://[news.test/", URLS[1]]
    assert not skipped


DAMAGES = {
    "no beginning": lambda one: b"\xff\0\0\0" + one[4:],
    "bad middle": lambda one: one[:150] + b"\xff" * 60 + one[210:],
    "cut off": lambda one: one[:-30],
    "hardly there": lambda one: one[:60],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("place", [1, 2, 4])
def test_a_broken_record_of_a_packed_archive_costs_itself(damage: str, place: int) -> None:
    members = make_members(packed=True)
    members[place] = DAMAGES[damage](members[place])
    raws, skipped = read(b"".join(members))
    assert [raw.url for raw in raws] == [url for i, url in enumerate(URLS) if i != place]
    # what has lost its beginning at the end of a file is not known to have been a record
    assert len(skipped) == (1 if place < 4 or damage in ("bad middle", "cut off") else len(skipped))
    assert all(one.reason.startswith("broken WARC record") for one in skipped)


@pytest.mark.parametrize(
    ("damage", "place"), [("no beginning", 1), ("no beginning", 2), ("no beginning", 4), ("cut off", 4)]
)
def test_a_broken_record_of_a_plain_archive_costs_itself(damage: str, place: int) -> None:
    members = make_members(packed=False)
    members[place] = DAMAGES[damage](members[place])
    raws, skipped = read(b"".join(members))
    assert [raw.url for raw in raws] == [url for i, url in enumerate(URLS) if i != place]
    assert len(skipped) == 1
    assert skipped[0].reason.startswith("broken WARC record")


@pytest.mark.parametrize("cut", range(20, 420, 20))
def test_a_packed_archive_that_breaks_off_loses_its_last_page_and_says_so(cut: int) -> None:
    members = make_members(packed=True)
    raws, skipped = read(b"".join(members)[:-cut])
    assert [raw.url for raw in raws] == URLS[:4]
    # what is left of its beginning must be enough to unpack a few words
    assert len(skipped) == 1 or len(members[4]) - cut < 150


def test_a_length_that_eats_the_next_records_is_found_out() -> None:
    members = make_members(packed=False)
    members[1] = members[1].replace(b"\r\nContent-Length: ", b"\r\nContent-Length: 99", 1)
    raws, skipped = read(b"".join(members))
    assert [raw.url for raw in raws] == [url for url in URLS if url != URLS[1]]
    assert len(skipped) == 1


@pytest.mark.parametrize(
    ("header", "pack"),
    [
        ("Content-Encoding: gzip", gzip.compress),
        ("Content-Encoding: deflate", zlib.compress),
        ("Content-Encoding: deflate", lambda body: zlib.compress(body)[2:-4]),
        ("Content-Encoding: zstd", zstandard.compress),
        ("Content-Encoding: gzip", lambda body: body),
        ("Content-Encoding: br", lambda body: body),
        ("Transfer-Encoding: chunked", lambda body: b"%x;a=b\r\n%b\r\n5\r\n<!-- \r\n0\r\n\r\n" % (len(body), body)),
        ("Transfer-Encoding: chunked", lambda body: body),
    ],
)
def test_bodies_are_unpacked_as_their_headers_say_where_they_are_so(header: str, pack: object) -> None:
    [raw], skipped = read(make_response(URLS[0], pack(PAGE.encode()), headers=[header]))  # type: ignore[operator]
    assert raw.content.removesuffix(b"<!-- ") == PAGE.encode()
    assert not skipped


@pytest.mark.parametrize("packing", ["gzip", "zstd", "identity"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_page_over_the_limit_is_skipped_and_the_next_is_read(packing: str, packed: bool) -> None:
    bomb = b"a" * 3_000_000
    packs = {"gzip": gzip.compress, "zstd": zstandard.compress, "identity": lambda body: body}
    records = [
        make_response(URLS[0], packs[packing](bomb), headers=[f"Content-Encoding: {packing}"]),
        make_response(URLS[1], PAGE.encode()),
    ]
    raws, skipped = read(b"".join(gzip.compress(one) if packed else one for one in records), limit=100_000)
    assert [raw.url for raw in raws] == [URLS[1]]
    assert "larger than 100,000 bytes" in skipped[0].reason


def test_pages_of_an_archive_become_documents(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "CC-NEWS-20220314.warc.gz", [(url, PAGE) for url in URLS])
    found = [one for one in read_documents([tmp_path], settings=Settings(workers=1)) if not isinstance(one, Skipped)]
    assert [document.canonical for document, _ in found] == URLS
    assert all(document.address.startswith(f"{path}#urn:uuid:") for document, _ in found)
    assert found[0][0].title == "Ferry stays in port"


def test_an_archive_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    content = b"".join(make_members(packed=True))
    stream = io.BufferedReader(Pipe(content))  # type: ignore[arg-type]
    assert len(list(iter_stream("-", stream, Settings(workers=1)))) == len(URLS)


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    import resource

    path = write_warc(tmp_path / "a.warc.gz", ((f"https://news.test/{i}", PAGE + "x" * 100_000) for i in range(2_000)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with path.open("rb") as stream:
        assert sum(isinstance(one, Raw) for one in iter_stream("a.warc.gz", stream, Settings(workers=1))) == 2_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # of 200 MB in kilobytes


def test_odd_ids_are_cut() -> None:
    record = make_response(URLS[0], PAGE.encode()).replace(b"<urn:uuid:", b"<\x07" + b"x" * 400)
    [raw], _ = read(record)
    assert raw.address.startswith("a.warc#xxx")
    assert raw.address.endswith("@0")
    assert len(raw.address) < 220


def test_a_file_of_nothing_but_broken_records_is_given_up() -> None:
    raws, skipped = read(make_response(URLS[0], PAGE.encode()) + b"WARC/1.0\r\n" * 5_000)
    assert len(raws) == 1
    assert len(skipped) <= 1_001
    assert "in a row" in skipped[-1].reason
