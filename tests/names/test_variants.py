from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.names import SAME, match_names
from onrecord.names.variants import make_skeleton, split_name

SAME_NAMES = [
    ("Volodymyr Zelensky", "Wolodymyr Selenskyj"),
    ("Zelensky", "Zelenskyy"),
    ("Dmitry Peskov", "Dmitri Peskow"),
    ("Sergei Lavrov", "Sergey Lawrow"),
    ("Mikhail Gorbachev", "Michail Gorbatschow"),
    ("Nikita Khrushchev", "Nikita Chruschtschow"),
    ("Maria Zakharova", "Marija Sacharowa"),
    ("Boris Yeltsin", "Boris Jelzin"),
    ("Recep Tayyip Erdoğan", "Recep Erdogan"),
    ("Alexander Lukashenko", "Aljaksandr Lukaschenka"),
    ("Xi Jinping", "Jinping Xi"),
    ("Joe Biden", "Joseph R. Biden Jr."),
    ("President Barack Obama", "Barack Obama"),
    ("Bob Woodward", "Robert Woodward"),
    ("F.B.I.", "FBI"),
    ("FBI", "Federal Bureau of Investigation"),
    ("The Guardian", "Guardian"),
    ("J. Smith", "John Smith"),
    ("Apple Inc.", "Apple"),
    ("Muammar Gaddafi", "Moammar Qaddafi"),
    ("Xi Jinping", "Xi Jin-ping"),
    ("Mohammed bin Salman", "Muhammad bin Salman"),
    ("Tayyip Erdogan", "Recep Tayyip Erdoğan"),
    ("Ayatollah Ali Khamenei", "Ali Chamenei"),
    ("Bashar al-Assad", "Bashar Assad"),
    ("IMF", "International Monetary Fund"),
]
OTHER_NAMES = [
    ("Bill Clinton", "Hillary Clinton"),
    ("John Smith", "Jane Smith"),
    ("George W. Bush", "George H. W. Bush"),
    ("Paul Miller", "Paul Mueller"),
    ("Meyer", "Moyer"),
    ("Eric Trump", "Donald Trump"),
    ("Smith", "John Smith"),
    ("New York Times", "Financial Times"),
    ("Bank of America", "Bank of England"),
    ("", "Smith"),
    ("Larry King", "Larry Smith"),
    ("Julie Bishop", "Julie Baker"),
    ("Republic of Congo", "Democratic Republic of Congo"),
    ("Kim Jong-un", "Kim Jong-il"),
]


@pytest.mark.parametrize(("left", "right"), SAME_NAMES)
def test_spellings_of_one_name_match(left: str, right: str) -> None:
    assert match_names(left, right).score >= SAME


@pytest.mark.parametrize(("left", "right"), OTHER_NAMES)
def test_other_names_do_not_match(left: str, right: str) -> None:
    assert match_names(left, right).score < SAME


def test_a_surname_alone_may_be_the_same() -> None:
    match = match_names("Mr. Smith", "John Smith")
    assert 0.5 <= match.score < SAME
    assert match.parts[0].reason == "only the surname is given"


def test_every_match_has_a_reason() -> None:
    assert all(part.reason for pair in SAME_NAMES + OTHER_NAMES for part in match_names(*pair).parts)


@given(st.text(max_size=30), st.text(max_size=30))
def test_matching_knows_no_order(left: str, right: str) -> None:
    one, other = match_names(left, right), match_names(right, left)
    assert one.score == pytest.approx(other.score)
    assert 0.0 <= one.score <= 1.0


@given(st.text(max_size=30))
def test_a_name_is_itself(name: str) -> None:
    assert not split_name(name) or match_names(name, name).score == 1.0


def test_skeletons_of_transliterations_agree() -> None:
    assert make_skeleton("Zelenskyy") == make_skeleton("Selenskyj") == make_skeleton("Zelensky")
