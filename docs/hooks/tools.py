"""The table of every tool of `onrecord mcp`, from what the server itself tells an assistant."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import anyio
from mcp_types import Tool

from onrecord.ledger import open_ledger
from onrecord.mcp import make_server
from onrecord.settings import Settings


@cache
def read_tools() -> tuple[Tool, ...]:
    """The tools of a server whose ledger is empty."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "ledger.sqlite")
        tools = anyio.run(make_server(ledger, Settings()).list_tools)
        ledger.close()
    return tuple(tools)


def make_table() -> str:
    """A line for each tool: what it is for, and what it may be asked."""
    lines = ["| tool | what it does | may be asked |", "| --- | --- | --- |"]
    for tool in read_tools():
        what = (tool.description or "").partition("\n\n")[0]
        asked = ", ".join(f"`{name}`" for name in tool.input_schema["properties"])
        lines.append(f"| `{tool.name}` | {what} | {asked} |")
    return "\n".join(lines)
