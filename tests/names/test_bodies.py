from __future__ import annotations

import time

import pytest

from onrecord.names import SAME, Body, find_body, match_bodies


def unnamed(words: str) -> Body:
    return find_body(words, named=False)


CHINA = [
    find_body("China"),
    find_body("Beijing"),
    find_body("Chinese Foreign Ministry"),
    find_body("China's foreign ministry"),
    find_body("Zhao Lijian", "Chinese Foreign Ministry spokesman"),
    find_body("Zhao Lijian", "foreign ministry spokesman", place="Beijing"),
    find_body("Wang Yi", "Chinese foreign minister"),
    find_body("the Chinese government"),
    unnamed("a Chinese foreign ministry spokeswoman"),
    unnamed("a spokesman for the Chinese Foreign Ministry"),
]
OTHERS = [
    ("Chinese officials are a group", unnamed("Chinese officials"), find_body("China")),
    ("an official is not the department", unnamed("a State Department official"), find_body("State Department")),
    ("another state", find_body("Moscow"), find_body("Beijing")),
    ("a president is a person", find_body("Vladimir Putin", "Russian president"), find_body("Kremlin")),
    ("the army is not the government", find_body("Russian Defense Ministry"), find_body("Kremlin")),
    ("namesakes", find_body("John Smith", "spokesman for Ford"), find_body("John Smith", "spokesman for Google")),
    ("heads", find_body("John Smith", "chief executive of Acme"), find_body("John Smith", "president of Delta Union")),
    ("surname alone", find_body("Smith"), find_body("John Smith")),
    ("former office", find_body("Jay Carney", "former White House press secretary"), find_body("White House")),
    ("which ministry", find_body("Foreign Ministry"), find_body("Chinese Foreign Ministry")),
    ("two groups", unnamed("two US officials"), unnamed("European diplomats")),
]
ONES = [
    ("Kremlin", find_body("Dmitry Peskov", "Kremlin spokesman"), find_body("Moscow")),
    ("company", unnamed("a Google spokeswoman"), find_body("Google")),
    ("agency", find_body("AP"), find_body("The Associated Press")),
    ("offices", find_body("Ann Lee", "prime minister"), find_body("Ann Lee", "former foreign minister")),
    ("union", find_body("Brussels"), find_body("the EU")),
    ("groups", unnamed("two U.S. officials"), unnamed("American officials")),
    ("minister", find_body("Sergei Shoigu", "Russian defence minister"), find_body("Russian Defense Ministry")),
    ("Pentagon", find_body("Pentagon"), find_body("John Kirby", "Pentagon press secretary")),
    ("person", find_body("Volodymyr Zelensky", "Ukrainian president"), find_body("Wolodymyr Selenskyj")),
    ("role in one only", find_body("Dmitry Peskov", "Kremlin spokesman"), find_body("Dmitri Peskow")),
]


def test_all_voices_of_a_foreign_ministry_are_one_body() -> None:
    assert {body.key for body in CHINA} == {"government:CN"}


@pytest.mark.parametrize(("what", "left", "right"), ONES)
def test_one_body(what: str, left: Body, right: Body) -> None:
    assert match_bodies(left, right).score >= SAME


@pytest.mark.parametrize(("what", "left", "right"), OTHERS)
def test_kept_apart(what: str, left: Body, right: Body) -> None:
    match = match_bodies(left, right)
    assert match.score < SAME
    assert match == match_bodies(right, left) or match.score == match_bodies(right, left).score
    assert all(part.reason for part in match.parts)


def test_a_person_stays_a_name_behind_the_body() -> None:
    body = find_body("Dmitry Peskov", "Kremlin spokesman")
    assert (body.person, body.name) == ("Dmitry Peskov", "government of Russia")
    assert [part.reason for part in body.parts] == ["as Kremlin spokesman", "Kremlin is its seat"]


def test_a_head_of_state_keeps_the_government_as_parent() -> None:
    body = find_body("Olaf Scholz", "German chancellor")
    assert (body.kind, body.parent) == ("named", "government:DE")


def test_look_ups_are_fast_enough_for_a_ledger() -> None:
    begin = time.perf_counter()
    for _ in range(10):
        for k in range(500):
            find_body(f"Person {k}", "Kremlin spokesman")
    assert time.perf_counter() - begin < 5
