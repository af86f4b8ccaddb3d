"""Leftover lines in the manner of news dumps, written for training, and articles dressed up with them.

Nothing here is taken from a test page; slots are filled at random, so that the model learns the manner, not the phrase.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path


def _read_templates() -> dict[str, list[str]]:
    """The sections of lines.txt: a reason in brackets, then a template a line."""
    sections: dict[str, list[str]] = {}
    templates: list[str] = []
    for line in Path(__file__).with_name("lines.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1] not in sections and not templates[-1:]:
            templates = sections.setdefault(line[1:-1], [])
        elif line:
            templates.append(line)
        else:
            templates = []
    return sections


SLOTS = {
    "agency": "Reuters|AFP|dpa|Getty Images|EPA|Bloomberg|imago|Shutterstock|PA|TASS|Xinhua|ANSA|AP Images|Kyodo",
    "name": "Maria Lund|Tom Okafor|J. Petersen|Anna Kowalska|Luis Ortega|Hannah Weiss|Grace Adeyemi|Sven Dahl",
    "office": "The prime minister|The president|The foreign minister|The union leader|The chief executive",
    "place": "Geneva|Ankara|Lagos|Vienna|Brussels|Seoul|Ottawa|Kyiv|Nairobi|Lisbon|Jakarta|New Delhi|Warsaw",
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "topic": "politics|business|sport|technology|climate|markets|world news|the economy|health|travel|motoring",
    "domain": "newsbox.example|feed-12|presshub|worldtoday.example|mirror-site 4|aggregator 9|portal-3",
    "outlet": "The Courier|Daily Ledger|Morning Star Online|Capital Post|Nordblatt|Channel 6|The Observer",
    "number": "2|3|5|12|17|24|48|130|986",
    "year": "2014|2017|2019|2020|2021|2022|2023|2024",
}
SUBHEADING = "(sub-heading)"
TEMPLATES = _read_templates()
REASONS = tuple(name for name in TEMPLATES if name != SUBHEADING)
Line = tuple[str, str | None]  # text, and why it is a leftover


def fill_line(template: str, headlines: Sequence[str], dice: random.Random) -> str:
    """A template with every slot filled at random."""
    line = template
    while "{" in line:
        slot = line[line.index("{") + 1 : line.index("}")]
        filling = dice.choice(headlines) if slot == "headline" else dice.choice(SLOTS[slot].split("|"))
        line = line.replace(f"{{{slot}}}", filling.replace("{", "(").replace("}", ")"), 1)
    return line


def _wrap_line(line: str, dice: random.Random) -> list[str]:
    """Now and then a box's line is broken in two, as it was on the page."""
    words = line.split(" ")
    if len(words) < 5 or dice.random() > 0.2:
        return [line]
    cut = dice.randint(2, len(words) - 2)
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def dress_article(
    paragraphs: Sequence[str],
    title: str,
    headlines: Sequence[str],
    sentences: Sequence[str],
    dice: random.Random,
    *,
    parity: int,
) -> list[Line]:
    """The lines of a dump: title, then the paragraphs with leftovers of several kinds in their usual places.

    `sentences` are short ones of other articles, used as captions. Of the templates only every second is used, from
    `parity` on, so that articles of the other parity are news to a model. Most sub-headings are short headlines of
    other articles: place tells them from a list of links, words do not.
    """

    short = [headline for headline in headlines if 2 <= len(headline.split()) <= 8]

    def some(reason: str, most: int = 1) -> list[Line]:
        lines = [
            fill_line(dice.choice(TEMPLATES[reason][parity::2]), headlines, dice) for _ in range(dice.randint(1, most))
        ]
        return [(piece, reason) for line in lines for piece in _wrap_line(line, dice)]

    def picture() -> list[Line]:
        """One or two captions, any short sentence among them, and the credit that gives them away."""
        found = some("caption", 2) if dice.random() < 0.75 else []
        if sentences and (not found or dice.random() < 0.5):
            found.append((dice.choice(sentences), "caption"))
        return found + some("photo credit")

    def subheading() -> Line:
        if short and dice.random() < 0.7:
            return dice.choice(short), None
        return fill_line(dice.choice(TEMPLATES[SUBHEADING][parity::2]), headlines, dice), None

    def others(most: int) -> list[Line]:
        titles = dice.sample(headlines, dice.randint(1, most))
        return some("list of other articles") + [(title, "list of other articles") for title in titles]

    lines: list[Line] = some(dice.choice(("consent notice", "share bar"))) if dice.random() < 0.15 else []
    lines.append((title, None))
    if dice.random() < 0.3:
        lines += some("share bar", 4)
    if dice.random() < 0.6:
        lines += picture()
    for i, paragraph in enumerate(paragraphs):
        if i > 1 and dice.random() < 0.2:
            lines.append(subheading())
        lines.append((paragraph, None))
        if dice.random() < 0.22:
            kind = dice.choice(("promotion",) * 3 + ("link to another article",) * 3 + tuple(REASONS))
            if kind == "caption":
                lines += picture()
            elif kind == "list of other articles":
                lines += others(4)
            elif kind != "trailer":
                lines += some(kind, 3 if kind in ("promotion", "share bar") else 1)
            if dice.random() < 0.3:
                lines.append(subheading())
    if dice.random() < 0.5:
        lines += some("link to another article", 3)
    if dice.random() < 0.3:
        lines += others(5)
    if dice.random() < 0.6:
        lines += some("trailer", 2)
    return lines
