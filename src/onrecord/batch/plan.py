"""What a batch is made of: its input files, and how many shards they are dealt out to. Written once, then fixed."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from onrecord.errors import DocumentError, RunError
from onrecord.read import is_stored, iter_raw, list_archives, list_folder, list_stored
from onrecord.records import Moment, Raw, Skipped
from onrecord.settings import Settings

MOST_SHARDS = 1_000
PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """`files` are addresses as they were given; relative ones count from `folder`. Every node must see them."""

    files: tuple[str, ...]
    shards: int
    folder: str
    published: str | None
    outlet: str | None
    max_page_bytes: int
    max_text_characters: int
    min_confidence: float
    max_page_seconds: float
    max_worker_bytes: int = field(default_factory=lambda: Settings().max_worker_bytes)
    fetch_private: str = ""
    user_agent: str = ""
    archive_folder: str = ""

    @property
    def settings(self) -> Settings:
        """One thread each: the shards are what runs at once."""
        return Settings(
            max_page_bytes=self.max_page_bytes,
            max_text_characters=self.max_text_characters,
            min_confidence=self.min_confidence,
            max_page_seconds=self.max_page_seconds,
            max_worker_bytes=self.max_worker_bytes,
            fetch_private=self.fetch_private,
            user_agent=self.user_agent,
            archive_folder=self.archive_folder,
            threads=1,
        )

    def iter_shard(self, rank: int) -> Iterator[Raw | Skipped]:
        """The pages of every file of a shard, with the addresses that `onrecord add` would give them. Lazy."""
        published = Moment(self.published, "given") if self.published else None
        for name in self.files[rank :: self.shards]:
            path = name if "://" in name else str(Path(self.folder, name))
            for item in iter_raw([path], settings=self.settings):
                if isinstance(item, Skipped):
                    yield replace(item, source=name + item.source.removeprefix(path))
                else:
                    yield replace(
                        item,
                        address=name + item.address.removeprefix(path),
                        published=item.published or published,
                        outlet=item.outlet or self.outlet,
                    )


def make_plan(
    inputs: Iterable[str],
    output: Path,
    *,
    shards: int | None,
    published: Moment | None,
    outlet: str | None,
    settings: Settings,
) -> Plan:
    """The plan for these inputs, or the one that a run before has left in `output`.

    Raises RunError where there is nothing to read, and where the run before had something else to do.
    """
    named = (name for given in inputs for name in _list_archives(given, settings))
    files = tuple(dict.fromkeys(file for name in named for file in _iter_files(name)))
    if not files:
        raise RunError("there is no file to read in what was given")
    path = output / PLAN
    known = read_plan(output) if path.exists() else None
    plan = Plan(
        files=files,
        shards=shards or (known.shards if known else min(len(files), MOST_SHARDS)),
        folder=known.folder if known else str(Path.cwd()),
        published=published.value if published else None,
        outlet=outlet,
        max_page_bytes=settings.max_page_bytes,
        max_text_characters=settings.max_text_characters,
        min_confidence=settings.min_confidence,
        max_page_seconds=settings.max_page_seconds,
        max_worker_bytes=settings.max_worker_bytes,
        fetch_private=settings.fetch_private,
        user_agent=settings.user_agent,
        archive_folder=settings.archive_folder,
    )
    if known is None:
        output.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(asdict(plan), indent=1), encoding="utf-8")
        unfinished.replace(path)
    elif known != plan:
        raise RunError(f"{output} holds a batch of other input or settings: name another folder, or delete this one")
    return plan


def read_plan(output: Path) -> Plan:
    """The plan of a batch. Raises RunError where there is none."""
    try:
        fields = json.loads((output / PLAN).read_text(encoding="utf-8"))
        return Plan(**fields | {"files": tuple(fields["files"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{output} holds no batch: `onrecord batch INPUT… {output}` makes one") from error


def _list_archives(given: str, settings: Settings) -> list[str]:
    try:
        return list_archives(given, settings=settings)
    except DocumentError as error:
        raise RunError(f"{error}: {given}") from error


def _iter_files(given: str) -> Iterator[str]:
    """Files in the order in which `iter_raw` reads them."""
    if is_stored(given):
        try:
            yield from list_stored(given)
        except DocumentError as error:
            raise RunError(f"{error}: {given}") from error
        return
    if "://" in given:
        yield given
        return
    found = [given] if os.path.lexists(given) else sorted(glob.glob(given, recursive=True))
    if not found:
        raise RunError(f"no such file or folder: {given}")
    for one in found:
        yield from _walk(Path(one))


def _walk(path: Path) -> Iterator[str]:
    if not path.is_dir():
        yield str(path)
        return
    for child in list_folder(path):
        yield from _walk(child)
