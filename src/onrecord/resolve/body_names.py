"""The name of a body alone, out of the words that tell whom somebody speaks for."""

from __future__ import annotations

import re

from onrecord.names import find_metonym
from onrecord.names.places import DEMONYM

# what somebody does there, or which of its leaders somebody is: "White House Press | Secretary"
DESK = (
    r"(?:press|communications|media|public (?:affairs|relations|information)|marketing|operations|research|policy|"
    r"sales|security|digital|legal|corporate|external affairs|human resources|strategy|technology|engineering|safety)"
)
BEFORE = re.compile(rf"^{DESK}(?:(?:,| and|, and)? {DESK})* (?:for|at|of) ")
ASIDE = re.compile(r"\s[-–—]\s.*$")
OF_PLACE = re.compile(r"^(?:the )?[a-z]+['’]s (?=[A-ZÀ-Þ])")  # "the city's St George's Church"
LED_TO = re.compile(r"^(?:To|In|At|By|From|With|According to) (?=[A-ZÀ-Þ])")
BEHIND = re.compile(rf" (?:{DESK}|deputy|assistant|associate|senior|vice|acting|interim|chief|program(?:me)?)$")
WHEN = re.compile(
    r" (?:in|since|until|from|during|before|after) "
    r"(?:(?:the )?(?:early |late |mid-)?(?:19|20)\d\ds?\b|recent |the past ).*$"
    r"| (?:an?|two|three|four|five|six|ten|\d+|several|many) (?:weeks|months|years|year) (?:ago|earlier)$"
)
AND_ELSE = re.compile(r" and (?:an?|the|his|her|its|one) [a-z-]+\b.*$")
KIND_BEFORE = re.compile(
    r"^(?:the |an? )?(?:[a-z-]+ )+(?:firm|company|group|maker|agency|bank|magazine|newspaper|union|charity|think tank|"
    r"consultancy|startup|club|organi[sz]ation) (?=[A-ZÀ-Þ])"
)


def find_body_name(words: str) -> str:
    """ "Digital security firm FireEye" as "FireEye", "Clinton Foundation in 2009" without its year; a name as it is."""
    name = words
    for pattern in (ASIDE, LED_TO, OF_PLACE, BEFORE, WHEN, AND_ELSE, BEHIND, KIND_BEFORE):
        name = pattern.sub("", name)
    name = re.sub(r"(?<=\w)['’]s?$", "", name.strip(" ,"))
    known = find_metonym(name)
    return known.country.name if known and known.how == DEMONYM else name or words
