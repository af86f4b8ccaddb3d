"""The table of every message that onrecord raises, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOTS = {"OnrecordError", "DocumentError", "RunError"}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A message, where "…" stands for what is only known then, and the class and the room that it comes from."""

    room: str
    kind: str
    words: str


def make_table(source: Path) -> str:
    """A table of messages for each room."""
    lines: list[str] = []
    last = ""
    for message in find_messages(source):
        if message.room != last:
            lines += ["", f"### {message.room}", "", "| message | error |", "| --- | --- |"]
            last = message.room
        words = message.words.replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| {words} | `{message.kind}` |")
    return "\n".join(lines)


@cache
def find_messages(source: Path) -> tuple[Message, ...]:
    """Every message of every error, by room."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(source.rglob("*.py"))}
    kinds = _find_kinds(list(trees.values()))
    found = {
        Message(_name_room(path, source), kind, words)
        for path, tree in trees.items()
        for kind, words in _iter_raised(tree, kinds)
    }
    return tuple(sorted(found))


def _find_kinds(trees: list[ast.Module]) -> set[str]:
    """The classes of onrecord's own errors, however far below OnrecordError they stand."""
    kinds = set(ROOTS)
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _ in range(4):  # as deep as they are derived from each other
        kinds |= {one.name for one in classes if any(isinstance(b, ast.Name) and b.id in kinds for b in one.bases)}
    return kinds


def _iter_raised(tree: ast.Module, kinds: set[str]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds and node.args:
            words = _read_words(node.args[0])
            if words.strip("… "):
                yield node.func.id, words
        # messages that are kept in a table until they are needed
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "MESSAGES" and isinstance(node.value, ast.Dict):
            yield from (("RunError", _read_words(value).replace("{label}", "…")) for value in node.value.values)


def _read_words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)  # type: ignore[misc]
    if isinstance(node, ast.BinOp):
        return _read_words(node.left) + _read_words(node.right)
    return "…"


def _name_room(path: Path, source: Path) -> str:
    relative = path.relative_to(source)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem
