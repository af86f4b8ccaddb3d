"""Pairs of texts with what they are to each other, and pairs of which only a teacher will say it.

Judged real pairs stand in `judged.jsonl` as places in the articles of PolNeAR and the Fake News Challenge, whose text
is no part of this project: for each side the id of an article, then where its words stand in the article with all
white space made one, or a word that stands there in another form.
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
from onrecord.records import Document, Raw
from onrecord.resolve import MemoryStore, add_documents
from onrecord.resolve.base import STATEMENT_RELATIONS
from onrecord.settings import Settings
from training.attribution.corpus import read_rows
from training.relation.groups import CONTRADICTS, SAME, Group

JUDGED = Path(__file__).with_name("judged.jsonl")
NEWS, CHOOSING, RUMOURS = "polnear-train.jsonl.gz", "polnear-dev.jsonl.gz", "fnc1-dev.jsonl.gz"
SEEN_RUMOURS = slice(156, 226)  # on the others the program is looked at
ONE, OPPOSITE, TWO, EITHER = range(4)  # EITHER: one matter, on which side nobody has said
JUDGEMENTS = {"same": ONE, "opposite": OPPOSITE, "two": TWO}
NLI = {"entailment": ONE, "contradiction": OPPOSITE, "neutral": TWO}
LONGEST = 300  # characters of a premise


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts and what they are to each other: a class, or the chances [3] that a teacher gives."""

    left: str
    right: str
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
            found.append(Example(a.text, b.text, truth))
    return found


def read_nli(data: Path) -> list[Example]:
    """Pairs of MultiNLI (Williams et al. 2018). SICK's terms do not allow weights that ship."""
    rows = (row for row in read_rows(data / "nli-train.jsonl.gz") if row["set"] == "multinli")
    return [Example(r["premise"], r["hypothesis"], NLI[r["label"]]) for r in rows if len(r["premise"]) < LONGEST]


def read_judged(data: Path) -> list[Judged]:
    """The pairs of `judged.jsonl`, their texts taken from the articles."""
    rows = (row for name in (NEWS, CHOOSING, RUMOURS) for row in read_rows(data / name))
    articles = {row["id"]: " ".join(row["text"].split()) for row in rows}
    found = []
    for line in JUDGED.read_text("utf-8").splitlines():
        row = json.loads(line)
        (left, *one), (right, *other) = row["left"], row["right"]
        example = Example(_restore(articles[left], one), _restore(articles[right], other), JUDGEMENTS[row["is"]])
        found.append(Judged(example, (left, right), row.get("held", False)))
    return found


def read_held() -> set[str]:
    """The ids of the articles that are not trained on: those of which only pairs that are held out were judged."""
    rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    seen = {side[0] for row in rows if not row.get("held") for side in (row["left"], row["right"])}
    return {side[0] for row in rows for side in (row["left"], row["right"])} - seen


def find_near(data: Path, count: int, rng: random.Random) -> list[tuple[str, str]]:
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
            pairs.append((left.text, right.text))
    return rng.sample(sorted(set(pairs)), min(count, len(pairs)))


def _read_documents(data: Path, held: Set[str], settings: Settings) -> Iterator[Document]:
    for row in (*read_rows(data / NEWS), *read_rows(data / RUMOURS)[SEEN_RUMOURS]):
        if row["id"] not in held:
            try:
                yield read_document(Raw(f"{row['id']}.txt", row["text"].encode()), settings=settings)
            except DocumentError as error:
                print(f"{row['id']}: {error}")


def _restore(article: str, pieces: Sequence[Any]) -> str:
    return " ".join(piece if isinstance(piece, str) else article[slice(*piece)] for piece in pieces)
