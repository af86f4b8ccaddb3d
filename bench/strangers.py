"""How often do pages that have nothing to do with each other share a claim? Real articles, most on other matters.

    python -m bench.strangers

Articles of polnear-train on which the reader of pairs was not trained. Nearly all tell of a story of their own; but
many are about the same few people, as news is. Claims that hold more than one article are counted, and those that come
out as more than one voice's. Some are right: a poll or a speech that two articles tell of.
"""

from __future__ import annotations

import argparse
import gzip
import json

from bench.record import print_table, record
from bench.statements import SHARED
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.inference.pairs import make_pair_reader
from onrecord.read import read_document
from onrecord.records import Moment, Raw, Status
from onrecord.resolve import resolve_documents
from onrecord.settings import Settings
from training.pairs.examples import read_held

PATH = SHARED / "data" / "polnear-train.jsonl.gz"


def main() -> None:
    """Read, extract, resolve, count, print and record."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    held = read_held()
    with gzip.open(PATH, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["id"] in held]
    settings = Settings()
    documents = [
        read_document(
            Raw(f"{row['id']}.txt", row["text"].encode(), published=_read_day(row), outlet=row["publisher"]),
            settings=settings,
        )
        for row in rows
    ]
    statements = list(make_extractor(settings).extract(documents))
    pages = zip(documents, statements, strict=True)
    claims = resolve_documents(pages, make_embedder(), make_pair_reader()).claims
    shared = [claim for claim in claims if len({*claim.documents} - {*claim.copies}) > 1]
    figures = {
        "articles": len(documents),
        "statements": sum(map(len, statements)),
        "claims": len(claims),
        "with more than one article": len(shared),
        "of them more than one voice": sum(claim.status is not Status.SINGLE_SOURCE for claim in shared),
    }
    print_table([{"figure": name, "": value} for name, value in figures.items()])
    record("strangers", figures, command="python -m bench.strangers")


def _read_day(row: dict[str, str]) -> Moment | None:
    return Moment(row["published"][:10], "given") if row["published"] else None


if __name__ == "__main__":
    main()
