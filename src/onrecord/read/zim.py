"""ZIM (openZIM), the form in which Kiwix keeps whole sites for reading offline: the HTML pages among its entries.

Parsed by libzim, which is GPL and so an extra that onrecord does without where it is not wanted. libzim aborts over
many broken files: where it runs in a process apart, that costs the rest of the file. The address of a page is
`file#path`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import RunError
from onrecord.read.files import find_path
from onrecord.read.limits import make_record_address, too_large
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

if TYPE_CHECKING:
    from libzim.reader import Archive

STEP = "read"
MARK = b"ZIM\x04"  # 72173914, little-endian
_HTML = ("text/html", "application/xhtml+xml")
_CACHE_BYTES = 64_000_000  # of unpacked clusters; libzim's own half a gigabyte is for whoever serves a file
_MOST_BROKEN = 1_000  # entries in a row


def iter_zim(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    """One Raw for each HTML page that is no redirect; one that is broken is a Skipped.

    Lazy. Raises RunError where libzim is missing.
    """
    try:
        from libzim import reader
    except ModuleNotFoundError as error:
        raise RunError('ZIM files need libzim: pip install "onrecord[zim]"') from error
    reader.set_cluster_cache_max_size(_CACHE_BYTES)
    with find_path(stream) as path:
        try:
            archive = reader.Archive(Path(path))
        except (RuntimeError, OSError, ValueError) as error:
            yield Skipped(name, STEP, f"a broken ZIM file: {_say(error)}")
            return
        seen = _find_date(archive)
        broken = 0
        # of the site's own entries; what follows them is about the file
        for number in range(archive.entry_count):
            try:
                item = _read_entry(name, archive, number, seen, settings.max_page_bytes)
                broken = 0
            except (RuntimeError, KeyError, IndexError, OSError, ValueError) as error:
                item = Skipped(f"{name}#@{number}", STEP, f"a broken entry: {_say(error)}")
                broken += 1
            if item is not None:
                yield item
            if broken >= _MOST_BROKEN:
                yield Skipped(name, STEP, f"{broken:,} broken entries in a row: no more are read")
                return


def _read_entry(name: str, archive: Archive, number: int, seen: str | None, limit: int) -> Raw | Skipped | None:
    # by number, since several may claim one path
    entry = archive._get_entry_by_id(number)
    if entry.is_redirect:
        return None
    item = entry.get_item()
    media_type = item.mimetype
    if media_type.partition(";")[0].strip().lower() not in _HTML:
        return None
    address = make_record_address(name, entry.path)
    if item.size > limit:
        return Skipped(address, STEP, too_large(limit))
    title = " ".join(entry.title.split())
    return Raw(address, bytes(item.content), media_type=media_type, title=title or None, seen=seen)


def _find_date(archive: Archive) -> str | None:
    """When the file was made, as it says: no page is younger."""
    try:
        day = bytes(archive.get_metadata("Date")).decode("ascii")
        return datetime.fromisoformat(day).isoformat(timespec="seconds")
    except (RuntimeError, KeyError, ValueError):
        return None


def _say(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
