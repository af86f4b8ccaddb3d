"""What a content that says nothing by itself is about: "denied it", "would not comment", "took it back"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Polarity, Statement
from onrecord.resolve.answers import MISTAKEN, RETRACTED, find_words
from onrecord.resolve.base import Proposition
from onrecord.resolve.figures import find_figures
from onrecord.resolve.replies import REPORTS, find_reply
from onrecord.resolve.roots import is_same_root
from onrecord.resolve.status import SIDES
from onrecord.resolve.wording import find_stems

# "denied the theft", "does not believe her", "took it back"; who "rejected her" or "was denied a visa" denies nothing
DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|disput|refut|rebut|contradict|disagree|believ|buy|bought|trust|accept|convinc|"
    r"doubt|withdr[ae]w|retract|recant|t(?:ake|akes|ook|aken)\b.*\bback\b)",
    re.I,
)
DENIED = re.compile(r"\b(?:is|are|was|were|been|being) (?:\w+ )?denied\b", re.I)
THIN = 2  # stems: a content with fewer means something only by what it points to
NEAR = 5  # statements before "it" and "no", among which is what they mean
SAME_WORDS = 0.7  # of the stems of what a content stands for
OPPOSITE = (
    r"otherwise|an? (?:\w+ )?different (?:story|account|version|picture|figure|number)s?"
    r"|(?:(?:it|this|that|things|the matter) )?(?:\w+ )?differently|the (?:opposite|contrary)|not so"
)
# what is corrected, deleted or apologised for
SLIP = re.compile(
    r"^(?:(?:it|him|her|them)sel(?:f|ves)|(?:the|an?|this|that) (?:\w+ )?(?:errors?|mistakes?|mix-up|confusion|"
    r"misunderstanding|toll|record|posts?|tweets?|articles?|video|message|number|count|(?:false|wrong) \w+))\W*$",
    re.I,
)
BACKWARD = re.compile(
    rf"^(?:this|that|it|these|those|so|the same|{OPPOSITE}"
    r"|(?:there (?:had (?:ever )?been|has (?:ever )?been|was|were|is) )?(?:any|no)(?:thing)? "
    r"(?:such \w+|of the (?:kind|sort))"
    r"|(?:the|this|these|those|all|any|such|both|the same) (?:\w+ )?"
    r"(?:reports?|allegations?|claims?|accusations?|charges?|rumou?rs?|account|story|stories|matter|figures?|findings?"
    r"|statements?|version|suggestions?|number|count|total|description|conclusion|assertion|contention)"
    r"|(?:to |on )?comment(?: on .{0,30})?|a request for comment"
    r"|(?:our|the|any) questions?|to (?:comment|answer|respond).{0,40})\W*$",
    re.I,
)
# "insisted that he had": the verb is left out, and stands in what was said before
ELLIPTIC = re.compile(
    r"^(?:that )?(?:it|he|she|they|we|i|there|the \w+|(?-i:[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)*))"
    r" (?:(?:has|have|had|was|were|is|are|did|does|do|would|will)(?: (?:not|never|indeed|so))?|\w+n['’]t)\W*$",
    re.I,
)
# "he had been arrested" has a word of its own, and needs nothing to stand for
CLAUSE = re.compile(
    r"^(?:it|he|she|they|we|i)\s(?:(?:is|are|was|were|has|have|had|been|be|being|will|would)\s)+\w{4,}", re.I
)
PRONOUN = re.compile(r"(?:this|that|it|these|those|so|him|her|them)\b", re.I)
CONTRARY = re.compile(rf"^(?:{OPPOSITE})\W*$", re.I)
COMMENT = re.compile(
    r"\b(?:to )?(?:comment|answer|respond|reply|discuss|speak|talk|say|questions?|anything|nothing|such|reports?|"
    r"allegations?|claims?|accusations?|charges?|rumou?rs?|account|story|stories|matter|statements?|suggestions?)\b",
    re.I,
)


def find_target(
    text: str, statement: Statement, core: str, cue: str, body: str, before: Sequence[Proposition], *, declines: bool
) -> Proposition | None:
    """The earlier proposition of the document that a content like "it", "the reports" or "to comment" is about.

    `core` is the content and `cue` its cue in words, `body` whom its root speaks for, `before` what comes earlier on
    the page. None for a content that says something by itself, and where nothing fits.
    """
    if not (declines or _points_back(statement, core, cue)):
        return None
    others = [
        p
        for p in before
        # a request reported inside a statement is not what is denied: that it was made is
        if p.points_at is None and p.holds is not None and len(p.stems) > THIN and not is_same_root(p.body, body)
    ]
    if takes_own_back(core, cue):
        # "we were wrong, the battery can catch fire" takes no admission of that back
        own = [p for p in before if p.points_at is None and is_same_root(p.body, body) and p.stems and not p.admits]
        if statement.stands_for and (named := _find_same(text, statement, own)):
            return named[-1]
        return _find_withdrawn(find_words(text, statement.content), own, others)
    if statement.stands_for:
        same = _find_same(text, statement, others)
        others = others[: others.index(same[-1]) + 1] if same else []
    if find_reply(core) is not None and (answered := _find_answered(body, before)):
        return answered
    if not points_at_words(core):
        # "the reports" are what somebody asserted, even where a denial words it
        asserted = {p.points_at or p.id for p in before if p.holds}
        others = [p for p in others if p.id in asserted] or others
    elif others and not declines:
        last = (others if statement.stands_for else before)[-1]
        others = [p for p in others if last.place - p.place < NEAR]
        if others and others[-1].negated:
            return others[-1]  # a denial that is called untrue itself
    return _find_meant(core, body, others, declines=declines) if others else None


def _find_answered(body: str, before: Sequence[Proposition]) -> Proposition | None:
    """What was answered right before, or what a root itself has answered: it is still about the same."""
    answers = [
        p.points_at
        for nth, p in enumerate(before, 1)
        if p.points_at and p.stance in SIDES and (nth == len(before) or is_same_root(p.body, body))
    ]
    found = next((p for p in before if p.id == answers[-1]), None) if answers else None
    return replace(found, holds=True) if found else None  # the matter, and not what its first wording says of it


def points_at_words(pointer: str) -> bool:
    """Whether a pointer means what was said as it was worded ("it", "nonsense"), and not a matter ("the reports")."""
    reply = find_reply(pointer) is not None and re.search(rf"\b{REPORTS}\b", pointer, re.I) is None
    return reply or PRONOUN.match(pointer) is not None or CONTRARY.match(pointer) is not None


def _find_same(text: str, statement: Statement, propositions: Sequence[Proposition]) -> list[Proposition]:
    """Those with most of the words that a statement stands for, or that are one of several sentences of that."""
    stems = find_stems(find_words(text, statement.stands_for))
    few = {p.id: min(len(stems), len(p.stems)) for p in propositions}
    return [p for p in propositions if few[p.id] and len(stems & p.stems) >= SAME_WORDS * few[p.id]]


def _points_back(statement: Statement, core: str, cue: str) -> bool:
    thin = len(find_stems(core)) < THIN and not find_figures(core) and not CLAUSE.match(core)
    return bool(
        statement.stands_for
        or takes_own_back(core, cue)
        or find_reply(core) is not None
        or BACKWARD.match(core)
        or ELLIPTIC.match(core)
        or (thin and statement.polarity is Polarity.NEGATIVE and _denies(statement, cue))
    )


def _denies(statement: Statement, cue: str) -> bool:
    """Whether a cue denies a thing: who "was denied | a visa" does not, and "the theft | was denied" by somebody."""
    was_denied = DENIED.search(cue) is not None and statement.content[0].begin > statement.cue[0].begin
    return DENYING.search(cue) is not None and not was_denied


def _find_withdrawn(said: str, own: Sequence[Proposition], others: Sequence[Proposition]) -> Proposition | None:
    """What somebody takes back: of the own words those that are told as past; what was said on another day is what
    others are still said to say."""
    if own:
        return min(own, key=lambda p: (not (p.retracts or p.recalled), p.place))
    stems = find_stems(said)
    near = [p for p in others if stems & p.stems]
    return max(near, key=lambda p: (len(stems & p.stems), -p.place), default=None)


def _find_meant(core: str, body: str, others: Sequence[Proposition], *, declines: bool) -> Proposition:
    """Of what others said: what the words of the pointer name, what is about the body itself, else the last of it."""
    if on := find_stems(COMMENT.sub(" ", core)):
        meant = max(others, key=lambda p: (len(on & p.stems), p.place))
        if on & meant.stems:
            return meant
    about = [at for at, p in enumerate(others) if _speaks_of(p.text, body)]
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


def takes_own_back(core: str, cue: str) -> bool:
    """Whether a speaker was mistaken, or withdraws what only a pointer names: "withdrew her accusation"."""
    pointer = re.sub(r"^(?:his|her|its|their|my|our)\b", "the", core)
    return MISTAKEN.search(core) is not None or (
        RETRACTED.search(cue) is not None and (BACKWARD.match(pointer) or SLIP.match(pointer)) is not None
    )


def _speaks_of(said: str, body: str) -> bool:
    """Whether a text names a body by one of its longer words."""
    words = set(re.findall(r"\w{4,}", said.lower()))
    return any(word in words for word in re.findall(r"\w{4,}", body.lower()))
