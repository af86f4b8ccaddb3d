"""What a content that says nothing by itself is about: "denied it", "would not comment", "took it back"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Act, Polarity, Span, Statement
from onrecord.resolve.base import Proposition
from onrecord.resolve.roots import is_same_root
from onrecord.resolve.wording import DISMISSAL, find_figures, find_stems

THIN = 2  # stems: a content with fewer means something only by what it points to
SAME_WORDS = 0.7  # of the stems of what a content stands for
BACKWARD = re.compile(
    r"^(?:this|that|it|these|those|so|otherwise|the (?:same|opposite|contrary)|not so"
    r"|(?:there (?:had (?:ever )?been|has (?:ever )?been|was|were|is) )?(?:any|no)(?:thing)? "
    r"(?:such \w+|of the (?:kind|sort))"
    r"|(?:the|this|these|those|all|any|such|both) (?:\w+ )?"
    r"(?:reports?|allegations?|claims?|accusations?|charges?|rumou?rs?|account|story|stories|matter|figures?|findings?"
    r"|statements?|version|suggestions?)"
    r"|(?:to |on )?comment(?: on .{0,30})?|a request for comment"
    r"|(?:our|the|any) questions?|to (?:comment|answer|respond).{0,40})\W*$",
    re.I,
)
RETRACTED = re.compile(
    r"\b(?:withdr[ae]w\w*|retract\w*|took \w* ?back|takes? \w* ?back|walked back|recant\w*|disavow\w*)\b", re.I
)
TOOK_BACK = re.compile(
    r"\b(?:ha(?:s|ve|d)|was|were) (?:(?:both|all|since|now|later) )?"
    r"(?:withdrawn|retracted|recanted|disavowed|taken (?:\w+ )?back)\b"
    r"|\b(?:withdrew|retracted|recanted|took (?:\w+ )?back)\b"
)
# "I was mistaken", "we got that wrong": what the speaker had said before is taken back
MISTAKEN = re.compile(
    r"\b(?:was|were|had been|am|is) (?:mistaken|wrong|a mistake|an error)\b|\b(?:got|gotten) (?:it|this|that) wrong\b"
    r"|\btakes? (?:it|this|that) back\b|\btaken (?:it|this|that) back\b",
    re.I,
)
# "insisted that he had": the verb is left out, and stands in what was said before
ELLIPTIC = re.compile(
    r"^(?:that )?(?:it|he|she|they|we|i|there|the \w+|[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)*)"
    r" (?:(?:has|have|had|was|were|is|are|did|does|do|would|will)(?: (?:not|never|indeed|so))?|\w+n['’]t)\W*$",
    re.I,
)
CLAUSE = re.compile(
    r"^(?:it|he|she|they|we|i)\s(?:(?:is|are|was|were|has|have|had|been|be|being|will|would)\s)+\w{4,}", re.I
)
UNWILLING = re.compile(r"\b(?:not|n['’]t) (?:want|wish|like|care|willing|prepared|ready)\b|\bunwilling\b", re.I)
ANSWERING = re.compile(r"(?:to )?(?:comment|say|answer|discuss|speak|talk|respond|give|name)\b", re.I)
REFERRED = re.compile(r"\b(?:refer(?:red|s)?|direct(?:ed|s)|pass(?:ed|es))\b", re.I)
PRONOUN = re.compile(r"(?:this|that|it|these|those|so)\b", re.I)
CONTRARY = re.compile(r"^(?:otherwise|the (?:opposite|contrary)|not so)\W*$", re.I)
COMMENT = re.compile(
    r"\b(?:to )?(?:comment|answer|respond|reply|discuss|speak|talk|say|questions?|anything|nothing|such|reports?|"
    r"allegations?|claims?|accusations?|charges?|rumou?rs?|account|story|stories|matter|statements?|suggestions?)\b",
    re.I,
)
SAID = re.compile(r"(?:who |that |which )?(?:had |has |have )?(?:said|claimed|told|reported|stated|announced)", re.I)
# an answer that says nothing: no stand on what was asked
NO_ANSWER = re.compile(
    r"^(?:(?:that )?(?:it|he|she|they|we|i|the \w+|[A-Z]\w+(?: [A-Z]\w+)*)\s+)?"
    r"(?:(?:would|could|did|does|do|will|can) ?(?:not|n['’]t)|cannot|never) "
    r"(?:comment|discuss|speak|talk|say|confirm|answer)\b"
    r"|^(?:\w+ ){0,3}(?:had|has|have) nothing to (?:say|add)\b|^no comment\b"
    r"|^nothing (?:on|about|to say|to add)\b|\btoo (?:early|soon) (?:for|to) (?:\w+ ){0,2}(?:comment|say|tell)",
    re.I,
)


def find_target(
    text: str, statement: Statement, core: str, cue: str, body: str, before: Sequence[Proposition], *, declines: bool
) -> Proposition | None:
    """The earlier proposition of the document that a content like "it", "the reports" or "to comment" is about."""
    thin = len(find_stems(core)) < THIN and not find_figures(core) and not is_clause(core)
    if not (
        statement.stands_for
        or MISTAKEN.search(core)
        or BACKWARD.match(core)
        or ELLIPTIC.match(core)
        or declines
        or (thin and statement.polarity is not Polarity.POSITIVE)
    ):
        return None
    others = [
        p
        for p in before
        # a request reported inside a statement is not what is denied: that it was made is
        if p.points_at is None and p.holds is not None and len(p.stems) > THIN and not is_same_root(p.body, body)
    ]
    if MISTAKEN.search(core) or takes_own_back(core, cue):
        own = [p for p in before if p.points_at is None and is_same_root(p.body, body) and p.stems]
        if own:
            return min(own, key=lambda p: (p.admits, not (p.retracts or p.recalled), p.place))
        # what was said on another day is what others are still said to say
        stems = find_stems(find_words(text, statement.content))
        return max((p for p in others if stems & p.stems), key=lambda p: (len(stems & p.stems), -p.place), default=None)
    if statement.stands_for:
        stems = find_stems(find_words(text, statement.stands_for))
        same = [p for p in others if stems and len(stems & p.stems) >= SAME_WORDS * len(stems)]
        others = others[: others.index(same[-1]) + 1] if same else []
    if not others:
        return None
    if others[-1].negated and PRONOUN.match(core):
        return others[-1]  # a denial that is called untrue itself
    if not PRONOUN.match(core):
        # "the reports" are what somebody asserted, even where a denial words it
        asserted = {p.points_at or p.id for p in before if p.holds}
        others = [p for p in others if p.id in asserted] or others
    if on := find_stems(COMMENT.sub(" ", core)):
        meant = max(others, key=lambda p: (len(on & p.stems), p.place))
        if on & meant.stems:
            return meant
    about = [at for at, p in enumerate(others) if speaks_of(p.text, body)]
    if declines and not about:
        return others[0]
    last = about[-1] if about else len(others) - 1
    run = [others[last]]
    for earlier in reversed(others[:last]):
        if not is_same_root(earlier.body, run[-1].body):
            break
        run.append(earlier)
    # of what one root said in a row, the fullest wording is what is denied; among equals the first
    return max(run, key=lambda p: (min(3, len(p.names)) + min(8, len(p.stems)), -p.place))


def gives_no_answer(statement: Statement, said: str, cue: str) -> bool:
    """Whether a statement says that its root was asked and would not say: by its act, or by its words."""
    if statement.act is Act.DECLINE:
        return True
    if statement.polarity is Polarity.UNKNOWN:
        return UNWILLING.search(cue) is not None and ANSWERING.match(said) is not None
    return NO_ANSWER.search(said) is not None or (REFERRED.search(cue) is not None and "question" in said)


def takes_own_back(core: str, cue: str) -> bool:
    """Whether a speaker withdraws what only a pointer names: "withdrew her accusation", "took it back"."""
    return (
        RETRACTED.search(cue) is not None
        and BACKWARD.match(re.sub(r"^(?:his|her|its|their|my|our)\b", "the", core)) is not None
    )


def is_clause(core: str) -> bool:
    """Whether a content has a verb and a word of its own: "he had been arrested" needs nothing to stand for."""
    return CLAUSE.match(core) is not None


def speaks_of(said: str, body: str) -> bool:
    """Whether a text names a body by one of its longer words."""
    words = set(re.findall(r"\w{4,}", said.lower()))
    return any(word in words for word in re.findall(r"\w{4,}", body.lower()))


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


def find_words(text: str, spans: Sequence[Span]) -> str:
    """The words of spans, one after the other."""
    return " ".join(span.of(text) for span in spans)


def is_dismissal(said: str, cue: str) -> bool:
    """Whether a statement calls what it points at untrue, by its words or its cue."""
    return DISMISSAL.search(said) is not None or re.search(r"\b(?:dismiss|reject|rubbish)", cue) is not None
