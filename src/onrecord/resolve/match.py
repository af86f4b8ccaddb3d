"""Whether two statements are about the same proposition: features of the pair, one score, an edge or nothing.

Pure and symmetric, so that no order of arrival can change what is decided.
"""

from __future__ import annotations

from onrecord.records import Edge, Part, Relation
from onrecord.resolve.compare.meaning import compare_meaning
from onrecord.resolve.compare.opposites import compare_opposites
from onrecord.resolve.compare.parties import compare_parties
from onrecord.resolve.compare.quantities import compare_quantities
from onrecord.resolve.compare.words import compare_words
from onrecord.resolve.wordings import Wording

DECIDED_BY = "match-1"
# Weights and threshold were chosen on the open stories in tests/stories (bench/stories.py), in steps of 0.05.
WEIGHTS = {"meaning": 0.6, "words": 0.4}
SAME = 0.58
PARTIES_SWAPPED = 0.3
SAME_FIGURE = 0.05
LEAST_MEANING = 0.42


def match_statements(a: Wording, b: Wording) -> Edge | None:
    """An edge "same claim", or "contradicts" where the words turn it round or the figures differ; else None."""
    if b.id < a.id:
        a, b = b, a
    meaning = compare_meaning(a, b)
    if meaning.value < LEAST_MEANING:
        return None
    words, quantities = compare_words(a, b), compare_quantities(a, b)
    parties, opposites = compare_parties(a, b), compare_opposites(a, b)
    score = WEIGHTS["meaning"] * meaning.value + WEIGHTS["words"] * words.value
    score += SAME_FIGURE * max(0.0, quantities.value)
    score -= PARTIES_SWAPPED * max(0.0, -parties.value)
    if score < SAME:
        return None
    turned = (a.denied != b.denied) != (opposites.value < 0)
    parts = (meaning, words, quantities, parties, opposites, Part("negation", float(turned), "one of the two is negated"))
    relation = Relation.CONTRADICTS if turned or quantities.value < 0 else Relation.SAME_CLAIM
    return Edge(a.id, b.id, relation, round(score, 4), parts, DECIDED_BY)


def is_turned(edge: Edge) -> bool:
    """Whether the two wordings say the opposite of each other."""
    return any(part.feature == "negation" and part.value for part in edge.parts)


def has_other_figures(edge: Edge) -> bool:
    """Whether the two wordings give different figures."""
    return any(part.feature == "quantities" and part.value < 0 for part in edge.parts)
