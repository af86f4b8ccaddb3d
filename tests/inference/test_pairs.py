import numpy as np
import pytest

from onrecord.inference.model import load_model
from onrecord.inference.pairs import (
    BEFORE_PIECES,
    TEXT_PIECES,
    PairReader,
    cut_passage,
    join_pieces,
    make_pair_reader,
)
from onrecord.records import Passage

pytestmark = pytest.mark.model

ASKED = Passage("", "Eastland asked Westmark for forty tanks")
REQUESTED = Passage("", "the government of Eastland requested some forty tanks from Westmark")
NOT_ASKED = Passage("Its spokesman was angry.", "Eastland has never asked Westmark for tanks")
HARVEST = Passage("", "the harvest in Southmark was the worst in ten years")
EMPTY, LONG = Passage("", ""), Passage(*["word " * 500] * 2)


@pytest.fixture(scope="module")
def reader() -> PairReader:
    return make_pair_reader()


def test_one_claim_its_opposite_and_another_matter(reader: PairReader) -> None:
    same, opposed = reader.read(ASKED, REQUESTED)
    assert same > 0.5 > opposed
    same, opposed = reader.read(ASKED, NOT_ASKED)
    assert opposed > 0.5 > same
    assert sum(reader.read(ASKED, HARVEST)) < 0.5


@pytest.mark.parametrize("other", [REQUESTED, NOT_ASKED, HARVEST, EMPTY, LONG])
def test_the_same_from_both_sides(reader: PairReader, other: Passage) -> None:
    assert reader.read(ASKED, other) == reader.read(other, ASKED)


def test_a_pair_does_not_depend_on_what_was_read_before(reader: PairReader) -> None:
    before = reader.read(ASKED, REQUESTED)
    reader.read(HARVEST, LONG)
    assert reader.read(ASKED, REQUESTED) == before


def test_long_passages_are_cut_and_contents_marked() -> None:
    tokenizer = load_model("pairs", threads=1).load_tokenizer()
    before, text = cut_passage(LONG, tokenizer)
    assert (len(before), len(text)) == (BEFORE_PIECES, TEXT_PIECES)
    short = cut_passage(ASKED, tokenizer)
    pieces = join_pieces((before, text), short)
    assert {len(values) for values in pieces} == {3 + len(before) + len(text) + sum(map(len, short))}
    assert np.flatnonzero(pieces.second)[0] == len(before) + len(text) + 2
    assert pieces.content.sum() == len(text) + len(short[1])
