"""Stable ids of names: a hash of the body's key, or a Wikidata id where the user has built an index from a dump.

The index is one SQLite file with a row for each label and alias. Building streams over the dump, one entity a line.
"""

from __future__ import annotations

import bz2
import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from onrecord.errors import RunError
from onrecord.ids import make_id
from onrecord.names.bodies import Body
from onrecord.names.variants import split_name

SCHEMA = """
CREATE TABLE items (id TEXT PRIMARY KEY, label TEXT NOT NULL, description TEXT NOT NULL, links INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE spellings (key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
"""
# languages whose labels news in English or German spell names by
LANGUAGES = ("en", "mul", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "cs", "tr")
BATCH = 1_000
# an item is taken without doubt where it has this many times the encyclopedia articles of the next of its name
CLEAR_LEAD = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One entity of the index. `links` counts encyclopedia articles about it, a measure of how well known it is."""

    id: str
    label: str
    description: str
    links: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: items taken, items left out (no article links to them), lines that could not be read."""

    items: int
    left_out: int
    unreadable: int


class NameIndex:
    """Look-ups in a built index. Raises RunError where the file is no index."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise RunError(f"there is no name index at {path}: build one with onrecord names build DUMP")
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            self._connection.execute("SELECT 1 FROM spellings LIMIT 1")
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise RunError(f"{path} is not a name index ({error}): build it again") from error

    def find_items(self, name: str, *, limit: int = 20) -> tuple[Item, ...]:
        """All items that bear the name in some spelling, the best known first."""
        rows = self._connection.execute(
            "SELECT id, label, description, links FROM spellings JOIN items USING (id) WHERE key = ?"
            " ORDER BY links DESC, id LIMIT ?",
            (_make_key(name), limit),
        )
        return tuple(Item(*row) for row in rows)

    def find_item(self, name: str) -> Item | None:
        """The item that a name means without doubt: the only one, or by far the best known; a single word never."""
        items = self.find_items(name, limit=2)
        if not items or " " not in _make_key(items[0].label):
            return items[0] if len(items) == 1 else None
        return items[0] if len(items) == 1 or items[0].links >= CLEAR_LEAD * max(items[1].links, 1) else None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def make_name_id(body: Body, index: NameIndex | None = None) -> str:
    """The Wikidata id of a named body where the index knows it without doubt, else a hash of its key."""
    item = index.find_item(body.person or body.name) if index is not None and body.named else None
    if item is not None:
        return item.id
    return make_id("n", f"{body.key} {' '.join(split_name(body.person))}" if body.person else body.key)


def build_index(dump: Path, path: Path, *, min_links: int = 1) -> Built:
    """Write the index of a Wikidata JSON dump (plain, .gz or .bz2) to `path`; memory does not grow with the dump.

    Items with fewer than `min_links` encyclopedia articles are left out. The file appears whole or not at all.
    Raises RunError where the dump cannot be read.
    """
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    counts = {"items": 0, "left_out": 0, "unreadable": 0}
    connection = sqlite3.connect(part)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        with _open(dump) as lines:
            entities = _iter_entities(lines, counts, min_links)
            while batch := list(islice(entities, BATCH)):
                _write(connection, batch)
                counts["items"] += len(batch)
        connection.commit()
    except (OSError, EOFError) as error:
        raise RunError(f"cannot read the dump {dump}: {error}") from error
    finally:
        connection.close()
        if not counts["items"]:
            part.unlink(missing_ok=True)
    if not counts["items"]:
        raise RunError(f"{dump} holds no entity: give a Wikidata JSON dump, one entity a line")
    part.replace(path)
    return Built(**counts)


def _open(dump: Path) -> BinaryIO:
    if dump.suffix == ".gz":
        return cast(BinaryIO, gzip.open(dump, "rb"))
    return cast(BinaryIO, bz2.open(dump, "rb")) if dump.suffix == ".bz2" else dump.open("rb")


def _iter_entities(lines: Iterable[bytes], counts: dict[str, int], min_links: int) -> Iterator[dict[str, Any]]:
    for line in lines:
        line = line.strip().rstrip(b",")
        if line in {b"", b"[", b"]"}:
            continue
        try:
            entity = json.loads(line)
        except ValueError:
            counts["unreadable"] += 1
            continue
        if not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
            counts["unreadable"] += 1
        elif _find_label(entity) is None or len(entity.get("sitelinks") or {}) < min_links:
            counts["left_out"] += 1
        else:
            yield entity


def _find_label(entity: dict[str, Any]) -> str | None:
    labels = entity.get("labels") or {}
    return next((labels[language]["value"] for language in LANGUAGES if language in labels), None)


def _write(connection: sqlite3.Connection, entities: list[dict[str, Any]]) -> None:
    items, spellings = [], []
    for entity in entities:
        description = (entity.get("descriptions") or {}).get("en", {}).get("value", "")
        items.append((entity["id"], _find_label(entity), description, len(entity["sitelinks"])))
        spellings += [(key, entity["id"]) for key in {_make_key(name) for name in _iter_names(entity)} if key]
    connection.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", items)
    connection.executemany("INSERT OR IGNORE INTO spellings VALUES (?, ?)", spellings)


def _iter_names(entity: dict[str, Any]) -> Iterator[str]:
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    for language in LANGUAGES:
        if language in labels:
            yield labels[language]["value"]
        for alias in aliases.get(language, ()):
            yield alias["value"]


def _make_key(name: str) -> str:
    return " ".join(split_name.__wrapped__(name))  # past the cache: a dump holds each name once
