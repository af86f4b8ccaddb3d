from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.app import run
from tests.factories import PlainExtractor


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(one) for one in self.out.splitlines()]


@pytest.fixture
def onrecord(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Done]:
    """The command line in this process, with a ledger of its own and an extractor that needs no models."""
    monkeypatch.setattr("onrecord.intake.make_extractor", lambda _settings: PlainExtractor())
    monkeypatch.setattr("onrecord.extract.make_extractor", lambda _settings: PlainExtractor())
    monkeypatch.setenv("ONRECORD_WORKERS", "1")  # which know of no patches
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as left:
            run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(int(left.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Three pages in a folder."""
    folder = tmp_path / "pages"
    folder.mkdir()
    page = "The {0} ferry\n\n{1} said that the {0} ferry will not sail before the end of the winter.\n"
    (folder / "a.txt").write_text(page.format("red", "Anna Belov"))
    (folder / "b.txt").write_text(page.format("blue", "Harbour Master"))
    (folder / "c.txt").write_text(page.format("[bold]green[/bold]\x1b[31m", "Anna Belov"))
    return folder
