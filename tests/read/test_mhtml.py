from __future__ import annotations

import io

import pytest

from onrecord.read import iter_stream, read_document
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from tests.factories import PAGE

SAVED = """From: <Saved by Blink>
Snapshot-Content-Location: https://news.test/ferry
Subject: =?utf-8?Q?Ferry=20stays=20in=20port=20=E2=80=93=20Courier?=
Date: Mon, 14 Mar 2022 09:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----b----"

------b----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://news.test/ferry

{page}
------b----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://news.test/quay.png

iVBORw0KGgo=
------b------
"""


def read(text: str, **limits: int) -> Raw | Skipped:
    stream = io.BufferedReader(io.BytesIO(text.encode()))
    [found] = iter_stream("a.mhtml", stream, Settings(workers=1, **limits))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_page_with_what_the_browser_knew(end: str) -> None:
    raw = read(SAVED.replace("{page}", PAGE.replace("Monday", "Mon=\nday")).replace("\n", end))
    assert isinstance(raw, Raw)
    assert raw.content.decode() == PAGE
    assert (raw.address, raw.url) == ("a.mhtml", "https://news.test/ferry")
    assert raw.title == "Ferry stays in port – Courier"
    assert raw.seen == "2022-03-14T09:00:00+00:00"
    document = read_document(raw, settings=Settings(workers=1))
    assert document.title == "Ferry stays in port"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SAVED.replace("text/html", "text/css"), "without HTML"),
        (SAVED + "\n------b----" * 10_001, "more than 10,000 parts"),
        (SAVED.replace("boundary", "a=b;" * 1_500 + "boundary"), "a header that is too long"),
        (SAVED + "x" * 50_000, "larger than 40,000 bytes"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    limit = 20_000_000 if "parts" in reason else 40_000
    found = read(text, max_page_bytes=limit)
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_a_title_that_cannot_be_decoded_is_kept_as_it_is() -> None:
    found = read(SAVED.replace("=?utf-8?Q?", "=?utf-8?B?x").replace("{page}", PAGE))
    assert isinstance(found, Raw)
    assert (found.title or "").startswith("=?utf-8?B?x")


def test_a_mail_or_a_text_is_none() -> None:
    found = read("Note: the mayor of Eastmouth said on Monday that the report on the quay was wrong.\n")
    assert isinstance(found, Raw)
    assert found.content.startswith(b"Note")
