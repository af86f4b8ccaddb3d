"""CSV: five files in UTF-8 with a byte order mark, without which Excel takes “ for â€œ."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from onrecord.export.records import Records
from onrecord.export.tables import TABLES, Kind, iter_rows

# a spreadsheet runs a cell that begins so as a formula, and what is quoted here was written by strangers
# (OWASP, "CSV Injection")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
JOINT = " | "


def write(records: Records, folder: Path) -> None:
    """One file a table. Cells that begin like a formula get an apostrophe in front."""
    with ExitStack() as stack:
        writers = {}
        for table, columns in TABLES.items():
            stream = stack.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline=""))
            writers[table] = csv.writer(stream)
            writers[table].writerow([column.name for column in columns])
        for table, row in iter_rows(records):
            kinds = (column.kind for column in TABLES[table])
            writers[table].writerow([_to_cell(value, kind) for value, kind in zip(row, kinds, strict=True)])


def _to_cell(value: Any, kind: Kind) -> str | int | float:
    if value is None:
        return ""
    if kind == "flag":
        return "true" if value else "false"
    if kind in {"integer", "number"}:
        number: int | float = value
        return number
    if kind == "spans":
        return " ".join(f"{begin}:{end}" for begin, end in value)
    text = JOINT.join(value) if kind == "texts" else str(value)
    text = text.replace("\0", "")
    return "'" + text if text.startswith(FORMULA) else text
