"""Numbers in a text, and what each counts."""

from __future__ import annotations

import pytest

from onrecord.resolve.figures import find_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Twelve miners died", [(12, "miner")]),
        ("about 2.6 billion euros", [(2.6e9, "euro")]),
        ("twenty-one houses and 1,400 cars", [(21, "hous"), (1400, "car")]),
        ("It began in 2018", []),
        ("158 measles cases in the county", [(158, "cas")]),
        ("158 cases of measles in the county", [(158, "cas")]),
        ("a quarter of a million people marched", [(250_000, "person")]),
        ("half a million pounds", [(500_000, "pound")]),
        ("£84 million", [(84e6, "pound")]),
        ("60,000 demonstrators on Saturday", [(60_000, "person")]),
        ("12 dead and 30 injured", [(12, "person"), (30, "injur")]),
        ("a bus and three other vehicles", [(3, "vehicl")]),
        ("the number of fires was four", [(4, "fir")]),
        ("eleven thousand were evacuated", [(11_000, "evacuat")]),
        ("the first half of the match", []),
        ("at half past nine", []),
    ],
)
def test_figures(text: str, figures: list[tuple[float, str]]) -> None:
    assert [(f.value, f.unit) for f in find_figures(text)] == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("half of all regional trains were cancelled", [(50, "percent train", True)]),
        ("two thirds of the voters", [(66.7, "percent voter", True)]),
        ("a quarter of its staff", [(25, "percent worker", True)]),
        ("12 percent of its regional trains", [(12, "percent train", False)]),
        ("nearly 45% of voters", [(45, "percent voter", True)]),
        ("Turnout was 61 percent", [(61, "percent", False)]),
        ("5 percent more pay", [(5, "percent more", False)]),
    ],
)
def test_shares_are_percent_of_something(text: str, figures: list[tuple[float, str, bool]]) -> None:
    assert [(round(f.value, 1), f.unit, f.rough) for f in find_figures(text)] == figures
