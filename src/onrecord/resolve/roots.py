"""Roots are bodies, not mouths: a spokeswoman, a minister and the ministry are one; outlets that pass on are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from onrecord.names import find_metonym
from onrecord.names.places import DEMONYM, NAME
from onrecord.records import Document, Source

SPEAKS = (
    r"(?:spokes(?:man|woman|person)|(?:foreign |defen[cs]e |finance |prime |health |transport |interior |[a-z]+ )?"
    r"minister|secretary|(?:managing |executive |sporting |finance |medical )?director|(?:deputy |acting )?"
    r"(?:chief executive|chief|head|president|chairman|chairwoman|chair|leader|boss)|"
    r"CEO|commissioner|press officer|ambassador|general secretary|governor|rector|dean)"
)
PERSON = r"(?P<person>[A-ZÀ-Þ][\w’'-]+(?: (?:[A-ZÀ-Þ][\w’'.-]*|de|von|van|al))+)"
BODY = (
    r"(?P<body>(?:the |its |their |his |her )?(?:[A-ZÀ-Þ][\w-]+(?:['’]s?)? ?(?:of |the |and |for )*)+(?:[a-z]+\b)?|"
    r"(?:the |its |their )[a-z]+(?:['’]s?)?(?: [a-z]+){0,2})"
)
PATTERNS = tuple(
    re.compile(pattern.replace("SPEAKS", SPEAKS).replace("PERSON", PERSON).replace("BODY", BODY))
    for pattern in (
        r"PERSON, (?:an? |the )?(?:[a-z-]+ ){0,2}?SPEAKS (?:for|of|at) BODY",
        r"PERSON, who (?:speaks for|leads|heads|runs|chairs) BODY",
        r"BODY(?<=[sʼ’'])['’]?s? (?:new |deputy |acting )?SPEAKS,? PERSON",
        r"BODY SPEAKS,? PERSON",
        r"SPEAKS (?:for|of|at) BODY, PERSON",
        r"PERSON of (?P<body>the [A-Z]\w+(?: [A-Z]\w+)*)",
    )
)
OWNED = re.compile(rf"{PERSON}, (?P<body>its|their|the \w+['’]s?) (?:[a-z-]+ )?{SPEAKS}")
ROLE = re.compile(rf"{SPEAKS} (?:for|of|at) (?P<body>.+)$", re.I)
OF_BODY = re.compile(rf"^(?P<body>.+?)['’]s? {SPEAKS}\b", re.I)
MOUTHPIECE = re.compile(
    r"^(?:an? |the )?(?P<body>.*?)\s*\bspokes(?:man|woman|person)(?: (?:for|of) (?P<of>.+))?$", re.I
)
UNKNOWN = re.compile(
    r"^(?:an? |the |some |several |many |other |earlier |first )*(?:\w+ )?"
    r"(?:unnamed source|reports?|media|media reports?|"
    r"press reports?|rumou?rs?|news reports?|newspapers?|outlets?|it|this|unknown)(?: (?:in|from|on) .+)?$",
    re.I,
)
MEDIA = re.compile(
    r"\b(?:newspapers?|news agency|radio|television|tv|broadcaster|station|website|magazine|weekly|daily|gazette|"
    r"herald|tribune|journal|news|observer|courier|dispatch|times|post|chronicle|press)\b",
    re.I,
)
ADJECTIVE = re.compile(r"\w+(?:ial|al|ian|ese|ish|ean|ic)", re.I)
FILLERS = frozenset(
    re.findall(
        r"\S+",
        """
        the a an its his her their our of for in at and own some one two three four five several
        """,
    )
)
UNNAMED = frozenset(
    (
        "official",
        "source",
        "diplomat",
        "aide",
        "people",
        "person",
        "executive",
        "insider",
        "adviser",
        "officer",
        "expert",
    )
)
GENERIC = frozenset(
    re.findall(
        r"\S+",
        """
        group company firm line club bank chain agency party team ministry department office organisation
        organization association carrier airline utility maker supplier university museum hospital council league it
        its their
        """,
    )
)


def find_bodies(document: Document) -> dict[str, str]:
    """Mouths, in lower case, with the body each speaks for, as the document's appositions and roles tell."""
    text = document.text
    found: dict[str, str] = {}
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            found.setdefault(match["person"].lower(), _name_body(match["body"], text[: match.start()]))
    for match in OWNED.finditer(text):
        found.setdefault(match["person"].lower(), _name_body(match["body"], text[: match.start()]))
    # "Presidential spokesman", "Danish minister": an adjective alone names no body
    return {mouth: body for mouth, body in found.items() if body and not ADJECTIVE.fullmatch(body)}


def find_body(source: Source, bodies: Mapping[str, str], before: str) -> str:
    """The body that a source speaks for, else its own name; `before` is the text up to where it speaks."""
    name = source.name.strip()
    key = name.lower()
    for mouth, body in bodies.items():
        if key == mouth or mouth.endswith(" " + key) or key.startswith(mouth + ","):
            return body
    if found := MOUTHPIECE.match(name):
        if said := found["of"] or found["body"]:
            return _name_body(said, before) or name
        return _last_name(before) or name
    if found := ROLE.search(name) or OF_BODY.search(name):
        return _name_body(found["body"], before) or name
    if source.role and (found := ROLE.search(source.role) or OF_BODY.search(source.role)):
        return _name_body(found["body"], before) or name
    if key.startswith("the ") and key.split()[-1] in GENERIC and len(key.split()) == 2:
        return _name_body(name, before) or name
    return name


def is_unknown(root: str) -> bool:
    """Whether a root is nobody in particular: reports, media, an unnamed source. Never counted as independent."""
    return UNKNOWN.match(root.strip()) is not None


def is_media(root: str, outlets: Iterable[str]) -> bool:
    """Whether a root is an outlet: it is one of these, or is called like one."""
    tokens = find_tokens(root)
    return MEDIA.search(root) is not None or any(tokens <= find_tokens(outlet) for outlet in outlets)


def group_roots(roots: Iterable[str]) -> dict[str, str]:
    """Each root with the one that stands for it: the longest name that has all of its words."""
    groups: list[tuple[frozenset[str], str]] = []
    found: dict[str, str] = {}
    for root in sorted(set(roots), key=lambda r: (-len(find_tokens(r)), r)):
        tokens = find_tokens(root)
        home = next((name for other, name in groups if tokens and _is_same(tokens, other)), None)
        if home is None:
            groups.append((tokens, root))
        found[root] = home or root
    return found


def _is_country(word: str, how: str) -> bool:
    """Whether a word of a longer root names a country: not as a capital or seat, which name papers and streets too."""
    return how == DEMONYM or (how == NAME and word[0].isupper())


def is_same_root(left: str, right: str) -> bool:
    """Whether one name is a short form of the other."""
    a, b = find_tokens(left), find_tokens(right)
    return _is_same(a, b) or _is_same(b, a)


def find_tokens(root: str) -> frozenset[str]:
    """The words of a root that tell it from another, in lower case."""
    root = _name_countries(root)
    words = (re.sub(r"['’]s?$", "", word) for word in re.findall(r"[\w’'-]+", root.lower()))
    kept = frozenset(_singular(word) for word in words if word and word not in FILLERS)
    return kept or frozenset(root.lower().split())


@lru_cache(maxsize=10_000)
def _name_countries(root: str) -> str:
    """Names of countries and their adjectives as codes, and so a capital or seat that is all of the root."""
    alone = find_metonym(root)
    if alone is not None:
        return f"{alone.country.code}-state"
    words = [re.sub(r"['’]s?$", "", word.strip(',;:()"“”')) for word in root.split()]
    found = [find_metonym(word) for word in words]
    return " ".join(
        f"{known.country.code}-state" if known and _is_country(word, known.how) else word
        for word, known in zip(words, found, strict=True)
        if word
    )


def _is_same(tokens: frozenset[str], other: frozenset[str]) -> bool:
    if bool(tokens & UNNAMED) != bool(other & UNNAMED):
        return False  # "US officials" do not speak for the United States
    return tokens <= other or len(tokens & other) / len(tokens | other) >= 0.6


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _name_body(said: str, before: str) -> str:
    """A body as fully as the text before gives it: "its" and "the company" are the last name that fits."""
    said = re.sub(r"['’]s?$", "", said.partition(",")[0].strip(" ."))
    said = re.sub(r"^(?:its|their|his|her)\s+", "", said) if " " in said else said
    core = re.sub(r"^the\s+", "", said)
    if core.lower() in GENERIC or not core:
        full = re.findall(rf"(?:[A-ZÀ-Þ][\w’'-]+ )+{core.capitalize()}\b", before) if len(core) > 3 else []
        return full[-1] if full else _last_name(before) or said
    return core


def _last_name(before: str) -> str:
    """The last name of a body before a place in the text, by what follows or precedes it: no person, no place."""
    names = re.findall(
        r"(?<!in )(?<!at )(?<!off )\b[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*(?=['’]s |,? "
        r"(?:has|had|is|was|which|denied|declined|said|says|would|will|did|does|called|dismissed|rejected|confirmed|admitted|announced)\b)",
        before,
    )
    return names[-1] if names else ""
