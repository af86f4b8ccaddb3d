"""The ledger of `make demo`, made once however many rooms' tests ask for it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from onrecord.ledger import open_ledger
from onrecord.line import add_pages, resolve_pages
from onrecord.settings import Settings

ROOT = Path(__file__).parents[1]


@cache
def make_examples_ledger() -> Path:
    """Where it is; nobody writes into it. Takes the shipped models half a minute on one core."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-examples-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ledger = open_ledger(folder / "ledger.sqlite")
    assert list(add_pages(ledger, [ROOT / "examples"], settings=Settings()))
    list(resolve_pages(ledger))
    ledger.close()
    return folder / "ledger.sqlite"
