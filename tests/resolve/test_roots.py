"""Who counts as an outlet, and what a pronoun or a short name is taken for."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from onrecord.records import Kind, Source, Span
from onrecord.resolve.base import Proposition
from onrecord.resolve.bodies import find_body, find_home, find_joint, find_mouths
from onrecord.resolve.propositions import make_propositions
from onrecord.resolve.roots import find_mouths as find_speakers
from onrecord.resolve.roots import group_roots, is_media, is_same_root, is_unknown
from tests.factories import make_document
from tests.resolve.pages import make_page


@pytest.mark.parametrize(
    ("root", "outlet"),
    [
        ("the local newspaper", True),
        ("The Observer", True),
        ("Union Press", True),
        ("the international observer mission", False),
        ("a guard at the border post", False),
        ("an internal letter that was seen by Union Press", False),
        ("CNBC", True),
        ("Fox 13", True),
        ("the paper", True),
        ("a paper on seals", False),
    ],
)
def test_outlets(root: str, outlet: bool) -> None:
    assert is_media(root, ()) is outlet


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("Castellan Pharma closed it. Castellan Pharma said so.", "Pharma", "Castellan Pharma"),
        ("The Museo de la Costa was shut, the Museo de la Costa said.", "Costa", "Museo de la Costa"),
        ("Castellan Pharma closed it. Pharma said so.", "Pharma", "Pharma"),
        ("President Konat said so.", "Konat", "Konat"),
        ("The Konat said so.", "Konat", "Konat"),
    ],
)
def test_a_name_that_never_stands_alone_is_completed(text: str, name: str, body: str) -> None:
    begin = text.rindex(name)
    assert find_body(Source(Span(begin, begin + len(name)), name, named=True), {}, text, begin) == body


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("The sirens failed, a resident of Cedar Ridge, Samuel Ochoa, said.", "a resident of Cedar Ridge, Samuel Ochoa",
         "Samuel Ochoa"),
        ("The Foreign Ministry in Minsk said so.", "Foreign Ministry", "Foreign Ministry in Minsk"),
        ("OSLO (NT) - Norway paid nobody, the Foreign Ministry said.", "Foreign Ministry", "Norway's Foreign Ministry"),
    ],
)  # fmt: skip
def test_the_name_behind_a_description(text: str, name: str, body: str) -> None:
    begin = text.index(name)
    end = begin + len(name) + (len(" in Minsk") if " in Minsk" in text else 0)
    found = find_body(Source(Span(begin, end), name, named=name[0].isupper()), {}, text, begin)
    assert found.removeprefix("The ") == body


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("OSLO (NT) - Two Norwegian engineers are free.", "Norway"),
        ("STOCKHOLM - China was asked for arms.", ""),
        ("Two free\n\nNepal's regulator stopped it.", "Nepal"),
        ("A transfer order names a company in Cyprus.", ""),
    ],
)
def test_where_a_page_is_at_home(text: str, home: str) -> None:
    assert find_home(text) == home


@pytest.mark.parametrize(
    ("name", "bodies"),
    [
        ("Norway and the Philippines", ("Norway", "Philippines")),
        ("the foreign ministries of Ghana and Tamsara", ("Ghana", "Tamsara")),
        ("the Kremlin and the Chinese Foreign Ministry", ("Kremlin", "Chinese Foreign Ministry")),
        ("Ann Lee, Bo Ek and Cy Moe", ("Ann Lee", "Bo Ek", "Cy Moe")),
        ("two analysts, Ann Lee and Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Johnson and Johnson", ()),
        ("the Department of Health and Human Services", ()),
    ],
)
def test_joint_roots(name: str, bodies: tuple[str, ...]) -> None:
    assert find_joint(name) == bodies


def test_the_company_from_a_town_is_the_one_that_the_page_is_about() -> None:
    text = (
        "Two million rows of Salvo data are for sale, Wirewatch reports, citing Nightjar, which had them. "
        "The company from Porto rejects the report. Salvo was fined in 2020, and Salvo paid."
    )
    begin = text.index("The company")
    root = Source(Span(begin, begin + 22), "the company from Porto", named=False)
    assert find_body(root, {}, text, begin) == "Salvo"


def test_whether_opens_no_name_of_a_person() -> None:
    text = "The maker Velaro is recalling its bike, said Koen Maes, the chief executive. Whether Velaro knew is open."
    begin = text.index("Koen")
    assert find_body(Source(Span(begin, begin + 9), "Koen Maes", named=True), {}, text, begin) == "Koen Maes"
    document = make_document(text)
    assert find_mouths(document) == {"koen maes": "Velaro"}


def test_the_ministry_of_a_country_is_one_under_its_names() -> None:
    assert is_same_root("Zambia's Water Ministry", "the Water Ministry")
    assert is_same_root("the country's Water Ministry", "Water Ministry")


@pytest.mark.parametrize(
    "root", ["45 percent of voters", "two in three", "85% of drivers", "many", "some people", "you"]
)
def test_a_share_of_a_crowd_is_nobody_in_particular(root: str) -> None:
    assert is_unknown(root)


@pytest.mark.parametrize("root", ["some officials", "one of two officials", "both companies", "two people"])
def test_a_few_who_are_told_of_are_somebody(root: str) -> None:
    assert not is_unknown(root)


def test_officials_without_a_name_are_those_of_a_country_that_another_page_calls_so() -> None:
    assert is_same_root("unnamed officials", "American officials")
    assert not is_same_root("unnamed officials", "an unnamed diplomat")


def test_one_letter_more_makes_no_other_name() -> None:
    assert is_same_root("Dornella Moe", "Dornnella Moe")
    assert not is_same_root("Maria Lopez", "Mario Lopez")
    assert not is_same_root("Dornella", "Dornnella")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Mosuli", "Mosuli"),
        ("Ministry of Interior (MoI)", "Interior Ministry"),
        ("SITE Intel Group", "SITE Intelligence Group"),
        ("ISIS", "Islamic State militants"),
        ("IS fighters", "ISIL"),
        ("F.B.I.", "Federal Bureau of Investigation"),
        ("Ivan Kovalyov", "Ivan Kovalev"),
        ("Kim Jong-un", "Kim Jong Un"),
    ],
)
def test_one_name_in_other_spellings(one: str, other: str) -> None:
    assert is_same_root(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the author who is ill", "the World Health Organization"),
        ("Jan Kovar", "Petr Kovar"),
        ("Mali", "Malta"),
        ("Mr. Clinton", "Mrs. Clinton"),
        ("Captain Smith", "Judge Smith"),
        ("US", "Ursula Simon"),
        ("EU", "Emma Ullmann"),
        ("MEP", "Maria Elena Perez"),
        ("Bank of Niger", "Bank of Nigeria"),
        ("Maria Martin", "Maria Martinez"),
        ("Maria Elena Martin", "Maria Elena Martinez"),
        ("Victor Beckham", "Victoria Beckham"),
        ("Liberal Party (Australia)", "Liberal Party (Canada)"),
        ("Interior Ministry (Ukraine)", "Interior Ministry (Russia)"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert not is_same_root(one, other)


WORDS = "I would rather have burnt the whole cargo than sold a single crate"
SHORT = "the port was asked for fuel by the ship"


def make_members(*said: tuple[str, str, str, Kind]) -> list[Proposition]:
    return [
        p
        for address, root, content, kind in said
        for p in make_propositions(*make_page(address, f"{content}.", "2024-05-02", root, content, kind=kind))
    ]


@pytest.mark.parametrize(("kind", "one", "other", "count"), [
    (Kind.DIRECT, WORDS, WORDS, 1),
    (Kind.DIRECT, WORDS, f"They were told: {WORDS} of it", 1),
    (Kind.DIRECT, WORDS, "I would have sold the cargo at once", 2),
    (Kind.INDIRECT, WORDS, WORDS, 1),  # one report, rewritten
    (Kind.INDIRECT, SHORT, SHORT, 2),  # what two are reported to have said they may both have said
])  # fmt: skip
def test_who_says_the_same_words_on_two_pages_is_one(kind: Kind, one: str, other: str, count: int) -> None:
    members = make_members(("a.txt", "the captain", one, kind), ("b.txt", "Ann Lee", other, kind))
    assert len(set(group_roots(members, find_speakers(members)).values())) == count


def test_who_says_words_together_on_one_page_stays_two() -> None:
    pages = [("a.txt", "the captain"), ("a.txt", "Ann Lee"), ("b.txt", "the captain"), ("b.txt", "Ann Lee")]
    members = [
        replace(p, id=f"s{n}")
        for n, (address, root) in enumerate(pages)
        for p in make_members((address, root, WORDS, Kind.DIRECT))
    ]
    assert set(group_roots(members, find_speakers(members)).values()) == {"the captain", "Ann Lee"}


def test_who_is_quoted_twice_with_the_same_words_on_one_page_is_one() -> None:
    quoted = make_members(("a.txt", "the captain", WORDS, Kind.DIRECT), ("a.txt", "Ann Lee", WORDS, Kind.DIRECT))
    members = [replace(p, id=f"s{n}", statement_id=f"s{n}") for n, p in enumerate(quoted)]
    assert len(set(group_roots(members, find_speakers(members)).values())) == 1
    told = [replace(p, quoted=False) for p in members]
    assert len(set(group_roots(told, find_speakers(told)).values())) == 2
    both = [replace(p, statement_id="s0") for p in members]
    assert len(set(group_roots(both, find_speakers(both)).values())) == 2


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("a nurse", "the nurse who was on duty", 1),
        ("the young bride", "the woman", 1),
        ("the young bride", "the man", 2),
        ("a woman", "Andrea Moe", 1),
        ("a woman", "Peter Moe", 2),
        ("a nurse", "a driver", 2),
        ("a senior official", "Andrea Moe", 2),
        ("two women", "Andrea Moe", 2),
        ("a woman", "Westmark", 2),
        ("the woman's lawyer", "Andrea Moe", 2),
        ("the militant group", "Peter Moe", 2),
        ("a spokesman for the suspect", "Peter Moe", 2),
        ("the father of a student", "Andrea Moe", 2),
    ],
)
def test_whom_one_page_only_describes_may_be_whom_the_other_names(one: str, other: str, count: int) -> None:
    said = make_members(("a.txt", one, SHORT, Kind.INDIRECT), ("b.txt", other, SHORT, Kind.INDIRECT))
    members = [replace(p, named=p.root[0].isupper()) for p in said]
    assert len(set(group_roots(members, find_speakers(members)).values())) == count


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (("a a woman", "b Andrea Moe", "c Lena Holt"), 3),
        (("a a woman", "b a nurse", "b Andrea Moe"), 3),
        (("a a woman", "b the bride", "b the nurse"), 3),
        (("a a guest", "b a woman", "c Andrea Moe", "d Peter Holt"), 4),
        (("a a nurse", "b the nurse on duty", "c the nurse", "d a driver"), 2),
        (("a a nurse", "b the nurse on duty", "b the young nurse"), 3),
    ],
)
def test_a_description_that_fits_two_is_neither_in_any_order(rows: tuple[str, ...], count: int) -> None:
    said = [(f"{row[0]}.txt", row[2:], f"{SHORT} {'of' * n}", Kind.INDIRECT) for n, row in enumerate(rows)]
    pages = zip(make_members(*said), rows, strict=True)
    members = [replace(p, named=p.root[0].isupper(), document_id=row[0]) for p, row in pages]
    for some in permutations(members):
        assert len(set(group_roots(some, find_speakers(some)).values())) == count


def test_one_person_is_one_voice_whomever_two_pages_let_her_speak_for() -> None:
    members = make_members(
        ("a.txt", "Maria Lopez", SHORT, Kind.INDIRECT), ("b.txt", "Maria Lopez", SHORT, Kind.INDIRECT)
    )
    members = [replace(p, body=body) for p, body in zip(members, ("the port of Halden", "Westmark"), strict=True)]
    assert len(set(group_roots(members, find_speakers(members)).values())) == 1
    members = [replace(p, root="Foreign Ministry") for p in members]
    assert len(set(group_roots(members, find_speakers(members)).values())) == 2
