"""The table of every route of the API, from the description that the server itself gives out."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from onrecord.cli.serve import make_app
from onrecord.settings import Settings


@cache
def read_description() -> dict[str, Any]:
    """/openapi.json of a server whose ledger is empty."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Settings(ledger=str(Path(folder) / "ledger.sqlite")))
        description: dict[str, Any] = TestClient(app, base_url="http://localhost").get("/openapi.json").json()
    return description


def make_table() -> str:
    """A line for each route: what it is for, and what it may be asked."""
    lines = ["| route | what it gives | may be asked |", "| --- | --- | --- |"]
    for path, methods in read_description()["paths"].items():
        for method, operation in methods.items():
            what = " ".join(operation.get("description", operation["summary"]).split())
            asked = ", ".join(f"`{one['name']}`" for one in operation.get("parameters", []) if one["in"] == "query")
            lines.append(f"| `{method.upper()} {path}` | {what} | {asked or '–'} |")
    return "\n".join(lines)
