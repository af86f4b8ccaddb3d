"""The API by hand: lists in pages, ETags, problems, and what writing does to the ledger."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from onrecord.api import make_api
from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.ledger.tokens import add_token
from onrecord.query import count_all, find_documents
from onrecord.query.paging import pack_cursor
from onrecord.settings import Settings
from tests.factories import make_deadly_keeper

PAGE = "The red ferry\n\nAnna Belov said that the red ferry will not sail before the end of the winter.\n"


def test_lists_come_in_pages(client: TestClient) -> None:
    whole = client.get("/api/statements").json()
    assert whole["cursor"] is None
    got, address = [], "/api/statements?limit=3"
    while address:
        answer = client.get(address)
        got += answer.json()["items"]
        assert ("next" in answer.links) == (answer.json()["cursor"] is not None)
        address = answer.links.get("next", {}).get("url", "")
    assert got == whole["items"]
    assert len(got) == 8


# numbers that no database holds, and that nothing counts to
FORGED = [pack_cursor("2022-03-14", 10**40), pack_cursor(1, 10**40), pack_cursor("2022-03-14", -1)]


@pytest.mark.parametrize("cursor", ["abc", "W10", "WzEsIDJd", "x" * 200, "WyIyMDIyIiwgMWU5OTld", *FORGED])
@pytest.mark.parametrize("path", ["claims", "statements", "documents", "failed"])
def test_a_cursor_that_nobody_gave_out_is_a_problem(path: str, cursor: str, client: TestClient) -> None:
    answer = client.get(f"/api/{path}", params={"cursor": cursor})
    if answer.status_code == 200:  # a cursor of claims holds two numbers, as that one does
        assert (path, cursor) == ("claims", "WzEsIDJd")
        return
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_whoever_has_it_gets_304(client: TestClient) -> None:
    first = client.get("/api/claims/c-asked")
    tag = first.headers["etag"]
    again = client.get("/api/claims/c-asked", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert client.get("/api/claims/c-letter", headers={"If-None-Match": tag}).status_code == 200


def test_filters_are_those_of_the_command_line(client: TestClient) -> None:
    def ids(**asked: str) -> list[str]:
        return [claim["id"] for claim in client.get("/api/claims", params=asked).json()["items"]]

    assert ids() == ["c-asked", "c-letter"]
    assert ids(status="single-source") == ["c-letter"]
    assert ids(text="letter") == ["c-letter"]
    assert ids(by="Minister") == ["c-asked"]
    assert ids(outlet="Post 3 salt") == ["c-asked"]
    assert ids(since="2022-03-17") == ["c-letter"]
    assert ids(until="2022-03-14") == ["c-asked"]
    assert client.get("/api/claims", params={"as_of": "2022-03-14"}).json()["items"][0]["status"] == "single-source"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/claims/nothing", 404),
        ("GET", "/api/who?name=nobody", 404),
        ("PUT", "/api/claims", 405),
        ("GET", "/api/claims?since=yesterday", 422),
        ("GET", "/api/claims?since=2022-02-30", 422),
        ("GET", "/api/claims?limit=100000", 422),
        ("GET", "/api/claims?text=" + "x" * 501, 422),
        ("DELETE", "/api/documents/d0", 401),
        ("POST", "/api/documents", 401),
    ],
)
def test_problems_are_said_as_rfc_9457_has_it(method: str, path: str, status: int, client: TestClient) -> None:
    answer = client.request(method, path)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["title"]
    assert problem["detail"]
    assert (status == 405) == ("allow" in answer.headers)
    assert (status == 401) == ("www-authenticate" in answer.headers)


def test_a_bug_is_a_problem_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("onrecord.query.count_all", broken)
    careless = TestClient(client.app, base_url="http://localhost", raise_server_exceptions=False)
    answer = careless.get("/api/counts")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in answer.text


def test_pages_are_added_and_removed(client: TestClient, ledger: Ledger, writer: dict[str, str]) -> None:
    before = count_all(ledger)
    sent = {"text": PAGE, "published": "2022-04-01", "outlet": "Harbour Post"}
    fields = [(name, (None, value)) for name, value in sent.items()]
    answer = client.post("/api/documents", files=fields, headers=writer)
    assert answer.status_code == 201
    (taken,) = answer.json()
    assert (taken["outcome"], taken["statements"]) == ("added", 1)
    shown = client.get(answer.headers["location"]).json()
    assert shown["id"] == taken["document"]
    assert (shown["outlet"], shown["published"]) == ("Harbour Post", "2022-04-01")
    assert shown["statements"][0]["chain"][-1]["name"] == "Anna Belov"
    assert count_all(ledger).claims == before.claims + 1
    again = client.post("/api/documents", files=fields, headers=writer)
    assert (again.status_code, again.json()[0]["outcome"]) == (200, "present")
    assert client.delete(f"/api/documents/{taken['document']}", headers=writer).status_code == 204
    assert client.delete(f"/api/documents/{taken['document']}", headers=writer).status_code == 404
    assert count_all(ledger) == before


def test_files_are_added(client: TestClient, writer: dict[str, str]) -> None:
    lines = "\n".join(f'{{"id": "{nth}", "text": "{PAGE.strip()} Boat {nth}."}}' for nth in range(2)).replace(
        "\n\n", " "
    )
    files = [
        ("files", ("../../a.txt.gz", gzip.compress(PAGE.encode()))),
        ("files", ("b.jsonl", lines.encode())),
        ("files", ("c.png", b"\x89PNG\x00\x00")),
    ]
    answer = client.post("/api/documents", files=files, headers=writer)
    assert answer.status_code == 201, answer.text
    taken = {one["address"]: one["outcome"] for one in answer.json()}
    assert taken == {"a.txt.gz": "added", "b.jsonl#0": "added", "b.jsonl#1": "added", "c.png": "failed"}


def test_only_who_may_write_does(client: TestClient, ledger: Ledger) -> None:
    reader = add_token(ledger, "archive")
    document = find_documents(ledger).items[0].id
    for headers, status in (
        ({}, 401),
        ({"Authorization": f"Bearer {reader}"}, 403),
        ({"Authorization": "Bearer onrecord_made-up"}, 401),
        ({"Authorization": f"Basic {reader}"}, 401),
    ):
        assert client.delete(f"/api/documents/{document}", headers=headers).status_code == status
        assert client.post("/api/documents", data={"text": PAGE}, headers=headers).status_code == status
    assert count_all(ledger).documents == 4


def test_too_much_is_refused(client: TestClient, writer: dict[str, str]) -> None:
    big = b"x" * 250_000
    for answer in (
        client.post("/api/documents", files={"files": ("a.txt", big)}, headers=writer),
        client.post("/api/extract", json={"text": big.decode()}),
        client.post("/api/extract", content=iter([b'{"text": "', big]), headers={"Content-Type": "application/json"}),
    ):
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


def test_extract_keeps_nothing(client: TestClient, ledger: Ledger) -> None:
    before = count_all(ledger)
    answer = client.post("/api/extract", json={"text": PAGE, "published": "2022-04-01"})
    assert answer.status_code == 200, answer.text
    form = answer.json()
    (statement,) = form["statements"]
    (span,) = statement["content_spans"]
    assert form["document"]["text"][span[0] : span[1]] == statement["content"]
    assert statement["day"] == "2022-04-01"
    assert count_all(ledger) == before


def test_raw_pages_are_never_html(client: TestClient, ledger: Ledger) -> None:
    document = find_documents(ledger).items[0].id
    answer = client.get(f"/api/documents/{document}/raw")
    assert "ADVERT" in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/docs/oauth2-redirect", "/api/docs"])
def test_no_page_loads_from_elsewhere(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404


def test_no_other_site_may_read(client: TestClient) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for answer in (client.get("/api/claims", headers=asked), client.options("/api/claims", headers=asked)):
        assert not [name for name in answer.headers if name.startswith("access-control")]
    # a form of another site can send text, but not say that it is JSON
    sent = client.post("/api/extract", content=b'{"text": "x"}', headers={"Content-Type": "text/plain"})
    assert sent.status_code == 422


def test_a_page_that_stops_its_reader_is_a_problem_and_the_next_is_read(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.desk.make_keeper", make_deadly_keeper)
    monkeypatch.setattr("onrecord.workers.START_ONE_SECONDS", 15.0)
    desk = Desk(ledger, Settings(max_page_seconds=2))
    client = TestClient(make_api(desk), base_url="http://localhost")
    assert client.post("/api/extract", json={"text": PAGE}).status_code == 200
    for word, reason in {"ENDLESS": "took more than 2 seconds", "DEADLY": "its worker died (signal 9)"}.items():
        answer = client.post("/api/extract", json={"text": PAGE.replace("winter", word)})
        assert answer.status_code == 422
        assert reason in answer.json()["detail"]
    assert client.post("/api/extract", json={"text": PAGE}).status_code == 200
    desk.close()
