"""A document's statements as propositions: what each puts forward, for whom, on which side. Looks at one document alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.records import Act, Document, Polarity, Stance, Statement
from onrecord.resolve.base import Proposition, Vector
from onrecord.resolve.roots import find_bodies, find_body, find_tokens
from onrecord.resolve.wording import DISMISSAL, find_figures, find_names, find_negation, find_stems

CONTEXT_NAMES = 5
SUBJECT = re.compile(r"^(?:he|she|it|they|we|i|our|its|their|his|my)\b", re.I)
POSSESSIVE = frozenset(["our", "its", "their", "his", "my"])
BARE_VERB = re.compile(r"^(?:having|ever having|to|being|doing|any)\s", re.I)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being)\s(?:\w+ly\s)?\w+(?:ed|en|n|t)\b.*?\bby\s(?:the\s)?(.+)", re.I
)
THIN = 2  # stems: a content with fewer means something only by what it points to
BACKWARD = re.compile(
    r"^(?:this|that|it|these|those|so|(?:the|this|these|those|all|any|such|both) (?:\w+ )?(?:reports?|allegations?|claims?|"
    r"accusations?|charges?|rumou?rs?|account|story|stories|matter|figures?|findings?|statements?|version|suggestions?)"
    r"|(?:to |on )?comment(?: on .{0,30})?|a request for comment|(?:our|the|any) questions?|to (?:comment|answer|respond).{0,40})\W*$",
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


def make_propositions(
    document: Document, statements: Sequence[Statement], vectors: Mapping[str, Vector] | None = None
) -> tuple[Proposition, ...]:
    """One proposition for each statement, in order. `vectors` are those of `find_wordings`, by statement id."""
    bodies = find_bodies(document)
    names = find_names(document.text)
    context = find_context(document.text, names)
    made: list[Proposition] = []
    for place, statement in enumerate(statements):
        proposition = _make_one(document, statement, place, bodies, names, context, made)
        made.append(proposition)
    passed = _find_passed_on(statements)
    return tuple(replace(p, passed_on=p.id in passed, vector=(vectors or {}).get(p.points_at or p.id)) for p in made)


def find_wordings(propositions: Sequence[Proposition]) -> dict[str, str]:
    """The texts to embed, by statement id; those that only point at another need none of their own."""
    return {p.id: p.text for p in propositions if p.points_at is None and p.stems}


def _make_one(
    document: Document,
    statement: Statement,
    place: int,
    bodies: Mapping[str, str],
    doc_names: Sequence[str],
    context: frozenset[str],
    before: Sequence[Proposition],
) -> Proposition:
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
    shared = {
        "id": statement.id,
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
        "retracts": RETRACTED.search(cue) is not None,
        "recalled": not day and RECALLED.match(cue) is not None,
    }
    if target is not None:
        holds = None if statement.polarity is Polarity.UNKNOWN else (target.holds is not False) != rejected
        return replace(
            target,
            **shared,
            holds=holds,
            stance=_find_stance(statement.act, holds),
            points_at=target.points_at or target.id,
        )  # type: ignore[arg-type]
    text = " ".join(span.of(document.text) for span in statement.stands_for) if statement.stands_for else said
    text = _fill_subject(_trim(text), body)
    core, negated = find_negation(text)
    holds = None if statement.polarity is Polarity.UNKNOWN else rejected == negated
    names = tuple(dict.fromkeys(_expand(name, doc_names) for name in find_names(core)))
    agents, patients = _find_parties(core, names)
    return Proposition(
        **shared,  # type: ignore[arg-type]
        text=text,
        negated=negated,
        stance=_find_stance(statement.act, holds),
        holds=holds,
        stems=find_stems(core),
        names=names,
        figures=find_figures(core),
        agents=agents,
        patients=patients,
    )


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
    own = find_tokens(body)
    others = [p for p in before if p.points_at is None and len(p.stems) > THIN and find_tokens(p.body) != own]
    if statement.stands_for:
        words = " ".join(span.of(document.text) for span in statement.stands_for)
        stems = find_stems(words)
        same = [p for p in others if stems and len(stems & p.stems) >= 0.7 * len(stems)]
        others = others[: others.index(same[-1]) + 1] if same else []
    if not others:
        return None
    run = [others[-1]]
    for earlier in reversed(others[:-1]):
        if find_tokens(earlier.body) != find_tokens(run[-1].body):
            break
        run.append(earlier)
    # of what one root said in a row, the fullest wording is what is denied; among equals the first
    return max(run, key=lambda p: (min(3, len(p.names)) + min(8, len(p.stems)), -p.place))


def _is_dismissal(said: str, cue: str) -> bool:
    return DISMISSAL.search(said) is not None or re.search(r"\b(?:dismiss|reject|rubbish)", cue) is not None


def _trim(text: str) -> str:
    text = text.replace("\n", " ").strip(" \t\"“”„‘’',.;:")
    return re.sub(r"^(?:that|only that|whether|how)\s+", "", text, flags=re.I)


def _fill_subject(text: str, body: str) -> str:
    """The content with its root in place of a pronoun that opens it: "we are not in talks" is about who says so."""
    if found := SUBJECT.match(text):
        who = body + ("'s" if found.group().lower() in POSSESSIVE else "")
        return who + text[found.end() :]
    return f"{body} {text}" if BARE_VERB.match(text) else text


def _expand(name: str, names: Sequence[str]) -> str:
    """A short form as the document first gives it in full: Norvik is Norvik Foods."""
    words = name.split()
    for full in names:
        longer = full.split()
        if len(longer) > len(words) and (longer[: len(words)] == words or longer[-len(words) :] == words):
            return full
    return name


def _find_parties(core: str, names: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names on the doer's side and on the other: the doer comes first, in a passive behind "by"."""
    places = [(at, name) for name in names if (at := core.find(name.split()[0])) >= 0] or [
        (at, name) for name in names if (at := core.find(name.split()[-1])) >= 0
    ]
    places.sort()
    if found := PASSIVE.search(core):
        agents = {name.lower() for at, name in places if found.start(1) <= at <= found.start(1) + 12}
        if agents:
            return frozenset(agents), frozenset(n.lower() for at, n in places if at < found.start())
    if not places or len(core[: places[0][0]].split()) > 3:
        return frozenset(), frozenset(name.lower() for _, name in places)
    return frozenset({places[0][1].lower()}), frozenset(name.lower() for _, name in places[1:])


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
