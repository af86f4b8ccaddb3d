"""The definitions of the statuses, one case each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.records import Stance, Status
from onrecord.resolve.status import Stand, find_history, find_standing, is_given_up

A, D, N = Stance.ASSERTS, Stance.DENIES, Stance.DECLINES


def make_stands(*rows: tuple[str, Stance, str], **flags: set[str]) -> list[Stand]:
    """(root, stance, day) each; `flags` name the roots that a field is true for."""
    return [
        Stand(f"s{n}", root, stance, day, (n,), **{name: root in roots for name, roots in flags.items()})
        for n, (root, stance, day) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "flags", "status", "roots"),
    [
        ([("x", A, "1")], {}, Status.SINGLE_SOURCE, 1),
        ([("x", A, "1"), ("x", A, "2")], {}, Status.SINGLE_SOURCE, 1),
        ([("x", A, "1"), ("y", A, "2")], {}, Status.CORROBORATED, 2),
        ([("x", A, "1"), ("y", N, "2")], {}, Status.SINGLE_SOURCE, 1),
        ([("x", A, "1"), ("y", D, "2")], {}, Status.DISPUTED, 1),
        ([("x", A, "1"), ("y", D, "2"), ("y", A, "3")], {}, Status.CONFIRMED, 2),
        ([("x", A, "1"), ("y", A, "2")], {"own": {"y"}}, Status.CONFIRMED, 2),
        ([("y", A, "1")], {"own": {"y"}}, Status.SINGLE_SOURCE, 1),
        ([("x", A, "1"), ("court", A, "2")], {"settles": {"court"}}, Status.CONFIRMED, 2),
        ([("x", A, "1"), ("x", D, "2")], {}, Status.RETRACTED, 0),
        ([("x", A, "1"), ("y", A, "1"), ("x", D, "2")], {}, Status.SINGLE_SOURCE, 1),
        ([("x", A, "1"), ("y", A, "1"), ("x", D, "2"), ("z", D, "2")], {}, Status.DISPUTED, 1),
        ([("x", A, "1"), ("reports", A, "1")], {"unknown": {"reports"}}, Status.SINGLE_SOURCE, 1),
        ([("reports", A, "1"), ("rumours", A, "1")], {"unknown": {"reports", "rumours"}}, Status.SINGLE_SOURCE, 1),
    ],
)
def test_status(rows: list[tuple[str, Stance, str]], flags: dict[str, set[str]], status: Status, roots: int) -> None:
    standing = find_standing(make_stands(*rows, **flags))
    assert (standing.status, len(standing.asserting)) == (status, roots)


def test_other_figures_of_two_roots_are_a_dispute_and_of_one_a_correction() -> None:
    def stand(n: int, root: str, variant: int) -> Stand:
        return Stand(f"s{n}", root, A, str(n), (n,), variant=variant)

    assert find_standing([stand(1, "x", 0), stand(2, "y", 1)]).status is Status.DISPUTED
    assert find_standing([stand(1, "x", 0), stand(2, "x", 1)]).status is Status.SINGLE_SOURCE


def test_who_admits_the_opposite_gives_a_claim_up() -> None:
    rows = [("x", A, "1"), ("y", D, "2"), ("x", D, "3")]
    assert not is_given_up(make_stands(*rows))
    stands = make_stands(*rows)
    stands[-1] = replace(stands[-1], admits=True)
    assert is_given_up(stands)
    assert not is_given_up(stands[:1] + stands[2:])


def test_history_holds_changes_alone() -> None:
    history = find_history(make_stands(("x", A, "2020-01-01"), ("x", A, "2020-01-02"), ("y", D, "2020-01-03")))
    assert [(change.day, change.status) for change in history] == [
        ("2020-01-01", Status.SINGLE_SOURCE),
        ("2020-01-03", Status.DISPUTED),
    ]
    assert history[-1].statements == ("s1", "s2")


def test_what_has_no_day_counts_last() -> None:
    history = find_history(make_stands(("x", A, "2020-01-01"), ("y", D, "")))
    assert [(change.day, change.status) for change in history] == [
        ("2020-01-01", Status.SINGLE_SOURCE),
        (None, Status.DISPUTED),
    ]


def test_two_readings_of_one_day_are_no_change_of_line() -> None:
    rows = make_stands(("x", A, "1"), ("x", D, "1"), ("y", A, "1"))
    standing = find_standing(rows)
    assert (standing.status, standing.withdrawn) == (Status.CORROBORATED, frozenset())
    turned = find_standing([replace(row, turns=row.stance is D) for row in rows])
    assert (turned.status, turned.withdrawn) == (Status.SINGLE_SOURCE, {("x", A)})
    recalled = find_standing([replace(row, recalled=row.stance is D and row.root == "x") for row in rows])
    assert recalled.withdrawn == {("x", D)}
