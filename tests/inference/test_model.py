from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.inference import load_model, write_manifest


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "words.txt").write_text("one two")
    write_manifest(folder, ["words.txt"], version="7", settings={"least": 0.5})
    return tmp_path


def test_a_model_has_its_version_settings_and_folder(models: Path) -> None:
    model = load_model("small", models=models)
    assert (model.name, model.version, model.settings, model.folder) == ("small", "7", {"least": 0.5}, models / "small")


def test_a_model_that_is_not_there(models: Path) -> None:
    with pytest.raises(RunError, match="no model 'large'"):
        load_model("large", models=models)


def test_a_file_that_is_missing(models: Path) -> None:
    (models / "small" / "words.txt").unlink()
    with pytest.raises(RunError, match=r"lacks words\.txt"):
        load_model("small", models=models)


def test_a_file_that_was_changed(models: Path) -> None:
    (models / "small" / "words.txt").write_text("one too")
    with pytest.raises(RunError, match="not the file"):
        load_model("small", models=models)


def test_a_damaged_manifest(models: Path) -> None:
    (models / "small" / "model.json").write_text("{")
    with pytest.raises(RunError, match="damaged"):
        load_model("small", models=models)
