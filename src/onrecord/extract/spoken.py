"""What is known of a pronoun that speaks: who spoke before it, and who it is not.

Nobody is named in the clause that a pronoun reports (principle C of Chomsky 1981): "Torres brought it, she said" is not
by Torres. English news breaks this for bodies alone: "Norvik will close the plant, it said".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from onrecord.extract.cast import Cast
from onrecord.extract.descriptions import BODY_HEADS, DOCUMENTS, PREPOSITIONS, is_plural
from onrecord.extract.gender import find_gender
from onrecord.extract.pronouns import NEUTER, PLURAL, THIRD, Candidate, gender_of
from onrecord.extract.reports import Reader
from onrecord.extract.roles import head_of
from onrecord.records import Span

NAMED_WITHIN = 2.5  # costs more than to have spoken before earns
PART_OF_SPEAKER = 1.5
QUOTED = 1.5
WRITES = 2.5
SUBORDINATE = 2.0
SUBORDINATORS = {"after", "although", "as", "because", "before", "since", "though", "until", "when", "while"}
SENTENCES_BACK = 2
PRESENT = {"says", "shows", "reads", "lists", "states"}


def find_speakers(
    reader: Reader, pronoun: Span, sources: Sequence[Span], cast: Cast, is_thing: Callable[[str], bool]
) -> list[Candidate]:
    """Those who spoke shortly before, where no name and no description of the cast begins with them."""
    form = pronoun.of(reader.text).lower()
    here = reader.sentence_of(pronoun)
    found = []
    for source in sources:
        if source.end > pronoun.begin or reader.count_sentences(source, here) > SENTENCES_BACK:
            continue
        told = source.of(reader.text).lower()
        if told in THIRD:
            if told == form:  # "They said …. They added": the same ones
                gender, plural = gender_of(form), form in PLURAL
                found.append(Candidate(source, gender, plural, form not in NEUTER, True, True, -1))
            continue
        begins = [*(m for m, _ in cast.named_between(source.begin, source.begin + 1)),
                  *cast.phrases_between(source.begin, source.begin + 1)]  # fmt: skip
        head = head_of(source.of(reader.text))
        if not begins and head in BODY_HEADS:
            found.append(Candidate(source, find_gender([head]), is_plural(head), not is_thing(head), False, True, -1))
    return found


def weigh_against(
    reader: Reader,
    pronoun: Span,
    content: Sequence[Span],
    sources: Sequence[Span],
    cast: Cast,
    candidates: Sequence[Candidate],
    quotations: Sequence[Span] = (),
) -> Mapping[Span, float]:
    """What speaks against candidates, by their spans; below zero for a document that says something.

    `sources` and `quotations` are in order of the text, and no quotation is in another.

    Against them is to be named in the `content` that the pronoun reports or in a quotation that it stands outside of,
    or only within the phrase for another speaker: "Lausanne" in "the court in Lausanne". It speaks for them to be the
    subject of the clause that the pronoun's hangs on.
    """
    form = pronoun.of(reader.text).lower()
    person, writes = gender_of(form), form == "it" and _is_of_document(reader, pronoun)
    within = {k for span in content for _, k in cast.named_between(span.begin, span.end)} if person else set()
    before = [q for q in quotations if q.end < pronoun.begin]
    begins, source_begins = [q.begin for q in before], [s.begin for s in sources]
    here, subordinate = reader.sentence_of(pronoun), _is_subordinate(reader, pronoun)
    costs = {}
    for candidate in candidates:
        span = candidate.span
        told = bool(person) and any(piece.covers(span) for piece in content)
        cost = NAMED_WITHIN * (candidate.figure in within or told)
        # a person there may be the speaker: "Secretary of State John Kerry"
        if not candidate.animate:
            around = sources[: bisect_right(source_begins, span.begin)]
            if any(s.covers(span) and _hangs_on(reader, s, candidate) for s in around):
                cost = max(cost, PART_OF_SPEAKER)
        last = bisect_right(begins, span.begin) - 1
        if last >= 0 and before[last].covers(span):
            cost = max(cost, QUOTED)
        alike = form not in PLURAL or candidate.plural or candidate.named
        if subordinate and alike and here.begin <= span.begin < pronoun.begin and cast.is_subject(span):
            cost -= SUBORDINATE
        if writes and head_of(span.of(reader.text)) in DOCUMENTS:
            cost -= WRITES
        if cost:
            costs[span] = cost
    return costs


def _is_subordinate(reader: Reader, pronoun: Span) -> bool:
    """ "The teachers gain ground as | they | push": most often the subject of the clause before."""
    places = reader.indices(pronoun)
    return bool(places) and reader.forms(reader.words[places[0] - 1 : places[0]])[:1] in [[f] for f in SUBORDINATORS]


def _is_of_document(reader: Reader, pronoun: Span) -> bool:
    """ "it says", "it reads": in the present, as documents do."""
    places = reader.indices(pronoun)
    return bool(places) and reader.forms(reader.words[places[-1] + 1 : places[-1] + 2]) in [[f] for f in PRESENT]


def _hangs_on(reader: Reader, source: Span, part: Candidate) -> bool:
    """Whether a preposition ties a part of a phrase to its head, no comma between."""
    between = reader.text[source.begin : part.span.begin].rpartition(",")[2]
    return bool(PREPOSITIONS & set(between.lower().split()))
