"""Count which words stand in every page: `python -m training.match.common ../shared/data` writes the table that
`onrecord.resolve.compare.rarity` reads.

A stem that stands in a share s of n articles has the weight log(1/s)/log(n) (inverse document frequency, Spärck Jones
1972, from 0 to 1), in tenths. Only the most common are kept; all others count in full.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.resolve.compare.rarity import TABLE
from onrecord.resolve.wording import find_stems

CORPORA = ("polnear-train.jsonl.gz", "fnc1-dev.jsonl.gz")
MOST = 3  # tenths, up to which a stem is kept


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    texts = {text for name in CORPORA for text in _iter_texts(parser.parse_args().data / name)}
    counts = Counter(stem for text in texts for stem in find_stems(" ".join(filter(str.islower, text.split()))))
    weights = {stem: round(10 * math.log(len(texts) / count) / math.log(len(texts))) for stem, count in counts.items()}
    rows = [sorted(stem for stem, weight in weights.items() if weight == tenths) for tenths in range(MOST + 1)]
    TABLE.write_text("".join(f"{tenths} {' '.join(row)}\n" for tenths, row in enumerate(rows)), "utf-8")
    print(f"{len(texts)} articles, {sum(map(len, rows))} stems")


def _iter_texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


if __name__ == "__main__":
    main()
