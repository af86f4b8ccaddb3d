from __future__ import annotations

import numpy as np

from onrecord.read.leftovers import BUCKETS, find_leftovers, hash_words, load_words, measure_lines
from onrecord.read.trees import Trees, load_trees

BODY = [
    "The port authority said on Friday that it would reopen the second basin before summer, two years after a fire.",
    "“We have kept our word,” said its director, Ola Brandt, who had promised as much on taking office last spring.",
    "Shipping companies welcomed the news, but warned that traffic would take months to recover from the long closure.",
]


def test_article_stays_and_page_furniture_goes() -> None:
    lines = [*BODY[:2], "Subscribe to our newsletter", "Read more: Fire in the port leaves three injured", BODY[2]]
    reasons = find_leftovers([*lines, "Share on Facebook", "© 2023 Harbour News. All rights reserved."])
    assert [reason is None for reason in reasons] == [True, True, False, False, True, False, False]


def test_an_article_alone_stays_whole() -> None:
    assert find_leftovers(BODY) == [None, None, None]


def test_empty_and_odd_lines_do_no_harm() -> None:
    assert find_leftovers([]) == []
    assert len(find_leftovers(["", "…", "\u200f", "a" * 100_000, "((((", "\ud800"])) == 6


def test_hashes_are_buckets_and_do_not_change() -> None:
    assert all(0 <= bucket < BUCKETS for bucket in hash_words("Read more: 12 things"))
    assert hash_words("AP 2023") == hash_words("ap 1999")


def test_rows_have_one_length() -> None:
    words = load_words()
    widths = {measure_lines(lines, words.predict(lines)).shape[1] for lines in (BODY, BODY[:1], ["x"] * 30)}
    assert len(widths) == 1


def test_trees_add_up_their_leaves() -> None:
    stump = Trees(
        feature=np.array([1, 0, 0], dtype=np.int32),
        threshold=np.array([0.5, 0, 0], dtype=np.float32),
        left=np.array([1, 1, 2], dtype=np.int32),
        right=np.array([2, 1, 2], dtype=np.int32),
        value=np.array([0, -2.0, 2.0], dtype=np.float32),
        roots=np.array([0], dtype=np.int32),
        base=0.0,
        depth=1,
    )
    found = stump.predict(np.array([[9, 0.5], [9, 0.6]], dtype=np.float32))
    assert np.allclose(found, [1 / (1 + np.exp(2)), 1 / (1 + np.exp(-2))])


def test_shipped_trees_are_well_formed() -> None:
    for name in ("page", "dump"):
        trees = load_trees(name)
        n = len(trees.feature)
        assert max(trees.left.max(), trees.right.max(), trees.roots.max()) < n
        assert trees.feature.min() >= 0
