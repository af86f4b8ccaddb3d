"""The stories of tests/stories, read, extracted and resolved, against their gold claims.

    python -m bench.stories [--misses] [STORY…]

Those of folders are developing stories of six or more pages; those of `short.jsonl` have two to four short pages, one
matter and one construction each; those of `written` are by sixteen other authors, of whom the reader of pairs has seen
the labels of fourteen. Each story is resolved by itself, then all in one go: no claim may then hold articles of two.
Held stories are reported apart, and their misses are not printed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.record import print_table, record
from bench.story_match import Tally, score_story
from onrecord.extract import Extractor, make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.inference.pairs import make_pair_reader
from onrecord.read import read_document
from onrecord.records import Document, Moment, Raw, Statement
from onrecord.resolve import Embeds, Reads, resolve_documents
from onrecord.settings import Settings
from training.pairs.examples import HELD_AUTHORS

STORIES = Path(__file__).parents[1] / "tests" / "stories"
PAIRS = ("positions", "copies")
Gold = dict[str, Any]
Story = tuple[Gold, list[Document], list[tuple[Statement, ...]]]


def main() -> None:
    """Read the stories, score them, print and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="*", metavar="STORY")
    parser.add_argument("--misses", action="store_true", help="print what went wrong in the stories that are not held")
    options = parser.parse_args()
    settings = Settings()
    extractor = make_extractor(settings)
    stories = [read_story(gold, extractor, settings) for gold in find_stories(options.stories)]
    embedder, reader = make_embedder(), make_pair_reader()
    tallies = {}
    for gold, documents, statements in stories:
        resolution = resolve_documents(zip(documents, statements, strict=True), embedder, reader)
        tallies[gold["story"]] = score_story(gold, documents, resolution)
    groups: dict[str, list[str]] = {}
    for gold, _, _ in stories:
        groups.setdefault(find_group(gold), []).append(gold["story"])
    rows: list[dict[str, Any]] = []
    for name, chosen in groups.items():
        total = Tally()
        for story in chosen:
            total.add(tallies[story])
        rows.append({"stories": name, "number": len(chosen), **make_figures(total)})
        if options.misses and not name.endswith("held"):
            print(*total.misses, sep="\n")
    mixed = count_mixed(stories, embedder, reader)
    print_table(
        [{"figure": key, **{row["stories"]: row.get(key) for row in rows}} for key in rows[0] if key != "stories"]
    )
    print(f"claims with articles of two stories, all stories in one ledger: {mixed}")
    if not options.stories:
        figures = {row["stories"]: {k: v for k, v in row.items() if k != "stories"} for row in rows}
        record("stories", {**figures, "claims_of_two_stories": mixed}, command="python -m bench.stories")


def find_stories(names: Sequence[str] = ()) -> list[Gold]:
    """The gold of the stories named, or of all, with the text of each article: folders, short ones, written ones."""
    found: list[Gold] = []
    for path in sorted(STORIES.glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        for row in gold["articles"]:
            row["text"] = (path.parent / row["file"]).read_text("utf-8")
        found.append(gold)
    found += map(json.loads, (STORIES / "short.jsonl").read_text("utf-8").splitlines())
    for path in sorted((STORIES / "written").glob("*.jsonl")):
        found += [json.loads(line) | {"author": path.stem} for line in path.read_text("utf-8").splitlines()]
    return [gold for gold in found if not names or gold["story"] in names]


def find_group(gold: Gold) -> str:
    """Where a story's figures go."""
    if "author" in gold:
        return "written, held" if gold["author"] in HELD_AUTHORS else "written"
    return ("short, " if "kind" in gold else "") + ("held" if gold["held"] else "open")


def read_story(gold: Gold, extractor: Extractor, settings: Settings) -> Story:
    """The gold, the documents in its order, and the statements of each."""
    raws = [
        Raw(
            address=f"{gold['story']}/{row['id']}.txt",
            content=row["text"].encode(),
            published=Moment(row["published"], "given"),
            outlet=row["outlet"],
        )
        for row in gold["articles"]
    ]
    documents = [read_document(raw, settings=settings) for raw in raws]
    return gold, documents, list(extractor.extract(documents))


def make_figures(tally: Tally) -> dict[str, float]:
    """Shares in percent, and F1 where there are precision and recall."""
    figures = {name: round(tally.share(name), 2) for name in tally.all}
    for name in PAIRS:
        precision, recall = tally.share(f"{name}_precision"), tally.share(f"{name}_recall")
        figures[f"{name}_f1"] = round(2 * precision * recall / (precision + recall), 2) if precision + recall else 0.0
    return {"claims": tally.all.get("status", 0), **figures}


def count_mixed(stories: Sequence[Story], embedder: Embeds, reader: Reads) -> int:
    """Claims that hold articles of more than one story when all are resolved together."""
    story_of = {d.id: gold["story"] for gold, documents, _ in stories for d in documents}
    pages = [page for _, documents, statements in stories for page in zip(documents, statements, strict=True)]
    resolution = resolve_documents(pages, embedder, reader)
    return sum(len({story_of[d] for d in (*claim.documents, *claim.copies)}) > 1 for claim in resolution.claims)


if __name__ == "__main__":
    main()
