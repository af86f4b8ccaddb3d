"""Files and folders in a store (S3, Google Cloud, Azure, …), through fsspec and the driver that it names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from onrecord.errors import DocumentError, RunError

# what is not listed is not opened: fsspec would fetch any address by http, past the check of where it leads
SCHEMES = frozenset(["s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "hdfs", "file", "memory"])
_BUFFER_BYTES = 1 << 20


def is_stored(name: str) -> bool:
    """Whether what was given lies in a store."""
    return name.partition("://")[0].lower() in SCHEMES and "://" in name


def is_of_this_process(url: str) -> bool:
    """Whether no other process finds what lies there."""
    return url.lower().startswith("memory://")


def list_stored(url: str) -> list[str]:
    """The addresses of the files that a file, folder or glob stands for, sorted; hidden ones left out.

    Raises DocumentError where there is none, RunError where the driver is missing.
    """
    files, path = _find_store(url)
    with _explaining(url):
        if any(sign in path for sign in "*?["):
            found = [one for one in files.glob(path) if files.isfile(one)]
        else:
            found = files.find(path) if files.isdir(path) else [path] if files.exists(path) else []
    if not found:
        raise DocumentError("no such file or folder")
    root = path.rstrip("/").count("/")
    shown = [one for one in found if not any(part.startswith(".") for part in one.split("/")[root + 1 :])]
    return [files.unstrip_protocol(one) for one in sorted(shown)]


@contextmanager
def open_stored(url: str) -> Iterator[BinaryIO]:
    """A file, read piece by piece. Raises DocumentError where it cannot be, also while it is read."""
    files, path = _find_store(url)
    with _explaining(url), files.open(path, "rb") as stream:
        yield cast(BinaryIO, io.BufferedReader(stream, _BUFFER_BYTES))


def _find_store(url: str) -> tuple[Any, str]:
    scheme = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise RunError(f'files in a store need {error.name}: pip install "onrecord[crawl]"') from error
    if "::" in url:
        raise DocumentError("an address of a store may not name another in it")
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise RunError(f"files at {scheme}:// need a driver: {error}") from error
    return files, path


@contextmanager
def _explaining(url: str) -> Iterator[None]:
    try:
        yield
    except (DocumentError, RunError, GeneratorExit):
        raise
    except FileNotFoundError as error:
        raise DocumentError("no such file or folder") from error
    except Exception as error:  # each driver raises errors of its own
        raise DocumentError(f"cannot be read: {type(error).__name__}: {error}") from error
