"""What speaks for a candidate being what a personal pronoun stands for, as numbers for a ranker.

The clues are those of Lappin and Leass (1994) and of Webster et al. (2018): nearness, grammatical place, parallelism,
repetition, what stands between, and how the candidate compares with its rivals.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.extract.pronouns import FEMALE, MALE, POSSESSIVE, Candidate, gender_of, is_subject, score_candidate
from onrecord.extract.reports import Reader
from onrecord.records import Span

CLAUSE_MARKS = {",", ";", ":", "(", ")", "—", "–", "--"}
FAR = -20.0


def describe_candidates(
    reader: Reader, pronoun: Span, speaks: bool, candidates: Sequence[Candidate], title: str | None
) -> list[list[float]]:
    """The clues of each candidate, rivals known: one row each, all of one length."""
    scores = [max(score_candidate(reader, pronoun, speaks, c), FAR) for c in candidates]
    rows = []
    titled = [_share_of_title(reader, c, candidates, title) for c in candidates]
    for k, candidate in enumerate(candidates):
        rivals = [s for s, other in zip(scores, candidates, strict=True) if not _is_one(other, candidate)]
        own = max(s for s, other in zip(scores, candidates, strict=True) if _is_one(other, candidate))
        best = max(rivals, default=FAR)
        between = [c for c in candidates if not _is_one(c, candidate) and _is_between(c, candidate, pronoun)]
        rows.append(
            [
                *_place(reader, pronoun, candidate),
                *_compare(reader, pronoun, candidate, candidates),
                scores[k],
                own,
                own - best,
                float(sum(s > own for s in rivals)),
                float(len(between)),
                float(len({c.figure for c in between})),
                titled[k],
                max(
                    (t for t, other in zip(titled, candidates, strict=True) if not _is_one(other, candidate)),
                    default=0.0,
                ),
                _gender_told(reader, candidate, candidates),
            ]
        )
    return rows


def _is_one(one: Candidate, other: Candidate) -> bool:
    return one.span == other.span or (one.figure >= 0 and one.figure == other.figure)


def _is_between(one: Candidate, candidate: Candidate, pronoun: Span) -> bool:
    low, high = sorted((candidate.span.begin, pronoun.begin))
    return low < one.span.begin < high


def _share_of_title(reader: Reader, candidate: Candidate, candidates: Sequence[Candidate], title: str | None) -> float:
    """How much of the title's words the names of the candidate's figure hold."""
    told = {w for w in re.findall(r"\w+", (title or "").lower()) if len(w) > 2}
    if not told:
        return 0.0
    mine = [c.span.of(reader.text).lower() for c in candidates if _is_one(c, candidate)]
    return len(told & set(re.findall(r"\w+", " ".join(mine)))) / len(told)


def _gender_told(reader: Reader, candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """Whether the gender is known from any mention of the figure."""
    return float(any(c.gender for c in candidates if _is_one(c, candidate)))


def _place(reader: Reader, pronoun: Span, candidate: Candidate) -> list[float]:
    text, words = reader.text, reader.words
    form = pronoun.of(text).lower()
    here, there = reader.sentence_of(pronoun), reader.sentence_of(candidate.span)
    begins = [s.begin for s in reader.sentences]
    distance = bisect_right(begins, here.begin) - bisect_right(begins, there.begin)
    low, high = sorted((pronoun, candidate.span))
    between = [words[k] for k in reader.indices(Span(low.end, max(low.end, high.begin)))]
    forms = reader.forms(between)
    mine = reader.indices(pronoun)
    its = reader.indices(candidate.span)
    k, c = (mine[0] if mine else 0), (its[0] if its else 0)
    before = words[c - 1].span.of(text).lower() if c else ""
    after_at = its[-1] + 1 if its else 0
    after = words[after_at].span.of(text).lower() if after_at < len(words) else ""
    mine_before = words[k - 1] if k else None
    mine_after = words[k + 1] if k + 1 < len(words) else None
    sentence_first = reader.indices(there)
    same = {"m": MALE, "f": FEMALE}.get(gender_of(form), set())
    pronouns = [f in same for f in forms]
    return [
        float(distance),
        float(distance == 0),
        float(distance == 1),
        float(candidate.span.begin > pronoun.begin),
        math.log1p(len(between)),
        float(sum(w.pos == "VERB" for w in between)),
        float(sum(f in CLAUSE_MARKS for f in forms)),
        float("and" in forms),
        float(any(f in {"who", "which", "that", "when", "while", "after", "before", "because"} for f in forms)),
        float(sum(pronouns)),
        float(is_subject(reader, candidate.span)),
        float(is_subject(reader, pronoun)),
        float(form in POSSESSIVE and mine_after is not None and mine_after.pos in {"NOUN", "ADJ", "PROPN", "NUM"}),
        float(mine_before is not None and mine_before.pos == "ADP"),
        float(mine_before is not None and mine_before.pos == "VERB"),
        float(mine_after is not None and mine_after.pos in {"VERB", "AUX"}),
        float(k - reader.indices(here)[0]) if reader.indices(here) else 0.0,
        float(c - sentence_first[0]) if sentence_first else 0.0,
        float(before == "by"),
        float(before in {"with", "to", "for", "of", "from", "against", "about", "in", "on", "at"}),
        float(before in {"and", "or"} or after in {"and", "or"}),
        float(c > 0 and words[c - 1].pos == "VERB"),
        float(before == ","),
        float(after == ","),
        float(after in {"'s", "’s", "'"} or candidate.span.of(text).endswith(("'s", "’s"))),
        float(before == "(" or after == ")"),
        _agreement(candidate, gender_of(form)),
        float(len(its)),
        float(pronoun.of(text)[:1].isupper()),
        float(bisect_left(begins, there.begin)),
    ]


def _agreement(candidate: Candidate, gender: str) -> float:
    """1 for the pronoun's gender, 0 where it is not known, -1 for another."""
    return float(candidate.gender == gender) - float(bool(candidate.gender) and candidate.gender != gender)


def _compare(reader: Reader, pronoun: Span, candidate: Candidate, candidates: Sequence[Candidate]) -> list[float]:
    """Where it stands among the candidates: repetition, who comes first in its sentence, who was named last."""
    mine = [c.span for c in candidates if _is_one(c, candidate)]
    there = reader.sentence_of(candidate.span)
    mates = [c.span.begin for c in candidates if there.covers(c.span)]
    before = [c for c in candidates if c.span.begin < pronoun.begin]
    last = max(before, key=lambda c: c.span.begin, default=None)
    here = reader.sentence_of(pronoun)
    figures = {c.figure if c.figure >= 0 else -c.span.begin - 2 for c in before}
    subjects = [c for c in before if is_subject(reader, c.span)]
    last_subject = max(subjects, key=lambda c: c.span.begin, default=None)
    return [
        float(len(mine)),
        float(sum(s.begin < pronoun.begin for s in mine)),
        len(mine) / max(len(candidates), 1),
        float(candidate.span.begin == min(mates)),
        float(last is not None and _is_one(last, candidate)),
        float(last_subject is not None and _is_one(last_subject, candidate)),
        float(any(here.covers(s) and s.begin < pronoun.begin for s in mine)),
        float(sum(here.covers(c.span) and c.span.begin < pronoun.begin and not _is_one(c, candidate) for c in before)),
        float(len(figures)),
        float(candidate.span.begin == min(c.span.begin for c in candidates)),
        float(any(s.begin > pronoun.begin for s in mine)),
    ]
