"""Where tests keep ledgers: whatever asks for `ledger_url` runs twice, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.ledger import Ledger, open_ledger

if TYPE_CHECKING:
    from tests.sites import Site


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of the database `postgres` on a server that runs as long as the tests."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed: onrecord[postgres]")
    from tests.databases import ServerMissingError, running_postgres

    try:
        with running_postgres() as server:
            yield server
    except ServerMissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_ledger(postgres_server: str) -> str:
    """The URL of a ledger on PostgreSQL that tests share one after the other."""
    from tests.databases import make_database

    url = make_database(postgres_server, "ledger")
    open_ledger(url).close()
    return url


@pytest.fixture
def postgres_url(postgres_ledger: str) -> str:
    """The URL of a ledger on PostgreSQL that holds nothing."""
    from tests.databases import empty_database

    empty_database(postgres_ledger)
    return postgres_ledger


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger belongs, for a test that holds on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def new_ledger(ledger_url: str) -> Iterator[Ledger]:
    """An empty ledger on either database."""
    opened = open_ledger(ledger_url)
    yield opened
    opened.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on loopback."""
    from tests.sites import Site

    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()
