import numpy as np
import pytest

from onrecord.inference.pairs import MOST_PIECES, PairReader, make_pair_reader

pytestmark = pytest.mark.model

ASKED = "Eastland asked Westmark for forty tanks"
REQUESTED = "the government of Eastland requested some forty tanks from Westmark"
NOT_ASKED = "Eastland has never asked Westmark for tanks"
HARVEST = "the harvest in Southmark was the worst in ten years"


@pytest.fixture(scope="module")
def reader() -> PairReader:
    return make_pair_reader()


def test_one_claim_its_opposite_and_another_matter(reader: PairReader) -> None:
    same, opposed = reader.read(ASKED, REQUESTED)
    assert same > 0.5 > opposed
    same, opposed = reader.read(ASKED, NOT_ASKED)
    assert opposed > 0.5 > same
    assert sum(reader.read(ASKED, HARVEST)) < 0.3


@pytest.mark.parametrize("other", [REQUESTED, NOT_ASKED, HARVEST, "", "word " * 500])
def test_the_same_from_both_sides(reader: PairReader, other: str) -> None:
    assert reader.read(ASKED, other) == reader.read(other, ASKED)


def test_a_pair_does_not_depend_on_what_was_read_before(reader: PairReader) -> None:
    before = reader.read(ASKED, REQUESTED)
    reader.read(HARVEST, "word " * 500)
    assert reader.read(ASKED, REQUESTED) == before


def test_long_texts_are_cut(reader: PairReader) -> None:
    ids, second = reader.find_pieces("word " * 500, ASKED)
    assert ids.shape == second.shape
    assert ids.shape[0] < 2 * MOST_PIECES
    assert np.flatnonzero(second)[0] == MOST_PIECES + 2
