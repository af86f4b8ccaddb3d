"""Who wrote it, and whose wire it came over: agencies in bylines, datelines and credits are evidence and are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# canonical name: the forms that bylines and datelines use, case-sensitive where they are initials
AGENCIES = {
    "Associated Press": r"(?:The )?Associated Press|\bAP\b",
    "Reuters": r"Reuters|REUTERS",
    "AFP": r"\bAFP\b|Agence France[- ]Presse",
    "dpa": r"\bdpa\b|\bDPA\b|Deutsche Presse-Agentur",
    "UPI": r"\bUPI\b|United Press International",
    "PA Media": r"\bPA Media\b|Press Association|\bPA\b",
    "Bloomberg": r"Bloomberg(?: News)?",
    "TASS": r"\bI?T[Aa][Ss][Ss]\b",
    "RIA Novosti": r"RIA Novosti",
    "Interfax": r"Interfax",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "ANSA": r"\bANSA\b",
    "EFE": r"\bEFE\b",
    "PTI": r"\bPTI\b|Press Trust of India",
    "ANI": r"\bANI\b",
    "IANS": r"\bIANS\b",
    "AAP": r"\bAAP\b|Australian Associated Press",
    "Canadian Press": r"(?:The )?Canadian Press",
    "Anadolu": r"Anadolu(?: Agency)?",
    "APA": r"\bAPA\b",
    "Keystone-SDA": r"Keystone-SDA|\bSDA\b",
    "Ukrinform": r"Ukrinform",
}
_ANY = re.compile("|".join(f"(?P<a{i}>{form})" for i, form in enumerate(AGENCIES.values())))
_DATELINE = re.compile(r"^[^.!?\n]{0,80}?\(([^()]{2,40})\)\s*(?:[-–—:]|$)|^\(([^()]{2,40})\)\s*[-–—:]")
_CREDIT = re.compile(
    r"^\(?(?:Source|Quelle|Copyright|©|\(c\)|With material from|(?:Additional )?reporting by|Report by)[^\n]{0,120}$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:By|BY|Von|Par|Por|Di)[: ]\s*(?P<names>[^.!?\n]{2,120})$")
_MAX_BYLINE = 140
_NO_NAME = re.compile(r"https?://|www\.|@\w|^\d+$", re.IGNORECASE)


def find_agency(author: str | None, paragraphs: Sequence[str], credited: Iterable[str] = ()) -> str | None:
    """The wire that the byline, the dateline of a first paragraph, a last paragraph's credit or `credited` name."""
    places = [author or "", *credited]
    datelines = map(_DATELINE.match, paragraphs[:3])
    places.extend(match[1] or match[2] for match in datelines if match)
    places.extend(paragraph for paragraph in paragraphs[-3:] if _CREDIT.match(paragraph))
    for place in places:
        if match := _ANY.search(place):
            return list(AGENCIES)[int((match.lastgroup or "a0")[1:])]
    return None


def find_byline(lines: Iterable[str]) -> str | None:
    """The names of the first line that is a byline and nothing else."""
    for line in lines:
        if len(line) <= _MAX_BYLINE and (match := _BYLINE.match(line.strip())):
            return clean_author(match["names"])
    return None


def clean_author(author: str) -> str | None:
    """The names without "By", addresses and doubled spaces; None where nothing that could be a name is left."""
    words = re.sub(r"^(?:by|von|par|por)\b[: ]*", "", " ".join(author.split()), flags=re.IGNORECASE)
    names = [part.strip() for part in re.split(r"[;,|]", words)]
    kept = [name for name in names if name and not _NO_NAME.search(name)]
    return ", ".join(kept) or None
