from __future__ import annotations

import pytest

from onrecord.ledger import Ledger


@pytest.fixture
def ledger(new_ledger: Ledger) -> Ledger:
    """A new ledger, on SQLite and on PostgreSQL."""
    return new_ledger
