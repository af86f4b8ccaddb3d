from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import RunError
from onrecord.names import find_body
from onrecord.names.index import NameIndex, build_index, make_name_id


def entity(number: int, label: str, links: int, *aliases: str, **labels: str) -> dict[str, Any]:
    return {
        "id": f"Q{number}",
        "labels": {"en": {"value": label}, **{k: {"value": v} for k, v in labels.items()}},
        "aliases": {"en": [{"value": alias} for alias in aliases]},
        "descriptions": {"en": {"value": f"number {number}"}},
        "sitelinks": {f"wiki{k}": {} for k in range(links)},
    }


ENTITIES = [
    entity(1, "Volodymyr Zelenskyy", 150, "Zelensky", de="Wolodymyr Selenskyj"),
    entity(2, "John Smith", 9),
    entity(3, "John Smith", 8),
    entity(4, "Emmanuel Macron", 170),
    entity(5, "Emmanuel Macron", 1),
    entity(6, "Nobody in particular", 0),
]


def write_dump(path: Path, entities: list[dict[str, Any]]) -> Path:
    text = "[\n" + ",\n".join(json.dumps(e) for e in entities) + ",\n{broken\n]\n"
    opener = {".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix, open)
    with opener(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.bz2"])
def test_build_and_find(tmp_path: Path, name: str) -> None:
    built = build_index(write_dump(tmp_path / name, ENTITIES), tmp_path / "names.sqlite")
    assert (built.items, built.left_out, built.unreadable) == (5, 1, 1)
    index = NameIndex(tmp_path / "names.sqlite")
    found = index.find_item("President Wolodymyr Selenskyj")
    assert found is not None
    assert (found.id, found.description) == ("Q1", "number 1")
    index.close()


def test_namesakes_get_no_id_unless_one_is_far_better_known(tmp_path: Path) -> None:
    build_index(write_dump(tmp_path / "dump.json", ENTITIES), tmp_path / "names.sqlite")
    index = NameIndex(tmp_path / "names.sqlite")
    assert index.find_item("John Smith") is None
    assert [item.id for item in index.find_items("John Smith")] == ["Q2", "Q3"]
    assert make_name_id(find_body("Emmanuel Macron"), index) == "Q4"
    assert make_name_id(find_body("John Smith"), index).startswith("n")
    index.close()


def test_ids_are_stable_and_tell_people_of_a_body_apart() -> None:
    peskov = find_body("Dmitry Peskov", "Kremlin spokesman")
    assert make_name_id(peskov) == make_name_id(find_body("Dmitry Peskov", "Kremlin spokesman"))
    assert make_name_id(peskov) != make_name_id(find_body("Kremlin"))
    assert make_name_id(find_body("the Kremlin")) == make_name_id(find_body("Moscow"))


@pytest.mark.parametrize("content", [b"", b"[\n]\n", b"no json at all\n"])
def test_a_dump_without_entities_leaves_the_old_index(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dump.json").write_bytes(content)
    (tmp_path / "names.sqlite").write_bytes(b"old")
    with pytest.raises(RunError, match="holds no entity"):
        build_index(tmp_path / "dump.json", tmp_path / "names.sqlite")
    assert (tmp_path / "names.sqlite").read_bytes() == b"old"
    assert not (tmp_path / "names.sqlite.part").exists()


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    path = write_dump(tmp_path / "dump.json.gz", ENTITIES)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(RunError, match="cannot read the dump"):
        build_index(path, tmp_path / "names.sqlite")
    assert not (tmp_path / "names.sqlite").exists()


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="onrecord names build"):
        NameIndex(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database at all")
    with pytest.raises(RunError, match="not a name index"):
        NameIndex(tmp_path / "text.sqlite")


def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    peaks = []
    for size in (6_000, 24_000):
        path = tmp_path / f"{size}.json.gz"
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
            for k in range(size):
                file.write(json.dumps(entity(k, f"Person {k}", 1)) + ",\n")
        tracemalloc.start()
        build_index(path, tmp_path / f"{size}.sqlite")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
