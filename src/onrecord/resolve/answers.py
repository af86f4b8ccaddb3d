"""How a root deals with what was said: takes it back, calls it untrue, would not answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Act, Polarity, Span, Statement
from onrecord.resolve.wording import DISMISSAL

RETRACTED = re.compile(
    r"\b(?:withdr[ae]w\w*|retract\w*|took \w* ?back|takes? \w* ?back|recant\w*|disavow\w*|correct(?:s|ed)|"
    r"(?:walk|row|stepp|back)(?:s|ed|ing) (?:back|away|off|down)|no longer|apologi[sz]\w+ for|deleted|removed|pulled|"
    r"took down|taken down|unpublished|distanced|retreated|abandoned|dropped|disowned)\b",
    re.I,
)
TOOK_BACK = re.compile(
    r"\b(?:ha(?:s|ve|d)|was|were) (?:(?:both|all|since|now|later) )?"
    r"(?:withdrawn|retracted|recanted|disavowed|taken (?:\w+ )?back)\b"
    r"|\b(?:withdrew|retracted|recanted|took (?:\w+ )?back)\b"
)
# what was given before and is now given anew: "the number of dead from 63 to 36"
GIVEN_ANEW = re.compile(r"\b(?:correct|revis|adjust|amend)(?:es|s|ed|ing)\b", re.I)
ANEW = re.compile(
    r"^(?:the|its|their|his|her) (?P<what>.+?)(?: from (?P<old>[$€£]?[\w.,-]+(?: (?:million|billion|thousand))?))?"
    r" to (?P<new>.+)$"
)
# "is 36, not 63"
COUNT = r"\d[\d.,]*\b(?: (?:million|billion|thousand))?"
NOT_THAT = re.compile(rf"^(?P<what>.*\b(?P<new>{COUNT})),? (?:and )?not (?P<old>{COUNT})\W*$")
# "were killed by dogs, not by a wolf"
NOT_SO = re.compile(
    r"^(?P<what>.+? (?P<how>by|in|from|with|at|because of) (?P<new>[^,]+)),? (?:and )?not (?P=how) (?P<old>[^,.;]+)\W*$"
)
# "its claim that soldiers burned Kesh", "their paper on coffee": what is withdrawn goes without what it was
WITHDRAWN = re.compile(
    r"^(?:the|its|their|his|her|an?) (?:[\w-]+ )?(?:statements?|claims?|accusations?|allegations?|remarks?|comments?|"
    r"accounts?|testimony|reports?|articles?|story|stories|complaints?|charges?|papers?|study|studies|findings?|"
    r"announcements?|assertions?|suggestions?|posts?|warnings?) (?:that|on|about|of|over) (?=.{6})",
    re.I,
)
RECANTS = re.compile(
    r"\b(?:recanted|backtracked|reversed (?:course|\w+sel(?:f|ves))|changed (?:\w+ )?(?:story|account|version|tune))$"
)
# "I was mistaken", "we got that wrong": what the speaker had said before is taken back
MISTAKEN = re.compile(
    r"(?<!thing )(?<!what )\b(?:was|were|had been|am|is) "
    r"(?:mistaken|wrong(?! with\b)|a mistake|an error)\b|\b(?:got|gotten) (?:it|this|that) wrong\b"
    r"|\btakes? (?:it|this|that) back\b|\btaken (?:it|this|that) back\b"
    r"|\bspoken? too (?:soon|early)\b|\bmade (?:it|that|this|all of it) (?:all )?up\b"
    r"|\bmis(?:spoke|understood|read|counted|heard|remembered)\b|\bmixed (?:\w+ ){0,2}up\b"
    r"|\bshould (?:not|never) have (?:said|told|claimed)\b",
    re.I,
)
CORRECTED = re.compile(
    r"\bcorrect(?:ion|ed|s)\b|\b(?:incorrectly|wrongly|mistakenly|erroneously|misstated|in error)\b"
    r"|\b(?:that|this|it) (?:was|is) (?:wrong|incorrect|inaccurate|not (?:true|correct|the case)|an error|a "
    r"mistake|false)\b"
    r"|\bin fact\b|\bregrets?\b|\bapologi[sz]es?\b",
    re.I,
)
SAID = re.compile(r"(?:who |that |which )?(?:had |has |have )?(?:said|claimed|told|reported|stated|announced)", re.I)
UNWILLING = re.compile(r"\b(?:not|n['’]t) (?:want|wish|like|care|willing|prepared|ready)\b|\bunwilling\b", re.I)
ANSWERING = re.compile(r"(?:to )?(?:comment|say|answer|discuss|speak|talk|respond|give|name)\b", re.I)
REFERRED = re.compile(r"\b(?:refer(?:red|s)?|direct(?:ed|s)|pass(?:ed|es))\b", re.I)
# an answer that says nothing: no stand on what was asked
NO_ANSWER = re.compile(
    r"^(?:(?:that )?(?:it|he|she|they|we|i|the \w+|[A-Z]\w+(?: [A-Z]\w+)*)\s+)?"
    r"(?:(?:would|could|did|does|do|will|can) ?(?:not|n['’]t)|cannot|never) "
    r"(?:comment|discuss|speak|talk|say|confirm|answer)\b"
    r"|^(?:\w+ ){0,3}(?:had|has|have) nothing to (?:say|add)\b|^no comment\b"
    r"|^nothing (?:on|about|to say|to add)\b|\btoo (?:early|soon) (?:for|to) (?:\w+ ){0,2}(?:comment|say|tell)",
    re.I,
)


# "declined to verify it"; who "refused to leave" was asked nothing
SAYING = re.compile(
    r"to (?:\w+ly |further |even )*(?:say|comment|answer|discuss|speak|talk|respond|reply|confirm|deny|verify|"
    r"authenticate|acknowledge|corroborate|tell|explain|elaborate|reveal|disclose|specify|speculate|describe|address|"
    r"engage|clarify|predict|guess|name|identify|make|weigh in|rule out|go into|go on (?:the )?record|"
    r"be (?:drawn|named|interviewed|quoted)|take (?:questions|a position|sides)|"
    r"return (?:\w+ ){0,3}(?:calls?|messages?|requests?|e-?mails?)|"
    r"(?:give|provide|release|share|offer|add) (?:\w+ ){0,3}(?:details?|names?|figures?|reasons?|numbers?|"
    r"information|comments?|estimates?|explanation|interviews?|statements?|anything|more|one))\b",
    re.I,
)


def gives_no_answer(statement: Statement, said: str, cue: str) -> bool:
    """Whether a statement says that its root was asked and would not say: by its act, or by its words."""
    if statement.act is Act.DECLINE:
        return not said.startswith("to ") or SAYING.match(said) is not None
    if statement.polarity is Polarity.UNKNOWN:
        return UNWILLING.search(cue) is not None and ANSWERING.match(said) is not None
    return NO_ANSWER.search(said) is not None or (REFERRED.search(cue) is not None and "question" in said)


def takes_back(text: str, statement: Statement) -> bool:
    """Whether the sentence of a past statement goes on to say that it was withdrawn: "who had said so took it back"."""
    if not statement.cue or not statement.content:
        return False
    ends = [span.end for span in (*statement.cue, *statement.content)]
    start = min(span.begin for span in statement.cue)
    stop = re.search(r"[.!?][\"”’]?\s|\n|$", text[start:])
    rest = text[start : start + (stop.start() if stop else 0)]
    found = TOOK_BACK.search(rest)
    return found is not None and SAID.match(find_words(text, statement.cue)) is not None and max(ends) > start


def is_corrected(text: str, statement: Statement) -> bool:
    """Whether a correction is told of what an earlier piece said: in the same words, or right behind them."""
    ends = max((span.end for span in (*statement.cue, *statement.content)), default=0)
    begin = min((span.begin for span in (*statement.cue, *statement.content)), default=0)
    line = text[text.rfind("\n", 0, begin) + 1 : (text.find("\n", ends) + 1 or len(text))]
    return CORRECTED.search(line) is not None


def is_dismissal(said: str, cue: str) -> bool:
    """Whether a statement calls what it points at untrue, by its words or its cue."""
    return DISMISSAL.search(said) is not None or re.search(r"\b(?:dismiss|reject|rubbish)", cue) is not None


def find_words(text: str, spans: Sequence[Span]) -> str:
    """The words of spans, one after the other."""
    return " ".join(span.of(text) for span in spans)
