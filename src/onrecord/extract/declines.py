"""Answers that say nothing, found by their words: "would not say whether X", "did not answer calls", "no comment".

Few annotators mark them, and an account is not whole without who was asked and did not answer. The content is what was
not answered: what follows ("to comment on the price", "calls"), else what the sentence opens with ("Whether X, …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.phrases import RELATIVE, find_antecedent, find_phrase_beginning, find_phrase_ending
from onrecord.extract.reports import Reader, Report, trim
from onrecord.extract.speakers import can_speak
from onrecord.records import Span

LATER = r"(?: (?:immediately|also|again|yet|so far|at first|for now|further|publicly|directly|initially|either|then))*"
NOT = r"(?:(?:did|does|do|has|have|had|would|will|could|can)(?: so far| still| yet)?(?: not|n[’']t)|cannot|never)"
REST = r"[^,.;:—–\n”\"]*"
ASKED = (
    r"(?:(?:an?|the|lists? of|any|several|repeated|multiple|numerous|many|our|my|his|her|their|its|these|those|"
    r"two|three|four|five|six|seven|eight|nine|ten|further|written|phone|e-?mailed|urgent) )*"
    r"(?:requests?|demands?|calls?|messages?|questions?|e-?mails?|letters?|inquir(?:y|ies)|enquir(?:y|ies)|"
    r"quer(?:y|ies)|texts?|it|them|this|that)\b"
)
SPEAK = (
    r"(?:comment|answer|elaborate|discuss|say|speak|talk|respond|reply|speculate|guess|confirm|give|provide|name|"
    r"be (?:drawn|interviewed))"
)
SAYING = re.compile(
    rf"\b(?:"
    rf"(?P<a>(?:has |have |had )?(?:declined?s?|refused?s?)) (?P<a_what>to {SPEAK}\b{REST})"
    rf"|(?P<b>{NOT}{LATER} (?:want|wish|care)) (?P<b_what>to (?:{SPEAK}|make (?:any|a) (?:statement|comment))\b{REST})"
    rf"|(?P<c>{NOT}{LATER} (?:respond(?:ed)? to|repl(?:y|ied) to|react(?:ed)? to|return(?:ed)?|answer(?:ed)?)) "
    rf"(?P<c_what>{ASKED}{REST})"
    rf"|(?P<d>(?:would|will|could|can)(?: not|n[’']t){LATER}|cannot|would neither) "
    rf"(?P<d_what>(?:say|confirm|discuss|speak|talk|reveal|disclose)\b{REST})"
    rf"|(?P<l>(?:would|will)(?: not|n[’']t){LATER} be drawn) (?P<l_what>(?:on|about|into)\b{REST})"
    rf"|(?P<e>{NOT}{LATER}) (?P<e_what>"
    rf"(?:comment(?:ed)?|answer(?:ed)?|respond(?:ed)?|repl(?:y|ied)|elaborated?)\b{REST})"
    rf"|(?P<f>(?:has|have|had|made|makes?|gave|give|gives|offered|issued)(?: (?:again|so far|at first))? "
    rf"(?:no (?:immediate |further |official )?(?:comments?|answer|reply|response|information)|"
    rf"nothing(?: (?:more|further|else))? to (?:say|add)))\b(?P<f_what>{REST})"
    rf"|(?P<g>(?:kept|keeps|stayed|stays|remained|remains) (?:silent|mum))\b(?P<g_what>{REST})"
    rf"|(?P<h>(?:was|were|is|are)(?: not (?:immediately )?available| unavailable)) (?P<h_what>for comment{REST})"
    rf"|(?P<i>could not(?: immediately| at first)? be (?:reached|contacted))\b"
    rf"(?! by (?:road|land|boat|sea|air)| for (?:\w+ )?(?:days|weeks|hours))(?P<i_what>(?: for comment)?)"
    rf"|(?P<j>(?:has |have )?(?:referred|referring|directed)) (?P<j_what>(?:all |any |further |other )*"
    rf"(?:questions|inquiries|enquiries|queries|requests|journalists|reporters)\b{REST})"
    rf"|(?P<k>(?:had |has |have )?left) (?P<k_what>{ASKED}{REST}? unanswered\b{REST})"
    rf")",
)
# here whom one tried to reach stands last
FROM = re.compile(
    r"\b(?:(?P<cue>there (?:was|is|has been)) (?P<what>no (?:\w+ )?(?:comment|answer|reply|response|word)\b) from "
    r"|(?P<cue2>No (?:comment|answer|reply|response)) (?P<what2>came) from "
    r"|(?P<what3>(?:calls|messages|e-?mails|questions|letters|requests for comment)\b[^,.;]{0,30}?) to (?=.{4,60}? "
    r"(?:went unanswered|were not (?:answered|returned)|remained unanswered|got no reply))"
    r"|(?P<what4>(?:attempts|efforts) to (?:reach|contact)) (?=.{4,60}? (?:were unsuccessful|failed|were in vain)))",
    re.IGNORECASE,
)
UNANSWERED = re.compile(
    r"(?:went|were|remained|got|failed)(?: \w+)?(?: (?:unanswered|answered|returned|reply|unsuccessful))?"
)
NEITHER = re.compile(
    r"\b[Nn]either (?P<who>[^,.;:\n]{2,60}? nor [^,.;:\n]{2,60}?) (?P<cue>(?:immediately )?(?:responded to|replied to|"
    r"answered|returned|wanted|wished|could be|would|has|have|had)) "
    r"(?P<what>(?:(?:to )?(?:comment|say|speak)|commented|reached|contacted|(?=(?:an?|the|several|our|requests?|calls?|"
    r"messages?|questions?|e-?mails?)\b))" + REST + r")"
)
AND_NEITHER = re.compile(
    r"(?:and|but|,) (?P<cue>neither (?:would|did|has|had|could)) (?P<who>[^,.;:\n]{2,60})(?=[.,;])"
)
# what a sentence opens with and then leaves unanswered
FRONTED = re.compile(
    r"^\W*(?:(?:Asked|Pressed|Questioned)\b|(?:Whether|If|Who|What|When|Where|Why|How|Which)\b"
    r"|(?:On|About|As to) (?!\w+day\b)(?:[\w’'-]+\s){0,6}[\w’'-]+,?\s*$)",
    re.IGNORECASE,
)
EMPTY = re.compile(r"(?:to )?(?:say|comment(?:ed)?|answer|speak)?(?: so)?(?: on \w+day)?", re.IGNORECASE)
ASKING = re.compile(r"\W*(?:(?:asked|pressed|questioned)\s+)?(?:(?:about|on|as to)\s+)?", re.IGNORECASE)
WHEN = re.compile(
    r"(?:at first|on \w+day|(?:this|that|last) \w+|today|yesterday|so far|yet|at the time|again|immediately)?",
    re.IGNORECASE,
)
NOBODY = {"this", "that", "there", "what", "which", "these", "those", "i", "you", "we", "nobody", "everybody"}
NOTHING = re.compile(r"\W*(?:no comment|nothing)\W*", re.IGNORECASE)


def find_declines(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "X declined to comment", "X did not respond to a request": nothing was said, which few annotators mark."""
    subject: Span | None = None
    for match in SAYING.finditer(reader.text, sentence.begin, sentence.end):
        kind = match.lastgroup[0] if match.lastgroup else ""
        cue = Span(*match.span(kind))
        if not re.search(r"\W(?:and|but|or|nor)\s+$", reader.text[sentence.begin : cue.begin]):  # else the one before
            subject = _find_subject(reader, cue, sentence)
        said = trim(reader.text, *match.span(f"{kind}_what"))
        if subject is None or (kind == "i" and not can_speak(reader, (subject,))):
            continue  # "the village could not be reached"
        if said is not None and WHEN.fullmatch(said.of(reader.text)):
            said = None
        content = said or trim(reader.text, *_last_word(reader, cue))
        if content is not None:
            yield find_question(reader, _make(subject, cue, content))
    yield from _find_sources_after(reader, sentence)
    yield from _find_neither(reader, sentence)


def is_decline(reader: Reader, report: Report) -> bool:
    """Whether a report, whoever found it, says that nothing was said: "did not want | to comment"."""
    if report.rule == "declined" or NOTHING.fullmatch(" ".join(s.of(reader.text) for s in report.content)):
        return True
    if not report.cue or report.content[0].begin < report.cue[0].begin:
        return False
    match = SAYING.search(reader.text, report.cue[0].begin, report.content[-1].end)
    return match is not None and match.start() < report.cue[0].end


def _make(subject: Span, cue: Span, content: Span) -> Report:
    return Report((subject,), (cue,), (content,), 0.6, -1, (), "declined")


def _last_word(reader: Reader, cue: Span) -> tuple[int, int]:
    last = reader.words_of(cue)[-1].span
    return last.begin, last.end


def _find_subject(reader: Reader, cue: Span, sentence: Span) -> Span | None:
    """The phrase before the cue, past adverbs, asides in commas and relative pronouns."""
    places = reader.indices(cue)
    last = places[0] - 1 if places else -1
    while last > 0 and reader.words[last].pos == "ADV":
        last -= 1
    if last > 0 and reader.words[last].span.of(reader.text) == ",":
        opening = next((j for j in range(last - 1, -1, -1) if reader.words[j].span.of(reader.text) == ","), 0)
        aside = reader.entities_in(Span(reader.words[opening].span.begin, reader.words[last].span.end))
        if not (len(aside) == 1 and aside[0].label == "PERSON" and aside[0].span.end == reader.words[last].span.begin):
            last = opening - 1
        else:  # "his agent, Luis Ferrer, did not return calls"
            last -= 1
    if last < 0:
        return None
    word = reader.words[last].span
    subject = (
        find_antecedent(reader, word) if word.of(reader.text).lower() in RELATIVE else find_phrase_ending(reader, last)
    )
    if subject is None or subject.begin < sentence.begin:
        return None
    named = reader.entities_in(subject)[-1:]
    if (
        named
        and named[0].label == "PERSON"
        and named[0].span.end == subject.end
        and FRONTED.match(reader.text[sentence.begin : named[0].span.begin])
    ):
        subject = named[0].span  # "On the alarm | Reyes had nothing to say"
    return None if subject.of(reader.text).lower() in NOBODY else subject


def find_question(reader: Reader, report: Report) -> Report:
    """ "Whether X, she would not say": the content is what the sentence opens with, where nothing else is left open."""
    said, sentence = report.content[0], reader.sentence_of(report.place)
    if len(report.source) != 1 or report.source[0].end > report.place.begin:
        return report
    if not (EMPTY.fullmatch(said.of(reader.text)) or report.cue[0].covers(said)):
        return report
    opening = Span(sentence.begin, max(report.source[0].begin, sentence.begin))
    if not FRONTED.match(opening.of(reader.text)):
        return report
    asking = ASKING.match(opening.of(reader.text))
    content = trim(reader.text, opening.begin + (asking.end() if asking else 0), opening.end)
    return replace(report, content=(content,), rule="declined") if content is not None else report


def _find_sources_after(reader: Reader, sentence: Span) -> Iterator[Report]:
    for match in FROM.finditer(reader.text, sentence.begin, sentence.end):
        places = reader.indices(Span(match.end(), sentence.end))
        subject = find_phrase_beginning(reader, places[0]) if places else None
        kind = match.lastgroup or ""
        what = Span(*match.span(kind))
        if subject is None:
            continue
        if match["cue"] or match["cue2"]:
            cue = Span(*match.span("cue" if match["cue"] else "cue2"))
        else:
            after = UNANSWERED.search(reader.text, subject.end, sentence.end)
            if after is None:
                continue
            cue = Span(*after.span())
        yield _make(subject, cue, what)


def _find_neither(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "Neither X nor Y responded to calls"; "X would not comment on that, and neither would Y"."""
    for match in NEITHER.finditer(reader.text, sentence.begin, sentence.end):
        content = trim(reader.text, *match.span("what"))
        if content is not None:
            yield _make(Span(*match.span("who")), Span(*match.span("cue")), content)
    for match in AND_NEITHER.finditer(reader.text, sentence.begin, sentence.end):
        first = SAYING.search(reader.text, sentence.begin, match.start())
        content = trim(reader.text, *first.span(first.lastgroup)) if first and first.lastgroup else None
        if content is not None:
            yield _make(Span(*match.span("who")), Span(*match.span("cue")), content)
