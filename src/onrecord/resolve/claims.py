"""Edges to claims. A claim is a cluster of statements, its positions and its status follow from them.

Everything here is a function of a cluster and its edges, sorted first: the order of arrival leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from onrecord.extract.gender import find_gender_of_person
from onrecord.ids import make_id
from onrecord.records import Claim, Edge, Position, Stance
from onrecord.resolve.base import Cluster, Proposition
from onrecord.resolve.match import has_other_figures, is_flipped, is_retold, takes_back
from onrecord.resolve.phrasing import has_verb
from onrecord.resolve.roots import (
    Mouths,
    find_mouths,
    find_tokens,
    group_roots,
    is_media,
    is_same_root,
    is_unknown,
)
from onrecord.resolve.status import SIDES, Stand, find_history, find_standing, is_given_up

RIVAL = -1  # the variant of what stands on another claim
FEWEST = 4  # stems of what needs no verb to be a claim: "the end of the strike at Halden"


def make_claims(
    by_id: Mapping[str, Proposition], clusters: Iterable[Cluster], edges: Iterable[Edge], *, copies: Mapping[str, str]
) -> tuple[Claim, ...]:
    """The claims of clusters. `edges` are all those inside of them, and those that lead out to other figures for the
    same thing, `by_id` all at their ends; `copies` leads from a document to its original."""
    gathered = [_Gathered([by_id[i] for i, _ in cluster]) for cluster in clusters]
    home = {p.id: one for one in gathered for p in one.members}
    for edge in edges:
        left, right = home.get(edge.left), home.get(edge.right)
        if left is not None and left is right:
            left.edges.append(edge)
        elif leads_out(edge):
            for one, own, other in ((left, edge.left, edge.right), (right, edge.right, edge.left)):
                if one is not None and takes_back(edge):
                    if by_id[other].retracts:
                        one.taken_back[other] = (by_id[other], own)
                elif one is not None and by_id[other].holds is True:
                    one.rivals[other] = by_id[other]
    claims = [_make_claim(one, copies) for one in gathered]
    return tuple(sorted((claim for claim in claims if claim), key=lambda claim: claim.id))


@dataclass(slots=True)
class _Gathered:
    """A cluster and the edges inside of it; what elsewhere asserts another figure for the same thing, by id; and what
    elsewhere takes one of its statements back, with the id of that."""

    members: list[Proposition]
    edges: list[Edge] = field(default_factory=list)
    rivals: dict[str, Proposition] = field(default_factory=dict)
    taken_back: dict[str, tuple[Proposition, str]] = field(default_factory=dict)


def _make_claim(gathered: _Gathered, copies: Mapping[str, str]) -> Claim | None:
    members = sorted(gathered.members, key=_find_time)
    wording, affirms = _find_wording(members)
    if wording is None:
        return None
    own = sorted(gathered.edges, key=lambda e: (-e.score, e.left, e.right))
    retold = {frozenset((edge.left, edge.right)) for edge in gathered.edges if is_retold(edge)}
    groups = _find_groups(members, find_mouths(members), retold)
    stands = _find_stands(members, wording, affirms, own, groups)
    if (opposite := _find_opposite(members)) is not None and is_given_up(stands):
        wording, affirms = opposite, False
        stands = _find_stands(members, wording, affirms, own, groups)
    echoes, silent = _find_echoes(members, stands, groups)
    heard = [(p, stand) for p, stand in zip(members, stands, strict=True) if stand.statement not in silent]
    rivals = _find_rivals(members, sorted(gathered.rivals.values(), key=_find_time))
    withdrawals = [_take_back(p, groups[said]) for _, (p, said) in sorted(gathered.taken_back.items())]
    voices = [*(stand for _, stand in heard), *rivals.values(), *withdrawals]
    standing = find_standing(voices)
    variants = {p.id for p, stand in zip(members, stands, strict=True) if stand.variant}
    worded = [p.text for p in members if p.id in variants] + [gathered.rivals[i].text for i in rivals]
    claim_id = make_id("c", members[0].id)
    documents = tuple(dict.fromkeys(p.document_id for p in members))
    return Claim(
        id=claim_id,
        text=wording.text,
        status=standing.status,
        positions=_make_positions(claim_id, heard, standing.withdrawn),
        independent_roots=len(set(standing.asserting) - {rival.root for rival in rivals.values()}),
        documents=documents,
        variants=tuple(dict.fromkeys(worded)),
        history=find_history(voices),
        copies=tuple(document for document in documents if document in copies),
        echoes=tuple(sorted(echoes)),
    )


def leads_out(edge: Edge) -> bool:
    """Whether an edge counts beyond the claims that its ends are on."""
    return has_other_figures(edge) or takes_back(edge)


def _take_back(p: Proposition, root: str) -> Stand:
    order = (True, p.document_id, p.place)
    return Stand(statement=p.statement_id, root=root, stance=Stance.DENIES, day=p.day, order=order, turns=True)


def _find_rivals(members: Sequence[Proposition], rivals: Sequence[Proposition]) -> dict[str, Stand]:
    """What roots that have no part in a claim assert against it, by the id of who asserts another figure."""
    if not rivals:
        return {}
    everybody = [*members, *rivals]
    groups = group_roots(everybody, find_mouths(everybody))
    outlets = sorted({p.outlet for p in everybody if p.outlet})
    own = {groups[p.id] for p in members}
    return {
        p.id: Stand(
            statement=p.statement_id,
            root=groups[p.id],
            stance=Stance.ASSERTS,
            day=p.day,
            order=(not p.recalled, p.document_id, p.place),
            recalled=p.recalled,
            variant=RIVAL,
        )
        for p in rivals
        if groups[p.id] not in own and not (p.passed_on or _is_nobody(groups[p.id], outlets))
    }


def _find_stands(
    members: Sequence[Proposition],
    wording: Proposition,
    affirms: bool,
    edges: Sequence[Edge],
    groups: Mapping[str, str],
) -> list[Stand]:
    """What each member does for a claim of this wording; `edges` are the strongest first."""
    sides = _find_sides(wording.id, edges, affirms)
    variants = _find_variants(wording, members, edges)
    outlets = sorted({p.outlet for p in members if p.outlet})
    nobodies = {root for root in set(groups.values()) if _is_nobody(root, outlets)}
    tellers = _find_tellers(members, groups)
    denied = {
        (groups[p.id], p.document_id)
        for p in members
        if p.points_at is not None and not p.retracts and _turn(p, sides.get(p.id, affirms)) is Stance.DENIES
    }
    return [
        Stand(
            statement=p.statement_id,
            root=groups[p.id],
            stance=_find_stance(p, sides.get(p.id, affirms), denied=(groups[p.id], p.document_id) in denied),
            day=p.day,
            order=(not p.recalled, p.document_id, p.place),
            unknown=groups[p.id] in nobodies or (groups[p.id] in tellers and p.stance is Stance.ASSERTS),
            own=_is_about(groups[p.id], wording) or (p.admits and _confirms_own(p, groups[p.id])),
            admits=p.admits,
            turns=p.admits or p.retracts,
            recalled=p.recalled,
            settles=p.is_finding,
            variant=variants.get(p.id, 0),
        )
        for p in members
    ]


def _find_tellers(members: Sequence[Proposition], groups: Mapping[str, str]) -> set[str]:
    """Who by one page only tells what another root says: what he says by the next is no word of his own."""
    turning = {groups[p.id] for p in members if p.retracts or p.admits}
    told = {(name, groups[p.id]) for p in members if p.stance is Stance.ASSERTS for name in p.via if name[:1].isupper()}
    return {
        teller
        for teller in set(groups.values()) - turning
        if any(root != teller and is_same_root(name, teller) for name, root in told)
    }


def _is_nobody(root: str, outlets: Sequence[str]) -> bool:
    """Whether a root is nobody in particular, or an outlet: neither counts beside somebody."""
    return is_unknown(root) or is_media(root, outlets)


def _find_opposite(members: Sequence[Proposition]) -> Proposition | None:
    """The clearest statement that words the opposite of the claim itself: "the satellite never reached its orbit"."""
    worded = [p for p in members if p.points_at is None and p.stems and p.holds is False and p.negated]
    return min(worded, key=_find_obscurity, default=None)


def _find_groups(members: Sequence[Proposition], mouths: Mouths, retold: Set[frozenset[str]]) -> dict[str, str]:
    """The root of each statement. Only what one has said can one take back, so a retraction by a root that never
    asserted it ("the rescuer" for a man named before) is that of the one root that did."""
    groups = group_roots(members, mouths, retold)
    asserting = {groups[p.id] for p in members if p.stance is Stance.ASSERTS and not p.passed_on}
    for p in members:
        if p.retracts and groups[p.id] not in asserting and len(asserting) == 1:
            groups[p.id] = min(asserting)
    return groups


def _find_wording(members: Sequence[Proposition]) -> tuple[Proposition | None, bool]:
    """The clearest statement, and whether the claim is its affirmative core or the denial that it words itself.

    A negative that was there first, and that somebody denies, is the claim: "no siren went off".
    """
    own = [p for p in members if p.points_at is None and _puts_forward(p)]
    asserted = [p for p in own if p.holds is True]
    denied = [p for p in own if p.holds is False and not p.negated]
    negative = [p for p in own if p.holds is False and p.negated]
    refused = {p.points_at for p in members if p.holds is True and not p.retracts}
    if any(p.id in refused for p in negative) and min([*asserted, *denied, *negative], key=_find_time) in negative:
        asserted = denied = []
    for some, affirms in ((asserted, True), (denied if denied else negative, bool(denied)), (own, True)):
        if some:
            return min(some, key=_find_obscurity), affirms
    return None, True


def _puts_forward(p: Proposition) -> bool:
    """Whether a content by itself is something to be claimed: "A merger" and "the Hong Kong leader" are not."""
    return len(p.stems) >= FEWEST or bool(p.figures) or (bool(p.stems) and has_verb(p.text))


def _find_obscurity(p: Proposition) -> tuple[object, ...]:
    length = len(p.text.split())
    return (
        p.negated,
        (2 if p.filled else 0)
        + (0 if has_verb(p.text) else 2)
        + max(0, 3 - len(p.names))
        + max(0, 6 - length)
        + max(0, length - 16) / 4,
        p.passed_on,
        p.day,
        p.id,
    )


def _find_sides(start: str, edges: Sequence[Edge], affirms: bool) -> dict[str, bool]:
    """For each member whether affirming it affirms the claim: True, or False where an opposite word turns it."""
    sides = {start: affirms}
    todo = [start]
    while todo:
        at = todo.pop(0)
        for edge in edges:
            other = edge.right if edge.left == at else edge.left if edge.right == at else None
            if other is not None and other not in sides:
                sides[other] = sides[at] != is_flipped(edge)
                todo.append(other)
    return sides


def _find_stance(p: Proposition, affirms: bool, *, denied: bool) -> Stance:
    """On which side a statement stands; what a root that has denied the claim adds on the same page says why."""
    stance = _turn(p, affirms)
    return Stance.DENIES if denied and stance in SIDES and not (p.admits or p.recalled) else stance


def _turn(p: Proposition, affirms: bool) -> Stance:
    if p.stance not in SIDES or p.holds is None:
        return p.stance
    return Stance.ASSERTS if p.holds == affirms else Stance.DENIES


def _find_variants(wording: Proposition, members: Sequence[Proposition], edges: Sequence[Edge]) -> dict[str, int]:
    """Members that give other figures than the wording, numbered by what they give."""
    other = {
        edge.right if edge.left == wording.id else edge.left
        for edge in edges
        if wording.id in (edge.left, edge.right) and has_other_figures(edge)
    }
    figures = sorted({tuple((f.unit, f.value) for f in p.figures) for p in members if p.id in other})
    return {p.id: 1 + figures.index(tuple((f.unit, f.value) for f in p.figures)) for p in members if p.id in other}


def _find_echoes(
    members: Sequence[Proposition], stands: Sequence[Stand], groups: Mapping[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Statements that only pass on a report, and those among them that give no root a position of its own.

    The outlet in front of a longer chain, and nobody in particular beside somebody, are silent; a root that another
    page heard already is the same voice again.
    """
    passed = {p.statement_id for p in members if p.passed_on}
    known = {s.stance for s in stands if not s.unknown and s.statement not in passed}
    # nobody in particular has no stand of its own beside somebody, and nobody was asked
    unknown = {s.statement for s in stands if s.unknown and (s.stance in known or s.stance not in SIDES)}
    again, seen = set(), dict[str, str]()
    for p in members:
        first = seen.setdefault(groups[p.id], p.document_id)
        if p.via and first != p.document_id:
            again.add(p.statement_id)
    silent = passed | unknown
    if {p.statement_id for p in members} <= silent:
        silent = set()
    return frozenset(passed | unknown | again), frozenset(silent)


def _is_about(root: str, wording: Proposition) -> bool:
    tokens = find_tokens(root)
    parties = [find_tokens(name) for name in (*wording.agents, *wording.patients)]
    return any(tokens <= party or (party <= tokens and len(tokens) <= len(party) + 1) for party in parties)


def _confirms_own(p: Proposition, root: str) -> bool:
    """Whether what a root confirms is its own matter: a body is asked about its business, a person about anything."""
    return p.filled or _is_about(root, p) or (p.named and not find_gender_of_person(p.body))


def _make_positions(
    claim_id: str, heard: Sequence[tuple[Proposition, Stand]], withdrawn: frozenset[tuple[str, Stance]]
) -> tuple[Position, ...]:
    groups: dict[tuple[str, Stance], list[Proposition]] = defaultdict(list)
    for p, stand in heard:
        groups[stand.root, stand.stance].append(p)
    positions = []
    for (root, stance), said in groups.items():
        days = sorted(p.day for p in said if p.day)
        positions.append(
            Position(
                claim_id=claim_id,
                root=root,
                named=any(p.named for p in said),
                stance=stance,
                statements=tuple(dict.fromkeys(p.statement_id for p in said)),
                documents=tuple(dict.fromkeys(p.document_id for p in said)),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                withdrawn=(root, stance) in withdrawn,
                via=tuple(dict.fromkeys(p.via for p in said if p.via)),
            )
        )
    order = [Stance.ASSERTS, Stance.DENIES, Stance.DECLINES, Stance.UNKNOWN]
    return tuple(sorted(positions, key=lambda p: (order.index(p.stance), p.first or "9", p.root)))


def _find_time(p: Proposition) -> tuple[object, ...]:
    return (p.day or "9", p.document_id, p.place)
