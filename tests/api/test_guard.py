"""The guard lets in whom it should, on loopback and away from it."""

from __future__ import annotations

from base64 import b64encode

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from onrecord.api import Guard
from onrecord.ledger import Ledger
from onrecord.ledger.tokens import add_token, revoke_token

PATHS = ["/", "/claims/c", "/static/page.css", "/openapi.json", "/api/claims"]


def make_client(ledger: Ledger, *, loopback: bool) -> TestClient:
    return TestClient(Guard(PlainTextResponse("in"), ledger, loopback=loopback), base_url="http://localhost")


def make_basic(token: str) -> str:
    return "Basic " + b64encode(f"me:{token}".encode()).decode()


@pytest.mark.parametrize("host", ["localhost", "localhost:8040", "127.0.0.1:80", "[::1]:8040", "[::1]", "LocalHost"])
def test_on_loopback_our_own_names_get_in(host: str, ledger: Ledger) -> None:
    client = make_client(ledger, loopback=True)
    assert client.get("/", headers={"Host": host}).text == "in"
    assert client.post("/add", headers={"Host": host}).text == "in"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["rebound.example", "localhost.example:80", "127.0.0.1.example", "", "[::1].x", "x@localhost"]
)
def test_on_loopback_no_other_name_does(host: str, path: str, ledger: Ledger) -> None:
    answer = make_client(ledger, loopback=True).get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert (answer.headers["content-type"] == "application/problem+json") == (path in PATHS[3:])


@pytest.mark.parametrize("path", PATHS)
def test_away_from_it_everything_needs_a_token(path: str, ledger: Ledger) -> None:
    client = make_client(ledger, loopback=False)
    token = add_token(ledger, "archive")
    for sent in (None, "Bearer", "Bearer nonsense", "Basic !", "Basic bWU=", token, f"Token {token}", make_basic("x")):
        answer = client.get(path, headers={"Authorization": sent} if sent else {})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert client.head(path, headers={"Authorization": sent} if sent else {}).status_code == 401
    for sent in (f"Bearer {token}", f"bearer {token}", make_basic(token)):
        assert client.get(path, headers={"Authorization": sent}).text == "in"
    revoke_token(ledger, "archive")
    assert client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_away_from_it_changes_need_one_that_may_write(ledger: Ledger) -> None:
    client = make_client(ledger, loopback=False)
    reads, writes = add_token(ledger, "archive"), add_token(ledger, "desk", can_write=True)
    assert client.post("/add", headers={"Authorization": make_basic(reads)}).status_code == 403
    assert client.post("/add", headers={"Authorization": make_basic(writes)}).text == "in"
