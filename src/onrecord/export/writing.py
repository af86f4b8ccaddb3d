"""From a ledger to a file or folder: the formats there are, and how output comes to stand there whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from onrecord.errors import RunError
from onrecord.export.records import Records
from onrecord.ledger import Ledger
from onrecord.query.walk import Cut, count_cut

STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module that has its `write`, and what that makes.

    A `folder` is known by its `marker`, a file that is in each; a format without one goes into a single text file.
    Annotations are about texts and have no place for `claims`.
    """

    module: str
    what: str
    marker: str | None = None
    extra: str | None = None
    claims: bool = True

    @property
    def folder(self) -> bool:
        """Whether it is a folder of files."""
        return self.marker is not None

    def load(self) -> Callable[[Records, Any], None]:
        """Its `write(records, stream)`, or `write(records, folder)`. Raises RunError where a library is missing."""
        try:
            write: Callable[[Records, Any], None] = import_module(f"onrecord.export.{self.module}").write
        except ModuleNotFoundError as error:
            if self.extra is None:
                raise
            raise RunError(f"{error.name} is not installed: pip install 'onrecord[{self.extra}]'") from error
        return write


FORMATS = {
    "csv": Format("csv_tables", "tables for spreadsheets", "documents.csv"),
    "parquet": Format(
        "parquet_tables", "the same tables, typed, for DuckDB and data frames", "documents.parquet", "export"
    ),
    "jsonl": Format("jsonl", "the records, complete, one a line"),
    "webannotation": Format("webannotation", "W3C Web Annotations on the text", claims=False),
    "jsonld": Format("jsonld", "schema.org Quotation, Claim and NewsArticle as JSON-LD"),
    "ftm": Format("ftm", "FollowTheMoney entities, one a line", extra="export"),
    "brat": Format("brat", "brat standoff files", "annotation.conf", claims=False),
}


def export_ledger(
    ledger: Ledger,
    name: str,
    output: str | os.PathLike[str],
    *,
    cut: Cut | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[int, int]:
    """Write a ledger, or a cut of it, in the format `name`; gives how many documents and claims went in.

    `output` is a folder or a file, as the format has it, or "-" for standard output, which takes files alone. It is
    written beside its place and moved there when it is complete. `progress` is told how many records of how many are
    written. Raises RunError where something is there already, unless with `force`, and where it cannot be written.
    """
    kind = FORMATS[name]
    write = kind.load()
    with ledger.read() as connection:
        documents, claims = count_cut(connection, cut or Cut())
        claims = claims if kind.claims else 0
        done = 0

        def advance() -> None:
            nonlocal done
            done += 1
            progress(done, documents + claims)

        records = Records(connection, cut or Cut(), advance)
        if os.fspath(output) == STANDARD_OUTPUT:
            if kind.folder:
                raise RunError(f"{name} is a folder of files: name one with --output")
            write(records, sys.stdout)
        elif kind.folder:
            with _new_folder(Path(output).resolve(), kind, force=force) as folder:
                write(records, folder)
        else:
            with _new_file(Path(output).resolve(), force=force) as stream:
                write(records, stream)
    return documents, claims


@contextmanager
def _new_file(path: Path, *, force: bool) -> Iterator[TextIO]:
    if path.is_dir():
        raise RunError(f"{path} is a folder: name a file with --output")
    if path.exists() and not path.is_file():
        # a pipe or a device, /dev/stdout among them, is written into, never replaced
        with _explaining(path), path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    if path.exists() and not force:
        raise RunError(f"{path} is there already: name another file, or replace it with --force")
    with _explaining(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _new_folder(path: Path, kind: Format, *, force: bool) -> Iterator[Path]:
    _check_folder(path, kind, force=force)
    with _explaining(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
        try:
            (new := room / "new").mkdir()
            yield new
            if path.exists():
                os.replace(path, room / "old")
            os.replace(new, path)
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _check_folder(path: Path, kind: Format, *, force: bool) -> None:
    """A folder is only ever replaced by a new export where it holds an old one and nothing else."""
    if not path.exists():
        return
    if not path.is_dir():
        raise RunError(f"{path} is a file: this format needs a folder, name one with --output")
    files = {file.name for file in path.iterdir()}
    if not files:
        return
    if kind.marker not in files or any((path / file).is_dir() for file in files):
        raise RunError(f"{path} holds other files: name a new folder with --output")
    if not force:
        raise RunError(f"{path} holds an export already: name another folder, or replace it with --force")


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunError(f"{path} cannot be written: {error.strerror or error}") from error
