"""Reports found by rule from words and their parts of speech: subject, reporting verb, reported clause.

They add to what the annotator finds: inside contents, where its training data has no reports, and for hearsay
("reportedly", "is expected to"), which has no source to be found by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.extract.conventions import EXPECTED
from onrecord.extract.inside import WOULD_BE
from onrecord.extract.lexicon import Entry, base_forms, find_entry
from onrecord.extract.phrases import (
    POSSESSIVES,
    RELATIVE,
    find_antecedent,
    find_phrase_beginning,
    find_phrase_ending,
)
from onrecord.extract.reports import Reader, Report, trim
from onrecord.extract.speakers import can_speak
from onrecord.records import Act, Span

HEARSAY = {"reportedly", "allegedly", "purportedly"}
IT_IS_SAID = re.compile(
    r"\b(?P<cue>it (?:was|is|has been) (?:widely |also )?(?:reported|said|claimed|alleged|rumou?red|announced|believed|"
    r"thought|understood))\b(?P<that> that\b)?",
    re.IGNORECASE,
)
BE = {"is", "are", "was", "were", "'s", "’s", "'re", "’re", "been"}
HEARERS = {"tell", "inform", "assure", "remind", "warn", "ask", "advise", "urge", "convince", "persuade"}
# verbs that take a clause or an infinitive and then always report
CLAUSAL = frozenset(
    re.findall(
        r"[\w-]+",
        """
        say tell claim report announce write add believe think know deny admit confirm acknowledge concede agree insist
        argue warn promise vow pledge threaten want hope expect fear plan intend demand suggest allege assert maintain
        contend predict declare explain note state reveal disclose assure inform complain boast swear wonder doubt
        refuse decline wish stress emphasize testify estimate urge ask order advise assume suspect feel realize conclude
        consider propose recommend request remark observe reply respond recall remind offer implore beg regret worry
        guarantee
        """,
    )
)
CONSIDERING = frozenset(
    re.findall(
        r"\w+",
        """
        consider deny reject dispute criticize condemn praise support oppose recall promise demand propose blame accuse
        denounce endorse mull contemplate describe refer call
        """,
    )
)
# passive, these are the opinion of nobody in particular; other participles ("worried") are feelings of the subject
HEARD = {"told", "warned", "informed", "advised", "assured", "reminded"}
OPINIONS = {
    "expect",
    "suppose",
    "believe",
    "think",
    "consider",
    "see",
    "know",
    "like",
    "support",
    "oppose",
    "regard",
    "view",
}


def find_inner(reader: Reader, report: Report, own: int) -> Iterator[Report]:
    """The reports that a content holds, by rule. `own` is the report's place among all."""
    before: Span | None = None
    for piece in report.content:
        for sentence in _sentences(reader, piece):
            yield from _reported_clauses(reader, sentence, own, before)
            yield from _claims(reader, sentence, own)
            before = None
        before = piece


def find_hearsay(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "X is reportedly …", "X is expected to …": reports by nobody in particular."""
    yield from _it_was_reported(reader, sentence)
    yield from _find_heard(reader, sentence)
    places = reader.indices(sentence)
    for k in places:
        form = reader.words[k].span.of(reader.text).lower()
        if form in HEARSAY:
            clause = _clause_around(reader, k, sentence)
            word = reader.words[k].span
            content = tuple(
                s
                for s in (trim(reader.text, clause.begin, word.begin), trim(reader.text, word.end, clause.end))
                if s is not None
            )
            if content:
                yield Report((), (word,), content, 0.6, -1, (), "hearsay")
        elif form in EXPECTED and _is_agentless(reader, k, places):
            first = k - 1
            while reader.words[first].pos == "ADV":
                first -= 1
            subject = find_phrase_ending(reader, first - 1)
            end = _clause_around(reader, k, sentence).end
            rest = trim(reader.text, reader.words[k].span.end, end)
            if subject is None or rest is None:
                continue
            cue = Span(reader.words[first].span.begin, reader.words[k].span.end)
            yield Report((), (cue,), (subject, rest), 0.6, -1, (), "expected")


def _it_was_reported(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "It was reported that X", "X, it is said, Y"."""
    for match in IT_IS_SAID.finditer(reader.text, sentence.begin, sentence.end):
        before = trim(reader.text, sentence.begin, match.start())
        after = trim(reader.text, match.end(), sentence.end)
        that = match["that"] is not None
        content = tuple(s for s in (None if that else before, after) if s is not None)
        if content and (that or before is not None):
            yield Report((), (Span(match.start(), match.end("cue")),), content, 0.6, -1, (), "hearsay")


def _find_heard(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "Residents were told by the company that X", "customers who were told X": what somebody heard."""
    places = reader.indices(sentence)
    forms = {k: reader.words[k].span.of(reader.text).lower() for k in places}
    for k in places[1:-2]:
        first = k - 1
        while first in places and (reader.words[first].pos == "ADV" or forms[first] in {"not", "n't", "n’t"}):
            first -= 1
        if forms[k] not in HEARD or forms.get(first) not in BE or forms[first + 1] in {"not", "n't", "n’t"}:
            continue
        start, source = k + 1, None
        if forms[start] == "by":
            source = find_phrase_beginning(reader, start + 1)
            if source is None or not can_speak(reader, (source,)) or source.end > sentence.end:
                continue
            start = reader.indices(source)[-1] + 1
        that = forms.get(start) == "that"
        start += that
        if start not in places[:-1] or not (that or reader.words[start].pos in {"PRON", "DET", "PROPN"}):
            continue
        content = trim(reader.text, reader.words[start].span.begin, sentence.end)
        if content is not None and _has_verb(reader, start + 1, min(start + 12, places.stop)):
            cue = Span(reader.words[first].span.begin, reader.words[k].span.end)
            if cited := CITED.search(content.of(reader.text)):
                content = Span(content.begin, content.begin + cited.start())
            yield Report((source,) if source else (), (cue,), (content,), 0.6, -1, (), "heard")


def _is_agentless(reader: Reader, k: int, places: range) -> bool:
    """A form of "be" before, "to" and a verb after."""
    first = k - 1
    while first in places and reader.words[first].pos == "ADV":
        first -= 1
    if first not in places or k + 2 not in places:
        return False
    before, after = reader.words[first], reader.words[k + 1]
    return (
        before.span.of(reader.text).lower() in BE
        and after.span.of(reader.text).lower() == "to"
        and reader.words[k + 2].pos in {"VERB", "AUX", "ADV"}
    )


def _reported_clauses(reader: Reader, sentence: Span, own: int, before: Span | None) -> Iterator[Report]:
    """The reports of one sentence of a content. `before` is the piece of the content that it goes on with, if any."""
    places = reader.indices(sentence)
    forms = {k: reader.words[k].span.of(reader.text).lower() for k in places}
    subject: Span | None = None
    for k in places:
        entry = _entry(reader, k, places, forms)
        if entry is None or entry.act is None:
            continue
        first = _group_begin(reader, k, places, forms)
        if first is None:
            continue
        joined = _is_joined(reader, first, places, forms)
        if joined and subject is None:  # "they are tired and want to leave"
            subject = _subject_before(reader, first, places, forms)
        elif not joined:
            subject = _subject(reader, first, places, forms)
            if forms[k] in SHOUTED:  # "they march down the street shouting “…”"
                subject = subject or _subject_before(reader, first, places, forms)
        if subject is None and first == places[0] and before is not None:
            # "Mrs. Moe, | these people said, | would be open to it"
            subject = find_phrase_ending(reader, reader.indices(before)[-1])
            subject = subject if subject is not None and can_speak(reader, (subject,)) else None
        if subject is None or (entry.act is Act.THINK and forms.get(first - 1) in RELATIVE):
            continue  # "judges who are opposed to X" describes them
        content = _complement(reader, k, entry, places, forms, sentence)
        if content is None:
            continue
        cue = Span(reader.words[first].span.begin, reader.words[k + len(entry.words) - 1].span.end)
        yield Report((subject,), (cue,), (content,), 0.5, own, (), "clause")


def find_claims(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "Lund's claim that X", "faced accusations that X", for which nobody is named."""
    owned = list(_claims(reader, sentence, -1))
    yield from owned
    for k, content in _iter_claimed(reader, sentence):
        cue = reader.words[k].span
        if UNOWNED.fullmatch(cue.of(reader.text)) and not any(cue in report.cue for report in owned):
            yield Report((), (cue,), (content,), 0.5, -1, (), "clause")


def _claims(reader: Reader, sentence: Span, own: int) -> Iterator[Report]:
    """ "his recent claim that X", "the ministry's oft-repeated warning that X"."""
    places = reader.indices(sentence)
    forms = {k: reader.words[k].span.of(reader.text).lower() for k in places}
    for k, content in _iter_claimed(reader, sentence):
        owner = k - 1
        while owner in places and (
            reader.words[owner].pos in {"ADJ", "ADV", "NOUN", "NUM"}
            or forms[owner] in MARKS
            or "-" in {forms[owner], forms.get(owner - 1), forms.get(owner + 1)}
        ):
            owner -= 1
        if owner not in places:
            continue
        source: Span | None = None
        if forms[owner] in POSSESSIVES:
            source = reader.words[owner].span
        elif forms[owner] in {"'s", "’s", "'", "’"}:
            source = _find_owner(reader, owner - 1)
        if source is not None and can_speak(reader, (source,)):
            yield Report((source,), (reader.words[k].span,), (content,), 0.5, own, (), "clause")


def _find_owner(reader: Reader, last: int) -> Span | None:
    """The phrase before "'s": "Lund" in "an expansion of Lund's claims", "the head of the bank" in "the …'s claims"."""
    phrase = find_phrase_ending(reader, last)
    while phrase is not None and not can_speak(reader, (phrase,)):
        place = phrase.of(reader.text).find(" of ")
        phrase = Span(phrase.begin + place + len(" of "), phrase.end) if place >= 0 else None
    return phrase


def _iter_claimed(reader: Reader, sentence: Span) -> Iterator[tuple[int, Span]]:
    """The nouns of saying before "that" and a clause, by their places, and the clause."""
    places = reader.indices(sentence)
    forms = {k: reader.words[k].span.of(reader.text).lower() for k in places}
    for k in places[1:-3]:
        entry = find_entry([forms[k]]) if reader.words[k].pos == "NOUN" and forms[k + 1] == "that" else None
        if entry is None or entry.act is None or reader.words[k + 2].pos in {"VERB", "AUX"}:
            continue
        first = k + 2
        end = next((j for j in range(first, places[-1]) if _ends_claim(forms, j)), None)
        stop = sentence.end if end is None else reader.words[end].span.begin
        content = trim(reader.text, reader.words[first].span.begin, stop)
        relative = content is not None and CLAIMED.match(content.of(reader.text))  # "the claims that he made"
        if content is not None and not relative and _has_verb(reader, first, reader.indices(content)[-1] + 1):
            yield k, content


def _ends_claim(forms: dict[int, str], at: int) -> bool:
    return (
        forms[at] in {";", "(", ")", *DASHES} - {"-"}
        or (forms[at] == "-" and forms[at + 1] in AFTER_CLAIM)
        or (forms[at] == "," and forms[at + 1] in AFTER_CLAIM)
    )


def _entry(reader: Reader, k: int, places: range, forms: dict[int, str]) -> Entry | None:
    pos = reader.words[k].pos
    if forms[k] in SHOUTED and forms.get(k + 1) in {",", *MARKS} and forms.get(k + 2, "") != "that":
        quoted = forms[k + 1] in MARKS or forms.get(k + 2) in MARKS
        return find_entry([forms[k]]) if quoted else None
    if forms[k] in EXPECTED and forms.get(k + 1) == "to" and forms.get(k - 1) not in BE and forms[k] != "expected":
        return None  # "a man believed to be in Rome" believes nothing
    if (pos == "VERB" and not forms[k].endswith("ing")) or (pos == "VERB" and k - 1 in places and forms[k - 1] in BE):
        bases = base_forms(forms[k])
        if any(b in CLAUSAL or b in CONSIDERING for b in bases):
            return find_entry([forms[k]])
    if pos == "ADJ" or (pos == "VERB" and forms[k].endswith("ed")):
        before = k - 1
        while before in places and (reader.words[before].pos == "ADV" or forms[before] in {"not", "so", "very"}):
            before -= 1
        after = [forms[j] for j in range(k, min(k + MOST_IN_CUE, places.stop))]
        entry = find_entry(after) if before in places and forms[before] in {*BE, "be"} else None
        feels = entry is not None and entry.act is Act.THINK and entry.words[0] not in OPINIONS
        feels = feels and not (forms[k] == "opposed" and forms.get(k + 1) == "by")
        return entry if feels or forms[k] in {"reluctant", "unwilling"} else None
    return None


def _group_begin(reader: Reader, k: int, places: range, forms: dict[int, str]) -> int | None:
    """Where the verb group begins; None for an infinitive or a group with a modal."""
    first = k
    while first - 1 in places and (
        reader.words[first - 1].pos in {"AUX", "ADV"} or forms[first - 1] in {"not", "n't", "n’t", "so", "“", '"'}
    ):
        first -= 1
        if forms[first] in MODALS and forms[k] not in WOULD_BE:
            return None
    if first - 1 in places and (reader.words[first - 1].pos == "PART" or forms[first - 1] == "to"):
        return None
    while reader.words[first].pos == "ADV" and first < k and forms[first] not in {"never", "not"}:
        first += 1
    return first


MODALS = {
    "will",
    "would",
    "may",
    "might",
    "can",
    "could",
    "should",
    "must",
    "shall",
    "'ll",
    "’ll",
    "ca",
    "wo",
    "'d",
    "’d",
}


def _is_joined(reader: Reader, first: int, places: range, forms: dict[int, str]) -> bool:
    """Whether the verb group at a place is joined to another: "and | wants", "but just | wants"."""
    last = first - 1
    while last in places and reader.words[last].pos == "ADV":
        last -= 1
    return forms.get(last) in {"and", "but", "or"}


def _subject_before(reader: Reader, first: int, places: range, forms: dict[int, str]) -> Span | None:
    """The subject of the nearest verb before a place that has one who can speak."""
    for k in range(first - 1, places[0], -1):
        if reader.words[k].pos in {"VERB", "AUX"} and not forms[k].endswith("ing"):
            begin = _group_begin(reader, k, places, forms)
            if begin is None:  # "to come and support": no subject of its own
                return None
            subject = _subject(reader, begin, places, forms)
            if subject is not None:
                return subject
    return None


def _subject(reader: Reader, first: int, places: range, forms: dict[int, str]) -> Span | None:
    last = first - 1
    while last in places and reader.words[last].pos == "ADV":
        last -= 1
    if last not in places:
        return None
    if forms[last] in DASHES:  # "Perry, head of the fund — a small one — was planning"
        opening = next((j for j in range(last - 1, places[0], -1) if forms[j] in DASHES), places[0])
        last = opening - 1
        comma = next((j for j in range(last, places[0], -1) if forms[j] == ","), places[0])
        named = _name_ending(reader, comma - 1)
        if named is not None and not _has_verb(reader, comma, opening):
            return named
    if last not in places:
        return None
    if forms[last] == ",":  # "Perry, recalling his own time in office, said"
        last = next((j for j in range(last - 1, places[0], -1) if forms[j] == ","), places[0]) - 1
        if last not in places:
            return None
    if forms[last] in RELATIVE:
        antecedent = find_antecedent(reader, reader.words[last].span)
        return antecedent if antecedent is not None and can_speak(reader, (antecedent,)) else None
    phrase = find_phrase_ending(reader, last)
    if phrase is None or reader.words[places[0]].span.begin > phrase.begin or not can_speak(reader, (phrase,)):
        return None
    return phrase


def _name_ending(reader: Reader, last: int) -> Span | None:
    """The person whose name ends with the word at a place."""
    end = reader.words[last].span.end
    near = reader.entities_near(Span(end, end))
    return near[0].span if near and near[0].label == "PERSON" and near[0].span.end == end else None


def _complement(
    reader: Reader, k: int, entry: Entry, places: range, forms: dict[int, str], sentence: Span
) -> Span | None:
    """What follows the verb, if it is a clause, an infinitive, a question or, for some verbs, a thing."""
    start = k + len(entry.words)
    head = entry.words[0]
    if head in HEARERS:  # "told him that …"
        step = start
        while (
            step in places
            and reader.words[step].pos in {"PRON", "PROPN", "NOUN", "DET", "ADJ"}
            and forms[step] != "that"
        ):
            step += 1
        if step in places and step > start and (forms[step] in OPENERS or reader.words[step].pos in {"PUNCT", "SCONJ"}):
            start = step
        elif start in places and reader.words[start].pos == "PRON" and start + 1 in places:
            start += 1
    while start in places and (
        forms[start] in {",", ":", "that", "about", "of", "by", "with", "at"}
        or (head == "refer" and forms[start] == "to")
    ):
        start += 1
    if start not in places:
        return None
    if forms[start] in MARKS:
        return _quoted(reader, start, places, forms)
    end = next((j for j in range(start + 1, places[-1]) if forms[j] == "," and forms[j + 1] in ENDING), None)
    content = trim(
        reader.text, reader.words[start].span.begin, sentence.end if end is None else reader.words[end].span.begin
    )
    if content is None or len(content) < 4 or not _calls(reader, head, content):
        return None
    thing = any(b in CONSIDERING for b in base_forms(forms[k])) or entry.act is Act.DECLINE
    thing = thing or forms.get(start - 1) in {"by", "with", "at", "about"} or entry.words[1:2] == ("to",)
    verbs = [j for j in range(start, places[-1] + 1) if reader.words[j].pos in {"VERB", "AUX"}]
    return content if thing or (verbs and (verbs[0] - start < 12)) else None


def _calls(reader: Reader, head: str, content: Span) -> bool:
    """Whether words after "call", "describe" or "refer to" call somebody or something by a name."""
    pattern = NAMING.get(head)
    return pattern is None or pattern.search(content.of(reader.text)) is not None


def _quoted(reader: Reader, start: int, places: range, forms: dict[int, str]) -> Span | None:
    """From an opening mark to its closing one, marks left out."""
    closing = next(
        (j for j in range(start + 1, places[-1] + 1) if forms[j] in MARKS and forms[j] not in {"“", "‘"}), None
    )
    end = reader.words[closing].span.begin if closing is not None else reader.words[places[-1]].span.end
    return trim(reader.text, reader.words[start].span.end, end)


AS = re.compile(r"\sas\s")
NAMING = {
    "describe": AS,
    "refer": AS,
    "call": re.compile(
        r"^(?:it|him|her|them|us|me|this|that|\w+sel(?:f|ves)|(?:the |her |his |their )?(?:[A-ZÀ-Þ][\w.’'-]*[ ]?)+) "
        r"(?:an?\s|the\s|[\"“‘'])"
    ),
}
MOST_IN_CUE = 3  # words: "open", "to"
# said or done by nobody in particular, whoever is named beside them
CITED = re.compile(r", (?:according to|citing)\b")
UNOWNED = re.compile(r"(?:accusation|allegation|claim|assertion|rumou?r|suggestion|report)s?", re.IGNORECASE)
CLAIMED = re.compile(
    r"(?:\S+ ){1,3}(?:(?:has|had|have) )?(?:ma[dk]es?|raised?|repeated|levell?ed|voiced|issued|published|generated)\b"
)
AFTER_CLAIM = {"and", "but", "or", "which", "who", "where", "while", "whose"}
DASHES = {"—", "–", "―", "--", "-"}
SHOUTED = {"saying", "shouting", "chanting"}
MARKS = {"“", "”", '"', "''", "``", "‘", "’", "'"}
# after a comma these begin what is no longer part of a reported clause
ENDING = {"but", "citing", "saying", "adding", "noting", "referring", "pointing", "according", "arguing", "claiming"}
OPENERS = {
    "that",
    "to",
    "not",
    "whether",
    "if",
    "why",
    "how",
    "what",
    "when",
    "he",
    "she",
    "they",
    "it",
    "we",
    "i",
    "there",
}


def _sentences(reader: Reader, piece: Span) -> Iterator[Span]:
    for sentence in reader.sentences:
        if sentence.overlaps(piece):
            yield Span(max(sentence.begin, piece.begin), min(sentence.end, piece.end))


def _clause_around(reader: Reader, k: int, sentence: Span) -> Span:
    """The stretch between the commas, dashes and conjunctions that have a verb on the far side."""
    places = reader.indices(sentence)
    begin, end = sentence.begin, sentence.end
    for j in range(k - 1, places[0] - 1, -1):
        form = reader.words[j].span.of(reader.text).lower()
        opens = (
            form in {";", "—", "--", ":", "(", "“"}
            or (form == "," and _has_verb(reader, places[0], j))
            or form == "with"
        )
        if opens and _has_name(reader, j + 1, k):
            begin = reader.words[j].span.end
            break
    for j in range(k + 1, places[-1] + 1):
        form = reader.words[j].span.of(reader.text).lower()
        if form in {";", "—", "--", ")"} or (
            form == "," and _has_verb(reader, k + 1, j) and _clause_follows(reader, j, places)
        ):
            end = reader.words[j].span.begin
            break
    return Span(begin, end)


def _has_verb(reader: Reader, first: int, last: int) -> bool:
    return any(reader.words[j].pos in {"VERB", "AUX"} for j in range(first, last))


def _has_name(reader: Reader, first: int, last: int) -> bool:
    return any(reader.words[j].pos in {"NOUN", "PROPN", "PRON"} for j in range(first, last))


def _clause_follows(reader: Reader, comma: int, places: range) -> bool:
    return _has_verb(reader, comma + 1, min(comma + 12, places[-1] + 1))


def merge_clauses(found: Sequence[Report], more: Iterator[Report]) -> list[Report]:
    """Those of `more` whose cue nobody has found yet and that say something of their own."""
    new: list[Report] = []
    for report in more:
        taken = [*found, *new]
        if not any(c.overlaps(d) for other in taken for d in other.cue for c in report.cue):
            new.append(report)
    return new
