"""Which sources are one voice: bodies, not mouths.

A spokeswoman, her ministry and the minister are one root; unnamed sources are told apart only where the text does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Source
from onrecord.resolve.wordings import stem

TITLES = frozenset(
    """mr mrs ms miss dr sir lord lady the a an president senator governor minister chancellor professor judge justice
    mayor king queen prince chief prime secretary foreign defence defense finance deputy former general colonel captain
    sergeant lieutenant inspector detective superintendent commissioner chairman chairwoman chair director manager""".split()
)
MOUTH = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|press secretary|press office|press officer|representative|statement|officials?)\b",
    re.IGNORECASE,
)
OF_BODY = re.compile(r"\b(?:for|of|at)\s+(?:the\s+)?(?P<body>[A-Z][\w&.’' -]+)")
ANOTHER = re.compile(r"\b(?:another|second|other|separate|third)\b", re.IGNORECASE)
MEDIA = re.compile(
    r"\b(?:media|newspapers?|news agenc(?:y|ies)|reports?|outlets?|broadcasters?|television|press reports|newswire|magazine|"
    r"headlines?|websites?|papers?)\b",
    re.IGNORECASE,
)
# Words that describe no one in particular: they never tell two unnamed sources apart.
VAGUE = frozenset(
    """source sources people person official officials insider insiders someone those persons familiar matter with the
    a an of to on close several some many two three four five senior top unnamed anonymous who asked not be named
    identified condition anonymity speaking spoke briefed situation talks plan plans direct knowledge unit member members
    case and in at for matters discussions deal process anonymously said one both group number few high-ranking high
    ranking current former country""".split()
)
UNKNOWN = "unnamed source"


@dataclass(frozen=True, slots=True)
class Voice:
    """A root as it counts: `key` is the same for all mouths of one body, `apart` marks "another official"."""

    name: str
    named: bool
    key: frozenset[str]
    body: frozenset[str]
    apart: bool = False


def find_voice(source: Source) -> Voice:
    """The voice that a source speaks for, from its name and role alone."""
    words = _words(source.name)
    if source.named:
        body = _words(MOUTH.sub(" ", _body_of(source.role))) if source.role else frozenset()
        if MOUTH.search(source.name):
            words = _words(MOUTH.sub(" ", source.name)) or words
        return Voice(source.name, True, words, body)
    mouth = MOUTH.search(source.name)
    if mouth and "spokes" in mouth.group().lower():
        owner = _words(MOUTH.sub(" ", _body_of(source.name)))
        if owner:
            return Voice(source.name, False, owner, owner)
    telling = frozenset(stem(w) for w in _all_words(source.name) if w not in VAGUE)
    return Voice(source.name, False, telling, frozenset(), bool(ANOTHER.search(source.name)))


def is_same_voice(a: Voice, b: Voice) -> bool:
    """Whether two roots count as one."""
    if a.apart != b.apart and not (a.named or b.named):
        return False
    if a.named and b.named:
        return _names_agree(a.key, b.key) or bool(a.body and (_names_agree(a.body, b.key) or _names_agree(a.body, b.body))) or bool(
            b.body and _names_agree(b.body, a.key)
        )
    if a.named != b.named:
        named, other = (a, b) if a.named else (b, a)
        # "a company spokesman" beside the company: the mouth of a body that is there by name
        return bool(other.body) and (_names_agree(other.body, named.key) or _names_agree(other.body, named.body))
    if a.body or b.body:
        return bool(a.body and b.body) and _names_agree(a.body, b.body)
    return a.key <= b.key or b.key <= a.key


def is_medium(source: Source, outlets: Iterable[str] = ()) -> bool:
    """Whether a source passes on what others say: media in general, or an outlet known by name."""
    if not source.named and MEDIA.search(source.name):
        return True
    words = _words(source.name)
    return source.named and any(words and words == _words(outlet) for outlet in outlets)


def group_voices(voices: Sequence[Voice]) -> list[int]:
    """For each voice the number of the group it belongs to. The order of the voices does not matter."""
    order = sorted(range(len(voices)), key=lambda k: (not voices[k].named, voices[k].name))
    group = list(range(len(voices)))

    def find(k: int) -> int:
        while group[k] != k:
            k = group[k]
        return k

    for place, k in enumerate(order):
        for m in order[:place]:
            if find(k) != find(m) and is_same_voice(voices[k], voices[m]):
                # what is alike in two ways with two different names is joined to the first alone
                group[find(k)] = find(m)
                break
    return [find(k) for k in range(len(voices))]


def _body_of(text: str) -> str:
    match = OF_BODY.search(text)
    return match["body"] if match else text


def _all_words(name: str) -> list[str]:
    return re.findall(r"[\w-]+", re.sub(r"[’']s\b", "", name.casefold()))


def _words(name: str) -> frozenset[str]:
    words = frozenset(w for w in _all_words(name) if w not in TITLES and len(w) > 1)
    return words or frozenset(_all_words(name))


def _names_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)
