"""The pages of a ledger, rendered on the server."""

from __future__ import annotations

from onrecord.web.pages import make_pages

__all__ = ["make_pages"]
