"""Where others can reach the pages, a token is the password: any for reading, one that may write for adding."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.ledger.tokens import add_token, revoke_token
from onrecord.settings import Settings
from onrecord.web import make_pages
from tests.factories import PlainExtractor
from tests.web.ledgers import make_ledger


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr("onrecord.desk.make_extractor", lambda _settings: PlainExtractor())
    made = make_ledger(tmp_path / "ledger.sqlite")
    yield made
    made.close()


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(
        make_pages(Desk(ledger, Settings()), is_gated=True), base_url="http://desk", follow_redirects=False
    )


def basic(token: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"anna:{token}".encode()).decode()}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("onrecord_guess"),
        basic(""),
        {"Authorization": "Basic ???"},
        {"Authorization": "Basic " + base64.b64encode(b"\xff:\xff").decode()},
        {"Authorization": "Digest x"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/claims/c-asked", "/static/page.css", "/nowhere"])
def test_nothing_is_shown_without_a_token(path: str, headers: dict[str, str], client: TestClient) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert "Eastland" not in answer.text


def test_a_token_opens_the_pages_until_it_is_revoked(client: TestClient, ledger: Ledger) -> None:
    token = add_token(ledger, "desk")
    assert client.get("/claims/c-asked", headers=basic(token)).status_code == 200
    assert client.get("/claims/c-asked", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert client.post("/add", headers=basic(token), data={"text": "x"}, files={"files": b""}).status_code == 403
    assert revoke_token(ledger, "desk")
    assert client.get("/claims/c-asked", headers=basic(token)).status_code == 401


def test_a_token_that_may_write_adds(client: TestClient, ledger: Ledger) -> None:
    token = add_token(ledger, "desk", can_write=True)
    fields = {"text": "Tide\n\nAnna Belov said that the tide is out.\n", "do": "keep"}
    files = {"files": ("", b"")}
    assert client.post("/add", headers=basic(token), data=fields, files=files).status_code == 303
    elsewhere = basic(token) | {"Origin": "https://elsewhere.example"}
    assert client.post("/add", headers=elsewhere, data=fields, files=files).status_code == 403
