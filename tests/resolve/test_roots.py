"""Who counts as an outlet, and what a pronoun or a short name is taken for."""

from __future__ import annotations

import pytest

from onrecord.records import Source, Span
from onrecord.resolve.bodies import find_body, find_home, find_joint
from onrecord.resolve.phrasing import fill_subject
from onrecord.resolve.roots import is_media


@pytest.mark.parametrize(
    ("root", "outlet"),
    [
        ("the local newspaper", True),
        ("The Observer", True),
        ("Union Press", True),
        ("the international observer mission", False),
        ("a guard at the border post", False),
        ("an internal letter that was seen by Union Press", False),
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
    ("content", "filled"),
    [
        ("it has asked Westmark for tanks", "Eastland has asked Westmark for tanks"),
        ("it was looking for them", "Eastland was looking for them"),
        ("it was Westmark that asked for tanks", "Westmark asked for tanks"),
        ("it was the army's planes", "it was the army's planes"),
        ("it is true that there were tanks", "it is true that there were tanks"),
    ],
)
def test_it_is_the_body_only_where_it_stands_for_one(content: str, filled: str) -> None:
    assert fill_subject(content, "Eastland", Source(Span(0, 8), "Eastland", named=True), "") == filled


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
        ("Johnson and Johnson", ()),
        ("the Department of Health and Human Services", ()),
    ],
)
def test_joint_roots(name: str, bodies: tuple[str, ...]) -> None:
    assert find_joint(name) == bodies
