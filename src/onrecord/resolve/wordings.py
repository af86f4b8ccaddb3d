"""A statement as it is compared: the words of its content made to stand alone, and what can be counted in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Act, Document, Polarity, Source, Span, Statement

Vector = NDArray[np.float32]
WORD = re.compile(r"\d[\d,.]*\d|\d+|\w+(?:[’'](?!s\b)\w+)?")
LEADING = re.compile(r"^\W*(?:that\s+)?(?P<pronoun>he|she|it|they|we|i)(?P<rest>\b.*)$", re.IGNORECASE | re.DOTALL)
STOP = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "and", "or", "but", "if", "while", "when", "than", "then", "so", "such", "be", "is", "are", "was", "were", "been", "being", "am", "have", "has", "had", "having", "do", "does", "did", "done", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "it", "its", "he", "him", "his", "she", "her", "they", "them", "their", "we", "us", "our", "i", "me", "my", "you", "your", "who", "whom", "which", "what", "there", "here", "into", "over", "after", "before", "about", "also", "just", "more", "most", "very", "any", "some", "all", "no", "not", "n't", "never", "nor", "neither", "already", "still", "only", "recently", "again", "now", "out", "up", "down", "off", "had", "had's", "said", "says", "say", "told", "tell", "according"]
)
NEGATORS = frozenset(["not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "without", "cannot", "n't", "untrue", "false"])
NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"dozen": "12", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100"}
NOT_COUNTED = {"one"}  # more often a pronoun than a number
LEAST_STEMS = 3  # a shorter content says nothing that another could say too


class Embeds(Protocol):
    """Turns texts into unit vectors."""

    def embed(self, texts: Iterable[str]) -> Vector:
        """(texts, size)"""
        ...


@dataclass(frozen=True, slots=True)
class Wording:
    """One statement ready to be compared with others.

    `stems` are its content words in order, cut to their stems; `names` those of proper names, in order of first
    mention; `numbers` the quantities with the stem that follows each. `denied` is true where the words as they stand
    say that something is not so.
    """

    statement: Statement
    document: Document
    text: str
    stems: tuple[str, ...]
    names: tuple[str, ...]
    numbers: frozenset[tuple[str, str]]
    denied: bool
    vector: Vector

    @property
    def id(self) -> str:
        """Of the statement."""
        return self.statement.id

    @property
    def root(self) -> Source:
        """Of the statement."""
        return self.statement.root

    @property
    def day(self) -> str | None:
        """When it was said where that is known to the day, else when the document was published."""
        said = self.statement.said
        if said is not None and said.precision in {"day", "time"}:
            return said.date[:10]
        return self.document.published.day if self.document.published else None


# Acts whose content is no proposition that a root holds or rejects.
NO_PROPOSITION = {Act.ASK, Act.DEMAND}


def make_wordings(document: Document, statements: Sequence[Statement], embedder: Embeds) -> list[Wording]:
    """The statements of one document that take a stand on something another page could speak of too."""
    kept = []
    for statement in statements:
        if statement.act in NO_PROPOSITION or not statement.chain:
            continue
        if statement.polarity is Polarity.UNKNOWN and statement.act is not Act.DECLINE:
            continue
        text = find_text(document, statement)
        stems = tuple(_content_stems(text))
        if len(set(stems)) >= LEAST_STEMS:
            kept.append((statement, text, stems))
    vectors = embedder.embed([text for _, text, _ in kept])
    return [
        Wording(statement, document, text, stems, find_names(text), find_numbers(text), is_negated(text), vector)
        for (statement, text, stems), vector in zip(kept, vectors, strict=True)
    ]


def find_text(document: Document, statement: Statement) -> str:
    """The content's words, or those that it stands for, with a leading pronoun replaced by the root it means."""
    spans: tuple[Span, ...] = statement.stands_for or statement.content
    text = " ".join(" ".join(span.of(document.text).split()) for span in spans)
    text = text.strip(" \"'“”‘’,;:.").removeprefix("that ")
    match = LEADING.match(text)
    if match and statement.root.named and not statement.stands_for:
        return statement.root.name + match["rest"]
    return text


def is_negated(text: str) -> bool:
    """Whether an odd number of negators stands in the first clause."""
    clause = re.split(r"[;:]|,? (?:because|although|but|while|which|who|since|unless)\b", text, maxsplit=1)[0]
    words = [w.lower() for w in re.findall(r"\w+(?:[’']t)?", clause)]
    count = sum(w in NEGATORS or w.endswith(("n't", "n’t")) for w in words)
    return count % 2 == 1


def find_names(text: str) -> tuple[str, ...]:
    """Stems of capitalised words, in order, once each; the first word counts where it is no common one."""
    names: dict[str, None] = {}
    for place, match in enumerate(WORD.finditer(text)):
        word = match.group()
        if word[0].isupper() and word.lower() not in STOP and (place or len(word) > 2):
            names[stem(word.lower())] = None
    return tuple(names)


def find_numbers(text: str) -> frozenset[tuple[str, str]]:
    """Quantities and the stem of the word that each counts."""
    words = [m.group().lower() for m in WORD.finditer(text)]
    found = set()
    for place, word in enumerate(words):
        number = NUMBER_WORDS.get(word) if word not in NOT_COUNTED else None
        if number is None and word[0].isdigit():
            number = word.replace(",", "")
        if number is not None:
            counted = next((w for w in words[place + 1 : place + 4] if w not in STOP and not w[0].isdigit()), "")
            found.add((number, stem(counted)))
    return frozenset(found)


def _content_stems(text: str) -> Iterable[str]:
    for match in WORD.finditer(text):
        word = match.group().lower()
        if word not in STOP and len(word) > 1 and not word.endswith(("n't", "n’t")):
            yield stem(word)


ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ions", "ing", "ion", "ies", "ied", "ers", "ed", "es", "er", "ly", "s")  # fmt: skip


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A light stem: the commonest endings cut where at least three letters stay (after Lovins 1968)."""
    word = word.removesuffix("’s").removesuffix("'s")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("ey")
    return word.rstrip("ey") if len(word) > 3 else word


def as_said(wording: Wording) -> int:
    """+1 where the root holds what the words say without their negation, -1 where it rejects it, 0 where neither."""
    polarity = wording.statement.polarity
    if polarity is Polarity.UNKNOWN or wording.statement.act is Act.DECLINE:
        return 0
    sign = 1 if polarity is Polarity.POSITIVE else -1
    return -sign if wording.denied else sign


def with_text(wording: Wording, text: str) -> Wording:
    """The same statement in other words; for tests and for what a reader types."""
    return replace(wording, text=text)
