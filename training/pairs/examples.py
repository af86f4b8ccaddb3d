"""Pairs of contents on their pages with what they are to each other, and pairs of which only a teacher will say it.

Judged real pairs stand in `judged.jsonl` as places in the articles of PolNeAR and the Fake News Challenge, whose text
is no part of this project: for each side the id of an article, then where its words stand in the article with all
white space made one, or a word that stands there in another form. What they are is said of the contents:
where a root "denied" one, its statement stands on the other side.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import DocumentError
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.read import read_document
from onrecord.records import Document, Passage, Raw
from onrecord.resolve import MemoryStore, add_documents
from onrecord.resolve.base import STATEMENT_RELATIONS
from onrecord.resolve.phrasing import find_sentence_before
from onrecord.resolve.propositions import make_propositions
from onrecord.settings import Settings
from training.attribution.corpus import read_rows
from training.relation.groups import CONTRADICTS, SAME, Group

JUDGED = Path(__file__).with_name("judged.jsonl")
WRITTEN = Path(__file__).parents[2] / "tests" / "stories" / "written"
HELD_AUTHORS = frozenset(["05", "08"])
NEWS, CHOOSING, RUMOURS = "polnear-train.jsonl.gz", "polnear-dev.jsonl.gz", "fnc1-dev.jsonl.gz"
ONE, OPPOSITE, TWO, EITHER = range(4)  # EITHER: one matter, on which side nobody has said
JUDGEMENTS = {"same": ONE, "opposite": OPPOSITE, "two": TWO, "either": EITHER}
NLI = {"entailment": ONE, "contradiction": OPPOSITE, "neutral": TWO}
LONGEST = 300  # characters of a premise


@dataclass(frozen=True, slots=True)
class Example:
    """Two contents and what they are to each other: a class, or the chances [3] that a teacher gives."""

    left: Passage
    right: Passage
    truth: int | NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of real contents that somebody has read. `held` where one is of an article that is not trained on."""

    example: Example
    articles: tuple[str, str]
    held: bool


def read_group_pairs(groups: Sequence[Group]) -> list[Example]:
    """All pairs of texts of each group of which it is known whether they are on one matter."""
    found = []
    for group in groups:
        for a, b in combinations(group.texts, 2):
            one = group.is_one(a, b)
            if one is None:
                continue
            if not one:
                truth = TWO
            elif CONTRADICTS in (a.relation, b.relation):
                truth = EITHER if a.relation == b.relation else OPPOSITE
            else:
                assert a.relation == SAME
                truth = ONE
            found.append(Example(_bare(a.text), _bare(b.text), truth))
    return found


def read_written(*, held: bool) -> list[Example]:
    """Pairs of labelled contents of the stories by other authors, of which one at least is on a claim; what the words
    alone would not tell is among them. Those of two authors are `held`."""
    settings = Settings()
    extractor = make_extractor(settings)
    lines = [
        line
        for path in sorted(WRITTEN.glob("*.jsonl"))
        if (path.stem in HELD_AUTHORS) == held
        for line in path.read_text("utf-8").splitlines()
    ]
    found = []
    for story in map(json.loads, lines):
        passages: dict[tuple[str, str], Passage] = {}
        for article in story["articles"]:
            document = read_document(Raw(f"{article['id']}.txt", article["text"].encode()), settings=settings)
            for p in make_propositions(document, extractor.extract_statements(document)):
                passages[article["id"], p.text] = p.passage
        rivals = {(claim["key"], other) for claim in story["claims"] for other in claim.get("conflicts") or ()}
        rivals |= {(other, key) for key, other in rivals}
        labelled = [(passages.get((c["article"], c["text"])), c["is"].rstrip("?")) for c in story["contents"]]
        for (left, one), (right, other) in combinations(labelled, 2):
            if left is None or right is None or left.text == right.text or one == other == "0":
                continue
            if (truth := _compare(one, other, rivals)) is not None:
                found.append(Example(left, right, truth))
    return found


def _compare(one: str, other: str, rivals: Set[tuple[str, str]]) -> int | None:
    """What two labels say; None for what stands against one of two claims that cannot both be true."""
    if one[0] == other[0]:
        return ONE if one == other else OPPOSITE
    if (one[0], other[0]) in rivals:
        return OPPOSITE if one[1] == other[1] == "+" else None
    return TWO


def read_nli(data: Path) -> list[Example]:
    """Pairs of MultiNLI (Williams et al. 2018). SICK's terms do not allow weights that ship."""
    rows = (row for row in read_rows(data / "nli-train.jsonl.gz") if row["set"] == "multinli")
    return [
        Example(_bare(r["premise"]), _bare(r["hypothesis"]), NLI[r["label"]])
        for r in rows
        if len(r["premise"]) < LONGEST
    ]


def read_judged(data: Path) -> list[Judged]:
    """The pairs of `judged.jsonl`, their texts taken from the articles."""
    rows = (row for name in (NEWS, CHOOSING, RUMOURS) for row in read_rows(data / name))
    articles = {row["id"]: (_flatten(row["text"].strip().partition("\n")[0]), _flatten(row["text"])) for row in rows}
    found = []
    for line in JUDGED.read_text("utf-8").splitlines():
        row = json.loads(line)
        left, right = (_restore(*articles[row[side][0]], row[side][1:]) for side in ("left", "right"))
        example = Example(left, right, JUDGEMENTS[row["is"]])
        found.append(Judged(example, (row["left"][0], row["right"][0]), row.get("held", False)))
    return found


def read_held() -> set[str]:
    """The ids of the articles that are not trained on: those of which only pairs that are held out were judged."""
    rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    seen = {side[0] for row in rows if not row.get("held") for side in (row["left"], row["right"])}
    return {side[0] for row in rows for side in (row["left"], row["right"])} - seen


def find_near(data: Path, count: int, rng: random.Random) -> list[tuple[Passage, Passage]]:
    """Contents of two voices that the program takes for near by its rules, of articles that are not held out."""
    held = read_held()
    settings = Settings()
    documents = list(_read_documents(data, held, settings))
    store = MemoryStore()
    for document, said in zip(documents, make_extractor(settings).extract(documents), strict=True):
        store.put_page(document, said)
    add_documents(store, list(store.documents), make_embedder())
    edges = [edge for edge in store.edges if edge.relation in STATEMENT_RELATIONS]
    propositions = store.find_propositions({end for edge in edges for end in (edge.left, edge.right)})
    pairs = []
    for edge in edges:
        left, right = propositions[edge.left], propositions[edge.right]
        if left.body != right.body and left.text != right.text and not (left.points_at or right.points_at):
            pairs.append((left.passage, right.passage))
    return rng.sample(sorted(set(pairs)), min(count, len(pairs)))


def _read_documents(data: Path, held: Set[str], settings: Settings) -> Iterator[Document]:
    for row in (*read_rows(data / NEWS), *read_rows(data / RUMOURS)):
        if row["id"] not in held:
            try:
                yield read_document(Raw(f"{row['id']}.txt", row["text"].encode()), settings=settings)
            except DocumentError as error:
                print(f"{row['id']}: {error}")


def _bare(text: str) -> Passage:
    return Passage("", text)


def _flatten(text: str) -> str:
    return " ".join(text.split())


def _restore(title: str, flat: str, pieces: Sequence[Any]) -> Passage:
    begin = max((piece for piece in pieces if not isinstance(piece, str)), key=lambda p: p[1] - p[0])[0]
    text = " ".join(piece if isinstance(piece, str) else flat[slice(*piece)] for piece in pieces)
    return Passage(find_sentence_before(flat, begin, title), text)
