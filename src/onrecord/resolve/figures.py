"""Numbers in a text, and what each counts."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.resolve.base import Figure
from onrecord.resolve.wording import NUMBERS, SCALES, STOP, stem

TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d]+|[%$€£]|[.,;:!?()\"“”–—]")
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
ROUGH = frozenset(
    ["about", "around", "some", "roughly", "nearly", "almost", "approximately", "over", "than", "least", "most", "up"]
)
PARTS = {"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4}
PERCENT = "percent"
MONEY = {"$": "dollar", "€": "euro", "£": "pound"}
TIMES = ("am", "pm", "o", "clock")
# between a number and what it counts: "twelve of the other miners", "half of all trains"
BETWEEN = frozenset(
    re.findall(r"\S+", "of the all its our their these those his her other more further additional such new")
)
CHANGE = frozenset(re.findall(r"\S+", "more less fewer higher lower up down above below rise increase cut discount"))
COUNTED = frozenset(["year", "years"])  # stop words that are counted all the same
FAR = 3  # words within which stands what a number counts
NEAR = 9  # words within which "the number of fires" stands before the number
NUMBER_OF = {(count, "of") for count in ("number", "total", "count", "tally", "toll", "figure")}
LONG = 4  # words of what is counted: "cases of measles" ends at "of", "measles cases" does not
PLURALS = frozenset(["men", "women", "people", "children", "police", "percent"])
# what counts people, in whatever part they are in
PERSONS = frozenset(
    ["person", "victim", "demonstrator", "protester", "protestor", "marcher", "man", "die", "casualt", "fatalit"]
)


def find_figures(text: str) -> tuple[Figure, ...]:
    """Numbers in digits or words, each with the stem of what it counts; years and times of day are left out.

    A share has what it is a share of ("12 percent of trains", "half of all trains"); people are `person` by any name.
    """
    words = [found.group().lower() for found in TOKEN.finditer(text)]
    found = []
    at = 0
    while at < len(words):
        value, after = _read_share(words, at)
        if value is None:
            value, after = _read_number(words, at)
        if value is None:
            at += 1
            continue
        rough = any(word in ROUGH for word in words[max(0, at - 2) : at]) or words[after - 1] in PARTS
        unit = _find_unit(words, at, after)
        is_year = 1900 <= value <= 2100 and value == int(value) and after == at + 1
        if unit and not is_year and unit not in TIMES:
            found.append(Figure(value, unit, rough))
        at = after
    return tuple(found)


def _read_number(words: list[str], at: int) -> tuple[float | None, int]:
    """The number that begins at a word, and the word after it."""
    value: float | None = None
    if words[at] in PARTS and (scale := _find_scale(words, at + 1)):
        return PARTS[words[at]] * SCALES[words[scale]], scale + 1
    while at < len(words):
        word = words[at]
        if FIGURE.fullmatch(word) and value is None:
            value = float(word.replace(",", ""))
        elif word in NUMBERS and (value is None or (value >= 20 and NUMBERS[word] < 10)):
            value = (value or 0) + NUMBERS[word]
        elif word in SCALES and value is not None:
            value *= SCALES[word]
        elif word == "and" and value is not None and value >= 100 and at + 1 < len(words) and words[at + 1] in NUMBERS:
            pass
        else:
            break
        at += 1
    return value, at


def _find_scale(words: list[str], at: int) -> int | None:
    """The place of the million in "a quarter of a million", "half a million"."""
    while at < len(words) and words[at] in ("of", "a"):
        at += 1
    return at if at < len(words) and words[at] in SCALES and words[at - 1] == "a" else None


def _read_share(words: list[str], at: int) -> tuple[float | None, int]:
    """A share in words as percent, and the word after it: "half the", "two thirds of", "a quarter of"."""
    times = NUMBERS.get(words[at]) if words[at + 1 : at + 2] in (["thirds"], ["quarters"]) else None
    after = at + 1 + (times is not None)
    part = words[after - 1]
    if part not in PARTS or (after < len(words) and words[after] not in BETWEEN) or _find_scale(words, after):
        return None, at
    if times is None and words[max(0, at - 1) : at] not in (["a"], ["one"]) and part != "half":
        return None, at
    if part == "half" and words[max(0, at - 1) : at] in (["first"], ["second"], ["other"], ["latter"], ["last"]):
        return None, at
    return 100 * PARTS[part] * (times or 1), after


def _find_unit(words: list[str], begin: int, after: int) -> str:
    """The stem of what a number from `begin` to `after` counts, "" where it is not told."""
    if begin and words[begin - 1] in MONEY:
        return MONEY[words[begin - 1]]
    of = after + 1 + (words[after : after + 2] == ["per", "cent"])
    if words[after - 1] in PARTS:
        of = after
    elif words[after : after + 1] not in (["%"], [PERCENT], ["pc"]) and of == after + 1:
        unit = _find_counted(words, after) or _find_number_of(words, begin)
        if not unit and begin > 1 and (words[begin - 2], words[begin - 1]) in NUMBER_OF:
            return words[begin - 2]
        return unit or _find_next(words, after)
    if words[of : of + 1] and words[of] in CHANGE:
        return f"{PERCENT} more"
    return f"{PERCENT} {_find_counted(words, of)}".strip()


def _find_counted(words: list[str], at: int) -> str:
    """The stem of the head of the words that follow: of "measles cases" the last plural, else the first word."""
    while at < len(words) and words[at] in BETWEEN:
        at += 1
    run: list[str] = []
    for word in words[at : at + LONG]:
        if (word in STOP and word not in COUNTED) or not word[0].isalpha() or word in NUMBERS:
            break
        run.append(word)
    if not run:
        return ""
    plural = [word for word in run if word in PLURALS or re.search(r"[^s'iu]s$", word)]
    unit = stem(plural[-1] if plural else run[0])
    return "person" if unit in PERSONS else unit


def _find_number_of(words: list[str], begin: int) -> str:
    """What is counted in "the number of fires was four"."""
    near = words[max(0, begin - NEAR) : begin]
    of = max((k for k, pair in enumerate(pairwise(near)) if pair in NUMBER_OF), default=None)
    return _find_counted(near, of + 1) if of is not None else ""


def _find_next(words: list[str], at: int) -> str:
    """The stem of the first word of weight near by: "eleven thousand were evacuated"."""
    near = [word for word in words[at : at + FAR] if word not in STOP or word in COUNTED]
    return stem(near[0]) if near and near[0][0].isalpha() else ""
