"""What holds for every command: help with an example, quick start, one way of failing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from onrecord.cli.app import cli

CONTEXT = click.Context(cli)
NAMES = cli.list_commands(CONTEXT)


def iter_paths() -> Iterator[list[str]]:
    """Each command, and each command of a group, as words."""
    for name in NAMES:
        command = cli.get_command(CONTEXT, name)
        if isinstance(command, click.Group):
            yield from ([name, inner] for inner in command.commands)
        else:
            yield [name]


@pytest.mark.parametrize("path", list(iter_paths()), ids=" ".join)
def test_help_shows_an_example(path: list[str], onrecord: Callable[..., Any]) -> None:
    done = onrecord(*path, "--help")
    assert done.code == 0
    assert f"onrecord {' '.join(path)}" in done.out.partition("Example")[2]


@pytest.mark.parametrize("path", [path for path in iter_paths() if len(path) == 1], ids=" ".join)
def test_options_that_every_command_has(path: list[str], onrecord: Callable[..., Any]) -> None:
    text = onrecord(*path, "--help").out
    # a server answers in JSON itself, and an export is for programs as it is
    assert "--json" in text or path[0] in ("serve", "mcp", "export")
    assert "--ledger" in text


def test_list_of_commands(onrecord: Callable[..., Any]) -> None:
    done = onrecord("--help")
    assert all(f"\n  {name} " in done.out for name in NAMES)
    assert {"add", "read", "extract", "statements", "claims", "show", "check"} <= set(NAMES)


def test_start_is_quick() -> None:
    heavy = ("spacy", "onnxruntime", "sqlalchemy", "trafilatura", "numpy", "rich")
    code = f"import sys, onrecord.cli.app; sys.exit(str([m for m in {heavy!r} if m in sys.modules] or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.strip() in ("", "[]"), done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["add"], 2, "Missing argument"),
        (["claims", "--as-of", "yesterday"], 2, "'yesterday' is not a day"),
        (["claims", "--status", "true"], 2, "'true' is not one of"),
        (["claims"], 2, "there is no ledger at"),
        (["statements", "--ledger", "mysql://host/name"], 2, "mysql:// is no ledger"),
        (["extract", "none.txt"], 1, "failed: none.txt: no such file or folder"),
        (["extract", "--verbatim", "none.jsonl"], 1, "failed: none.jsonl: cannot be read: No such file or directory"),
    ],
)
def test_failures(arguments: list[str], code: int, message: str, onrecord: Callable[..., Any]) -> None:
    done = onrecord(*arguments)
    assert done.code == code
    assert message in done.err
    assert "Traceback" not in done.err


def test_ledger_may_stand_before_or_after_the_command(onrecord: Callable[..., Any], pages: Path) -> None:
    assert onrecord("--ledger", "one.sqlite", "add", pages).code == 0
    assert onrecord("add", pages / "a.txt", "--ledger", "two.sqlite").code == 0
    assert len(onrecord("documents", "--json", "--ledger", "one.sqlite").lines) == 3
    assert len(onrecord("--ledger", "two.sqlite", "documents", "--json").lines) == 1
    assert len(onrecord("--ledger", "one.sqlite", "documents", "--json", "--ledger", "two.sqlite").lines) == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, pages: Path, onrecord: Callable[..., Any]) -> None:
    onrecord("add", pages)
    command = f"{sys.executable} -m onrecord statements --json --ledger {tmp_path}/ledger.sqlite | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("{", "")
