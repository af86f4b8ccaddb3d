from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.ledgers import make_ledger

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SALT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202eabc\u202c"


@pytest.fixture(scope="session")
def browser() -> Iterator[Chrome]:
    """One Chromium for all tests; they are skipped where there is none."""
    pytest.importorskip("selenium")
    from tests.browser.driving import driving, find_chromium

    if find_chromium() is None:
        pytest.skip("chromium and chromedriver are not installed: apt-get install chromium chromium-driver")
    with driving() as driver:
        yield driver


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose ledger has hostile words in every field, and a line of a megabyte."""
    pytest.importorskip("uvicorn")
    from tests.browser.driving import serving

    path: Path = tmp_path_factory.mktemp("browser") / "ledger.sqlite"
    ledger = make_ledger(path, SALT)
    add_long_line(ledger)
    ledger.close()
    with serving(path) as address:
        yield address


def add_long_line(ledger: object) -> None:
    from onrecord.ledger import Ledger
    from onrecord.records import Raw
    from tests.factories import make_document, make_statement

    assert isinstance(ledger, Ledger)
    text = "One line\n\n" + f"Anna Belov said that it goes on {SALT}. " + "on and on " * 100_000 + "\n"
    document = make_document(text, address="long.txt", title="One line", published=None)
    ledger.write_page(Raw("long.txt", text.encode()), document, [make_statement(document, "it goes on", cue="said")])
