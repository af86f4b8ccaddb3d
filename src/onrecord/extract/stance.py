"""Polarity and certainty of a report relative to its root: FactBank's values (Saurí and Pustejovsky 2009).

The cue gives the first value, negation of the cue turns it, and hedges in the main clause of the content weaken it.
Negation inside the content changes nothing: the root holds the content as worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.acts import Reading, is_infinitive
from onrecord.extract.base import Word
from onrecord.extract.reports import Reader, Report
from onrecord.records import Act, Certainty, Polarity, Reason, Span

ORDER = [Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN]
POSSIBLE = {"may", "might", "could", "possibly", "perhaps", "maybe", "possible", "potentially", "conceivably"}
PROBABLE = {"likely", "probably", "apparently", "presumably", "seemingly", "seems", "seem", "appears", "appear",
            "appeared", "seemed", "almost", "suppose", "guess", "unlikely", "evidently"}  # fmt: skip
SHOWING = {("suggest",), ("indicate",), ("hint",), ("imply",)}
FIGURES = {"figures", "data", "evidence", "poll", "polls", "polling", "survey", "surveys", "records", "documents",
           "study", "studies", "results", "numbers", "statistics", "tests", "findings", "research", "trends",
           "signs", "email", "emails", "memo", "memos", "letter", "letters", "files", "footage", "images",
           "photographs", "traces"}  # fmt: skip
# who is not surprised by a thing, or cannot believe it, takes it to be so (Kiparsky and Kiparsky 1970)
FELT = {"surprised", "shocked", "stunned", "proud", "glad", "happy", "pleased", "thrilled", "delighted", "impressed",
        "disappointed", "frustrated", "upset", "angry", "outraged", "furious", "dismayed", "appalled", "horrified",
        "saddened", "sad", "disturbed", "annoyed", "sorry", "ashamed", "embarrassed", "amazed", "regret"}  # fmt: skip
AMAZED = {"can", "ca", "cannot", "can't", "could", "couldn't"}
BELIEVES = {"think", "believe", "guess", "suppose", "suspect", "expect"}
SKIPPING = {"who", "which", "that", "whom", "whose", "if", "while", "when", "because", "although", "as", "after",
            "before", "since", "unless", "though", "where", "whether", "until", "once", "what"}  # fmt: skip


def find_stance(reader: Reader, report: Report, reading: Reading) -> tuple[Polarity, Certainty, tuple[Reason, ...]]:
    """The root's commitment to the content as worded, how sure it is, and the words that say so."""
    polarity, certainty = reading.entry.polarity, reading.entry.certainty
    reasons = [Reason("polarity", reading.reason.by, reading.reason.span)]
    if reading.negated:
        cue = set(reader.forms(reader.words_of(*report.cue)))
        polarity, certainty = _negate(reading, cue, polarity, certainty)
        reasons = [Reason("polarity", "negated cue", report.place)]
    content = " ".join(s.of(reader.text) for s in report.content)
    if reading.entry.words == ("warn",) and (is_infinitive(reader, report) or content.startswith("against ")):
        polarity, certainty = Polarity.UNKNOWN, Certainty.UNKNOWN
    if polarity is not Polarity.UNKNOWN and _is_question(content):
        polarity, certainty = Polarity.UNKNOWN, Certainty.UNKNOWN
        reasons = [Reason("polarity", "question", report.content[0])]
    if polarity is Polarity.UNKNOWN:
        return Polarity.UNKNOWN, Certainty.UNKNOWN, tuple(reasons)
    if reading.entry.words[:1] in SHOWING and FIGURES & set(reader.forms(reader.words_of(*report.source))):
        certainty = Certainty.PROBABLE  # people who suggest a thing hold it so, figures only point to it
    if reading.entry.act is Act.DENY:
        return polarity, certainty, tuple(reasons)  # a hedge is part of what is denied
    hedge = find_hedge(reader, report.content)
    if hedge is not None and ORDER.index(hedge[0]) > ORDER.index(certainty):
        certainty = hedge[0]
        reasons.append(Reason("certainty", "hedge", hedge[1]))
    return polarity, certainty, tuple(reasons)


def find_hedge(reader: Reader, content: tuple[Span, ...]) -> tuple[Certainty, Span] | None:
    """The hedge of the content's first main verb, if it has one."""
    words = reader.words_of(*content)
    forms = reader.forms(words)
    subordinate = 0  # verb groups to come that belong to a subordinate clause
    k = 0
    while k < len(words):
        form, pos = forms[k], words[k].pos
        if form in SKIPPING and (k > 0 or form not in {"that", "what", "who", "which"}):
            subordinate += 1
        elif not subordinate and _is_hedge(words, forms, k):
            return (Certainty.PROBABLE if form in PROBABLE else Certainty.POSSIBLE), words[k].span
        elif pos in {"VERB", "AUX"} and not form.endswith("ing"):
            end = _end_of_group(words, k)
            if subordinate:
                subordinate -= 1
            elif not _is_participle(words, forms, k, end):
                after = (
                    end + 1 + (words[min(end + 1, len(words) - 1)].pos == "ADJ")
                )  # "is likely to", "it was possible"
                hedge = next((j for j in range(k, min(after, len(words))) if _is_hedge(words, forms, j)), None)
                if hedge is not None:
                    return (Certainty.PROBABLE if forms[hedge] in PROBABLE else Certainty.POSSIBLE), words[hedge].span
                if form in BELIEVES and k > 0 and forms[k - 1] in {"i", "we"}:
                    return Certainty.PROBABLE, words[k].span
                return None
            k = end
        k += 1
    return None


def _is_hedge(words: Sequence[Word], forms: list[str], k: int) -> bool:
    form, pos = forms[k], words[k].pos
    following = forms[k + 1] if k + 1 < len(forms) else ""
    if form == "could":  # ability in the past and what never came to be are certain
        return following not in {"not", "n't", "n’t", "no", "have"}
    if form == "almost":
        return following == "certainly"
    if form.startswith(("appear", "seem")):  # "appears on television" hedges nothing
        return following in {"to", "that", "like", "as"} or words[min(k + 1, len(words) - 1)].pos in {"ADJ", "ADV"}
    if form in PROBABLE:  # "likely voters" hedges nothing
        return pos != "ADJ" or k + 1 == len(words) or words[k + 1].pos not in {"NOUN", "PROPN", "ADJ"}
    return form in POSSIBLE and pos not in {"NOUN", "PROPN"}


def _end_of_group(words: Sequence[Word], k: int) -> int:
    while k + 1 < len(words) and words[k + 1].pos in {"VERB", "AUX", "ADV", "PART"}:
        k += 1
    return k


def _is_participle(words: Sequence[Word], forms: list[str], k: int, end: int) -> bool:
    """ "The men killed in the attack might have…": a verb form after a noun, with a finite verb yet to come."""
    if words[k].pos != "VERB" or k == 0 or words[k - 1].pos not in {"NOUN", "PROPN"}:
        return False
    for j in range(end + 1, len(words)):
        if words[j].pos in {"CCONJ", "SCONJ", "PUNCT", "VERB"} or forms[j] in SKIPPING:
            return False
        if words[j].pos == "AUX":
            return words[j - 1].pos in {"NOUN", "PROPN"}
    return False


def _negate(reading: Reading, cue: set[str], polarity: Polarity, certainty: Certainty) -> tuple[Polarity, Certainty]:
    if reading.entry.act is Act.THINK and polarity is Polarity.POSITIVE:
        head = reading.entry.words[0] if reading.entry.words else ""
        if head in FELT or (head == "believe" and cue & AMAZED):
            return polarity, certainty
        knows = head in {
            "know",
            "certain",
            "sure",
            "aware",
            "see",
            "understand",
            "convinced",
            "realize",
            "hear",
            "remember",
        }
        if not knows and certainty in {Certainty.CERTAIN, Certainty.PROBABLE}:
            return Polarity.NEGATIVE, certainty
    if reading.entry.act is Act.ACCUSE:
        return Polarity.NEGATIVE, certainty
    return Polarity.UNKNOWN, Certainty.UNKNOWN


def _is_question(content: str) -> bool:
    """Every sentence of the content asks."""
    trimmed = content.rstrip("\"'”’ ")
    return trimmed.endswith("?") and not re.search(r"[.!](?:\s|$)", trimmed)
