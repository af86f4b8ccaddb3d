"""WACZ: a zip file with web archives in it, as archiving browsers and crawlers write it."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.read.limits import make_record_address
from onrecord.read.warc import iter_warc
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

STEP = "read"
MARK = b"PK\x03\x04"
_FOLDER, _ENDINGS = "archive/", (".warc", ".warc.gz")
_MAX_RATIO = 100  # text packs ten to one; what packs a hundred to one was made to fill disks
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def iter_wacz(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    """One Raw for each page of the archives in the file, with the address `file#archive#record`."""
    try:
        packed = zipfile.ZipFile(stream)
        members = [one for one in packed.infolist() if one.filename.startswith(_FOLDER)]
    except _BROKEN as error:
        yield Skipped(name, STEP, f"a broken zip file: {error}")
        return
    members = [one for one in members if one.filename.lower().endswith(_ENDINGS)]
    if not members:
        yield Skipped(name, STEP, "a zip file without web archives in it: only WACZ is read, unpack others first")
    for member in members:
        inside = make_record_address(name, member.filename.removeprefix(_FOLDER))
        if member.file_size > _MAX_RATIO * max(member.compress_size, 1):
            yield Skipped(inside, STEP, f"packed more than {_MAX_RATIO} to one")
            continue
        # a zip member can only be read from its beginning on, and a broken record is sought back and forth
        with tempfile.TemporaryFile() as file:
            try:
                with packed.open(member) as opened:
                    shutil.copyfileobj(opened, file)
            except _BROKEN as error:
                yield Skipped(inside, STEP, f"broken in the zip file: {error}")
            yield from iter_warc(inside, file, settings)
