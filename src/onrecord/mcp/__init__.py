"""The ledger as tools for an assistant (Model Context Protocol), read-only, with evidence in each answer."""

from __future__ import annotations

from onrecord.mcp.server import make_server

__all__ = ["make_server"]
