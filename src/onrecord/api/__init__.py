"""The ledger for other programs: REST, described by OpenAPI."""

from __future__ import annotations

from onrecord.api.app import make_api
from onrecord.api.guard import Guard

__all__ = ["Guard", "make_api"]
