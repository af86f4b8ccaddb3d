"""One body, many spellings: who a name stands for across documents, and which names may be one."""

from __future__ import annotations

from onrecord.names.bodies import SAME, Body, expand_acronym, find_body, match_bodies
from onrecord.names.outlets import is_known_outlet
from onrecord.names.places import Country, Metonym, find_country_in, find_metonym
from onrecord.names.variants import Match, find_initials, match_names, split_name

__all__ = [
    "SAME",
    "Body",
    "Country",
    "Match",
    "Metonym",
    "expand_acronym",
    "find_body",
    "find_country_in",
    "find_initials",
    "find_metonym",
    "is_known_outlet",
    "match_bodies",
    "match_names",
    "split_name",
]
