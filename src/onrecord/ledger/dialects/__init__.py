"""All that differs between SQLite and PostgreSQL: connecting, locking, upserts, full-text search, what errors mean."""

from __future__ import annotations

from onrecord.ledger.dialects.base import Dialect, Lock, Terms
from onrecord.ledger.dialects.sqlite import SQLite

__all__ = ["Dialect", "Lock", "SQLite", "Terms", "find_dialect"]


def find_dialect(path_or_url: str) -> Dialect:
    """The dialect for a path (SQLite) or a URL. Raises RunError for a database that is neither."""
    scheme, separator, _ = path_or_url.partition("://")
    if separator and scheme.partition("+")[0] in {"postgresql", "postgres"}:
        # imported here: it takes as long as all the rest
        from onrecord.ledger.dialects.postgres import PostgreSQL

        return PostgreSQL(path_or_url)
    return SQLite(path_or_url)
