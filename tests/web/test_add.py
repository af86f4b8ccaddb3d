"""A page that is pasted or dropped is read at once; nothing is kept unless asked for, or sent from elsewhere."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.ledger import Ledger, open_ledger
from onrecord.query import find_documents
from onrecord.settings import Settings
from onrecord.web import make_pages
from tests.factories import PlainExtractor, WordEmbedder, make_deadly_keeper

TEXT = "The red ferry\n\nAnna Belov said that the red ferry will not sail before the end of the winter.\n"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr("onrecord.intake.make_extractor", lambda _settings: PlainExtractor())
    monkeypatch.setattr("onrecord.inference.embedder.make_embedder", WordEmbedder)
    made = open_ledger(tmp_path / "ledger.sqlite")
    yield made
    made.close()


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    app = make_pages(Desk(ledger, Settings(workers=1, max_page_bytes=20_000)))
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def send(client: TestClient, *, headers: dict[str, str] | None = None, files: Any = None, **fields: str) -> Any:
    return client.post("/add", data=fields, files=files or {"files": ("", b"")}, headers=headers)


def test_a_pasted_text_is_read_and_not_kept(client: TestClient, ledger: Ledger) -> None:
    answer = send(client, text=TEXT, outlet="The Island Post", published="2022-03-14", do="read")
    assert answer.status_code == 200
    shown = html.fromstring(answer.text).text_content()
    assert "Read, not kept" in shown
    assert "Anna Belov" in shown
    assert "The Island Post" in shown
    assert not find_documents(ledger).items


def test_a_text_that_was_only_read_can_be_added_as_it_was_pasted(client: TestClient, ledger: Ledger) -> None:
    given = {"text": f"\n{TEXT} “<b>", "outlet": "The Island Post", "published": "2022-03-14", "title": "", "url": ""}
    (form,) = html.fromstring(send(client, **given, do="read").text).xpath("//form[@method='post']")
    assert dict(form.form_values()) == given
    assert send(client, **dict(form.form_values()), do="keep").status_code == 303
    after_reading = find_documents(ledger).items
    assert send(client, **given, do="keep").headers["Location"].startswith(f"/documents/{after_reading[0].id}")
    assert find_documents(ledger).items == after_reading


def test_a_pasted_text_is_kept_where_asked_for_and_once(client: TestClient, ledger: Ledger) -> None:
    given = {"text": TEXT, "outlet": "The Island Post", "url": "https://island.example/1", "published": "2022-03-14"}
    answer = send(client, **given, do="keep")
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert "1 statement found" in html.fromstring(page.text).text_content()
    (kept,) = find_documents(ledger).items
    assert (kept.outlet, kept.published, kept.statements) == ("The Island Post", "2022-03-14", 1)
    assert kept.address == "https://island.example/1"
    assert "Anna Belov" in client.get("/").text
    assert send(client, **given, do="keep").headers["Location"].startswith(f"/documents/{kept.id}")
    assert len(find_documents(ledger).items) == 1


def test_several_files_are_kept_and_what_cannot_be_read_is_told(client: TestClient, ledger: Ledger) -> None:
    answer = send(
        client,
        do="keep",
        files=[
            ("files", ("one.txt", TEXT.encode())),
            ("files", ("C:\\pages\\two.txt.gz", gzip.compress(TEXT.replace("red", "blue").encode()))),
            ("files", ("broken.gz", gzip.compress(TEXT.encode())[:40])),
            ("files", ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(2000))),
        ],
    )
    told = {" ".join(one.text_content().split()) for one in html.fromstring(answer.text).xpath("//section//li")}
    assert told == {
        "Added The red ferry, 1 statement",
        "Added The blue ferry, 1 statement",
        "Not taken in broken.gz: broken gzip file: Compressed file ended before the end-of-stream marker was reached",
        "Not taken in picture.png: a binary file, not text",
    }
    assert {page.address for page in find_documents(ledger).items} == {"one.txt", "two.txt.gz"}


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"text": "  ", "do": "read"}, 400, "Paste a text or choose a file."),
        ({"text": TEXT, "published": "soon", "do": "read"}, 400, "“soon” is not a day."),
        ({"text": TEXT, "url": "javascript:alert(1)", "do": "keep"}, 400, "begins with https://"),
        ({"text": "x" * 30_000, "do": "keep"}, 400, "maximum size"),
        ({"text": "x" * 130_000, "do": "keep"}, 413, "20,000 bytes"),
    ],
)
def test_what_cannot_be_taken_is_told(
    fields: dict[str, str], status: int, words: str, client: TestClient, ledger: Ledger
) -> None:
    answer = send(client, **fields)
    assert answer.status_code == status
    assert words.casefold() in html.fromstring(answer.text).text_content().casefold()
    assert not find_documents(ledger).items


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str], client: TestClient, ledger: Ledger) -> None:
    assert send(client, headers=headers, text=TEXT, do="keep").status_code == 403
    assert not find_documents(ledger).items


def test_our_own_form_is_taken(client: TestClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert send(client, headers=headers, text=TEXT, do="keep").status_code == 303


def test_where_nobody_may_add_nothing_is_added(ledger: Ledger) -> None:
    client = TestClient(make_pages(Desk(ledger, Settings(workers=1)), can_add=False), base_url="http://localhost")
    assert send(client, text=TEXT, do="keep").status_code == 403
    assert not find_documents(ledger).items
    assert 'value="keep"' not in client.get("/add").text


def test_a_page_that_stops_its_reader_is_told_and_the_next_is_read(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.desk.make_keeper", make_deadly_keeper)
    monkeypatch.setattr("onrecord.workers.START_ONE_SECONDS", 15.0)
    desk = Desk(ledger, Settings(max_page_seconds=2))
    client = TestClient(make_pages(desk), base_url="http://localhost", follow_redirects=False)
    assert "Anna Belov" in send(client, text=TEXT, do="read").text
    for do, word, reason in (
        ("read", "ENDLESS", "took more than 2 seconds"),
        ("read", "DEADLY", "its worker died (signal 9)"),
        ("keep", "DEADLY", "its worker died (signal 9)"),
    ):
        told = html.fromstring(send(client, text=TEXT.replace("winter", word), do=do).text).text_content()
        assert reason in told
    assert not find_documents(ledger).items
    files = [("files", (f"{word}.txt", TEXT.replace("winter", word).encode())) for word in ("one", "DEADLY", "two")]
    told = html.fromstring(send(client, do="keep", files=files).text).text_content()
    assert "its worker died (signal 9)" in told
    assert {page.address for page in find_documents(ledger).items} == {"one.txt", "two.txt"}
    desk.close()
