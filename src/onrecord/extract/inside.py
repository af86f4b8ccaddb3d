"""Whether what was found inside a content says that somebody said or thought something.

Most verbs of a content are what it tells of. Kept are those of the table with a speaker, in the active voice and
without a modal, that stand in a main, complement or relative clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.base import Word
from onrecord.extract.conventions import BE, HEARSAY
from onrecord.extract.lexicon import find_entry
from onrecord.extract.phrases import RELATIVE, find_antecedent, has_clause
from onrecord.extract.reports import QUOTES, Reader, Report
from onrecord.extract.speakers import can_speak
from onrecord.records import Act

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
    "cannot",
    "'ll",
    "’ll",
    "ca",
    "wo",
}
WOULD_BE = {"open", "like", "love", "prefer", "welcome"}  # "would be open to" is an attitude of today
SUBORDINATORS = {"if", "unless", "how", "as", "whatever", "what", "because", "since", "while", "where", "when",
                 "though", "although", "after", "before", "than", "until", "once",
                 "whenever", "wherever", "whose"}  # fmt: skip
SHARES = {"percent", "%", "majority", "half"}
TIMES = {"as", "when", "while", "after", "before", "where"}  # "when they march, shouting “Death”": they do shout it
AGENTLESS = {"is expected", "are expected", "was expected", "is believed", "are believed", "is said", "are said",
             "is thought", "it was reported", "was reported", "were told", "was told", "is reported", "are accused",
             "is accused", "was accused", "were accused"}  # fmt: skip


def is_report(reader: Reader, report: Report, reports: Sequence[Report]) -> bool:
    """Whether what was found inside a content says that somebody said or thought something.

    Most verbs of a content are what it tells of. Kept are those of the table with a speaker, in the active voice and
    without a modal, that stand in a main, complement or relative clause.
    """
    if is_deed(reader, report) or is_impression(reader, report) or not can_speak(reader, report.source):
        return False
    words = reader.words_of(*report.cue)
    forms = reader.forms(words)
    if not report.source:
        return bool(HEARSAY.search(" ".join(forms))) or " ".join(forms) in AGENTLESS
    if (
        (MODALS & set(forms) and not WOULD_BE & set(forms))
        or forms[0] == "be"
        or not _says_something(reader, report, words, forms)
    ):
        return False
    if _is_passive(words, forms, report) or _is_subordinate(reader, report):
        return False
    source = reader.forms(reader.words_of(*report.source))
    if len(source) == 1 and source[0] in {"that", "which"}:
        antecedent = find_antecedent(reader, report.source[0])
        if antecedent is None or not can_speak(reader, (antecedent,)):
            return False
    verbal = any(word.pos in {"VERB", "AUX"} for word in words)  # "her claim that" is her own
    if verbal and len(source) == 1 and source[0] in {"him", "her", "them", "me", "us"}:
        return False
    if SHARES & set(source) and _is_attitude(reader, report) and not has_clause(reader, report.content):
        return False  # "45 percent of voters backed the mayor" is what a poll says
    # "I think", "we believe" inside a quotation is how its speaker puts it
    return not (report.outer >= 0 and len(source) == 1 and source[0] in {"i", "we", "you", "one"})


def is_deed(reader: Reader, report: Report) -> bool:
    """ "to support …", "to discuss …": what is done, not what is said."""
    words = reader.words_of(*report.cue[:1])
    return (bool(words) and words[0].span.of(reader.text).lower() == "to") or (
        len(words) > 1 and reader.forms(words)[:2] == ["not", "to"]
    )


def is_impression(reader: Reader, report: Report) -> bool:
    """ "The plan appeared to fail": how things look to the writer."""
    forms = set(reader.forms(reader.words_of(*report.cue)))
    seems = bool(forms & {"appear", "appears", "appeared", "seem", "seems", "seemed", "looked", "looks"})
    return seems and (not report.source or not can_speak(reader, report.source))


def _says_something(reader: Reader, report: Report, words: Sequence[Word], forms: list[str]) -> bool:
    """The cue is in the table, and its content is what the entry wants; a lone pronoun is no content."""
    content = reader.words_of(*report.content)
    if len(content) == 1 and content[0].pos in {"PRON", "DET", "ADV", "ADJ"}:
        return False
    entries = [find_entry(forms, k) for k in range(len(forms)) if words[k].pos not in {"PROPN", "PUNCT", "DET"}]
    known = [e for e in entries if e is not None and e.words != ("be",)]
    if not known:
        return False
    clause = any(w.pos in {"VERB", "AUX"} for w in content) or any(q in QUOTES for q in reader.forms(content))
    return any(e.act is not None and (clause or not e.needs_clause) for e in known)


def _is_passive(words: Sequence[Word], forms: list[str], report: Report) -> bool:
    """ "She was advised by X": the subject is not who spoke. Feelings ("was convinced") look the same and are none."""
    if not any(f in BE for f in forms[:-1]) or report.source[0].begin > report.cue[0].begin:
        return False
    last = max((k for k, w in enumerate(words) if w.pos == "VERB"), default=None)
    if last is None or forms[last].endswith("ing"):
        return False
    entry = find_entry(forms, last)
    return entry is None or entry.act is not Act.THINK


def _is_subordinate(reader: Reader, report: Report) -> bool:
    """ "if they thought it right", "what people want", "the media declaring X": told in passing, not reported."""
    first = reader.indices(report.source[0])
    if not first:
        return False
    before = reader.words[first[0] - 1].span.of(reader.text).lower() if first[0] > 0 else ""
    subject = reader.words[first[0]]
    quoted = reader.text[report.content[0].begin - 1 : report.content[0].begin + 1].strip(" ,")[:1] in QUOTES | {"'"}
    if before in SUBORDINATORS and report.source[0].begin < report.cue[0].begin:
        return (before != "as" or subject.pos != "PROPN") and not (quoted and before in TIMES)
    if subject.span.of(reader.text).lower() == "who" and (first[0] == 0 or reader.words[first[0] - 1].pos == "PUNCT"):
        return True  # a question
    cue = reader.indices(report.cue[0])
    before_cue = reader.words[cue[0] - 1] if cue and cue[0] else None
    if before_cue is not None and before_cue.span.of(reader.text).lower() in RELATIVE and _is_attitude(reader, report):
        return True  # "people who oppose X" describes them
    if before_cue is not None and before_cue.pos == "VERB" and _is_ing(reader, cue[0]):
        return True  # "would stop opposing X"
    participle = bool(cue) and _is_ing(reader, cue[0])
    return participle and not quoted and 0 <= report.cue[0].begin - report.source[-1].end <= 1


def _is_ing(reader: Reader, place: int) -> bool:
    return reader.words[place].span.of(reader.text).lower().endswith("ing")


def _is_attitude(reader: Reader, report: Report) -> bool:
    forms = reader.forms(reader.words_of(*report.cue))
    entries = [find_entry(forms, k) for k in range(len(forms))]
    return any(e is not None and e.act is Act.THINK for e in entries)
