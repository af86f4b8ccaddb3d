"""Bytes that come from anywhere, as a file with a name, for readers that open it themselves."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def put_down(stream: BinaryIO) -> Iterator[str]:
    """Where the bytes of `stream`, from here on, lie as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = os.path.join(folder, "file")
        with open(path, "wb") as file:
            shutil.copyfileobj(stream, file)
        yield path


@contextmanager
def find_path(stream: BinaryIO) -> Iterator[str]:
    """Where the whole file of `stream` lies: where it was opened, else it is put down."""
    name = getattr(stream, "name", None)
    if isinstance(getattr(stream, "raw", None), io.FileIO) and isinstance(name, str) and os.path.isfile(name):
        yield name
        return
    with put_down(stream) as path:
        yield path
