"""What every benchmark does at its end: print a table, then one line of JSON, and keep it in bench/results/NAME.json.

A figure is worth what is known about how it was made, so date, versions, cores and command are kept beside it.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
# the packages that can move a figure; those not installed are left out
PACKAGES = (
    "onrecord",
    "numpy",
    "onnxruntime",
    "spacy",
    "textacy",
    "tokenizers",
    "trafilatura",
    "htmldate",
    "fastwarc",
    "pyarrow",
    "feedparser",
    "libzim",
    "lxml",
    "scikit-learn",
)


def print_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows as aligned columns, named by the keys of all rows in order of appearance."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names] + [[_format_cell(row.get(name)) for name in names] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(names))]
    for line in cells:
        first, *rest = zip(line, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip())


def record(name: str, figures: Mapping[str, Any], *, command: str) -> None:
    """Write `figures` to bench/results/`name`.json with what made them, and print the same as one line of JSON."""
    entry = {
        "bench": name,
        "figures": dict(figures),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "cores": os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}",
        "versions": {"python": platform.python_version(), **_find_versions()},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(entry, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(entry, ensure_ascii=False))


def _find_versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _format_cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}" if abs(value) < 10 else f"{value:.1f}"
    return "" if value is None else str(value)
