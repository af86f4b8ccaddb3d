"""Names as words tell them, where a small model errs: two bodies in one, a nation for a person, none at all."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.base import Entity, Word
from onrecord.names.places import DEMONYM, find_metonym
from onrecord.records import Span

POSSESSIVE = re.compile(r"['’]s (?=\S)")
JOINT = re.compile(r" (?:and|or) the (?=[A-Z])")
# two capitalised words and more, then a comma or a word: what stands there names somebody who does something
CAPITALISED = re.compile(r"\b(?!(?:The|An?)\b)[A-Z][\w-]*(?: [A-Z][\w-]*)+(?=,|['’]s\b| [a-z])")
# what stands before the first word of a sentence, which is capitalised anyhow
OPENING = re.compile(r"(?:^|[.?!:;\n\"“”‘(])\W*\Z")
NEAR = 8
DAYS = {"Today", "Yesterday", "Tomorrow", *calendar.day_name}
MONTHS = {*calendar.month_name}


def mend_entities(text: str, words: Sequence[Word], entities: Iterable[Entity]) -> Iterator[Entity]:
    """The names of a text in its order, mended, with those that were missed."""
    mended = [one for entity in entities for one in _split(text, _tell_nation(text, entity))]
    rest = list(text)
    for entity in mended:
        rest[entity.span.begin : entity.span.end] = "\0" * (entity.span.end - entity.span.begin)
    proper = {word.span.begin for word in words if word.pos == "PROPN"}
    missed = [
        Entity(Span(*match.span()), "ORG")
        for match in CAPITALISED.finditer("".join(rest))
        if (match.start() in proper or not OPENING.search(text, max(0, match.start() - NEAR), match.start()))
        and match.group().split()[0] not in DAYS | MONTHS
    ]
    yield from sorted([*mended, *missed], key=lambda entity: entity.span)


def _tell_nation(text: str, entity: Entity) -> Entity:
    """ "Russian" before a capital ("Russian Finance Minister") is no person."""
    metonym = find_metonym(entity.span.of(text)) if entity.label == "PERSON" else None
    if metonym and metonym.how == DEMONYM and re.match(r" [A-Z]", text[entity.span.end : entity.span.end + 2]):
        return Entity(entity.span, "NORP")
    return entity


def _split(text: str, entity: Entity) -> Iterator[Entity]:
    """ "The Justice Department and the Labor Department" are two; the "'s" before a name is no part of it."""
    begin = entity.span.begin
    if leading := POSSESSIVE.match(text, begin, entity.span.end):
        begin = leading.end()
    if entity.label == "ORG":
        for joint in JOINT.finditer(text, begin, entity.span.end):
            yield Entity(Span(begin, joint.start()), "ORG")
            begin = joint.end()
    yield Entity(Span(begin, entity.span.end), entity.label)
