"""When it was said: the time expression that dates the act of saying, not what the content speaks of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from onrecord.extract.base import Word
from onrecord.extract.dates import iter_times
from onrecord.extract.reports import Reader, Report
from onrecord.records import Span, Timex

RECORDED = {"taped", "recorded", "aired", "broadcast", "posted", "scheduled", "released", "reported", "published"}
SPEAKING = {"speaking", "talking", "appearing", "writing", "meeting", "testifying", "responding", "citing", "saying",
            "adding", "noting", "referring"}  # fmt: skip
VENUE = re.compile(
    r"\b(?i:in|at|on|during)\s+(?:an?|the|his|her|their|its)?\s*(?:[\w’'-]+\s+){0,3}?"
    r"(?:interview|press conference|news conference|speech|statement|briefing|hearing|rally|debate|tweet|"
    r"post|email|e-mail|letter|address|event|meeting|summit|conference call|memo|op-ed|column|book|podcast|show|forum|"
    r"town hall|website|blog|Twitter|Facebook|Instagram|Telegram|television|TV|radio)\b"
    r"(?:\s+(?:in|at|on|with)\s+(?:the\s+)?[A-Z][\w’'.-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'.-]*)*)?"
)
HEARERS = re.compile(
    r"\b(?:told|tells?|telling|informed|informs?|assure[ds]?|assuring|remind(?:s|ed)?|briefed|notified|warn(?:s|ed)?|"
    r"spoke to|speaking to)(?![\w-])"
)
HEARING = {"PROPN", "NOUN", "DET", "ADJ", "PRON", "NUM", "CCONJ"}
NOT_HEARING = {"that", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
# "in an interview with the Herald", "in a letter to the minister", "speaking to reporters"
HEARD_BY = re.compile(
    r"\b(?i:interview(?:ed)?\s(?:with|by)|conversation\swith|(?:phone\s)?call\swith|(?:speech|address|letter|e-?mail|note|"
    r"message|statement|memo|testimony)\sto|speaking\s(?:to|with)|talking\s(?:to|with)|testif(?:ied|ying)\s(?:before|to)|"
    r"addressing)\s+(?=\w)"
)


def find_said(reader: Reader, report: Report, outer: Report | None, published: str | None) -> Timex | None:
    """The time expression that belongs to the report's cue; None where the text gives none.

    A report inside another's content (`outer`) is dated by words of that content alone.
    """
    sentence = reader.sentence_of(report.place)
    own = [t for t in iter_times(reader.text, sentence, published) if t.span and _dates(reader, report, t.span)]
    if outer is not None:
        own = [t for t in own if t.span and any(c.covers(t.span) for c in outer.content)]
    return min(own, key=lambda t: _distance(report, t.span), default=None)


def find_speaks_of(reader: Reader, report: Report, published: str | None) -> tuple[Timex, ...]:
    """The times that the content is about."""
    return tuple(t for span in report.content for t in iter_times(reader.text, span, published))


def carry_dates(
    reader: Reader, reports: Sequence[Report], roots: Sequence[str], said: Sequence[Timex | None]
) -> list[Timex | None]:
    """A date holds on for what the same root says next, in the same paragraph and the same past tense."""
    dates = list(said)
    order = sorted((k for k in range(len(reports)) if reports[k].outer < 0), key=lambda k: reports[k].place)
    for before, k in itertools.pairwise(order):
        if (
            dates[k] is None
            and dates[before] is not None
            and roots[k] == roots[before]
            and _goes_on(reader, reports, before, k)
        ):
            dates[k] = dates[before]
    for k, report in enumerate(reports):  # "lamented the days when, he said, …"
        outer = report.outer
        if outer >= 0 and dates[k] is None and roots[k] == roots[outer] and _just_says(reader, report):
            dates[k] = dates[outer]
    return dates


def _just_says(reader: Reader, report: Report) -> bool:
    return bool({"said", "added", "continued"} & set(reader.forms(reader.words_of(*report.cue))))


def _goes_on(reader: Reader, reports: Sequence[Report], before: int, k: int) -> bool:
    a, b = reports[before].place, reports[k].place
    if reader.paragraph_of(a) != reader.paragraph_of(b):
        return False
    words = reader.words_of(*reports[k].cue)
    forms = reader.forms(words)
    if not forms:
        return True
    present = forms[0] in {"has", "have", "'s", "’s", "is", "are", "does"} or (
        forms[-1].endswith("s") and words[-1].pos == "VERB"
    )
    return not present


def _dates(reader: Reader, report: Report, time: Span) -> bool:
    """Whether a time expression outside the content belongs to the cue: no other verb stands between the two."""
    if any(c.overlaps(time) for c in report.content):
        return False
    if any(c.covers(time) for c in report.cue):
        return True
    if not report.cue:
        return False
    if any(
        s.covers(time) for s in report.source
    ):  # "figures reported on Sunday" say so that day; "elected in 2014" not
        before = reader.forms(reader.words_of(Span(report.source[0].begin, time.begin)))[-2:]
        return bool(RECORDED & set(before))
    if report.outer < 0 and _opens_sentence(reader, report, time):
        return True
    if any(_is_told_of(reader, source, time, report.cue[0]) for source in report.source):
        return False
    anchors = [*report.cue, *report.source]
    return any(_is_near(reader, report, anchor, time) for anchor in anchors)


def _is_told_of(reader: Reader, source: Span, time: Span, cue: Span) -> bool:
    """ "The group, founded in 1994, said": a time in an aside to the source that has a verb of its own."""
    if not source.end <= time.begin <= cue.begin:
        return False
    words = reader.words_of(Span(source.end, time.begin))
    forms = reader.forms(words)
    verbs = {form for word, form in zip(words, forms, strict=True) if word.pos == "VERB"}
    return (
        bool(verbs)
        and not verbs & (RECORDED | SPEAKING)
        and (forms[0] in {",", "("} or bool({"who", "which"} & {*forms}))
    )


def _opens_sentence(reader: Reader, report: Report, time: Span) -> bool:
    """ "In February, as …, she said": a time before the first verb of the sentence, with a comma after it."""
    if report.cue[0].begin > report.content[0].begin:  # "On Sunday the plane crashed, officials said"
        return False
    sentence = reader.sentence_of(report.place)
    before = reader.words_of(Span(sentence.begin, time.begin)) if time.begin > sentence.begin else []
    if any(w.pos in {"VERB", "AUX", "PRON"} for w in before) or any(
        w.span.overlaps(s) for w in before for s in report.source
    ):
        return False
    return reader.text[time.end : time.end + 1] == ","


def _is_near(reader: Reader, report: Report, anchor: Span, time: Span) -> bool:
    between = Span(anchor.end, time.begin) if anchor.end <= time.begin else Span(time.end, anchor.begin)
    if between.end < between.begin:
        return True
    for word in reader.words_of(between) if between.end > between.begin else []:
        if any(s.overlaps(word.span) for s in (*report.content, *report.cue, *report.source)):
            continue
        form = word.span.of(reader.text).lower()
        if word.pos == "VERB" and form not in RECORDED | SPEAKING:
            return False
        if form in {"after", "before", "since", "when", "while", "who", "which", "that", "because", "as"}:
            return False
        if form in {";", ":", "--", "—", "–"}:
            return False
    return True


def _distance(report: Report, time: Span | None) -> int:
    assert time is not None
    return min(abs(c.begin - time.begin) for c in (*report.cue, *report.content))


def find_venue(reader: Reader, report: Report) -> Span | None:
    """Where it was said: the phrase in the cue's sentence, outside the content."""
    sentence = reader.sentence_of(report.place)
    for match in VENUE.finditer(reader.text, sentence.begin, sentence.end):
        span = Span(match.start(), match.end())
        if not any(c.overlaps(span) for c in report.content):
            return span
    return None


def find_addressee(reader: Reader, report: Report) -> Span | None:
    """Whom it was said to: what follows "told", or "in an interview with", outside the content."""
    if not report.cue:
        return None
    cue = report.cue[-1]
    around = max(0, cue.begin - 10)
    told = list(HEARERS.finditer(reader.text, around, min(len(reader.text), cue.end + 1)))
    if told and told[-1].end() <= cue.end:
        hearer = _find_hearer(reader, report, told[-1].end())
        if hearer is not None:
            return hearer
    sentence = reader.sentence_of(report.place)
    for match in HEARD_BY.finditer(reader.text, sentence.begin, sentence.end):
        if not any(c.overlaps(Span(*match.span())) for c in report.content):
            return _find_hearer(reader, report, match.end())
    return None


def _find_hearer(reader: Reader, report: Report, begin: int) -> Span | None:
    """The noun phrase that begins at a place, up to the content, the source or the sentence's end."""
    later = [s.begin for s in (*report.content, *report.source) if s.begin >= begin]
    end = min([*later, reader.sentence_of(report.place).end])
    words: list[Word] = []
    for word in reader.words_of(Span(begin, end)) if end > begin else []:
        if word.pos not in HEARING and not (words and word.pos == "PART"):
            break
        form = word.span.of(reader.text)
        if form == "that" or (words and form in NOT_HEARING):
            break
        words.append(word)
    return Span(words[0].span.begin, words[-1].span.end) if words else None
