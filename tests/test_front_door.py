"""The public names: all there, all importable, and nothing heavy behind `import onrecord`."""

from __future__ import annotations

import subprocess
import sys

import pytest

import onrecord


@pytest.mark.parametrize("name", onrecord.__all__)
def test_each_public_name_is_there_and_described(name: str) -> None:
    value = getattr(onrecord, name)
    assert name == "__version__" or value.__doc__


def test_nothing_else_is_public() -> None:
    assert dir(onrecord) == sorted(onrecord.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = onrecord.nothing  # type: ignore[attr-defined]


def test_import_takes_nothing_heavy_along() -> None:
    heavy = ("click", "numpy", "onnxruntime", "rich", "spacy", "sqlalchemy", "trafilatura")
    code = f"import sys, onrecord; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
