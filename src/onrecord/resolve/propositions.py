"""A document's statements as propositions: what each puts forward, for whom, on which side. Looks at it alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.records import Act, Document, Polarity, Source, Span, Stance, Statement
from onrecord.resolve.base import Proposition, Vector
from onrecord.resolve.roots import find_bodies, find_body, is_same_root
from onrecord.resolve.wording import DISMISSAL, find_figures, find_names, find_negation, find_stems, iter_pieces

CONTEXT_NAMES = 5
SUBJECT = re.compile(r"^(?:he|she|it|they|we|i|our|its|their|his|her|my)\b", re.I)
POSSESSIVE = frozenset(["our", "its", "their", "his", "her", "my"])
PLACE_OR_BODY = re.compile(
    r"\b(?:Ministry|Group|Foods|University|Press|Police|Court|Council|Agency|Bank|Party|Union|Museum|Hospital|Office|United|"
    r"City|School|Clinic|Company|Line|Water|Radio|Foundation|Institute|Association|Department|Board|Commission|Church)\b"
)
DATELINE = re.compile(r"^[\"“]?[A-ZÀ-Þ][A-ZÀ-Þ’' .-]+(?:, \w+\.? \d+)?(?: \([^)]{2,30}\))?\s+[-–—]+\s+")
BARE_VERB = re.compile(r"^(?:having|ever having|to|being|doing|any)\s", re.I)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being)\s(?:\w+ly\s)?\w+(?:ed|en|n|t)\b.*?\bby\s(?:the\s)?(.+)", re.I
)
VERB = re.compile(
    r"(?<=\s)(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|shall|should|do|does|did|[a-z]{3,}ed|"
    r"paid|sold|gave|took|knew|struck|hit|shot|fired|won|lost|left|stole|met|broke|fell|rose|began|made|sent|told|wrote)\b"
)
PREPOSITION = re.compile(r"\b(?:in|of|at|near|from|to|on|off|for|with|by|against|between)\s(?:the\s)?$")
THIN = 2  # stems: a content with fewer means something only by what it points to
BACKWARD = re.compile(
    r"^(?:this|that|it|these|those|so|(?:the|this|these|those|all|any|such|both) (?:\w+ )?"
    r"(?:reports?|allegations?|claims?|accusations?|charges?|rumou?rs?|account|story|stories|matter|figures?|findings?|statements?|version|suggestions?)"
    r"|(?:to |on )?comment(?: on .{0,30})?|a request for comment"
    r"|(?:our|the|any) questions?|to (?:comment|answer|respond).{0,40})\W*$",
    re.I,
)
FINDING = re.compile(r"\b(?:ruled|found|convicted|concluded|established|acquitted|finding|ruling|verdict)\b", re.I)
RETRACTED = re.compile(
    r"\b(?:withdr[ae]w\w*|retract\w*|took \w* ?back|takes? \w* ?back|walked back|recant\w*|disavow\w*)\b", re.I
)
RECALLED = re.compile(r"(?:had|earlier|previously)\b", re.I)
JUDGE = re.compile(
    r"\b(?:court|tribunal|jury|judge|inquiry|commission|regulator|ombudsman|coroner|arbitrators?)\b", re.I
)


def make_propositions(document: Document, statements: Sequence[Statement]) -> tuple[Proposition, ...]:
    """What the statements put forward, in order, without vectors."""
    bodies = find_bodies(document)
    names = find_names(document.text)
    context = find_context(document.text, names)
    made: list[Proposition] = []
    for place, statement in enumerate(statements):
        made += _make_some(document, statement, place, bodies, names, context, made)
    passed = _find_passed_on(statements)
    return tuple(replace(p, passed_on=p.statement_id in passed) for p in made)


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
    bodies: Mapping[str, str],
    doc_names: Sequence[str],
    context: frozenset[str],
    before: Sequence[Proposition],
) -> list[Proposition]:
    said = " ".join(span.of(document.text) for span in statement.content)
    begin = min((span.begin for span in (*statement.content, *statement.cue)), default=0)
    root = statement.root
    body = find_body(root, bodies, document.text[:begin])
    cue = " ".join(span.of(document.text) for span in statement.cue)
    core, is_false = find_negation(_trim(said))
    target = _find_target(document, statement, core, body, before)
    rejected = statement.polarity is Polarity.NEGATIVE or (
        bool(statement.stands_for or target)
        and statement.polarity is Polarity.POSITIVE
        and (is_false or _is_dismissal(said, cue))
    )
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
        "named": root.named or body != root.name,
        "via": tuple(link.name for link in statement.chain[:-1]),
        "is_finding": bool(FINDING.search(cue) and JUDGE.search(root.name)),
        "admits": statement.act is Act.CONFIRM,
        "outlet": document.outlet or "",
        "outer": statement.outer,
        "retracts": RETRACTED.search(cue) is not None,
        "recalled": not day and RECALLED.match(cue) is not None,
    }
    if target is not None:
        holds = None if statement.polarity is Polarity.UNKNOWN else (target.holds is not False) != rejected
        stance = _find_stance(statement.act, holds)
        return [replace(target, **shared, holds=holds, stance=stance, points_at=target.points_at or target.id)]
    spans = statement.stands_for or statement.content
    pieces = [_trim(piece) for part in _join(document.text, spans) for piece in iter_pieces(part)]
    if statement.polarity is Polarity.NEGATIVE:
        pieces = [_trim(" ".join(pieces))]
    telling = [piece for piece in pieces if len(find_stems(piece)) >= THIN] or [" ".join(pieces)]
    made = []
    for nth, piece in enumerate(telling):
        text = _fill_subject(piece, body, root, _find_person(document.text[:begin], doc_names, root.name))
        core, negated = find_negation(text)
        holds = None if statement.polarity is Polarity.UNKNOWN else rejected == negated
        names = tuple(dict.fromkeys(_expand(name, doc_names) for name in find_names(core, document.text)))
        agents, patients = _find_parties(core, names)
        proposition = Proposition(
            **shared,
            text=text,
            negated=negated,
            stance=_find_stance(statement.act, holds),
            holds=holds,
            stems=find_stems(core),
            names=names,
            figures=find_figures(core),
            agents=agents,
            patients=patients,
            filled=text != piece,
        )
        made.append(replace(proposition, id=f"{statement.id}/{nth}") if nth else proposition)
    return made


def _find_stance(act: Act, holds: bool | None) -> Stance:
    if act is Act.DECLINE:
        return Stance.DECLINES
    if holds is None or act in (Act.ASK, Act.DEMAND):
        return Stance.UNKNOWN
    return Stance.ASSERTS if holds else Stance.DENIES


def _find_target(
    document: Document, statement: Statement, core: str, body: str, before: Sequence[Proposition]
) -> Proposition | None:
    """The earlier proposition of the document that a content like "it", "the reports" or "to comment" is about."""
    thin = len(find_stems(core)) < THIN and not find_figures(core)
    if not (statement.stands_for or BACKWARD.match(core) or (thin and statement.polarity is not Polarity.POSITIVE)):
        return None
    others = [
        p
        for p in before
        # a request reported inside a statement is not what is denied: that it was made is
        if p.points_at is None and p.holds is not None and len(p.stems) > THIN and not is_same_root(p.body, body)
    ]
    if statement.stands_for:
        words = " ".join(span.of(document.text) for span in statement.stands_for)
        stems = find_stems(words)
        same = [p for p in others if stems and len(stems & p.stems) >= 0.7 * len(stems)]
        others = others[: others.index(same[-1]) + 1] if same else []
    if not others:
        return None
    run = [others[-1]]
    for earlier in reversed(others[:-1]):
        if not is_same_root(earlier.body, run[-1].body):
            break
        run.append(earlier)
    # of what one root said in a row, the fullest wording is what is denied; among equals the first
    return max(run, key=lambda p: (min(3, len(p.names)) + min(8, len(p.stems)), -p.place))


def _is_dismissal(said: str, cue: str) -> bool:
    return DISMISSAL.search(said) is not None or re.search(r"\b(?:dismiss|reject|rubbish)", cue) is not None


def _trim(text: str) -> str:
    text = DATELINE.sub("", text.replace("\n", " ")).strip(" \t\"“”„‘’',.;:")
    return re.sub(r"^(?:that|only that|whether|how)\s+", "", text, flags=re.I)


def _join(text: str, spans: Sequence[Span]) -> list[str]:
    """The pieces of a content; one that goes on in lower case belongs to the one before."""
    parts: list[str] = []
    for span in spans:
        piece = span.of(text)
        if parts and piece.lstrip(' "“')[:1].islower():
            parts[-1] += " " + piece
        else:
            parts.append(piece)
    return parts


def _fill_subject(text: str, body: str, root: Source, other: str) -> str:
    """The content with a name in place of a pronoun that opens it: "we are not in talks" is about who says so.

    What an unnamed source says of "her" is about `other`, the person named last before.
    """
    if BARE_VERB.match(text) and root.span is not None:
        return f"{body} {text}"
    found = SUBJECT.match(text)
    if not found:
        return text
    pronoun = found.group().lower()
    if pronoun in ("he", "she", "his", "her"):
        who = root.name if root.named else other
    elif pronoun in ("i", "my", "we", "our"):
        who = root.name if pronoun in ("i", "my") else body
    elif pronoun in ("it", "its") and root.named:
        who = body
    else:
        who = ""
    rest = re.sub(r"^['’](?:m|ve|re|ll|d|s)\b", "", text[found.end() :])
    return who + ("'s" if pronoun in POSSESSIVE else "") + rest if who else text


def _find_person(before: str, names: Sequence[str], root: str) -> str:
    """The last name of a person before a place in the text, in full, or nothing; a person has two names."""
    near = find_names(before[-400:])
    full = [_expand(name, names) for name in near]
    people = [name for name in full if len(name.split()) == 2 and name != root and not PLACE_OR_BODY.search(name)]
    return people[-1] if people else ""


def _expand(name: str, names: Sequence[str]) -> str:
    """A short form as the document first gives it in full: Norvik is Norvik Foods."""
    words = name.split()
    for full in names:
        longer = full.split()
        if len(longer) > len(words) and (longer[: len(words)] == words or longer[-len(words) :] == words):
            return full
    return name


def _find_parties(core: str, names: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names on the doer's side and on the other: the doers are before the first verb, in a passive behind "by"."""
    places = []
    for name in names:
        words = name.split()
        at = max(core.find(words[0]), core.find(words[-1])) if core.find(words[0]) < 0 else core.find(words[0])
        if at >= 0:
            places.append((at, name.lower()))
    if found := PASSIVE.search(core):
        agents = {name for at, name in places if found.start(1) <= at <= found.start(1) + 12}
        if agents:
            return frozenset(agents), frozenset(name for at, name in places if at < found.start())
    verb = VERB.search(core)
    if verb is None:
        return frozenset(), frozenset()
    # "the plant in Aalborg": what stands behind a preposition does nothing
    doers = {name for at, name in places if at < verb.start() and not PREPOSITION.search(core[:at])}
    return frozenset(doers), frozenset(name for at, name in places if at > verb.start())


def find_context(text: str, names: Sequence[str]) -> frozenset[str]:
    """The names that the document is mostly about, in lower case."""
    counts: Counter[str] = Counter()
    for name in names:
        counts[name.lower()] = text.count(name)
    best = sorted(counts, key=lambda name: (-counts[name], text.lower().find(name)))
    return frozenset(best[:CONTEXT_NAMES])


def _find_passed_on(statements: Sequence[Statement]) -> set[str]:
    """Statements whose content the same document also gives with a longer chain: their root only passes it on."""
    found = set()
    chains = {(s.content, tuple(link.name for link in s.chain)) for s in statements}
    for statement in statements:
        own = tuple(link.name for link in statement.chain)
        if any(c == statement.content and len(n) > len(own) and n[: len(own)] == own for c, n in chains):
            found.add(statement.id)
    return found
