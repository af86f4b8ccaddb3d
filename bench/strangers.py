"""How often do pages that have nothing to do with each other share a claim? Real articles, most on other matters.

    python -m bench.strangers [--articles N]

Articles of polnear-train, evenly chosen, of which nearly all tell of a story of their own; but many are about the same
few people, as news is. Claims that hold more than one article are counted, and those that come out as more than one
voice's. Some are right: a poll or a speech that two articles tell of.
"""

from __future__ import annotations

import argparse
import gzip
import json

from bench.record import print_table, record
from bench.statements import SHARED
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.read import read_document
from onrecord.records import Moment, Raw, Status
from onrecord.resolve import resolve_documents
from onrecord.settings import Settings

ARTICLES = 120
PATH = SHARED / "data" / "polnear-train.jsonl.gz"


def main() -> None:
    """Read, extract, resolve, count, print and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    options = parser.parse_args()
    with gzip.open(PATH, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    settings = Settings()
    documents = [
        read_document(
            Raw(f"{row['id']}.txt", row["text"].encode(), published=_read_day(row), outlet=row["publisher"]),
            settings=settings,
        )
        for row in rows[:: max(1, len(rows) // options.articles)][: options.articles]
    ]
    statements = list(make_extractor(settings).extract(documents))
    claims = resolve_documents(zip(documents, statements, strict=True), make_embedder()).claims
    shared = [claim for claim in claims if len({*claim.documents} - {*claim.copies}) > 1]
    figures = {
        "articles": len(documents),
        "statements": sum(map(len, statements)),
        "claims": len(claims),
        "with more than one article": len(shared),
        "of them more than one voice": sum(claim.status is not Status.SINGLE_SOURCE for claim in shared),
    }
    print_table([{"figure": name, "": value} for name, value in figures.items()])
    record("strangers", figures, command=f"python -m bench.strangers --articles {options.articles}")


def _read_day(row: dict[str, str]) -> Moment | None:
    return Moment(row["published"][:10], "given") if row["published"] else None


if __name__ == "__main__":
    main()
