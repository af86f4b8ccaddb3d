"""Replies: who disputes, backs or takes back what was said before, in words that only point at it.

"So says the union", "the firm disagrees", "…, a claim that the bank rejects", "the agency corrected itself". Few
annotators mark them, and without them an account lacks the other side. The content is the word that points
("so", "a claim", "itself"); `pointing` finds what that stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.extract.acts import find_act, read_cue
from onrecord.extract.conventions import is_of_nobody
from onrecord.extract.lexicon import UTTERANCES
from onrecord.extract.phrases import find_phrase_beginning, find_subject, has_clause
from onrecord.extract.reports import Reader, Report, locate, trim
from onrecord.extract.speakers import can_speak
from onrecord.records import Span

SAID = (
    rf"(?:{UTTERANCES}|suggestions?|assertions?|contentions?|descriptions?|versions?|numbers?|counts?|estimates?|"
    r"rumou?rs?|findings?|criticisms?|posts?|tweets?|idea|notion|theory)"
)
MADE = r"(?:the|this|that|these|those|his|her|their|its|both|all|any|such|[A-ZÀ-Þ][\w-]+[’']s?)"
ONE = rf"{MADE} (?:[\w-]+ ){{0,2}}?{SAID}\b"
OWN = r"(?:the|its|his|her|their|that|this)"
SELF = r"(?:it|him|her|them)sel(?:f|ves)"
SINCE = r"(?:(?:has|have|had) )?(?:(?:since|later|now|quietly|quickly|then|also|repeatedly|publicly) )?"
DISPUTE = (
    r"(?:disput(?:es?|ed)|challeng(?:es?|ed)|contest(?:s|ed)|reject(?:s|ed)|dismiss(?:es|ed)|den(?:y|ies|ied)|"
    r"refut(?:es?|ed)|rebut(?:s|ted)|contradict(?:s|ed))"
)
BACK = (
    r"(?:back(?:s|ed)(?: up)?|bears? out|bore out|corroborat(?:es?|ed)|confirm(?:s|ed)?|support(?:s|ed)|echo(?:es|ed)|"
    r"acknowledg(?:es?|ed))"
)
CLAUSE = r"(?: that [^.;:“”\"\n]+)?"
HERE = r"(?=[.,;:—–]|\s(?:on|in|at|as|and|but|when|after|yesterday|today|later|again)\b|\s*$)"
REPLYING = re.compile(
    rf"\b(?:(?P<a>disagree[sd]?|begs? to differ|begged to differ)(?P<a_what>(?: with [^,.;:“”\"\n]{{2,40}}?)?){HERE}"
    rf"|(?P<b>{SINCE}contradict(?:s|ed)?) (?P<b_what>[^,.;:“”\"\n]{{2,40}}?){HERE}"
    rf"|(?P<c>{SINCE}(?:{DISPUTE}|{BACK})) (?P<c_what>this|that|it|{ONE}){HERE}"
    rf"|(?P<k>{SINCE}(?:holds? to|held to|sticks? (?:to|by)|stuck (?:to|by)|stands? by|stood by|put (?:his|her|"
    rf"their|its) name to)) "
    rf"(?P<k_what>this|that|it|{ONE}){HERE}"
    rf"|(?P<l>{SINCE}(?:makes?|made|repeat(?:s|ed)|renew(?:s|ed)|rais(?:es|ed))) "
    rf"(?P<l_what>(?:that|this|the same|the) (?:charge|claim|accusation|allegation|point|complaint|criticism))\b"
    rf"|(?P<m>{SINCE}(?:told|reported|announced|revealed|disclosed|described)) (?P<m_what>it|this|that) to "
    rf"(?=[A-ZÀ-Þ]|\w+ )"
    rf"|(?P<o>g[ai]ves?) (?:the same|the|a|its own|another) (?:figure|number|count|total|toll)"
    r"(?: as [^,.;:\n]{2,40})?: "
    r"(?P<o_what>[^.;:\n]{3,80})"
    rf"|(?P<d>g[ai]ves?|came to|comes? to|arrived at|reached) "
    rf"(?P<d_what>the same (?:account|version|figure|number|count|total|description|date|time|reason|conclusion)s?)\b"
    rf"|(?P<e>tells?|told|g[ai]ves?|offers?|offered|has|have|had|presented|paints?|painted) "
    rf"(?P<e_what>an? (?:\w+ )?different (?:story|account|version|picture|figure|number)s?)\b"
    rf"|(?P<f>{SINCE}correct(?:s|ed)) (?P<f_what>{SELF}|{OWN} (?:\w+ )?(?:{SAID}|toll|error|mistake|record))\b"
    rf"|(?P<g>{SINCE}apologi[sz](?:es?|ed) for) (?P<g_what>(?:{OWN}|an?) (?:\w+ )?(?:errors?|mistakes?|mix-up|"
    rf"confusion|misunderstanding|false \w+|wrong \w+))\b"
    rf"|(?P<h>{SINCE}(?:deleted|removed|took down|taken down|pulled|unpublished)) "
    rf"(?P<h_what>{OWN} (?:\w+ )?(?:posts?|tweets?|articles?|reports?|story|video|claims?|statement|message))\b"
    rf"|(?P<i>{SINCE}(?:back(?:s|ed|ing) (?:away|off|down)|row(?:s|ed) back|walk(?:s|ed) back|distanc(?:es?|ed) {SELF}|"
    rf"stepp?(?:s|ed) back|retreat(?:s|ed)|dropp?(?:s|ed)|abandon(?:s|ed)))(?: from| on)? "
    rf"(?P<i_what>(?:that|this|it){HERE}|{OWN} (?:[\w-]+ )?{SAID}\b{CLAUSE})"
    rf"|(?P<j>(?:can |could )?no longer (?:says?|claims?|insists?|maintains?|stands? by|alleges?)) "
    rf"(?P<j_what>(?:so|that|this|it){HERE}|{ONE}(?:{CLAUSE}|{HERE}))"
    rf"|(?P<n>{SINCE}(?:recanted|backtracked|reversed (?:course|{SELF})|changed {OWN} (?:story|account|version|tune)))"
    rf"(?P<n_what>){HERE}"
    r")"
)
SO_SAYS = re.compile(r"^[\"“]?(?P<what>So) (?P<cue>says?|said|claims?|claimed|reports?|reported) (?=\S)")
TAIL = re.compile(
    rf"(?:,\s|^It (?:is|was) (?=an?\s))(?P<what>which|something(?: that| which)?|an? (?:[\w-]+ "
    rf"){{0,2}}?{SAID}(?: that| which)?)\s"
    rf"(?:(?P<who>(?!(?:is|was|are|were|has|have|had|will|would)\b)[^,.;:“”\"\n]{{2,60}}?(?:, [^,.;\n]{{2,40}},)?)\s"
    rf"(?P<cue>{SINCE}(?:{DISPUTE}|confirm(?:s|ed)|acknowledg(?:es?|ed)))"
    rf"|(?P<cue2>{SINCE}(?:disputed|contested|rejected|dismissed|denied|confirmed)) by "
    rf"(?P<who2>[^,.;:“”\"\n]{{2,60}}?))"
    rf"{HERE}"
)
LEAST_TAIL = 25  # characters before it
BARE = re.compile(
    r"\W*(?:(?:simply|just|that is|quite) )?(?:not (?:so|true|at all|quite)|no|nonsense|wrong|untrue|false|"
    r"never|yes|true|"
    r"correct|right|rubbish|absolutely not)\W*",
    re.IGNORECASE,
)
POINTS = re.compile(r"so|that|this|it", re.IGNORECASE)
PERSONAL = re.compile(r"it|he|she|they|we|I", re.IGNORECASE)
OR_SO = re.compile(r",?\s*(?:or|and) so$")
# "told the Herald | so on condition of anonymity"
WITH_TERMS = re.compile(
    r"(?P<it>so|this|that|it) (?:on|under|in|at|during|after|before|by|when|last|late|early|for)\b", re.IGNORECASE
)
CLEFT = re.compile(
    r"^[\"“]?(?P<it>That|This|Which|It)(?:['’]s| is| was) (?:exactly |just |precisely |also )?(?:what|how)\b"
)


def find_replies(reader: Reader, sentence: Span) -> Iterator[Report]:
    """What a sentence says of an earlier one."""
    text = sentence.of(reader.text)
    if found := SO_SAYS.match(text):
        places = reader.indices(Span(sentence.begin + found.end(), sentence.end))
        who = find_phrase_beginning(reader, places[0]) if places else None
        if who is not None and can_speak(reader, (who,)):
            yield _make(who, locate(sentence, found, "cue"), locate(sentence, found, "what"))
    for found in REPLYING.finditer(text):
        kind = (found.lastgroup or "a")[0]
        cue = locate(sentence, found, kind)
        content = _trim(reader, locate(sentence, found, f"{kind}_what"))
        places = reader.indices(cue)
        who = find_subject(reader, places[0], sentence.begin) if places else None
        if who is not None and can_reply(reader, who):
            yield _make(who, cue, content or cue)
    for found in TAIL.finditer(text):
        if 0 < found.start() < LEAST_TAIL:
            continue
        active = found["who"] is not None
        who = _trim(reader, locate(sentence, found, "who" if active else "who2"))
        if who is not None and can_speak(reader, (who,)):
            yield _make(who, locate(sentence, found, "cue" if active else "cue2"), locate(sentence, found, "what"))


def merge_patterns(reader: Reader, reports: Sequence[Report], found: Iterable[Report]) -> list[Report]:
    """Both. What patterns found takes the place of a report with the same cue that says nothing by itself, or of a
    thing where the clause before it is what was said ("…, the prosecutor has found on | the tapes")."""
    merged, new = list(reports), []
    for pattern in found:
        same = [k for k, r in enumerate(merged) if any(c.overlaps(d) for c in r.cue for d in pattern.cue)]
        if not same:
            new.append(pattern)
        elif find_act(read_cue(reader, merged[same[0]])) is None:
            merged[same[0]] = replace(pattern, source=merged[same[0]].source or pattern.source)
        elif pattern.rule == "quoted" or (pattern.rule == "told" and not _tells(reader, merged[same[0]])):
            merged[same[0]] = pattern
    return merged + new


def _tells(reader: Reader, report: Report) -> bool:
    """Whether what the annotator saw says something, and does not only run on behind the sentence of its cue."""
    own = reader.sentence_of(report.cue[0])
    quoted = any(q.overlaps(span) for span in report.content for q in reader.quotations)
    elsewhere = all(reader.sentence_of(span).begin > own.begin for span in report.content)
    return has_clause(reader, report.content) and (quoted or not elsewhere)


def tidy_replies(reader: Reader, reports: Sequence[Report]) -> list[Report]:
    """Reports without the replies that were taken into their contents, and replies without what they answer.

    "The plant will close, | which the firm denies" ends before the comma; in "…, the union said. Not so, said the firm"
    only "Not so" is the firm's; in "That is what the union said" the content is "That".
    """
    return [
        tidy for report in reports if not _is_nobody(reader, report) and (tidy := _tidy(reader, report)) is not None
    ]


def _is_nobody(reader: Reader, report: Report) -> bool:
    return " ".join(span.of(reader.text).lower() for span in report.source) in {"nobody", "no one"}


def _tidy(reader: Reader, report: Report) -> Report | None:
    for mend in (_take_subject, _keep_answer, _keep_pointer, _keep_cleft):
        if (mended := mend(reader, report)) is not None:
            return mended
    return _cut_tails(reader, report)


def _take_subject(reader: Reader, report: Report) -> Report | None:
    """ "It | no longer says | so": a pronoun before the cue says it."""
    first, *rest = report.content
    if report.source or not report.cue or not rest or not 0 < report.cue[0].begin - first.end < 3:
        return None
    if is_of_nobody(reader, report):
        return None
    return replace(report, source=(first,), content=tuple(rest)) if PERSONAL.fullmatch(first.of(reader.text)) else None


def _keep_answer(reader: Reader, report: Report) -> Report | None:
    """ "The plant will close, the union said. | Not so, | said the firm"."""
    if not report.cue or len(report.content) < 2:
        return None
    bare = [span for span in report.content if BARE.fullmatch(span.of(reader.text))]
    own = reader.sentence_of(report.cue[0])
    answers = bare == [report.content[-1]] and reader.sentence_of(bare[0]) == own
    return replace(report, content=(bare[0],)) if answers and reader.sentence_of(report.content[0]) != own else None


def _keep_pointer(reader: Reader, report: Report) -> Report | None:
    """ "says | so; | she was on the shore", "told the Herald | so on condition of anonymity"."""
    first, *rest = report.content
    words = first.of(reader.text)
    if rest:
        beside = bool(report.cue) and 0 < first.begin - report.cue[-1].end < 3
        return replace(report, content=(first,)) if beside and POINTS.fullmatch(words) else None
    found = WITH_TERMS.match(words)
    if found is None or has_clause(reader, report.content):
        return None
    return replace(report, content=(locate(first, found, "it"),))


def _keep_cleft(reader: Reader, report: Report) -> Report | None:
    """ "| That | is what the union said"."""
    sentence = reader.sentence_of(report.place)
    found = CLEFT.match(sentence.of(reader.text))
    if found is None:
        return None
    opening = Span(sentence.begin, sentence.begin + found.end())
    is_all = all(opening.covers(span) for span in report.content)
    return replace(report, content=(locate(sentence, found, "it"),)) if is_all else None


def _cut_tails(reader: Reader, report: Report) -> Report | None:
    """ "The plant will close, | which the firm denies", "…, | or so | the union says"; None where nothing is left."""
    content = report.content
    sentence = reader.sentence_of(report.place)
    for found in TAIL.finditer(sentence.of(reader.text), LEAST_TAIL):
        comma, end = sentence.begin + found.start(), sentence.begin + found.end()
        if any(comma <= span.begin < end for span in report.cue):
            continue
        content = tuple(Span(s.begin, min(s.end, comma)) if s.begin < comma < s.end else s for s in content)
        content = tuple(span for span in content if not comma <= span.begin < end)
    if not content:
        return None
    *others, last = content
    or_so = OR_SO.search(last.of(reader.text))
    kept = Span(last.begin, last.begin + or_so.start()) if or_so else last
    return replace(report, content=(*others, kept))


def can_reply(reader: Reader, who: Span) -> bool:
    """Whether a phrase can name who replies: any speaker, and "it" for a body named before."""
    return can_speak(reader, (who,)) or who.of(reader.text).lower() == "it"


def _trim(reader: Reader, span: Span) -> Span | None:
    return trim(reader.text, span.begin, span.end)


def _make(who: Span, cue: Span, content: Span) -> Report:
    return Report((who,), (cue,), (content,), 0.6, -1, (), "reply")
