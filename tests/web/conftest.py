from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.cli.serve import make_app
from onrecord.desk import Desk
from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.web import make_pages
from tests.web.ledgers import make_ledger


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Read by many tests, changed by none."""
    made = make_ledger(tmp_path_factory.mktemp("web") / "ledger.sqlite")
    yield made
    made.close()


@pytest.fixture(scope="session")
def pages(ledger: Ledger) -> TestClient:
    """A client of the pages and the API over `ledger`."""
    return TestClient(make_app(Settings(ledger=str(ledger.label))), base_url="http://localhost")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """A client of the pages of a ledger with nothing in it."""
    from onrecord.ledger import open_ledger

    made = open_ledger(tmp_path / "empty.sqlite")
    yield TestClient(make_pages(Desk(made, Settings())), base_url="http://localhost")
    made.close()
