"""From the annotator's attributions to reports as `docs/ideas.md` defines them.

Annotators are trained on PolNeAR, whose conventions differ: there "reportedly said" is one cue, a cue may run on to the
preposition before the content, and one content may cover a whole quotation of many paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.datelines import find_dateline
from onrecord.extract.lexicon import base_forms, find_entry
from onrecord.extract.phrases import RELATIVE, find_antecedent, find_phrase_beginning, find_phrase_ending, find_subject
from onrecord.extract.reports import Reader, Report, trim
from onrecord.extract.sources import mend_source
from onrecord.extract.speakers import can_speak
from onrecord.records import Act, Span

HEARSAY = re.compile(r"\b(?:reportedly|allegedly|purportedly|supposedly)\b", re.IGNORECASE)
# "dismissed the idea that X": X itself is what is dismissed, as long as nobody is named for the idea
EMPTY_NOUN = re.compile(
    r"^(?:the|any|an?|such|this)\s+(?:\w+\s+)?(?:idea|notion|argument|claim|suggestion|allegation|charge|accusation|"
    r"possibility|view|theory|fact|assertion|contention|belief|perception|premise)s?\s+that\s+",
    re.IGNORECASE,
)
BE = {"is", "are", "was", "were", "been", "be", "being", "'s", "’s", "'re", "’re"}
# "is expected to": by nobody in particular
EXPECTED = {"expected", "believed", "thought", "said", "reported", "rumored", "rumoured", "understood", "alleged"}
AS_SAYING = re.compile(
    r"\s+(\S.{1,100}?\s+as\s+(?:saying|telling|writing|claiming|warning|stating)(?:\s+that)?[\s,:“\"'‘]*)"
)
ABBREVIATED = re.compile(r"(?:\b\w\.)+\w$")  # "the F.B.I" without its last stop
NOUN_OF = re.compile(
    r"^(?:(?:an?|the|his|her|its|their|any|some|no)\s+)?(?:\w+\s+)?(?P<noun>\w+)(?:\s+(?:of|that|to|about|over|at|for)\s+|[.:]\s+)"
)
LIGHT = {"express", "voice", "issue", "make", "give", "raise", "offer", "tweet", "repeat", "reiterate", "renew", "send",
         "post", "have", "share", "deliver", "state", "declare", "announce", "register", "show", "signal"}  # fmt: skip
# "the union | of hiding the report", "most analysts | to fall"
AFTER_AGENT = re.compile(r"\s(?:of \w+ing|to (?!the\b|an?\b)[a-z]+)\b")
UNNAMED = re.compile(r"(?:not )?to (?:not )?be (?:named|identified|quoted)\b.{0,80}", re.IGNORECASE | re.DOTALL)
OF_WHICH = re.compile(r",? (?:of|in|to) (?:which|whom)$")
HEARD = {"told", "warned", "informed", "advised", "notified", "assured", "reminded", "urged", "asked", "ordered"}
BY_AT_END = re.compile(r"\sby (?P<who>[^,.;]{3,60})$")
FRONTING = {"as", "when", "while", "after", "before", "once", "until"}
QUOTED = re.compile(r"[\"“”]|''")
HEARERS = {"tell", "inform", "assure", "remind", "warn", "ask", "advise", "convince", "persuade"}
BEFORE_PARTICIPLE = {"after", "before", "by", "despite", "without", "while"}
CLAUSE_OPENERS = {"that", "why", "whether", "if", "how", "what", "when", "where", "who"}
MOST_BETWEEN = 6  # words between a source and the noun that its verb takes
CUTTING = {",", ";", ":", "(", "“", '"', "who", "which", "that", "and", "but"}
TAILED = {Act.DECLINE, Act.PROMISE, Act.DEMAND, Act.THINK}


def to_reports(reader: Reader, report: Report) -> Iterator[Report]:
    """The reports that one attribution comes to: one for each paragraph that its content covers."""
    report = _skip_aside(reader, _take_relative(reader, _drop_next(reader, mend_source(reader, report))))
    report = _return_hearer(reader, _drop_fronted(reader, _add_joined(reader, report)))
    report = _widen_quoted(reader, _cut_source(reader, _nearest_source(reader, report)))
    report = _return_complement(reader, _widen_cue(reader, report))
    report = _resolve_relative(reader, _strip_dateline(reader, _find_source(reader, report)))
    report = _see_through(reader, report)
    report = _take_noun(reader, _strip_empty_noun(reader, _return_tail(reader, report)))
    report = _return_condition(reader, report)
    yield from _split_paragraphs(reader, report)


def split_hearsay(reader: Reader, report: Report) -> tuple[Report, ...] | None:
    """ "Trump reportedly said X": an unnamed source for "Trump said X", and in it Trump for X."""
    for cue in report.cue:
        match = HEARSAY.search(cue.of(reader.text))
        if match is None:
            continue
        word = Span(cue.begin + match.start(), cue.begin + match.end())
        left = trim(reader.text, cue.begin, word.begin)
        right = trim(reader.text, word.end, cue.end)
        rest = tuple(s for s in (left, right) if s is not None)
        others = tuple(c for c in report.cue if c != cue)
        source = report.source
        if not source:
            places = reader.indices(cue)
            subject = find_phrase_ending(reader, places[0] - 1) if places and places[0] else None
            source = (subject,) if subject is not None else ()
        if not source or any(c.overlaps(s) for c in report.content for s in source):
            return None
        report = replace(report, source=source)
        if not (rest or others):
            whole = tuple(sorted((*report.source, *report.content)))
            return (Report((), (word,), whole, report.confidence, report.outer, (), "hearsay"),)
        inner_cue = tuple(sorted((*rest, *others)))
        if not any(w.pos == "VERB" for w in reader.words_of(*inner_cue)):
            return None
        whole = tuple(sorted((*report.source, *inner_cue, *report.content)))
        outer = Report((), (word,), whole, report.confidence, report.outer, (), "hearsay")
        return outer, replace(report, cue=inner_cue)
    return None


def _nearest_source(reader: Reader, report: Report) -> Report:
    """One piece of a source in several: the one beside the cue. What stands right before it belongs to the content."""
    if not report.cue or not report.source:
        return report
    cue = report.cue[0]
    # behind "told" stands who heard it
    told = any(word.of(reader.text).lower().split()[-1:] == ["told"] for word in report.cue)
    speaking = [s for s in report.source if s.end <= cue.begin] if told else []
    near = min(speaking or report.source, key=lambda s: cue.begin - s.end if s.end <= cue.begin else s.begin - cue.end)
    joined = reader.text[report.source[0].end : report.source[-1].begin].strip(" ,") in {"and", "&"}
    content = report.content
    if len(report.source) > 1 and not joined:
        content += tuple(s for s in report.source if s is not near and 0 <= near.begin - s.end <= 2)
    elif joined:
        near = Span(report.source[0].begin, report.source[-1].end)
    if ABBREVIATED.search(near.of(reader.text)) and reader.text[near.end : near.end + 1] == ".":
        near = Span(near.begin, near.end + 1)
    return replace(report, source=(near,), content=tuple(sorted(content)))


def _drop_next(reader: Reader, report: Report) -> Report:
    """ "… and calling him a liar. | Several senators | said": who begins the next sentence said nothing in this."""
    if not report.source or not report.cue or report.source[0].begin < max(report.cue[-1].end, report.content[-1].end):
        return report
    source = reader.sentence_of(report.source[0])
    begins = source.begin == report.source[0].begin and source.begin > report.place.begin
    return replace(report, source=()) if begins else report


def _take_relative(reader: Reader, report: Report) -> Report:
    """ "Lund, | who | 's called for | 20,000 troops": the relative pronoun before a cue is its subject."""
    if report.source or not report.cue or len(report.content) < 2:
        return report
    first = report.content[0]
    beside = 0 <= report.cue[0].begin - first.end <= 1
    passive = (BE - {"'s", "’s"}) & set(reader.forms(reader.words_of(*report.cue)))
    if passive or not beside or first.of(reader.text).lower() != "who":
        return report
    return replace(report, source=(first,), content=report.content[1:])


def _drop_fronted(reader: Reader, report: Report) -> Report:
    """ "As the hall emptied, | Moe said, | “I am not sorry”": when it was said, and no part of it."""
    if not report.source or len(report.content) < 2 or report.content[0].end > report.source[0].begin:
        return report
    first, second = report.content[:2]
    fronted = reader.forms(reader.words_of(first)[:1])[0] in FRONTING
    fronted = fronted and not QUOTED.search(reader.text[max(0, first.begin - 1) : report.source[0].begin])
    # a quotation in small letters goes on with the sentence: "When it rains, she said, “we leave”"
    letter = re.search(r"[^\W\d_]", second.of(reader.text))
    quoted = QUOTED.search(reader.text[second.begin - 2 : second.begin + 1]) and letter and letter.group().isupper()
    return replace(report, content=report.content[1:]) if fronted and quoted else report


def _add_joined(reader: Reader, report: Report) -> Report:
    """ "X, according to the police, | and Y": what is joined is on the same word, where it has no report of its own."""
    if not report.source or "according" not in reader.forms(reader.words_of(*report.cue)):
        return report
    sentence, end = reader.sentence_of(report.place), report.source[-1].end
    if report.content[-1].end > report.cue[0].begin or not reader.text.startswith(", and ", end):
        return report
    rest = trim(reader.text, end + len(", and "), sentence.end)
    words = reader.words_of(rest) if rest is not None else []
    forms = reader.forms(words)
    told = any(w.pos == "VERB" and find_entry(forms, k) is not None for k, w in enumerate(words))
    clause = any(w.pos in {"VERB", "AUX"} for w in words)
    return report if rest is None or told or not clause else replace(report, content=(*report.content, rest))


def _return_hearer(reader: Reader, report: Report) -> Report:
    """ "We asked | all the candidates | why they had not answered": whom it was said to is no part of it."""
    if not report.cue or len(report.content) < 2 or not 0 <= report.content[0].begin - report.cue[-1].end <= 1:
        return report
    bases = base_forms(reader.forms(reader.words_of(report.cue[-1]))[-1])
    hearer, second = (reader.words_of(piece) for piece in report.content[:2])
    clause = reader.forms(second[:1])[0] in CLAUSE_OPENERS
    if not clause or not HEARERS & set(bases) or any(w.pos in {"VERB", "AUX"} for w in hearer):
        return report
    return replace(report, content=report.content[1:])


def _skip_aside(reader: Reader, report: Report) -> Report:
    """ "The letter, of which | the Courier has a copy, says X", "Records | that we have seen show X"."""
    if len(report.source) < 2 or not report.cue or report.source[-1].end > report.cue[0].begin:
        return report
    first, second = report.source[:2]
    of_which = OF_WHICH.search(first.of(reader.text))
    if of_which is None and second.of(reader.text).split()[0].lower() not in RELATIVE:
        return report
    who = Span(first.begin, first.begin + of_which.start()) if of_which else first
    verbs = [w.span for w in reader.words_of(report.cue[-1]) if w.pos in {"VERB", "AUX"}]
    if not verbs or not can_speak(reader, (who,)):
        return report
    return replace(report, source=(who,), cue=(Span(verbs[-1].begin, report.cue[-1].end),))


def _cut_source(reader: Reader, report: Report) -> Report:
    """ "X, according to a member of the crew | , had been drinking": what goes on after the source is content."""
    if len(report.source) != 1 or "according" not in reader.forms(reader.words_of(*report.cue)):
        return report
    source = report.source[0]
    for match in re.finditer(",", source.of(reader.text)):
        places = reader.indices(Span(source.begin + match.end(), source.end))
        if places and reader.words[places[0]].pos in {"VERB", "AUX"} and report.content[-1].end <= report.cue[0].begin:
            rest = Span(reader.words[places[0]].span.begin, source.end)
            cut = (Span(source.begin, source.begin + match.start()),)
            return replace(report, source=cut, content=(*report.content, rest))
    return report


def _widen_quoted(reader: Reader, report: Report) -> Report:
    """ "quoted the president as saying | X": what the outer source says begins with "the president"."""
    if not report.cue or report.cue[-1].end > report.content[0].begin:
        return report
    match = AS_SAYING.fullmatch(reader.text[report.cue[-1].end : report.content[0].begin])
    if match is None:
        return report
    begin = report.cue[-1].end + match.start(1)
    return replace(report, content=(Span(begin, report.content[0].end), *report.content[1:]))


def _widen_cue(reader: Reader, report: Report) -> Report:
    """ "X played down | fears that Y": the verb between the source and a noun says what was done about it."""
    if len(report.cue) != 1 or not report.source or report.source[-1].end >= report.cue[0].begin:
        return report
    if report.rule == "colon" or any(w.pos in {"VERB", "AUX"} for w in reader.words_of(*report.cue)):
        return report
    between = reader.words_of(Span(report.source[-1].end, report.cue[0].begin))
    between = [w for w in between if w.span.begin >= report.source[-1].end]
    forms = reader.forms(between)
    k = next((k for k, w in enumerate(between) if w.pos == "VERB"), None)
    if k is None or len(between) > MOST_BETWEEN or set(forms) & CUTTING or find_entry(forms, k) is None:
        return report
    span = Span(between[0].span.begin, report.cue[0].end)
    return report if any(c.overlaps(span) for c in report.content) else replace(report, cue=(span,))


def _return_complement(reader: Reader, report: Report) -> Report:
    """ "accused by | the union of hiding X": what follows the agent of a passive is the content."""
    if len(report.source) != 1 or not report.cue or report.source[0].begin < report.cue[-1].end:
        return report
    source = report.source[0]
    if reader.forms(reader.words_of(Span(report.cue[-1].begin, source.begin)))[-1:] != ["by"]:
        return report
    match = AFTER_AGENT.search(source.of(reader.text))
    if match is None or not match.start():
        return report
    rest = Span(source.begin + match.start() + 1, source.end)
    content = tuple(sorted((*report.content, rest)))
    return replace(report, source=(Span(source.begin, source.begin + match.start()),), content=content)


def _resolve_relative(reader: Reader, report: Report) -> Report:
    """ "The changes, which officials said will take effect": what is said begins with the changes."""
    first = report.content[0]
    if len(report.content) < 2 or first.of(reader.text).lower() not in RELATIVE:
        return report
    antecedent = find_antecedent(reader, first)
    return replace(report, content=(antecedent, *report.content[1:])) if antecedent else report


def _find_source(reader: Reader, report: Report) -> Report:
    """A cue without a source takes the noun phrase beside it as one: "who has mused", "…,” said the bishop"."""
    if not report.cue:
        return report
    places = reader.indices(report.cue[0])
    words = [reader.words[k] for k in places]
    forms = reader.forms(words)
    if report.source:  # "customers were told": they are those who heard it
        if is_of_nobody(reader, report) and report.source[-1].end <= report.cue[0].begin < report.content[0].begin:
            return replace(report, source=(), content=(*report.source, *report.content))
        heard = _is_heard(forms) and report.source[-1].end <= report.cue[0].begin
        if heard:
            return _find_agent(reader, replace(report, source=()))
        if _is_heard(forms) and len(report.content) > 1 and report.content[0].end <= report.cue[0].begin:
            return replace(report, content=report.content[1:])  # whom it was said to
        return report
    asked_by = forms[-1:] == ["asked"] and reader.forms(reader.words[places[-1] + 1 : places[-1] + 2]) == ["by"]
    if any(f in BE for f in forms[:-1]) or asked_by:
        return _find_agent(reader, report)
    participle = next((k for k, w in enumerate(words) if w.pos != "ADV"), 0)
    if words and forms[participle].endswith("ing"):
        subject = _find_doer(reader, places[0])
        return replace(report, source=(subject,)) if subject is not None else report
    if not words or words[0].pos not in {"VERB", "AUX"}:
        return report
    if any(f in BE for f in forms[:-1]) and words[-1].pos == "VERB" and not forms[-1].endswith("ing"):
        return report  # passive: nobody is named
    before = places[0] - 1
    phrase: Span | None = None
    if before >= 0 and reader.words[before].span.of(reader.text).lower() in RELATIVE:
        phrase = find_antecedent(reader, reader.words[before].span)
    elif before >= 0 and reader.sentence_of(report.place).begin <= reader.words[before].span.begin:
        phrase = find_phrase_ending(reader, before)
        if phrase is None and reader.forms([reader.words[before]])[0] in {"and", "but"}:
            # "The museum has taken it down and has conceded that"
            phrase = find_phrase_beginning(reader, reader.indices(reader.sentence_of(report.place))[0])
    after_content = report.content[0].end <= report.cue[0].begin
    if (phrase is None or any(c.overlaps(phrase) for c in report.content)) and after_content:
        phrase = find_phrase_beginning(reader, places[-1] + 1)
    if phrase is None or any(c.overlaps(phrase) for c in report.content) or not can_speak(reader, (phrase,)):
        return report
    return replace(report, source=(phrase,))


def _find_doer(reader: Reader, place: int) -> Span | None:
    """Whom "even after | calling her a liar" is about: the subject of what stands before, "for Hahn to" as well."""
    begin = reader.sentence_of(reader.words[place].span).begin
    last = place - 1
    while last > 0 and reader.words[last].pos == "ADV":
        last -= 1
    before = reader.forms(reader.words[last : last + 1])[0] if last > 0 else ""
    if before in {"and", "or"}:  # "after dismissing them and | calling her a liar"
        first = next((k for k in range(last - 1, 0, -1) if reader.words[k].pos == "VERB"), 0)
        joined = reader.words[first].span.begin >= begin and reader.forms(reader.words[first : first + 1])[0].endswith(
            "ing"
        )
        return _find_doer(reader, first) if joined else None
    if before not in BEFORE_PARTICIPLE:
        return None
    for k in range(last - 1, 0, -1):
        if reader.words[k].span.begin < begin:
            return None
        subject = None
        if reader.forms(reader.words[k : k + 1]) == ["to"] and reader.words[k + 1].pos == "VERB":
            phrase = find_phrase_ending(reader, k - 1)
            if phrase is not None and reader.forms(reader.words[: reader.indices(phrase)[0]][-1:]) == ["for"]:
                subject = phrase
        elif reader.words[k].pos in {"VERB", "AUX"}:
            subject = find_subject(reader, k, begin)
        if subject is not None and can_speak(reader, (subject,)):
            return subject
    return None


def is_of_nobody(reader: Reader, report: Report) -> bool:
    """ "He | is thought | to be abroad": what nobody in particular thinks or says of him."""
    forms = reader.forms(reader.words_of(*report.cue))
    passive = any(f in BE for f in forms[:-1]) and forms[-1] in EXPECTED
    return passive and report.content[-1].of(reader.text).startswith("to ")


def _is_heard(forms: list[str]) -> bool:
    """ "Customers were told", "had been warned": the subject is whom it was said to."""
    return bool(HEARD & set(forms)) and any(f in BE for f in forms)


def _find_agent(reader: Reader, report: Report) -> Report:
    """ "Parents were warned by | the school | that X", "accused by | prosecutors of X", "X | by his neighbours"."""
    places = reader.indices(report.cue[-1])
    if not places:
        return report
    forms = reader.forms(reader.words_of(*report.cue))
    content = report.content
    if len(content) > 1 and content[0].end <= report.cue[0].begin and _is_heard(forms):
        told_to_do = reader.forms(reader.words_of(content[1]))[:1] == ["to"]
        content = content if told_to_do else content[1:]
    by = places[-1] + 1
    if forms[-1] != "by" and reader.forms(reader.words[by : by + 1]) != ["by"]:
        return _take_last_agent(reader, replace(report, content=content))
    agent = find_phrase_beginning(reader, by + (forms[-1] != "by"))
    if agent is None or not can_speak(reader, (agent,)):
        return replace(report, content=content)
    rest = tuple(
        piece
        for c in content
        if (piece := trim(reader.text, max(c.begin, agent.end), c.end) if c.overlaps(agent) else c) is not None
    )
    return replace(report, source=(agent,), content=rest) if rest else report


def _take_last_agent(reader: Reader, report: Report) -> Report:
    """ "was accused | of arson by his neighbours"."""
    last = report.content[-1]
    match = BY_AT_END.search(last.of(reader.text))
    if match is None or match.start() < 3 or last.begin < report.cue[0].begin:
        return report
    places = reader.indices(Span(last.begin + match.start("who"), last.end))
    agent = find_phrase_beginning(reader, places[0]) if places else None
    if agent is None or agent.end != last.end or not can_speak(reader, (agent,)):
        return report
    rest = Span(last.begin, last.begin + match.start())
    return replace(report, source=(agent,), content=(*report.content[:-1], rest))


def _strip_dateline(reader: Reader, report: Report) -> Report:
    dateline = find_dateline(reader.text, reader.paragraph_of(report.place).begin)
    if dateline is None:
        return report
    begin, end = dateline.begin, dateline.end

    def strip(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            Span(max(s.begin, end), s.end) if begin <= s.begin < end else s
            for s in spans
            if s.end > end or s.end <= begin
        )

    content = strip(report.content)
    return replace(report, source=strip(report.source), content=content) if content else report


def _see_through(reader: Reader, report: Report) -> Report:
    """ "They appeared to oppose X": what they appeared to do is the cue."""
    forms = reader.forms(reader.words_of(*report.cue))
    content = reader.words_of(report.content[0])
    if (
        not report.cue
        or not {"appear", "appeared", "appears", "seem", "seemed", "seems"} & set(forms)
        or len(content) < 3
    ):
        return report
    if reader.forms(content[:1]) != ["to"] or content[1].pos != "VERB" or not report.source:
        return report
    cue = (content[1].span,)
    rest = trim(reader.text, content[1].span.end, report.content[0].end)
    return replace(report, cue=cue, content=(rest, *report.content[1:])) if rest else report


def _return_tail(reader: Reader, report: Report) -> Report:
    """ "declined to provide details about | X": what is declined begins after "declined"."""
    if len(report.cue) != 1 or report.cue[0].end > report.content[0].begin:
        return report
    words = reader.words_of(report.cue[0])
    forms = reader.forms(words)
    for k in range(len(words)):
        entry = find_entry(forms, k) if words[k].pos in {"VERB", "AUX", "ADJ"} else None
        if entry is None:
            continue
        end = k + len(entry.words)
        declines = entry.act in TAILED and forms[end : end + 1] == ["to"] and len(forms) - end > 2
        ignores = entry.words == ("respond",) and forms[end : end + 1] == ["to"] and len(forms) - end > 2
        if not (declines or ignores):
            return report
        start = words[end + ignores].span.begin
        content = (Span(start, report.content[0].end), *report.content[1:])
        return replace(report, cue=(Span(report.cue[0].begin, words[end - 1].span.end),), content=content)
    return report


def _return_condition(reader: Reader, report: Report) -> Report:
    """ "an official who asked | not to be named": that is told of the source, and not by it."""
    told = [s for s in report.content if UNNAMED.fullmatch(s.of(reader.text))]
    kept = tuple(s for s in report.content if s not in told)
    if not told or not kept or not report.source:
        return report
    source = tuple(
        Span(s.begin, max([s.end, *(t.end for t in told if 0 <= t.begin - s.end <= 1)])) for s in report.source
    )
    return replace(report, source=source, content=kept)


def _take_noun(reader: Reader, report: Report) -> Report:
    """ "tweeted | their approval of X", "expressed | hope that X": the noun says what was done, X is the content."""
    first = report.content[0]
    match = NOUN_OF.match(first.of(reader.text))
    if match is None or not report.cue or report.cue[-1].end > first.begin or len(first) - match.end() < 5:
        return report
    verbs = [b for form in reader.forms(reader.words_of(*report.cue)) for b in base_forms(form)]
    noun = find_entry([match["noun"].lower()])
    if noun is None or noun.act in {Act.ASSERT, None} or not LIGHT & set(verbs):
        return report
    cue = (*report.cue, Span(first.begin, first.begin + match.end("noun")))
    return replace(report, cue=cue, content=(Span(first.begin + match.end(), first.end), *report.content[1:]))


def _strip_empty_noun(reader: Reader, report: Report) -> Report:
    first = report.content[0]
    match = EMPTY_NOUN.match(first.of(reader.text))
    if match is None or len(first) - match.end() < 10:
        return report
    return replace(report, content=(Span(first.begin + match.end(), first.end), *report.content[1:]))


def _split_paragraphs(reader: Reader, report: Report) -> Iterator[Report]:
    """A quotation that goes on in further paragraphs is a statement in each of them."""
    home = reader.paragraph_of(report.place)
    here = tuple(c for c in report.content if c.overlaps(home))
    if not here:
        here = report.content[:1]
    parts = [piece for c in here for piece in _cut_at_lines(reader, c)]
    own = tuple(p for p in parts if p.overlaps(home)) or here
    yield replace(report, content=own)
    rest = [p for p in parts if p not in own and not any(p.overlaps(o) for o in own)]
    rest += [piece for c in report.content if c not in here for piece in _cut_at_lines(reader, c)]
    by_line: dict[int, list[Span]] = {}
    for piece in rest:
        by_line.setdefault(reader.paragraph_of(piece).begin, []).append(piece)
    for pieces in by_line.values():
        yield replace(report, cue=(), content=tuple(pieces), via=(), rule="goes on")


def _cut_at_lines(reader: Reader, span: Span) -> list[Span]:
    pieces = []
    begin = span.begin
    for match in re.finditer(r"\n+", span.of(reader.text)):
        pieces.append(trim(reader.text, begin, span.begin + match.start()))
        begin = span.begin + match.end()
    pieces.append(trim(reader.text, begin, span.end))
    return [p for p in pieces if p is not None]
