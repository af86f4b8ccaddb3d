"""What the documentation shows works: commands and options exist, Python examples run."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from onrecord.cli.app import cli
from onrecord.ledger import open_ledger

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
ENDS = {"|", ">", "&&", ";"}  # where the shell takes over again


def iter_blocks(page: Path, kind: str) -> Iterator[str]:
    for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if match["kind"] == kind:
            yield match["body"]


def iter_commands() -> Iterator[tuple[str, list[str]]]:
    """Every call of onrecord in the docs, with the page it stands on."""
    for page in PAGES:
        for block in (*iter_blocks(page, "console"), *iter_blocks(page, "sh"), *iter_blocks(page, "bash")):
            for line in block.replace("\\\n", " ").splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                for place, word in enumerate(words):
                    if word == "onrecord" and (place == 0 or words[place - 1] in ENDS):
                        rest = words[place + 1 :]
                        stop = next((n for n, one in enumerate(rest) if one in ENDS), len(rest))
                        yield str(page.relative_to(ROOT)), rest[:stop]


@pytest.mark.parametrize(("page", "arguments"), list(iter_commands()))
def test_commands_take_what_the_docs_give_them(page: str, arguments: list[str]) -> None:
    group: click.Group = cli
    context = group.make_context("onrecord", list(arguments), resilient_parsing=False)
    rest = [*context._protected_args, *context.args]
    while rest:
        command = group.get_command(context, rest[0])
        assert command is not None, f"{page} shows a command that is not there: {rest[0]}"
        if not isinstance(command, click.Group):
            command.make_context(rest[0], rest[1:], parent=context)
            return
        group, rest = command, rest[1:]


@pytest.mark.model
@pytest.mark.parametrize("page", [page for page in PAGES if any(iter_blocks(page, "python"))], ids=lambda p: p.stem)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    open_ledger(tmp_path / "march.sqlite").close()
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in iter_blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)
