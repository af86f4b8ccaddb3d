"""A small story as records, and an embedder that needs no model: hashed words, so that equal words are near."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Act, Document, Edge, Moment, Polarity, Statement
from onrecord.resolve.base import Proposition, Reads
from onrecord.resolve.match import match_pairs
from tests.factories import make_document, make_statement

SIZE = 384
Page = tuple[Document, tuple[Statement, ...]]


class WordEmbedder:
    def embed(self, texts: Iterable[str]) -> NDArray[np.float32]:
        rows = []
        for text in texts:
            row = np.zeros(SIZE, np.float32)
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % SIZE] += 1
            rows.append(row / max(1.0, float(np.linalg.norm(row))))
        return np.stack(rows) if rows else np.zeros((0, SIZE), np.float32)


def make_story() -> list[Page]:
    """Officials assert, the ministry denies through its spokeswoman, then admits; one page copies the first."""
    first = (
        "Eastland asked Westmark for tanks\n\nEastland asked Westmark for forty tanks, two officials said.\n\n"
        "The tanks would be sent by rail before the autumn, and nobody in the border towns was told of it."
    )
    denied = "No tanks\n\nEastland denied that it had asked Westmark for forty tanks. Talks go on."
    admitted = "Tanks after all\n\nEastland confirmed that it had asked Westmark for forty tanks."
    other = "Harvest\n\nSouthmark bought grain from Northmark, a farmer said."
    asked = "it had asked Westmark for forty tanks"
    return [
        make_page("a.txt", first, "2023-05-02", "two officials", "Eastland asked Westmark for forty tanks"),
        make_page(
            "b.txt", "By wire\n" + first, "2023-05-03", "two officials", "Eastland asked Westmark for forty tanks"
        ),
        make_page("c.txt", denied, "2023-05-04", "Eastland", asked, polarity=Polarity.NEGATIVE, act=Act.DENY),
        make_page("d.txt", admitted, "2023-05-09", "Eastland", asked, act=Act.CONFIRM),
        make_page("e.txt", other, "2023-05-09", "a farmer", "Southmark bought grain from Northmark"),
    ]


def make_rivals() -> list[Page]:
    """Two voices on one death toll and one on another, so far apart in words that they stand on two claims."""
    first, again, other = (
        "40 people died in the blaze that broke out at Halden harbour",
        "40 people died in the blaze that had begun at Halden harbour",
        "The harbour sheds of Halden hold 63 dead",
    )
    return [
        make_page(
            "f.txt", f"Fire at Halden\n\n{first}, the harbour office said.", "2023-05-02", "the harbour office", first
        ),
        make_page("g.txt", f"More on Halden\n\n{again}, a doctor said.", "2023-05-03", "a doctor", again),
        make_page("h.txt", f"Halden mourns\n\n{other}, the union said.", "2023-05-04", "the union", other),
    ]


def make_withdrawal() -> list[Page]:
    """Two voices on one count, of which one takes it back on a page of its own, where it is only named."""
    said, back = "Seven people died when the market roof in Kastel Nova fell", "its count of seven people in the market"
    later = f"Market roof: fewer dead in Kastel Nova\n\nThe city withdrew {back}. A count goes on in Kastel Nova."
    text = f"Market roof falls in Kastel Nova\n\n{said}, %s said. Rescuers went on with their search."
    withdrew = {"cue": "withdrew", "polarity": Polarity.NEGATIVE, "act": Act.DENY}
    return [
        make_page("i.txt", text % "the city", "2023-05-02", "the city", said),
        make_page("j.txt", text % "a butcher", "2023-05-03", "a butcher", said),
        make_page("k.txt", later, "2023-05-05", "The city", back, **withdrew),
    ]


def make_page(address: str, text: str, day: str, root: str, content: str, **fields: object) -> Page:
    document = make_document(text, address=address, published=Moment(day, "given"))
    return document, (make_statement(document, content, chain=(root,), **fields),)


def match_propositions(
    a: Proposition, b: Proposition, *, leads: float = 1.0, reader: Reads | None = None
) -> Edge | None:
    """The edge of one pair alone."""
    return next(iter(match_pairs([(a, b, leads)], reader)), None)
