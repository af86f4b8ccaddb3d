"""What the fuzzer feeds: for each reader inputs that look real, words that its form gives a meaning, how to call it."""

from __future__ import annotations

import gzip
import io
import json
import posixpath
import random
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bench.archives import make_record, make_response, write_zim
from onrecord.errors import DocumentError
from onrecord.fetch import Fetched, find_feed
from onrecord.fetch.robots import read_robots
from onrecord.fetch.urls import join_url, read_url
from onrecord.read import find_raw_span, iter_stream, read_document
from onrecord.read.containers import Opener, find_container
from onrecord.read.dates import find_address_date, find_moment, find_written_date
from onrecord.read.paths import looks_like_paths, read_paths
from onrecord.read.payload import read_payload
from onrecord.records import Raw, Skipped, Span
from onrecord.settings import Settings

EXAMPLES = Path(__file__).parents[1] / "examples"
SETTINGS = Settings(workers=1, max_page_bytes=1_000_000, max_text_characters=500_000)
MOST_BYTES = 200_000
_TABLES = 2_500  # bytes at either end in which a form keeps its tables
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"18446744073709551616", b"9" * 400, b"1e999", b"NaN")
_ODD = (
    b"\0",
    b"\xff",
    b"\r\n",
    b"\n",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\xf4\x90\x80\x80",
    b" " * 80,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` gives how many pages or values it found; `words` mean something in the form.

    `in_place`: most changes keep every byte after them in its place, without which the form is refused at once.
    """

    name: str
    share: int
    read: Callable[[bytes], int]
    make_samples: Callable[[], list[bytes]]
    words: tuple[bytes, ...] = ()
    in_place: bool = False


def make_input(reader: Reader, samples: Sequence[bytes], seed: int) -> bytes:
    """A sample after one to eight changes; the same for the same seed."""
    chance = random.Random(f"{reader.name} {seed}")
    words = reader.words
    content = bytearray(chance.choice(samples))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 8))):
        begin = chance.randrange(len(content) + 1)
        end = min(len(content), begin + chance.choice((1, 2, 8, 60, 500)))
        if reader.in_place and chance.random() < 0.9:
            if chance.random() < 0.5:
                begin = chance.choice((begin % _TABLES, max(0, len(content) - begin % _TABLES)))
            new = chance.choice((chance.randbytes(chance.choice((1, 2, 4, 8))), bytes(8), chance.choice(words)))
            content[begin : begin + len(new)] = new[: len(content) - begin]
            continue
        kind = chance.randrange(10)
        if kind == 0:
            content[begin:end] = chance.randbytes(end - begin)
        elif kind == 1:
            del content[begin:end]
        elif kind == 2:
            content[begin:begin] = content[begin:end] * chance.choice((1, 2, 30, 1_000))
        elif kind == 3:
            content[begin:end] = chance.choice(_NUMBERS)
        elif kind == 4:
            content[begin:begin] = chance.choice(_ODD)
        elif kind == 5:
            del content[begin:]
        elif kind == 6:
            other = chance.choice(samples)
            content[begin:] = other[chance.randrange(len(other) + 1) :]
        elif kind == 7 and begin < len(content):
            content[begin] ^= 1 << chance.randrange(8)
        elif words:
            content[begin : chance.choice((begin, end))] = chance.choice(words) * chance.choice((1, 1, 1, 2, 400))
        del content[MOST_BYTES:]
    return bytes(content)


def _read_stream(name: str) -> Callable[[bytes], int]:
    def read(content: bytes) -> int:
        pages = 0
        for item in iter_stream(name, io.BufferedReader(io.BytesIO(content)), SETTINGS):
            if isinstance(item, Skipped):
                assert item.reason
                continue
            assert len(item.content) <= SETTINGS.max_page_bytes
            pages += 1
        return pages

    return read


class Contained(Exception):  # noqa: N818
    """A reader died or hung, in the process that it has for itself: whoever reads was told so, and goes on."""


def _read_apart(name: str) -> Callable[[bytes], int]:
    """As `onrecord` reads by default; the process that reads stays for the next input, as for the next file."""
    opener = Opener(replace(SETTINGS, workers=0, max_page_seconds=5.0))

    def read(content: bytes) -> int:
        reader = find_container(content)
        pages = 0
        for item in opener.iter_pages(reader, name, io.BytesIO(content), None) if reader else ():
            if isinstance(item, Raw):
                pages += 1
            elif "nothing after page" in item.reason:
                raise Contained(item.reason)
        return pages

    return read


def _read_page(content: bytes) -> int:
    """A whole page; every word of its text must lead back to where it stands in the bytes."""
    try:
        document = read_document(Raw("https://news.test/2022/03/14/a", content), settings=SETTINGS)
    except DocumentError:
        return 0
    raw_text = content.decode(document.encoding, "replace")
    for run in document.origin:
        assert 0 <= run.raw.begin <= run.raw.end <= len(raw_text)
        assert len(run.text) != len(run.raw) or run.text.of(document.text).split() == run.raw.of(raw_text).split()
    assert find_raw_span(document.origin, Span(0, len(document.text))) is not None
    return 1


def _read_paths(content: bytes) -> int:
    looks = looks_like_paths(content)
    try:
        found = read_paths(content, base="/archive", max_bytes=SETTINGS.max_page_bytes)
    except DocumentError:
        return 0
    for path in found:
        assert PurePosixPath("/archive") in PurePosixPath(posixpath.normpath(path)).parents, path
    return len(found) if looks else 0


def _read_feed(content: bytes) -> int:
    try:
        feed = find_feed(Fetched("https://news.test/feed", content), max_bytes=SETTINGS.max_page_bytes)
    except DocumentError:
        return 0
    return len(feed.entries) if feed else 0


def _read_robots(content: bytes) -> int:
    rules = read_robots(Fetched("https://news.test/robots.txt", content))
    return int(rules.lets("https://news.test/a?b=c")) + int(rules.delay <= 60)


def _read_address(content: bytes) -> int:
    text = content.decode("utf-8", "replace")
    try:
        target = join_url(read_url("https://news.test/a"), text)
    except DocumentError:
        return 0
    again = read_url(target.url)
    assert (again.host, again.port, again.scheme) == (target.host, target.port, target.scheme), target
    return 1


def _read_date(content: bytes) -> int:
    text = content.decode("utf-8", "replace")
    found = [find_moment(text, known_by="x"), find_written_date(text), find_address_date(f"https://news.test/{text}")]
    return sum(one is not None for one in found)


def _read_payload(content: bytes) -> int:
    head, _, body = content.partition(b"\n")
    transfer, _, packing = head.decode("latin-1").partition("|")
    try:
        return len(read_payload(body, transfer=transfer, packing=packing, limit=100_000)) and 1
    except DocumentError:
        return 0


def _make_pages() -> list[bytes]:
    return [path.read_bytes() for path in sorted(EXAMPLES.glob("*.html"))]


def _make_dumps() -> list[bytes]:
    return [path.read_bytes() for path in sorted(EXAMPLES.glob("*.txt"))]


def _make_responses() -> list[bytes]:
    page = b"<html><head><title>Ferry</title></head><body><p>The mayor said no.</p></body></html>"
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(page), page)
    return [
        make_record(b"software: x\r\n", kind="warcinfo"),
        make_response("https://news.test/a", page),
        make_response("https://news.test/b", gzip.compress(page), headers=["Content-Encoding: gzip"]),
        make_response("https://news.test/c", chunked, headers=["Transfer-Encoding: chunked"]),
        make_record(b"The mayor said no.", kind="conversion", url="https://news.test/d", media_type="text/plain"),
    ]


def _make_warcs() -> list[bytes]:
    records = _make_responses()
    packed = [gzip.compress(record) for record in records]
    return [b"".join(records), b"".join(packed), packed[1], b"".join(packed[:2]), b"".join(records[1:3])]


def _make_waczs() -> list[bytes]:
    made = []
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", packing) as packed:
            packed.writestr("datapackage.json", "{}")
            packed.writestr("archive/a.warc.gz", _make_warcs()[1])
            packed.writestr("archive/b.warc", _make_warcs()[4])
        made.append(file.getvalue())
    return made


def _make_parquets() -> list[bytes]:
    import pyarrow
    from pyarrow import parquet

    rows = [{"id": i, "text": "The mayor said no.", "html": b"<p>no</p>", "date": "2022-03-14"} for i in range(20)]
    made = []
    for options in ({"compression": "zstd"}, {"compression": "none", "use_dictionary": False}, {"row_group_size": 5}):
        file = io.BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist(rows), file, **options)
        made.append(file.getvalue())
    return made


def _make_zims() -> list[bytes]:
    page = "<html><head><title>Ferry {0}</title></head><body><p>The mayor said no, {0} times.</p></body></html>"
    pages = [(f"news.test/{n}", f"Ferry {n}", page.format(n)) for n in range(3)]
    with tempfile.TemporaryDirectory() as folder:
        return [write_zim(Path(folder, f"{packed}.zim"), pages, packed=packed).read_bytes() for packed in (True, False)]


def _make_paths() -> list[bytes]:
    lines = "".join(f"crawl-data/CC-NEWS/2022/03/CC-NEWS-202203{n:02}000000-{n:05}.warc.gz\n" for n in range(1, 20))
    return [lines.encode(), gzip.compress(lines.encode())]


def _make_rows() -> list[bytes]:
    row = {
        "id": "a",
        "text": "The mayor said no.",
        "title": "Ferry",
        "published": "2022-03-14",
        "publisher": {"name": "x"},
    }
    other = {"url": "https://news.test/a", "maintext": "No.", "date_publish": "2022-03-14 09:00:00", "filedate": "2022"}
    lines = "".join(json.dumps(one) + "\n" for one in (row, other, row))
    return [lines.encode(), gzip.compress(lines.encode()), json.dumps([row, other], indent=2).encode()]


def _make_saved() -> list[bytes]:
    parts = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://news.test/a\nSubject: =?utf-8?Q?a=20b?=\n"
        "Date: Mon, 14 Mar 2022 09:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\n\n'
        "----b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {}\n\n{}\n----b\n"
        "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/html\n\n<p>x</p>\n--c--\n----b--\n"
    )
    return [parts.format("quoted-printable", "<p>The mayor =E2=80=9Cno=\n</p>").encode(),
            parts.format("base64", "PHA+VGhlIG1heW9yPC9wPg==").encode(),
            parts.format("x-uuencode", "begin 644 a\n#86)C\n`\nend").encode()]  # fmt: skip


def _make_feeds() -> list[bytes]:
    return [
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title><item><title>Ferry</title>"
        b"<link>https://news.test/a</link><pubDate>Mon, 14 Mar 2022 09:00:00 GMT</pubDate></item></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title><entry><link href='/a'/>"
        b"<published>2022-03-14T09:00:00Z</published><title>Ferry</title></entry></feed>",
    ]


def _make_sitemaps() -> list[bytes]:
    site = (
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        b"<url><loc>https://news.test/a</loc><n:news><n:publication><n:name>Courier</n:name></n:publication>"
        b"<n:publication_date>2022-03-14</n:publication_date><n:title>Ferry</n:title></n:news></url></urlset>"
    )
    index = b"<sitemapindex><sitemap><loc>https://news.test/b.xml</loc></sitemap></sitemapindex>"
    return [site, index, gzip.compress(site)]


def _make_payloads() -> list[bytes]:
    page = b"<p>The mayor said no.</p>" * 20
    return [
        b"|gzip\n" + gzip.compress(page),
        b"chunked|\n10\r\n" + page[:16] + b"\r\n0\r\n\r\n",
        b"chunked|gzip, br\n" + page,
        b"|deflate\n" + gzip.compress(page)[10:-8],
        b"|zstd\n\x28\xb5\x2f\xfd" + page[:60],
    ]


_HTML = (
    *(
        b"<p>",
        b"</p>",
        b"<div>",
        b"</div>",
        b"<script>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"&#x110000;",
        b"&amp",
        b"&lt;",
    ),
    *(b"<table><tr><td>", b"<a href=", b"<svg>", b"<title>", b"\xe2\x80\x9c", b"\xc2\xa0", b"=", b"</", b"<li>"),
    b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":',
    b'<meta property="article:published_time" content="',
)
_XML = (
    *(b"<!DOCTYPE a [<!ENTITY b 'cc'>]>", b"&b;", b"<item>", b"<entry>", b"<loc>", b"<a:b>", b"]]>", b"<![CDATA["),
    *(b"<rss>", b"<sitemap>", b"xmlns:a='b'"),
)
_WARC = (
    *(b"WARC/1.0\r\n", b"\r\n\r\n", b"Content-Length: ", b"\x1f\x8b\x08", b"HTTP/1.1 200 OK\r\n", b"WARC-Date: "),
    *(b"WARC-Record-ID: <", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n"),
)
_JSON = (
    *(b"{", b"[", b"}", b'"', b"\\ud800", b"\\u0000", b"null", b'"html": "', b'"id": ', b'"source": {"name": ', b"\n"),
    *(b'"text": ', b"true", b"1e400"),
)
_MIME = (
    *(
        b"----b\n",
        b"--c\n",
        b"Content-Type: ",
        b"Content-Transfer-Encoding: ",
        b"=?utf-8?B?",
        b"?=",
        b"boundary=",
        b'"',
    ),
    *(b"=", b"charset=", b"multipart/mixed; ", b"message/rfc822\n\n", b"\n "),
)
_URL = (
    *(b"http://", b"//", b"@", b"[::1]", b"%00", b"\\", b"..", b"#", b"?", b":80", b"xn--", b"127.0.0.1"),
    b"\xe3\x80\x82",
)
_PARQUET = (b"PAR1", b"\x15\x00", b"\x15\xfe\xff\xff\xff\x0f")
_ZIM = (b"ZIM\x04", b"\x06\x00\x03\x00", b"\x00" * 8, b"text/html\x00", b"C", b"\xff\xff\xff\xff", b"\x28\xb5\x2f\xfd")
_PATHS = (b"\n", b"/../", b"//", b"http://", b".warc.gz\n", b"\x1f\x8b", b"crawl-data/")
_PAYLOAD = (b"\r\n", b"0\r\n", b"ffffffff\r\n", b"gzip", b"br", b"|", b", ")
_ROBOTS = (b"User-agent: onrecord\n", b"*", b"$", b"Disallow: ", b"%2f")
_DATE = (b"March", b"T", b"Z", b"+", b"20220314", b"-", b"/")


def _make_robots() -> list[bytes]:
    return [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 5\nAllow: /\n"]


def _make_addresses() -> list[bytes]:
    return [b"https://news.test:443/a/b?c=d#e", b"../f", b"//other.test/"]


def _make_dates() -> list[bytes]:
    return [b"2022-03-14T09:00:00+01:00", b"Monday, 14 March 2022", b"2022/mar/14/a"]


READERS = {
    reader.name: reader
    for reader in (
        Reader("page", 1, _read_page, _make_pages, _HTML),
        Reader("dump", 2, _read_page, _make_dumps, _HTML),
        Reader("warc", 110, _read_stream("a.warc"), _make_warcs, _WARC),
        Reader("wacz", 30, _read_stream("a.wacz"), _make_waczs, _WARC),
        Reader("mhtml", 50, _read_stream("a.mhtml"), _make_saved, _MIME),
        Reader("parquet", 40, _read_stream("a.parquet"), _make_parquets, _PARQUET),
        Reader("zim", 20, _read_apart("a.zim"), _make_zims, _ZIM, in_place=True),
        Reader("paths", 40, _read_paths, _make_paths, _PATHS),
        Reader("jsonl", 180, _read_stream("a.jsonl"), _make_rows, _JSON),
        Reader("payload", 260, _read_payload, _make_payloads, _PAYLOAD),
        Reader("feed", 2, _read_feed, _make_feeds, _XML),
        Reader("sitemap", 60, _read_feed, _make_sitemaps, _XML),
        Reader("robots", 40, _read_robots, _make_robots, _ROBOTS),
        Reader("address", 150, _read_address, _make_addresses, _URL),
        Reader("date", 75, _read_date, _make_dates, _DATE),
    )
}
