"""A document's statements as propositions: what each puts forward, for whom, on which side. Looks at it alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from onrecord.records import Act, Document, Kind, Polarity, Span, Stance, Statement
from onrecord.resolve.answers import (
    ANEW,
    GIVEN_ANEW,
    NOT_SO,
    NOT_THAT,
    RECANTS,
    RETRACTED,
    TOOK_BACK,
    WITHDRAWN,
    find_words,
    gives_no_answer,
    is_corrected,
    is_dismissal,
    takes_back,
)
from onrecord.resolve.base import Proposition, Vector
from onrecord.resolve.bodies import find_body, find_joint, find_mouths
from onrecord.resolve.figures import find_figures
from onrecord.resolve.introductions import find_introduced, read_citations
from onrecord.resolve.phrasing import (
    ACCUSED,
    expand_name,
    fill_figure,
    fill_subject,
    find_parties,
    find_people_before,
    find_sentence_before,
    has_verb,
    join_pieces,
    trim,
)
from onrecord.resolve.pointing import BACKWARD, CONTRARY, ELLIPTIC, THIN, find_target, points_at_words, takes_own_back
from onrecord.resolve.replies import calls_untrue, find_reply, find_verdict, is_feeling
from onrecord.resolve.roots import MEDIA
from onrecord.resolve.status import SIDES
from onrecord.resolve.wording import drop_questions, find_names, find_negation, find_stems, iter_pieces

CONTEXT_NAMES = 5
THE_PAPER = re.compile(r"(?:the|this) (?:paper|station|channel|agency|site|outlet|daily|weekly)", re.I)
TELLING = 70  # characters that a report has beside what it passes on: who told whom
TEXTS = 32  # of which what was found is kept: the pages of a transaction are read when they come in, then matched
FINDING = re.compile(
    r"\b(?:rul(?:ed|es|ing)|f(?:ound|inds|inding)|convict(?:ed|s)|conclu(?:ded|des|sion)|establish(?:ed|es)|acquitted|verdict|"
    r"determined|dismissed|upheld|ordered|sentenced|held|judgment|report|blamed|cleared)\b",
    re.I,
)
RECALLED = re.compile(r"(?:had|earlier|previously)\b", re.I)
# what somebody is reported to have done, and not to have said
DOES = re.compile(
    r"(?:(?:has|have|had|was|were|is|are|would|will|not|never|also|n['’]t)\s)*"
    r"(?:agree\w*|ask\w*|request\w*|sought|seek\w*|hear\w*|want\w*|plan\w*|expect\w*|conced\w+|warn\w*|heard|confus\w+|"
    r"in talks|accept\w*|sign\w*|offer\w*|promis\w+|demand\w*)\b",
    re.I,
)
# "Yes, I sat in the car": what follows says all
ANSWER = re.compile(r"^(?:(?P<yes>yes|yeah|indeed|true|correct)|no)[,;:.!—–-]+ (?=.{10})", re.I)
# "how many were hurt is not clear" takes no side
UNSURE = re.compile(
    r"\b(?:is|are|was|were|remains?)"
    r"(?:(?: not|n['’]t) (?:yet |immediately )?(?:clear|known|certain)| (?:still )?un(?:clear|known|certain))\b",
    re.I,
)
STATES = re.compile(r"\b(?:is|was|are|were)\b|['’]s\b")
OURSELVES = re.compile(r"we|us|this (?:news)?paper|this (?:magazine|website|station|agency)", re.I)
EARLIER_PIECE = re.compile(
    r"(?:an?|the|our|its) (?:earlier|previous|original|first) (?:version of (?:this|the|our|its) )?"
    r"(?:article|story|report|version|piece|post|headline)",
    re.I,
)
# "the number of dead is 36" as "36 dead"
NUMBER_OF = re.compile(
    r"^(?:the )?(?:number|total|count|tally) of (?P<what>.+?) (?:is|was|stands at) (?P<count>.+)$", re.I
)
COURT = re.compile(r"\b(?:courts?|tribunal|jury|judges?|inquest|coroner|(?-i:Justice [A-Z]))\b", re.I)
# beside courts
JUDGE = re.compile(
    r"\b(?:inquiry|commission|committee|panel|regulator|watchdog|ombudsman|arbitrators?|auditors?|audit|inspectors?|"
    r"inspectorate|investigators?|investigation|laboratory|experts|"
    r"(?-i:observers?|Board|Agency|Authority|Mission|Bureau))\b",
    re.I,
)


def make_propositions(document: Document, statements: Sequence[Statement]) -> tuple[Proposition, ...]:
    """What the statements put forward, in order, without vectors."""
    mouths = find_mouths(document, statements)
    names, context = find_all_names(document.text), find_context(document.text)
    places = {statement.id: place for place, statement in enumerate(statements)}
    told = [
        statement
        for statement in read_citations(document.text, statements)
        if statement.outer is None or not DOES.match(find_words(document.text, statement.cue))
    ]
    made: list[Proposition] = []
    for statement in told:
        some = _make_some(document, statement, places[statement.id], mouths, names, context, made)
        made += _share_out(some, find_joint(statement.root.name))
    recanting = {p.body for p in made if RECANTS.search(p.text)}
    made = [
        replace(p, retracts=True) if p.body in recanting and p.stance is Stance.DENIES else p
        for p in made
        if not RECANTS.search(p.text)
    ]
    passed = _find_passed_on(told)
    fuller = find_introduced(document.text, told, {p.statement_id: p.body for p in made})
    return tuple(
        replace(
            p,
            passed_on=p.statement_id in passed,
            body=fuller.get(p.root, p.body),
            named=p.named or p.root in fuller,
        )
        if p.statement_id in passed or p.root in fuller
        else p
        for p in made
    )


def add_vectors(propositions: Sequence[Proposition], vectors: Mapping[str, Vector]) -> tuple[Proposition, ...]:
    """The same with the vectors of their `find_wordings`, by proposition id; what points at another has that one's."""
    return tuple(replace(p, vector=vectors.get(p.points_at or p.id)) for p in propositions)


def find_wordings(propositions: Sequence[Proposition]) -> dict[str, str]:
    """The texts to embed, by proposition id; those that only point at another need none of their own."""
    return {p.id: p.text for p in propositions if p.points_at is None and p.stems}


def _make_some(
    document: Document,
    statement: Statement,
    place: int,
    mouths: Mapping[str, str],
    doc_names: tuple[str, ...],
    context: frozenset[str],
    before: Sequence[Proposition],
) -> list[Proposition]:
    said = find_words(document.text, statement.content)
    begin = min((span.begin for span in (*statement.content, *statement.cue)), default=0)
    root = statement.root
    earlier = EARLIER_PIECE.match(root.name) is not None
    if document.outlet and (earlier or OURSELVES.fullmatch(root.name)):
        root = replace(root, name=document.outlet, named=True)
    earlier = earlier or root.name == document.outlet
    body = find_body(root, mouths, document.text, begin)
    cue = find_words(document.text, statement.cue)
    plain = trim(said)
    core, is_false = find_negation(plain)
    no_answer = gives_no_answer(statement, plain, cue)
    act = Act.DECLINE if no_answer else Act.ASSERT if statement.act is Act.DECLINE else statement.act
    reply = find_reply(plain)
    pointer = plain if reply is not None or ELLIPTIC.match(plain) else core
    if reply is None and calls_untrue(said, cue):
        pointer, reply = "the reports", False
    judges = reply is None and not (no_answer or CONTRARY.match(plain)) and _only_judges(statement, said, cue)
    target = None if judges else find_target(document.text, statement, pointer, cue, body, before, declines=no_answer)
    rejected = statement.polarity is Polarity.NEGATIVE or (
        bool(statement.stands_for or target)
        and statement.polarity is Polarity.POSITIVE
        and (is_false or is_dismissal(said, cue) or (target is None and CONTRARY.match(plain) is not None))
    )
    took_back = takes_back(document.text, statement) or (earlier and is_corrected(document.text, statement))
    day = statement.said.date[:10] if statement.said and statement.said.precision in ("day", "time") else ""
    published = document.published.value[:10] if document.published else ""
    shared: dict[str, Any] = {
        "id": statement.id,
        "statement_id": statement.id,
        "document_id": document.id,
        "day": day or published,
        "place": place,
        "context": context,
        "root": root.name,
        "body": body,
        "named": root.named or not root.name.startswith(body),
        "via": tuple(link.name for link in statement.chain[:-1]),
        "is_finding": bool(COURT.search(root.name) or (FINDING.search(cue) and JUDGE.search(root.name))),
        "admits": statement.act is Act.CONFIRM,
        "outlet": document.outlet or "",
        "outer": statement.outer,
        "retracts": RETRACTED.search(cue) is not None or took_back,
        "before": find_sentence_before(document.text, begin, document.title),
        "recalled": not day and RECALLED.match(cue) is not None and not took_back,
    }
    holds: bool | None
    if target is not None:
        affirmed = _is_affirmed(target, pointer)
        if takes_own_back(core, cue):
            shared["retracts"], shared["recalled"] = True, False
            holds = (target.holds is False) != target.retracts
        elif statement.polarity is Polarity.UNKNOWN or no_answer:
            holds = None
        elif ELLIPTIC.match(plain):
            holds = is_false == (statement.polarity is Polarity.NEGATIVE)
        elif reply is not None:
            # "denied that it was untrue" turns it twice, "called it absurd" says once what its cue is read from
            turned = statement.polarity is Polarity.NEGATIVE and (reply or STATES.search(plain) is not None)
            holds = affirmed == (reply != turned)
            shared["admits"] = shared["admits"] or reply
        else:
            holds = affirmed != (rejected != (CONTRARY.match(plain) is not None))
        return _recall([_point_at(target, shared, holds, _find_stance(act, holds))], before)
    if GIVEN_ANEW.search(cue) and (anew := ANEW.match(plain)):
        counts = [f"{anew['what']} is {count}" if count else anew["what"] for count in (anew["old"], anew["new"])]
        return _give_anew(document, shared | {"retracts": True}, counts, doc_names)
    if statement.polarity is Polarity.POSITIVE and (anew := NOT_THAT.match(plain) or NOT_SO.match(plain)):
        old = anew["what"][: anew.start("new") - anew.start()] + anew["old"]
        return _give_anew(document, shared, (old, anew["what"]), doc_names)
    spans = statement.content if judges else statement.stands_for or statement.content
    if took_back and (withdrawal := TOOK_BACK.search(said)):
        parts = [said[: withdrawal.start()]]
    else:
        parts = join_pieces(document.text, spans)
    pieces = [trim(piece) for part in parts for piece in iter_pieces(trim(drop_questions(part)))]
    added: list[str] = []  # in the words of who denies what is given indirectly
    if statement.polarity is Polarity.NEGATIVE:
        denied = len(parts) if statement.kind is not Kind.MIXED else 1
        added = [trim(piece) for part in parts[denied:] for piece in iter_pieces(trim(part))]
        pieces = [trim(" ".join(pieces[: len(pieces) - len(added)])), *added]
    if shared["retracts"]:
        pieces = [WITHDRAWN.sub("", piece) for piece in pieces]
    # "That is not true. We never met": what comes first answers another, what comes later may be about the first
    reply = find_reply(pieces[0]) if pieces else None
    telling = [
        piece for nth, piece in enumerate(pieces) if len(find_stems(piece)) >= THIN or (reply is not None and not nth)
    ] or [" ".join(pieces)]
    people = find_people_before(document.text, begin, doc_names)
    made: list[Proposition] = []
    for nth, piece in enumerate(telling):
        own_id = f"{statement.id}/{nth}" if nth else statement.id
        answers = reply is not None and not nth
        meant = find_target(document.text, statement, piece, cue, body, before, declines=False) if answers else None
        if meant is not None:
            holds = None if statement.polarity is Polarity.UNKNOWN else _is_affirmed(meant, piece) == reply
            own = shared | {"id": own_id, "admits": reply}
            made.append(_point_at(meant, own, holds, _find_stance(act, holds)))
            continue
        admits, own_words = statement.act is Act.CONFIRM, statement.kind is Kind.DIRECT
        if statement.act is Act.ACCUSE:
            piece = ACCUSED.sub(r"\g<who> \g<what>", piece)
        if not nth and (answer := ANSWER.match(piece)):
            piece, admits = piece[answer.end() :], admits or answer["yes"] is not None
        text = fill_subject(piece, body, root, people, quoted=own_words, admits=admits)
        text = fill_figure(text, [*before, *made])
        core, negated = find_negation(text)
        # "Arvenia contradicted: We have not fired": the quote is the denial, and not what is denied
        quoted = statement.kind is not Kind.INDIRECT and negated
        holds = None if judges or _takes_no_side(statement, text) else (rejected and piece not in added) == negated
        if took_back or (quoted and holds is not None):
            holds = False
        names = tuple(dict.fromkeys(expand_name(name, doc_names) for name in find_names(core, document.text)))
        agents, patients = find_parties(core, names)
        proposition = Proposition(
            **shared | {"id": own_id, "admits": admits},
            text=text,
            negated=negated,
            stance=_find_stance(act, holds),
            holds=holds,
            stems=find_stems(core),
            names=names,
            figures=find_figures(core),
            agents=agents,
            patients=patients,
            filled=text != piece,
            quoted=own_words,
        )
        made.append(proposition)
    return _recall(made, before)


def _only_judges(statement: Statement, said: str, cue: str) -> bool:
    """Whether somebody calls a thing something, or feels about it: that says nothing of what was said before."""
    if statement.polarity is not Polarity.POSITIVE or is_dismissal(said, cue):
        return False
    verdict = find_verdict(said, cue)
    if verdict and not has_verb(f" {verdict}"):
        return True
    return is_feeling(cue) and (bool(statement.stands_for) or BACKWARD.match(said) is not None)


def _takes_no_side(statement: Statement, text: str) -> bool:
    """Whether nothing is said to be so or not: to oppose a thing, or to call it unclear, is not to deny it."""
    opposes = statement.polarity is Polarity.NEGATIVE and statement.act is Act.THINK and not has_verb(text)
    return statement.polarity is Polarity.UNKNOWN or opposes or UNSURE.search(text) is not None


def _give_anew(
    document: Document, shared: Mapping[str, Any], counts: Sequence[str], doc_names: tuple[str, ...]
) -> list[Proposition]:
    """What was counted before, denied, and what is counted now: "the number of dead from 63 to 36", "36, not 63"."""
    made = []
    for nth, count in enumerate(counts):
        text = NUMBER_OF.sub(r"\g<count> \g<what>", count)
        core, _ = find_negation(text)
        names = tuple(dict.fromkeys(expand_name(name, doc_names) for name in find_names(core, document.text)))
        agents, patients = find_parties(core, names)
        own: dict[str, Any] = {"id": f"{shared['id']}/{nth}", "retracts": False} if nth else {}
        proposition = Proposition(
            **{**shared, **own},
            text=text,
            negated=False,
            stance=Stance.ASSERTS if nth else Stance.DENIES,
            holds=bool(nth),
            stems=find_stems(core),
            names=names,
            figures=find_figures(core),
            agents=agents,
            patients=patients,
        )
        made.append(proposition)
    return made


def _point_at(target: Proposition, own: Mapping[str, Any], holds: bool | None, stance: Stance) -> Proposition:
    """What says something of `target` in no words of its own."""
    return replace(target, **own, holds=holds, stance=stance, points_at=target.points_at or target.id)


def _is_affirmed(target: Proposition, pointer: str) -> bool:
    """Whether what a pointer takes up affirms the target's core: "it" is the words, negation and all, of a denial."""
    return not points_at_words(pointer) or (not target.negated if target.retracts else target.holds is not False)


def _recall(made: list[Proposition], before: Sequence[Proposition]) -> list[Proposition]:
    """With what is taken back as said before, where the page has not told of that: "who had said so took it back"."""
    told = {(p.body, p.points_at or p.id) for p in before}
    taken = [p for p in made if p.retracts and p.stance in SIDES and (p.body, p.points_at) not in told]
    return made + [
        replace(
            p,
            id=f"{p.statement_id}/{len(made) + nth}",
            points_at=p.points_at or p.id,
            holds=not p.holds,
            stance=Stance.DENIES if p.holds else Stance.ASSERTS,
            retracts=False,
            recalled=True,
        )
        for nth, p in enumerate(taken)
    ]


def _share_out(some: list[Proposition], bodies: Sequence[str]) -> Iterator[Proposition]:
    """What several say together, for each of them."""
    for nth, body in enumerate(bodies or [""]):
        for place, p in enumerate(some):
            if not nth:
                yield replace(p, body=body) if body else p
            else:
                own_id = f"{p.statement_id}/{nth * len(some) + place}"
                yield replace(p, id=own_id, body=body, points_at=p.points_at or p.id)


def _find_stance(act: Act, holds: bool | None) -> Stance:
    if act is Act.DECLINE:
        return Stance.DECLINES
    if holds is None or act in (Act.ASK, Act.DEMAND):
        return Stance.UNKNOWN
    return Stance.ASSERTS if holds else Stance.DENIES


@lru_cache(TEXTS)
def find_all_names(text: str) -> tuple[str, ...]:
    """The names of a whole document."""
    return find_names(text)


@lru_cache(TEXTS)
def find_context(text: str) -> frozenset[str]:
    """The names that the document is mostly about, in lower case."""
    counts: Counter[str] = Counter()
    for name in find_all_names(text):
        counts[name.lower()] = text.count(name)
    lower = text.lower()
    best = sorted(counts, key=lambda name: (-counts[name], lower.find(name)))
    return frozenset(best[:CONTEXT_NAMES])


def _find_passed_on(statements: Sequence[Statement]) -> set[str]:
    """Statements whose content the same document also gives with a longer chain: their root only passes it on.

    So it is with "US officials told CNN that …", as what the broadcaster reports.
    """
    papers = {
        statement.id: sum(map(len, statement.content))
        for statement in statements
        if MEDIA.search(statement.root.name) or THE_PAPER.fullmatch(statement.root.name)
    }
    found = {
        inner.outer
        for inner in statements
        if inner.outer in papers and 0 <= papers[inner.outer] - sum(map(len, inner.content)) < TELLING
    }
    chains: dict[tuple[Span, ...], list[tuple[str, ...]]] = defaultdict(list)
    for statement in statements:
        chains[statement.content].append(tuple(link.name for link in statement.chain))
    for statement in statements:
        own = tuple(link.name for link in statement.chain)
        if any(len(names) > len(own) and names[: len(own)] == own for names in chains[statement.content]):
            found.add(statement.id)
    return found
