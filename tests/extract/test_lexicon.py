from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files

import pytest

from onrecord.extract.lexicon import WORDS_KEPT, base_forms, find_entry, read_table
from onrecord.records import Act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("denied", Act.DENY),
        ("denies", Act.DENY),
        ("denying", Act.DENY),
        ("admitted", Act.CONFIRM),
        ("urging", Act.DEMAND),
        ("called for", Act.DEMAND),
        ("walked back", Act.DENY),
        ("pointed out", Act.ASSERT),
        ("said", Act.ASSERT),
        ("thought", Act.THINK),
        ("sought", Act.DEMAND),
        ("swore", Act.PROMISE),
        ("declining to comment", Act.DECLINE),
        ("made fun of", Act.ACCUSE),
        ("allegations", Act.ACCUSE),
    ],
)
def test_inflected_cues(words: str, act: Act) -> None:
    entry = find_entry(words.split())
    assert entry is not None
    assert entry.act is act


def test_the_longest_entry_wins() -> None:
    entry = find_entry(["pushed", "back", "against"])
    assert entry is not None
    assert entry.words == ("push", "back", "against")


def test_a_word_may_stand_between() -> None:
    entry = find_entry(["called", "repeatedly", "for"])
    assert entry is not None
    assert entry.words == ("call", "for")


def test_unknown_words_have_no_entry() -> None:
    assert find_entry(["gallop"]) is None


def test_new_words_without_end_do_not_fill_the_memory() -> None:
    for number in range(WORDS_KEPT + 10):
        base_forms(f"word{number}s")
    assert base_forms.cache_info().currsize == WORDS_KEPT


def test_base_forms_hold_the_word_itself() -> None:
    assert "report" in base_forms("report")


def test_every_entry_stands_under_one_heading() -> None:
    headings: dict[str, set[str]] = defaultdict(set)
    heading = ""
    for line in files("onrecord.extract").joinpath("cues.txt").read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"[a-z]+ (positive|negative|unknown) [a-z]+", line):
            heading = line
        elif line and not line.startswith("#"):
            for phrase in filter(None, map(str.strip, line.split(","))):
                headings[phrase.removesuffix("*")].add(heading)
    assert {p: h for p, h in headings.items() if len(h) > 1} == {}
    assert sum(map(len, read_table().values())) > 600
