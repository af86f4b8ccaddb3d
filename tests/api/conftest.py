from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from onrecord.api import make_api
from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.ledger.tokens import add_token
from onrecord.settings import Settings
from tests.factories import PlainExtractor, WordEmbedder
from tests.web.ledgers import make_ledger


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk over a small ledger, whose models are ones that count words."""
    monkeypatch.setattr("onrecord.intake.make_extractor", lambda _settings: PlainExtractor())
    monkeypatch.setattr("onrecord.inference.embedder.make_embedder", WordEmbedder)
    ledger = make_ledger(tmp_path / "ledger.sqlite")
    yield Desk(ledger, Settings(workers=1, max_page_bytes=100_000))
    ledger.close()


@pytest.fixture
def ledger(desk: Desk) -> Ledger:
    return desk.ledger


@pytest.fixture
def api(desk: Desk) -> ASGIApp:
    return make_api(desk)


@pytest.fixture
def client(api: ASGIApp) -> TestClient:
    return TestClient(api, base_url="http://localhost")


@pytest.fixture
def writer(ledger: Ledger) -> dict[str, str]:
    """The headers of a program that may write."""
    return {"Authorization": f"Bearer {add_token(ledger, 'desk', can_write=True)}"}
