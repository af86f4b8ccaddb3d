from __future__ import annotations

import gzip
import io
import zipfile

from bench.archives import make_response
from onrecord.read import iter_stream
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE, URLS


def make_wacz(members: dict[str, bytes], *, packing: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def read(content: bytes) -> tuple[list[Raw], list[Skipped]]:
    found = list(iter_stream("a.wacz", io.BufferedReader(io.BytesIO(content)), Settings(workers=1)))
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Skipped)]


def test_the_pages_of_its_archives() -> None:
    archives = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b"{}\n",
        "archive/data.warc.gz": b"".join(gzip.compress(make_response(url, PAGE.encode())) for url in URLS[:2]),
        "archive/more.warc": make_response(URLS[2], PAGE.encode()),
        "indexes/index.cdx": b"x",
    }
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raws, skipped = read(make_wacz(archives, packing=packing))
        assert [raw.url for raw in raws] == URLS[:3]
        assert raws[0].address.startswith("a.wacz#data.warc.gz#urn:uuid:")
        assert raws[2].address.endswith("@0")
        assert not skipped


def test_what_cannot_be_read_says_why() -> None:
    good = make_wacz({"archive/data.warc": make_response(URLS[0], PAGE.encode())})
    bomb = make_wacz({"archive/data.warc": b"\0" * 5_000_000}, packing=zipfile.ZIP_DEFLATED)
    reasons = {
        "only WACZ": make_wacz({"a.txt": b"x"}),
        "a broken zip file": good[:-30],
        "more than 100 to one": bomb,
        "broken in the zip file": good.replace(b"mayor", b"mayer"),
    }
    for reason, content in reasons.items():
        _, skipped = read(content)
        assert reason in skipped[0].reason
