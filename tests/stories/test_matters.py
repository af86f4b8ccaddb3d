"""What the weights of matching are fitted on: which statements of open stories are on one matter."""

import json
from collections import Counter

from bench.stories import find_stories
from training.match.pairs import MATTERS, read_matters


def test_open_stories_and_no_held_ones() -> None:
    held = {gold["story"]: gold.get("held", True) for gold in find_stories()}
    assert read_matters().keys() <= {name for name, is_held in held.items() if not is_held}


def test_a_statement_is_on_one_matter() -> None:
    for story, rows in json.loads(MATTERS.read_text("utf-8")).items():
        texts = Counter(text for texts in rows.values() for text in texts)
        assert [text for text, number in texts.items() if number > 1] == [], story
