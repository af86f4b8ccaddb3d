"""Words that tell what somebody is: titles, offices and the noun on which a description turns."""

from __future__ import annotations

import re

from onrecord.extract.speakers import SPEAKERS

TITLES = {
    "mr": "", "mrs": "", "ms": "", "miss": "", "mx": "", "dr": "doctor", "sir": "", "dame": "", "lord": "lord",
    "lady": "lady", "rep": "representative", "reps": "representative", "sen": "senator", "sens": "senator",
    "gov": "governor", "gen": "general", "col": "colonel", "sgt": "sergeant", "lt": "lieutenant", "capt": "captain",
    "cmdr": "commander", "maj": "major", "adm": "admiral", "prof": "professor", "rev": "reverend", "hon": "",
    "pres": "president", "det": "detective", "supt": "superintendent", "atty": "attorney", "st": "",
}  # fmt: skip
OFFICES = frozenset(
    re.findall(
        r"\S+",
        """
    president vice-president chancellor premier minister secretary governor senator representative congressman
    congresswoman mayor judge justice general colonel captain major admiral commander lieutenant sergeant king queen
    prince princess pope bishop archbishop cardinal rabbi imam pastor reverend professor doctor director chairman
    chairwoman chair chief head leader speaker ambassador envoy attorney sheriff detective officer spokesman
    spokeswoman spokesperson analyst economist author lawyer prosecutor editor reporter correspondent columnist
    executive founder owner strategist adviser advisor aide deputy candidate nominee coach commissioner superintendent
    inspector premier emperor sultan emir sheikh ayatollah lawmaker politician activist scientist researcher historian
    treasurer ombudsman comptroller councilman councilwoman councillor alderman marshal lord lady dame sister brother
    father mother doctor nurse""",
    )
)
ARTICLES = {"the", "a", "an", "his", "her", "their", "its", "our"}


def find_role(phrase: str) -> str | None:
    """The noun that a description turns on, where it names a person: "spokesman" in "the spokesman of the Kremlin"."""
    head = re.split(r"\s(?:of|for|at|in|on|with|to|from|who|which|that|and|whose)\s", phrase)[0].split()
    if not head or len(head) > 8 or re.search(r"\b(?:said|says|was|is|are|were|has|had|told)\b", phrase):
        return None
    last = bare(head[-1]).lower()
    return last if is_role(last) else None


def head_of(phrase: str) -> str:
    """The last word before any "of", "for" or relative clause, lower case."""
    head = re.split(r"\s(?:of|for|at|in|on|with|to|from|who|which|that|familiar|close|briefed)\s|,", phrase)[0].split()
    return bare(head[-1]).lower() if head else ""


def is_role(word: str) -> bool:
    """Whether a word names an office, a title or another role of a person."""
    return word in OFFICES or word in TITLES or word in SPEAKERS


def clean_role(role: str) -> str:
    """A role without its article, its titles written out."""
    words = [word for word in role.split() if word.lower() not in ARTICLES or word != role.split()[0]]
    full = [TITLES.get(bare(word).lower(), word) if bare(word).lower() in TITLES else word for word in words]
    return re.sub(r"\s+(['’]s)\b", r"\1", " ".join(word for word in full if word)).strip(" -")


def bare(word: str) -> str:
    """A word without the stop of an abbreviation."""
    return word.rstrip(".")
