"""Whether two spellings can be one name: titles, initials, middle names, diacritics, transliteration, acronyms.

Transliterations agree by their skeleton: consonants that scripts render differently are put into one class, vowels
dropped, so that Zelensky, Zelenskyy and Selenskyj come to the same letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.records import Part

CACHE = 100_000
TITLES = frozenset(
    re.findall(
        r"\S+",
        """
        mr mrs ms miss mx dr sir dame lord lady prof professor rev reverend hon rep sen gov gen col capt lt sgt maj adm
        president senator governor representative secretary minister chancellor premier judge justice mayor king queen
        prince princess pope general colonel captain admiral herr frau monsieur madame jr sr ii iii iv ayatollah sheikh
        sheik imam cardinal archbishop bishop ambassador
        """,
    )
)
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
SMALL = {
    "the",
    "a",
    "an",
    "of",
    "for",
    "and",
    "de",
    "la",
    "le",
    "du",
    "des",
    "der",
    "die",
    "das",
    "und",
    "&",
    "in",
    "on",
}
PARTICLES = {"al", "el", "bin", "ibn", "ben", "von", "van", "de", "da", "di", "del", "der", "den", "la", "le"}
LEGAL = {"inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "ag", "sa", "gmbh", "nv", "spa"}
NICKNAMES = {
    "bill": "william", "billy": "william", "will": "william", "bob": "robert", "bobby": "robert", "rob": "robert",
    "dick": "richard", "rick": "richard", "rich": "richard", "jim": "james", "jimmy": "james", "joe": "joseph",
    "mike": "michael", "mick": "michael", "tom": "thomas", "tommy": "thomas", "tony": "anthony", "ted": "edward",
    "ed": "edward", "eddie": "edward", "chuck": "charles", "charlie": "charles", "dan": "daniel", "danny": "daniel",
    "dave": "david", "don": "donald", "ken": "kenneth", "larry": "lawrence", "matt": "matthew", "nick": "nicholas",
    "pete": "peter", "ron": "ronald", "sam": "samuel", "steve": "steven", "stephen": "steven", "tim": "timothy",
    "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth", "kate": "katherine", "kathy": "katherine",
    "katie": "katherine", "maggie": "margaret", "peggy": "margaret", "meg": "margaret", "sue": "susan",
    "andy": "andrew", "ben": "benjamin", "bernie": "bernard", "chris": "christopher", "greg": "gregory",
    "jeff": "jeffrey", "jerry": "gerald", "jack": "john", "jon": "john", "johnny": "john", "josh": "joshua",
    "alex": "alexander", "sasha": "alexander", "volodya": "vladimir", "misha": "mikhail", "dima": "dmitry",
    "mitch": "mitchell", "rudy": "rudolph", "hank": "henry", "harry": "henry", "fred": "frederick", "pat": "patrick",
    "ray": "raymond", "stan": "stanley", "walt": "walter", "abe": "abraham", "gabe": "gabriel", "nate": "nathan",
    "muhammad": "mohammed", "mohamed": "mohammed", "mohammad": "mohammed", "mohamad": "mohammed",
    "muhammed": "mohammed",
    "jenny": "jennifer", "barb": "barbara", "cathy": "katherine", "catherine": "katherine", "deb": "deborah",
}  # fmt: skip
# digraphs of Latin transliterations, longest first, and the class of sounds that they stand for
DIGRAPHS = (
    ("shch", "s"), ("schtsch", "s"), ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("tch", "s"), ("dzh", "j"),
    ("dsch", "j"), ("zh", "j"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("tz", "s"), ("ts", "s"), ("cz", "s"), ("sz", "s"), ("ck", "k"), ("qu", "k"), ("ks", "x"), ("dj", "j"),
)  # fmt: skip
SOUNDS = str.maketrans({"z": "s", "c": "k", "q": "k", "w": "v", "f": "v", "j": "", "y": "", "x": "k", "h": ""})
MIN_SKELETON = 3
SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class Match:
    """How surely two names are one, 0 to 1, and why."""

    score: float
    parts: tuple[Part, ...]


@lru_cache(CACHE)
def match_names(left: str, right: str) -> Match:
    """Compare two names as worded; about 0.5 is "may be the same", from 0.8 on the same unless other facts speak."""
    a, b = split_name(left), split_name(right)
    if not a or not b:
        return _no("one of them is empty")
    if a == b:
        return _yes(1.0, "same words", "the same words, titles, case and diacritics aside")
    if _is_acronym(left, b) or _is_acronym(right, a):
        return _yes(0.85, "acronym", "one is made of the initials of the other")
    if "".join(a) == "".join(b):
        return _yes(0.95, "hyphens", "the same letters, cut into words in another way")
    if sorted(a) == sorted(b):
        return _yes(0.95, "word order", "the same words in another order")
    if len(a) == 1 or len(b) == 1:
        return _match_short(a, b)
    return _match_full(a, b)


def _match_short(a: Sequence[str], b: Sequence[str]) -> Match:
    short, long = sorted((a, b), key=len)
    if _same_sound(short[0], long[-1]):
        if len(long) == 1:
            return _yes(0.85, "transliteration", "the same sounds")
        return _yes(0.55, "surname", "only the surname is given")
    if len(long) > 1 and short[0] == long[0]:
        return _yes(0.35, "first word", "only the first word agrees")
    return _no("no word agrees")


def _match_full(a: Sequence[str], b: Sequence[str]) -> Match:
    if not _same_sound(a[-1], b[-1]):
        if set(a) < set(b) or set(b) < set(a):
            return _yes(0.7, "shorter form", "all words of one are in the other")
        if _same_sound(a[-1], b[0]) and _same_given(a[0], b[-1]):
            return _yes(0.85, "word order", "surname first in one of them")
        return _no("the last words differ")
    last = Part("surname", 0.5, "the same surname" if a[-1] == b[-1] else "the same surname in another spelling")
    given = _match_given(a[0], b[0])
    if given.value <= 0 and (set(a) < set(b) or set(b) < set(a)) and not SMALL & {*a, *b}:
        return _yes(0.8, "second name", "one gives only the second of two given names")
    if given.value <= 0:
        return Match(0.1, (last, given))
    middle = _match_middle(a[1:-1], b[1:-1])
    score = 0.5 + given.value + middle.value
    return Match(max(0.0, min(score, 1.0)), (last, given, middle) if middle.reason else (last, given))


def _match_given(a: str, b: str) -> Part:
    if a == b:
        return Part("given name", 0.45, "the same given name")
    if NICKNAMES.get(a, a) == NICKNAMES.get(b, b):
        return Part("given name", 0.4, f"{a} and {b} are forms of one name")
    if len(a) == 1 or len(b) == 1:
        if a[0] == b[0]:
            return Part("given name", 0.3, "an initial that fits")
    elif _same_sound(a, b):
        return Part("given name", 0.4, "the same given name in another spelling")
    return Part("given name", -0.4, f"{a} is not {b}")


def _same_given(a: str, b: str) -> bool:
    return _match_given(a, b).value > 0


def _match_middle(a: Sequence[str], b: Sequence[str]) -> Part:
    a, b = [w for w in a if w not in PARTICLES], [w for w in b if w not in PARTICLES]
    if not a or not b:
        return Part("middle name", 0.0, "only one has a middle name" if a or b else "")
    if all(x[0] == y[0] for x, y in zip(a, b, strict=False)):
        return Part("middle name", 0.05, "middle names agree")
    return Part("middle name", -0.35, "middle names differ")


def _yes(score: float, feature: str, reason: str) -> Match:
    return Match(score, (Part(feature, score, reason),))


def _no(reason: str) -> Match:
    return Match(0.0, (Part("words", 0.0, reason),))


@lru_cache(CACHE)
def split_name(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without diacritics, titles, articles, possessives and legal forms."""
    plain = fold(re.sub(r"['’]s\b", "", name))
    plain = re.sub(r"\bprime minister\b", " ", plain) if len(plain) > len("the prime minister") else plain
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)  # U.S. → us
    words = [w for w in re.findall(r"\w+", plain.replace("-", " ").replace("'", "").replace("’", "")) if w]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    # a title never stands last: Larry King, Julie Bishop
    told = [w for w in words[:-1] if w not in TITLES and w not in {"the", "a", "an"}] + words[-1:]
    bare = [w for w in told if w not in LEGAL] if len(told) > 1 else told
    return tuple(bare or told)


def fold(text: str) -> str:
    """Case and diacritics undone."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(SPECIAL)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(CACHE)
def make_skeleton(word: str) -> str:
    """The consonants of a word by class of sound, doubled ones once: "slnsk" for Zelensky and Selenskyj."""
    sounds = fold(word)
    for written, sound in DIGRAPHS:
        sounds = sounds.replace(written, sound)
    first = sounds[:1] if sounds[:1] in "aeiou" else ""
    sounds = re.sub(r"[aeiou]", "", sounds.translate(SOUNDS))
    return first + re.sub(r"(.)\1+", r"\1", sounds)


def _same_sound(a: str, b: str) -> bool:
    """Equal, or alike in all consonants where there are enough of them to tell and the vowels are not far off."""
    if a == b:
        return True
    # German and Polish write "ch" for the sound that English writes "kh", and an Arabic letter is "q" or "g"
    ones, others = (
        {make_skeleton(w), make_skeleton(w.replace("ch", "kh")), make_skeleton(w.replace("q", "g"))} for w in (a, b)
    )
    shared = max((len(s) for s in ones & others), default=0)
    if not shared or abs(len(a) - len(b)) > 4:
        return False
    first, second = _vowels(a), _vowels(b)
    return first == second or (shared >= MIN_SKELETON and first[:1] == second[:1])


# letters for the same vowel or glide in one transliteration or another
VOWELS = str.maketrans({"y": "i", "j": "i", "e": "i", "u": "o"})


def _vowels(word: str) -> str:
    """The vowels of a word by class, each run of one class once: "aia" for Maria and Marija."""
    return re.sub(r"(.)\1+", r"\1", "".join(re.findall(r"[aio]", fold(word).translate(VOWELS))))


def find_initials(name: str) -> str:
    """The capitals that the words of a name begin with."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_acronym(short: str, long: Sequence[str]) -> bool:
    letters = re.sub(r"[^\w]", "", short)
    if not 2 <= len(letters) <= 7 or letters[1:].lower() == letters[1:] or len(long) < 2:
        return False
    told = [w for w in long if w not in SMALL]
    return letters.lower() in {"".join(w[0] for w in told), "".join(w[0] for w in long)}
