"""Statements on one matter to a claim: which of them words it, and on which side each stands."""

from __future__ import annotations

import pytest

from onrecord.records import Act, Claim, Edge, Kind, Part, Polarity, Relation, Stance, Status
from onrecord.resolve.claims import make_claims
from onrecord.resolve.clusters import find_clusters
from onrecord.resolve.propositions import make_propositions
from tests.factories import make_document, make_statement
from tests.resolve.pages import match_propositions

DENIES = {"polarity": Polarity.NEGATIVE, "act": Act.DENY}


def resolve_all(text: str, *rows: tuple[str, str, str, dict[str, object]]) -> tuple[Claim, ...]:
    """The claims of a page of (root, cue, content, fields) rows."""
    document = make_document(text)
    statements = [make_statement(document, what, chain=(who,), cue=cue, **more) for who, cue, what, more in rows]
    by_id = {p.id: p for p in make_propositions(document, statements)}
    return make_claims(by_id, find_clusters(by_id, ()), (), copies={})


def resolve(text: str, *rows: tuple[str, str, str, dict[str, object]], joined: tuple[int, int] | None = None) -> Claim:
    """The first claim of a page of (root, cue, content, fields) rows; the propositions `joined` are on one matter."""
    document = make_document(text)
    statements = [make_statement(document, what, chain=(who,), cue=cue, **more) for who, cue, what, more in rows]
    made = make_propositions(document, statements)
    edges = [edge for at, p in enumerate(made) for q in made[:at] if (edge := match_propositions(p, q))]
    if joined:
        left, right = sorted(made[at].id for at in joined)
        edges.append(Edge(left, right, Relation.SAME_CLAIM, 0.9, (), decided_by="test"))
    by_id = {p.id: p for p in made}
    claims = make_claims(by_id, find_clusters(by_id, edges), edges, copies={})
    (claim,) = (claim for claim in claims if made[0].id in find_statements(claim))
    return claim


def find_statements(claim: Claim) -> set[str]:
    """The statements of all positions."""
    return {statement for position in claim.positions for statement in position.statements}


def find_sides(claim: Claim) -> dict[str, list[Stance]]:
    """The stances of each root."""
    sides: dict[str, list[Stance]] = {}
    for position in claim.positions:
        sides.setdefault(position.root, []).append(position.stance)
    return sides


def test_a_negative_that_was_said_first_and_is_denied_is_the_claim() -> None:
    claim = resolve(
        "The sirens in Cedar Ridge did not sound, Beth Cole said. The county denied that.",
        ("Beth Cole", "said", "The sirens in Cedar Ridge did not sound", {}),
        ("The county", "denied", "that", DENIES),
    )
    assert claim.text == "The sirens in Cedar Ridge did not sound"
    assert find_sides(claim) == {"Beth Cole": [Stance.ASSERTS], "The county": [Stance.DENIES]}
    assert claim.status is Status.DISPUTED


def test_what_a_root_adds_to_its_denial_is_part_of_it() -> None:
    claim = resolve(
        "Ballots in Port-Vieux were counted twice, Ida Roy said. The board denied that. "
        '"Every ballot in Port-Vieux was counted once," the board said.',
        ("Ida Roy", "said", "Ballots in Port-Vieux were counted twice", {}),
        ("The board", "denied", "that", DENIES),
        ("the board", "said", "Every ballot in Port-Vieux was counted once", {"kind": Kind.DIRECT}),
        joined=(0, 2),
    )
    assert find_sides(claim) == {"Ida Roy": [Stance.ASSERTS], "The board": [Stance.DENIES]}


def test_a_withdrawal_alone_tells_of_the_assertion() -> None:
    claim = resolve(
        "The engineer who had said that the wall has shifted by a metre has taken it back.",
        ("the engineer", "had said", "that the wall has shifted by a metre", {}),
    )
    assert claim.status is Status.RETRACTED
    assert [p.withdrawn for p in claim.positions if p.stance is Stance.ASSERTS] == [True]


def test_a_thing_alone_is_no_claim() -> None:
    claims = resolve_all(
        "Moe criticised the harbour master. Lind called for the end of the strike at Halden harbour. "
        "Ek said that he left.",
        ("Moe", "criticised", "the harbour master", {}),
        ("Lind", "called for", "the end of the strike at Halden harbour", {}),
        ("Ek", "said", "that he left", {}),
    )
    assert {claim.text for claim in claims} == {"the end of the strike at Halden harbour", "Ek left"}


def test_another_figure_on_another_claim_disputes_it() -> None:
    document = make_document("40 people died, the harbour office said. 63 people died, the union said.")
    rows = (("the harbour office", "40 people died"), ("the union", "63 people died"))
    statements = [make_statement(document, what, chain=(who,), cue="said") for who, what in rows]
    office, union = make_propositions(document, statements)
    edge = Edge(*sorted((office.id, union.id)), Relation.CONTRADICTS, 0.35, (Part("figures", -1.0),), decided_by="test")
    by_id = {p.id: p for p in (office, union)}
    apart = [((p.id, 0),) for p in (office, union)]
    for claim in make_claims(by_id, apart, [edge], copies={}):
        assert claim.status is Status.DISPUTED
        assert claim.independent_roots == 1
        assert len(claim.positions) == 1
        assert set(claim.variants) | {claim.text} == {"40 people died", "63 people died"}
        assert set(claim.history[-1].statements) == {s.id for s in statements}


def test_who_gives_two_figures_disputes_neither() -> None:
    document = make_document("40 people died, the harbour office said. 63 people died, the harbour office said.")
    statements = [
        make_statement(document, what, chain=("the harbour office",), cue="said")
        for what in ("40 people died", "63 people died")
    ]
    first, second = make_propositions(document, statements)
    edge = Edge(*sorted((first.id, second.id)), Relation.CONTRADICTS, 0.35, (Part("figures", -1.0),), decided_by="t")
    claims = make_claims({p.id: p for p in (first, second)}, [((first.id, 0),), ((second.id, 0),)], [edge], copies={})
    assert {claim.status for claim in claims} == {Status.SINGLE_SOURCE}


@pytest.mark.parametrize(
    ("chain", "status"),
    [
        (("Moe", "Lind"), Status.SINGLE_SOURCE),
        (("Roe", "Lind"), Status.CORROBORATED),
    ],
)
def test_who_tells_by_one_page_what_another_root_says_is_no_second_voice(
    chain: tuple[str, ...], status: Status
) -> None:
    said = [("the port of Halden is closed", chain), ("the port of Halden was closed", ("Moe",))]
    made = []
    for address, (content, links) in zip("ab", said, strict=True):
        document = make_document(f"It rains. {content}.", address=address)
        made += make_propositions(document, [make_statement(document, content, chain=links)])
    edge = Edge(*sorted(p.id for p in made), Relation.SAME_CLAIM, 0.9, (), decided_by="test")
    by_id = {p.id: p for p in made}
    (claim,) = make_claims(by_id, find_clusters(by_id, [edge]), [edge], copies={})
    assert claim.status is status
    expected = {"Lind"} if status is Status.SINGLE_SOURCE else {"Lind", "Moe"}
    assert {position.root for position in claim.positions} == expected
