"""Where pages, statements and claims are kept: SQLite in a file, or PostgreSQL on a server."""

from __future__ import annotations

from onrecord.ledger.opening import open_ledger
from onrecord.ledger.store import Ledger

__all__ = ["Ledger", "open_ledger"]
