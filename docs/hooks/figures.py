"""Tables of how good it is, from bench/results/*.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Figures = dict[str, Any]

# what is measured → (heading, path into one row of figures)
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "attribution": (
        ("all right", "attribution/f1"),
        ("content to the letter", "content_exact/f1"),
        ("half of the content", "content_half/f1"),
        ("source", "span.source/f1"),
        ("cue", "span.cue/f1"),
        ("content", "span.content/f1"),
        ("words a second", "words/s"),
        ("spaCy being 1", "to spaCy"),
    ),
    "statements": (
        ("found", "found"),
        ("all right", "all"),
        ("chain", "chain"),
        ("nested chain", "nested"),
        ("root", "root"),
        ("polarity", "polarity"),
        ("certainty", "certainty"),
        ("act", "act"),
        ("date", "date"),
    ),
    "stories": (
        ("stories", "number"),
        ("claims", "claims"),
        ("status", "status"),
        ("independent roots", "roots"),
        ("status on a day", "as_of"),
        ("positions, F1", "positions_f1"),
        ("copies, F1", "copies_f1"),
        ("echoes", "echoes"),
    ),
    "reading": (("precision", "precision"), ("recall", "recall"), ("F1", "f1"), ("to the letter", "exact")),
    "pronouns": (("F1", "overall"), ("masculine", "masculine"), ("feminine", "feminine"), ("ratio", "ratio")),
    "stance": (
        ("macro F1", "macro_f1"),
        ("weighted", "weighted"),
        ("agree", "agree"),
        ("disagree", "disagree"),
        ("discuss", "discuss"),
        ("unrelated", "unrelated"),
    ),
}
NAMES = {
    "gold spans": "given the true spans",
    "own spans": "with its own spans",
    "open": "stories it was tuned on",
    "held": "stories kept back",
    "snippet": "the passage alone",
    "page": "with the title of its page",
    "snippet by rule": "the passage alone, by rule alone",
    "page by rule": "with the title, by rule alone",
    "snippet by clues": "the passage alone, by clues without the pointer",
    "page by clues": "with the title, by clues without the pointer",
    "whole": "lines kept, of whole pages",
    "near": "lines kept, near the article alone",
}


def make_table(results: Path, name: str, shown: set[str]) -> str:
    """The table `name`; `rest` gives what no other mark of the page (`shown`) does. Raises KeyError for others."""
    if name == "rest":
        return "\n\n".join(_make_rest(file) for file in sorted(results.glob("*.json")) if file.stem not in shown)
    columns = COLUMNS[name]
    form = json.loads((results / f"{name}.json").read_text(encoding="utf-8"))
    lines = [_line(["", *(heading for heading, _ in columns)]), _line(["---"] * (len(columns) + 1))]
    for row, figures in _iter_rows(form["figures"], [path for _, path in columns]):
        lines.append(_line([NAMES.get(row, row), *(_show(_follow(figures, path)) for _, path in columns)]))
    return "\n".join(lines) + "\n\n" + _origin(form)


def _iter_rows(figures: Figures, paths: list[str]) -> Iterator[tuple[str, Figures]]:
    """Every part of the figures that has one of the columns, wherever it stands."""
    for name, part in figures.items():
        if isinstance(part, dict):
            if any(isinstance(_follow(part, path), int | float) for path in paths):
                yield name, part
            else:
                yield from _iter_rows(part, paths)


def _follow(figures: Figures, path: str) -> Any:
    # "words/s" is a key, "attribution/f1" a way through two
    if path in figures:
        return figures[path]
    first, _, rest = path.partition("/")
    part = figures.get(first)
    return _follow(part, rest) if rest and isinstance(part, dict) else None


def _make_rest(file: Path) -> str:
    form = json.loads(file.read_text(encoding="utf-8"))
    lines = [f"### {file.stem.capitalize()}", "", _line(["what", "figure"]), _line(["---"] * 2)]
    lines += [_line([name, _show(value)]) for name, value in _flatten(form.get("figures", {}))]
    return "\n".join(lines) + "\n\n" + _origin(form)


def _flatten(figures: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(figures, dict):
        for key, value in figures.items():
            yield from _flatten(value, f"{name}, {key}" if name else str(key))
    else:
        yield name, figures


def _origin(form: Figures) -> str:
    versions = form.get("versions", {})
    parts = [f"`{form['command']}`"] if "command" in form else []
    parts += [form.get("date", "")[:10], f"{form['cores']} cores" if "cores" in form else ""]
    parts += [f"onrecord {versions['onrecord']}" if "onrecord" in versions else ""]
    return f"*{', '.join(part for part in parts if part)}*"


def _show(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return " to ".join(map(_show, value))
    return f"{value:,.4g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
