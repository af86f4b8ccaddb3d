"""Predicted claims against the gold of a story, by the rules in tests/stories/README.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from onrecord.records import Claim, Document, Position, Relation, Stance
from onrecord.resolve import Resolution

LEAST_WEIGHT = 0.3
STOP = frozenset(
    re.findall(
        r"\w+",
        """
        a an the of in on at to for from by with as and or but that this these those it its is are was were be
        been has have had will would
        """,
    )
)
Gold = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one story or of many: right and all, by figure."""

    right: dict[str, int] = field(default_factory=dict)
    all: dict[str, int] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def count(self, figure: str, is_right: bool, miss: str = "") -> None:
        """Count one decision, and keep what was missed."""
        self.right[figure] = self.right.get(figure, 0) + is_right
        self.all[figure] = self.all.get(figure, 0) + 1
        if not is_right and miss:
            self.misses.append(f"{figure}: {miss}")

    def share(self, figure: str) -> float:
        """In percent; 100 where there was nothing to decide."""
        return 100 * self.right.get(figure, 0) / self.all[figure] if self.all.get(figure) else 100.0

    def add(self, other: Tally) -> None:
        """Take in another story's counts."""
        for figure, count in other.all.items():
            self.all[figure] = self.all.get(figure, 0) + count
            self.right[figure] = self.right.get(figure, 0) + other.right[figure]
        self.misses += other.misses


def score_story(gold: Gold, documents: Sequence[Document], resolution: Resolution) -> Tally:
    """`documents` in the order of the gold's articles."""
    article = {document.id: row["id"] for document, row in zip(documents, gold["articles"], strict=True)}
    tally, story = Tally(), gold["story"]
    matches = match_claims(gold["claims"], resolution.claims, article)
    for claim in gold["claims"]:
        name, found = f"{story}/{claim['key']}", matches.get(claim["key"])
        wanted = _as_list(claim["status"])
        tally.count("matched", found is not None, name)
        tally.count("status", found is not None and found.status in wanted, f"{name} {found and found.status} {wanted}")
        roots = found.independent_roots if found else None
        wanted = _as_list(claim["independent_roots"])
        tally.count("roots", roots in wanted, f"{name} {roots} {wanted}")
        for moment in claim["as_of"]:
            was, wanted = find_status_on(found, moment["day"]) if found else None, _as_list(moment["status"])
            tally.count("as_of", was in wanted, f"{name} {moment['day']} {was} {wanted}")
        if found:
            outside = find_articles(found, article) - {*claim["articles"], *claim["may"]}
            conflicting = [c for c in gold["claims"] if matches.get(c["key"]) is found]
            outside -= {a for c in conflicting for a in (*c["articles"], *c["may"])}
            tally.count("unrelated", not outside, f"{name} {sorted(outside)}")
    _count_positions(tally, gold, matches)
    _count_copies(tally, gold, resolution, article)
    _count_echoes(tally, gold, matches, article)
    return tally


def match_claims(gold: Sequence[Gold], claims: Sequence[Claim], article: Mapping[str, str]) -> dict[str, Claim]:
    """Gold keys to predicted claims: the one-to-one matching of greatest weight, then conflicting claims share."""
    weights = [[weigh(g, claim, article) for claim in claims] for g in gold]

    @cache
    def best(row: int, used: frozenset[int]) -> tuple[float, tuple[int | None, ...]]:
        if row == len(gold):
            return 0.0, ()
        total, chosen = best(row + 1, used)
        options: list[tuple[float, tuple[int | None, ...]]] = [(total, (None, *chosen))]
        for column, weight in enumerate(weights[row]):
            if weight and column not in used:
                total, chosen = best(row + 1, used | {column})
                options.append((total + weight, (column, *chosen)))
        return max(options, key=lambda option: option[0])

    columns = best(0, frozenset())[1]
    matches = {g["key"]: claims[c] for g, c in zip(gold, columns, strict=True) if c is not None}
    for row, g in enumerate(gold):
        if g["key"] not in matches:
            shared = [claims.index(matches[k]) for k in g["conflicts"] if k in matches]
            possible = [c for c in shared if weights[row][c]]
            if possible:
                matches[g["key"]] = claims[max(possible, key=lambda c: weights[row][c])]
    return matches


def weigh(gold: Gold, claim: Claim, article: Mapping[str, str]) -> float:
    """0 where the pair is not possible."""
    inside, found = set(gold["articles"]), find_articles(claim, article) - set(gold["may"])
    articles = len(inside & found) / len(inside | found) if inside | found else 0.0
    positions = _counted(claim)
    wanted = [
        p for p in gold["positions"] if any(is_root(q.root, p["root"]) and q.stance == p["stance"] for q in positions)
    ]
    right = [
        q for q in positions if any(is_root(q.root, p["root"]) and q.stance == p["stance"] for p in gold["positions"])
    ]
    roots = (len(wanted) + len(right)) / (len(gold["positions"]) + len(positions)) if positions else 0.0
    words = max(measure_overlap(gold["wording"], text) for text in (claim.text, *claim.variants))
    weight = 0.4 * articles + 0.3 * roots + 0.3 * words
    return weight if articles and words and weight >= LEAST_WEIGHT else 0.0


def is_root(predicted: str, spellings: Sequence[str]) -> bool:
    """Whether one contains the other as a run of whole words."""
    words = f" {_letters(predicted)} "
    return any(f" {_letters(s)} " in words or words in f" {_letters(s)} " for s in spellings) and bool(words.strip())


def find_articles(claim: Claim, article: Mapping[str, str]) -> set[str]:
    """The gold's names for the claim's documents, copies among them."""
    return {article.get(document, document) for document in (*claim.documents, *claim.copies)}


def find_status_on(claim: Claim, day: str) -> str | None:
    """What the claim was at the end of a day."""
    past = [change.status for change in claim.history if change.day is None or change.day <= day]
    return past[-1] if past else None


def measure_overlap(left: str, right: str) -> float:
    """Dice of the content words of two wordings."""
    a, b = _stems(left), _stems(right)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _counted(claim: Claim) -> list[Position]:
    took_back = {p.root for p in claim.positions if p.stance is Stance.ASSERTS and p.withdrawn}
    return [
        p
        for p in claim.positions
        if p.stance is not Stance.UNKNOWN and not (p.stance is Stance.DENIES and p.root in took_back)
    ]


def _count_positions(tally: Tally, gold: Gold, matches: Mapping[str, Claim]) -> None:
    for claim in gold["claims"]:
        found, name = matches.get(claim["key"]), f"{gold['story']}/{claim['key']}"
        for wanted in claim["positions"] if found else ():
            fits = [p for p in _counted(found) if _fits(p, wanted)] if found else []
            tally.count("positions_recall", bool(fits), f"{name} {wanted['root'][0]} {wanted['stance']}")
    for found in {claim.id: claim for claim in matches.values()}.values():
        rows = [c for c in gold["claims"] if matches.get(c["key"]) is found]
        wanted = [p for c in rows for p in c["positions"]]
        held = [p for c in gold["claims"] if any(c["key"] in r["conflicts"] for r in rows) for p in c["positions"]]
        for position in _counted(found):
            implied = position.stance is Stance.DENIES and any(is_root(position.root, p["root"]) for p in held)
            fits_any = any(_fits(position, p) for p in wanted)
            if fits_any or not implied:
                name = f"{gold['story']}/{rows[0]['key']} {position.root} {position.stance}"
                tally.count("positions_precision", fits_any, name + (" withdrawn" if position.withdrawn else ""))


def _fits(position: Position, wanted: Gold) -> bool:
    withdrawn = wanted["withdrawn"]
    return (
        position.stance == wanted["stance"]
        and is_root(position.root, wanted["root"])
        and (withdrawn is None or withdrawn == position.withdrawn)
    )


def _count_copies(tally: Tally, gold: Gold, resolution: Resolution, article: Mapping[str, str]) -> None:
    copies = [e for e in resolution.edges if e.relation is Relation.COPY_OF and {e.left, e.right} <= article.keys()]
    predicted = {frozenset((article[e.left], article[e.right])): article[e.right] for e in copies}
    wanted = {frozenset(pair): pair[0] for pair in gold["copies"]}
    for pair, original in wanted.items():
        tally.count("copies_recall", pair in predicted, f"{gold['story']} {sorted(pair)}")
        if pair in predicted:
            tally.count("copies_original", predicted[pair] == original, f"{gold['story']} {sorted(pair)}")
    for pair in predicted:
        tally.count("copies_precision", pair in wanted, f"{gold['story']} {sorted(pair)}")


def _count_echoes(tally: Tally, gold: Gold, matches: Mapping[str, Claim], article: Mapping[str, str]) -> None:
    for echo in gold["echoes"]:
        seen = False
        for found in matches.values():
            mine = [p for p in found.positions if is_root(p.root, echo["root"]) and p.stance is Stance.ASSERTS]
            articles = {article.get(d, d) for p in mine for d in p.documents}
            # one position for the root, however many pages pass it on: the echo adds none
            seen = seen or (len(mine) == 1 and echo["article"] in articles)
        tally.count("echoes", seen, f"{gold['story']} {echo['article']} {echo['root'][0]}")


@cache
def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


@cache
def _stems(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"(?:ing|ed|es|s|ly)$", "", w) for w in _letters(text).split() if w not in STOP)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
