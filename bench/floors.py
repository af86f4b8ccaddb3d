"""Quality is a test too: no recorded figure may lie below its floor.

    python -m bench.floors                    check bench/results against bench/floors.json
    python -m bench.floors --raise            set each floor to what is recorded, where that is higher
    python -m bench.floors --lower NAME.FIGURE VALUE --because REASON

A floor names a figure by its path in the results ("attribution.model.attribution.f1") and holds its least value and,
where it was ever lowered, why.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.record import RESULTS

FLOORS = Path(__file__).parent / "floors.json"


def find_failures(floors: Mapping[str, Mapping[str, Any]], results: Path = RESULTS) -> Iterator[str]:
    """A line for each floor that the recorded figures do not reach, or that names no figure."""
    for path, floor in floors.items():
        value = find_figure(path, results)
        if value is None:
            yield f"{path}: no such figure in {results.name}/"
        elif value < floor["least"]:
            yield f"{path}: {value} is below {floor['least']}"


def find_figure(path: str, results: Path = RESULTS) -> float | None:
    """The figure that `path` leads to: the result's name, then the keys of its figures."""
    name, *keys = path.split(".")
    file = results / f"{name}.json"
    if not file.is_file():
        return None
    found: Any = json.loads(file.read_text(encoding="utf-8"))["figures"]
    rest = ".".join(keys)
    while rest:
        if not isinstance(found, dict):
            return None
        key = next((k for k in sorted(found, key=len, reverse=True) if rest == k or rest.startswith(k + ".")), None)
        if key is None:
            return None
        found, rest = found[key], rest[len(key) + 1 :]
    return found if isinstance(found, int | float) else None


def main() -> int:
    """The commands above. Exit code 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", action="store_true", dest="raise_")
    parser.add_argument("--lower", nargs=2, metavar=("FIGURE", "VALUE"))
    parser.add_argument("--because")
    options = parser.parse_args()
    floors: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    if options.lower:
        if not options.because:
            parser.error("lowering a floor needs --because REASON")
        path, value = options.lower
        floors[path] = {"least": float(value), "because": options.because}
    if options.raise_:
        for path, floor in floors.items():
            recorded = find_figure(path)
            if recorded is not None and recorded > floor["least"]:
                floors[path] = {"least": recorded}
    if options.lower or options.raise_:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    failures = list(find_failures(floors))
    print(*failures, f"{len(floors) - len(failures)} of {len(floors)} floors hold", sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
