"""Archives are larger than pages: fetched in parts into a folder, where a run goes on where a killed one left off."""

from __future__ import annotations

import json
from pathlib import Path

import platformdirs

from onrecord.fetch.base import Fetched, FetchError
from onrecord.fetch.polite import Fetcher
from onrecord.ids import hash_bytes
from onrecord.settings import Settings


def fetch_archive(url: str, fetcher: Fetcher, *, settings: Settings) -> Path:
    """Where the file at `url` lies, once it is whole; whoever is done with it deletes it. Raises FetchError."""
    folder = find_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hash_bytes(url.encode())
    part, note = path.with_suffix(".part"), path.with_suffix(".json")
    while not path.exists():
        begin = part.stat().st_size if part.exists() else 0
        known = _read_note(note) if begin else None
        if known is None:
            part.unlink(missing_ok=True)
            begin = 0
        elif begin == known[1]:
            part.replace(path)
            note.unlink(missing_ok=True)
            break
        answer = fetcher.fetch_patiently(url, begin=begin)
        told = (answer.etag or answer.modified or "", answer.size or 0)
        if told[1] > settings.max_archive_bytes:
            raise FetchError(f"larger than {settings.max_archive_bytes:,} bytes (settings: max_archive_bytes)")
        if not answer.content:
            raise FetchError("an empty file")
        if known is not None and told != known:
            # another file lies there now
            part.unlink()
            continue
        if known is None:
            note.write_text(json.dumps(told), encoding="utf-8")
        _append(part, begin, answer)
    return path


def find_folder(settings: Settings) -> Path:
    """Where archives lie while they are fetched and read."""
    if settings.archive_folder:
        return Path(settings.archive_folder)
    return Path(platformdirs.user_cache_dir("onrecord", appauthor=False)) / "archives"


def _append(part: Path, begin: int, answer: Fetched) -> None:
    with part.open("ab") as file:
        if file.tell() != begin:
            raise FetchError("another run fetches the same archive")
        file.write(answer.content)


def _read_note(note: Path) -> tuple[str, int] | None:
    try:
        tag, size = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return None
    return str(tag), int(size)
