"""What a text and a given name tell of a person's gender: "f", "m" or "" where nothing is known.

Given names are those of `given_names.txt`, which are nearly always borne by one gender; cues in the document (titles,
kin words, "spokeswoman") go before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

MALE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    mr mr. sir lord king prince duke baron monsieur herr father fr. brother son husband uncle nephew grandfather dad
    boyfriend widower fiance groom spokesman chairman congressman businessman policeman councilman anchorman
    salesman bridegroom cameraman assemblyman alderman fisherman fireman man boy gentleman actor waiter monk pope
    imam abbot himself he his him""",
    )
)
FEMALE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    mrs mrs. ms ms. miss madam madame lady queen princess duchess baroness frau mother sister daughter wife aunt
    niece grandmother mom mum girlfriend widow fiancee bride spokeswoman chairwoman congresswoman businesswoman
    policewoman councilwoman anchorwoman assemblywoman woman girl actress waitress nun heiress hostess abbess
    herself she her hers""",
    )
)


def find_gender(words: Sequence[str]) -> str:
    """The gender that titles and kin words tell; the first that tells one decides."""
    for word in words:
        if word.lower() in FEMALE_WORDS:
            return "f"
        if word.lower() in MALE_WORDS:
            return "m"
    return ""


def find_gender_of_name(given: str) -> str:
    """The gender of those who bear a given name."""
    return _read_names().get(given.lower(), "")


def find_gender_of_person(name: str) -> str:
    """The gender that the given name of a full name tells; a single word may be a surname, and tells none."""
    return find_gender_of_name(name.split()[0]) if " " in name else ""


@cache
def _read_names() -> dict[str, str]:
    names: dict[str, str] = {}
    gender = ""
    for line in files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8").splitlines():
        if line in {"female", "male"}:
            gender = line[0]
        elif not line.startswith("#"):
            names.update(dict.fromkeys(line.split(), gender))
    return names
