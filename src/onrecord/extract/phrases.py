"""Noun phrases found by parts of speech alone: the one that ends, or begins, at a word."""

from __future__ import annotations

import re

from onrecord.extract.reports import Reader
from onrecord.records import Span

INSIDE = {"NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "SYM"}
TIME_WORD = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|(?:19|20)\d\d|yesterday|today|(?:last|this) \w+)"
)
HANGING = {"in", "at", "for", "from", "near", "on", "with", "against", "to"}
RELATIVE = {"who", "which", "that", "whom"}


def find_antecedent(reader: Reader, pronoun: Span) -> Span | None:
    """The noun phrase right before a relative pronoun: "a booker" in "a booker who said"."""
    places = reader.indices(pronoun)
    if not places:
        return None
    last = places[0] - 1
    while last >= 0 and reader.words[last].span.of(reader.text) in {",", ")", "—", "–", "--"}:
        if reader.words[last].span.of(reader.text) == ")":  # "Ted Cruz (R-Tex.), who"
            while last >= 0 and reader.words[last].span.of(reader.text) != "(":
                last -= 1
        last -= 1
    phrase = find_phrase_ending(reader, last)
    if phrase is not None and TIME_WORD.fullmatch(phrase.of(reader.text)):  # "her records in July, which showed"
        before = reader.indices(phrase)[0] - 1
        last = before - 1 if before > 0 and reader.words[before].pos == "ADP" else before
        phrase = find_phrase_ending(reader, last) or phrase
    if phrase is None or reader.words[last].pos != "NOUN" or not phrase.of(reader.text).endswith("s"):
        return phrase
    joint = reader.indices(phrase)[0] - 1  # "activists and intellectuals who": plural and bare, both are meant
    if joint > 0 and reader.words[joint].span.of(reader.text) == "and" and reader.words[joint - 1].pos == "NOUN":
        first = find_phrase_ending(reader, joint - 1)
        return Span(first.begin, phrase.end) if first else phrase
    return phrase


def find_phrase_ending(reader: Reader, last: int) -> Span | None:
    """The noun phrase whose last word is at place `last`, "of" phrases taken in."""
    words, text = reader.words, reader.text
    if last < 0 or words[last].pos not in {"NOUN", "PROPN", "PRON", "NUM"}:
        return None
    first = last
    if words[last].pos != "PRON":
        while first > 0:
            before = words[first - 1]
            form = before.span.of(text).lower()
            if (
                before.pos in INSIDE
                or form in {"of", "'s", "’s", "&"}
                or (before.pos == "PRON" and form in POSSESSIVES)
            ):
                first -= 1
                if before.pos == "DET" and words[first - 1].span.of(text).lower() != "of":
                    break
            else:
                break
    while words[first].span.of(text).lower() in {"of", "'s", "’s", "'"} or words[first].pos == "PART":
        first += 1
    return Span(words[first].span.begin, words[last].span.end) if first <= last else None


def find_subject(reader: Reader, verb: int, begin: int) -> Span | None:
    """The subject of the verb at a place, in a sentence that begins at `begin`; clauses and asides are stepped over.

    "The nurse who had told the Planet of it | has", "Ross, a caretaker at the school, | takes".
    """
    words, text = reader.words, reader.text
    last = verb - 1
    while last > 0 and words[last].pos in {"ADV", "AUX", "PART"}:
        last -= 1
    if last < 0:
        return None
    form = words[last].span.of(text)
    if form.lower() in RELATIVE:
        return find_antecedent(reader, words[last].span)
    if form == ",":
        opening = next((k for k in range(last - 1, -1, -1) if words[k].span.of(text) == ","), -1)
        if opening < 1 or words[opening].span.begin < begin:
            return None
        last = opening - 1
    relative = _find_relative(reader, last, begin)
    subject = find_antecedent(reader, words[relative].span) if relative is not None else None
    subject = subject or _take_head(reader, find_phrase_ending(reader, last), begin)
    return subject if subject is not None and subject.begin >= begin else None


def _take_head(reader: Reader, phrase: Span | None, begin: int) -> Span | None:
    """ "The health directorate in | Bihor": with the noun phrase that a preposition hangs the last one on."""
    while phrase is not None and (places := reader.indices(phrase)):
        before = places[0] - 1
        if before < 1 or reader.words[before].span.of(reader.text) not in HANGING:
            break
        head = find_phrase_ending(reader, before - 1)
        if head is None or head.begin < begin or TIME_WORD.fullmatch(head.of(reader.text)):
            break
        phrase = Span(head.begin, phrase.end)
    return phrase


def _find_relative(reader: Reader, last: int, begin: int) -> int | None:
    """The place of a "who" or "which" behind a noun whose clause, with a verb and no mark in it, ends at `last`."""
    words, text = reader.words, reader.text
    found, verbs = None, 0
    for k in range(last, 0, -1):
        form = words[k].span.of(text).lower()
        if words[k].span.begin <= begin or form in {",", ";", ":", "(", "—", "–", "“", "”", '"'}:
            break
        verbs += words[k].pos in {"VERB", "AUX"}
        if form in {"who", "which"} and words[k - 1].pos in {"NOUN", "PROPN"} and verbs:
            found = k
    return found


def find_phrase_beginning(reader: Reader, first: int) -> Span | None:
    """The noun phrase whose first word is at place `first`, "of" phrases taken in."""
    words, text = reader.words, reader.text
    last = first - 1
    for k in range(first, min(first + 12, len(words))):
        word, form = words[k], words[k].span.of(text).lower()
        if word.pos == "PRON" and k == first and form not in POSSESSIVES:
            return word.span
        if word.pos not in INSIDE and form not in {"of", "'s", "’s", "&"} and not (k == first and form in POSSESSIVES):
            break
        last = k
    while last >= first and words[last].pos not in {"NOUN", "PROPN"}:
        last -= 1
    return Span(words[first].span.begin, words[last].span.end) if last >= first else None


def has_clause(reader: Reader, spans: tuple[Span, ...]) -> bool:
    """Whether the spans hold a finite verb of their own, not only one inside a relative clause."""
    words = reader.words_of(*spans)
    forms = reader.forms(words)
    begins = {span.begin for span in spans}
    relative = 0
    inside = False
    for k, word in enumerate(words):
        if forms[k] in RELATIVE and word.span.begin not in begins:
            relative += 1
        elif word.pos in {"VERB", "AUX"}:
            finite = not forms[k].endswith("ing") and not (k > 0 and forms[k - 1] == "to")
            if finite and not inside and not relative:
                return True
            if not inside and relative:
                relative -= 1
            inside = True
            continue
        inside = inside and word.pos in {"ADV", "PART"}
    return False


POSSESSIVES = {"his", "her", "its", "their", "our", "my", "your"}
