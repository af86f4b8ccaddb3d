from __future__ import annotations

import pytest

from onrecord.records import Source, Span
from onrecord.resolve.affiliations import find_affiliations
from onrecord.resolve.bodies import find_body


def find(text: str, *sources: tuple[str, bool]) -> dict[str, str]:
    """Whom the sources of a text, named or not, speak for; a body stays as it is worded."""
    links = [Source(Span(text.index(name), text.index(name) + len(name)), name, named) for name, named in sources]
    return find_affiliations(text, links, lambda said, _: said.removeprefix("the ").removesuffix("'s"))


@pytest.mark.parametrize(
    ("text", "body", "person", "wanted"),
    [
        ("The water board in Ostrell found lead, its head, Dr. Mara Lenz, said.", None, "Mara Lenz",
         "water board in Ostrell"),
        ("The union says nobody was paid. “Not a cent,” says its secretary in the north, Pavel Orsic.", "union",
         "Pavel Orsic", "union"),
        ("The Institute for Sea Research says the eels died of heat, biologist Sara Nunes said.",
         "Institute for Sea Research", "Sara Nunes", "Institute for Sea Research"),
        ("FC Marnau suspended its keeper. FC Marnau lost. “He was late,” coach Dario Simic said.", None, "Dario Simic",
         "FC Marnau"),
        ("The zoo says the wolf never left. Curator Lena Fisk said the fence was whole.", "zoo", "Lena Fisk", "zoo"),
        ("The election board put turnout at 61. Board chairman Dele Okoro said the count was complete.",
         "election board", "Dele Okoro", "election board"),
        ("Felix Amaro, head of the port authority, said so.", None, "Felix Amaro", "port authority"),
        ("Nora Quill, who heads the nurses' union, said so.", None, "Nora Quill", "nurses' union"),
        ("The Kalmer bank denies it. Chief financial officer Ruth Avery said every account was audited.",
         "Kalmer bank", "Ruth Avery", "Kalmer bank"),
        ("Radio Tolm quoted Interior Ministry spokesman Amir Haddad as saying so.", None, "Amir Haddad",
         "Interior Ministry"),
        ("Olav Brekke won. Brekke's press chief, Siri Moen, said so.", None, "Siri Moen", "Brekke"),
        ("Inspector Aoife Keane said that both had petrol on their clothes.", None, "Aoife Keane", "police"),
    ],
)  # fmt: skip
def test_people_speak_for_the_body_that_introduces_them(text: str, body: str | None, person: str, wanted: str) -> None:
    sources = [(person, True), *([(body, False)] if body else [])]
    assert find(text, *sources) == {person.lower(): wanted}


@pytest.mark.parametrize(
    ("text", "body", "person"),
    [
        ("The police say the car was slow. “It was flying,” said baker Rosa Lind.", "police", "Rosa Lind"),
        ("The airline says nobody was hurt. Passenger Luis Ferro saw blood.", "airline", "Luis Ferro"),
        ("The company says the tests were clean. Former director Mark Doyle said he threw them away.", "company",
         "Mark Doyle"),
        ("The clinic says the boy was healthy. His mother, Julia Stoll, said he could not stand.", "clinic",
         "Julia Stoll"),
        ("The union says the guards were armed. The player's agent, Luis Ferrer, said so too.", "union", "Luis Ferrer"),
        ("The Rifle League says President Hanna Stoll took it too far.", "Rifle League", "Hanna Stoll"),
        ("The Senate met. Senate Majority Leader Orla Quist said it was over.", "Senate", "Orla Quist"),
        ("Merike Saul, a computer scientist at the University of Tartu, saw the photos.", None, "Merike Saul"),
        ("The council opened an inquiry into the mayor of Lindhaven, Ruth Amsel.", "council", "Ruth Amsel"),
    ],
)  # fmt: skip
def test_witnesses_and_outsiders_speak_for_themselves(text: str, body: str | None, person: str) -> None:
    assert find(text, (person, True), *([(body, False)] if body else [])) == {}


def test_what_is_named_beside_a_person_goes_before_what_was_last_spoken_of() -> None:
    text = (
        "The harbour office says the crane was checked. Director Ana Pires said so.\n\n"
        "Ana Pires, the director of the Alder Trust, had the papers."
    )
    assert find(text, ("Ana Pires", True), ("harbour office", False)) == {"ana pires": "Alder Trust"}


def test_a_persons_boss_does_not_speak_for_the_person() -> None:
    text = "Tomas Lind was fired, Tomas Lind's boss said. Lind denies it."
    source = Source(None, "Tomas Lind's boss", named=False)
    assert find_body(source, {}, text, text.index("boss")) == "Tomas Lind's boss"
