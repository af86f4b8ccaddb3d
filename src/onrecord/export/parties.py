"""What kind of party a source is, as far as its name and role tell: formats have types for people and for bodies."""

from __future__ import annotations

import re
from enum import Enum

from onrecord.names import find_body
from onrecord.names.bodies import GOVERNMENT, MINISTRY
from onrecord.records import Source

# an office or trade that only a person holds
OFFICE = re.compile(
    r"\b(?:spokes(?:man|woman|person)|secretary|minister|president|chancellor|premier|king|queen|lord|lady|pope|bishop"
    r"|ambassador|diplomat|envoy|adviser|advisor|official|officer|general|colonel|captain|commander|sheriff|mayor"
    r"|governor|senator|congress(?:man|woman)|lawmaker|deputy|politician|leader|chair(?:man|woman|person)?|chief|head"
    r"|director|manager|executive|founder|owner|economist|analyst|expert|professor|scientist|researcher|historian"
    r"|doctor|nurse|teacher|lawyer|attorney|judge|prosecutor|witness|journalist|reporter|correspondent|editor|author"
    r"|writer|actor|actress|singer|coach|player|farmer|driver|pilot|resident|neighbou?r|mother|father|wife|husband"
    r"|son|daughter|brother|sister)\b",
    re.IGNORECASE,
)


class Party(Enum):
    """A person, a part of a state, or a party of which the page does not tell more."""

    PERSON = "person"
    PUBLIC_BODY = "public body"
    UNKNOWN = "unknown"


def find_party(source: Source) -> Party:
    """The kind of party that the words of the page allow to tell, else UNKNOWN; an unnamed source is UNKNOWN."""
    if not source.named:
        return Party.UNKNOWN
    if source.role and OFFICE.search(source.role):
        return Party.PERSON
    body = find_body(source.name, source.role, named=True)
    if body.person:
        return Party.PERSON
    return Party.PUBLIC_BODY if body.kind in {GOVERNMENT, MINISTRY} else Party.UNKNOWN
