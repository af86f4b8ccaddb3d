"""Whom a text speaks of: its people, the bodies that say and do things in it, and which of them "the company" is.

Each text is read once for all of its sources; a document's text is the key of what was found in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

TEXTS = 8  # of which what was found is kept: statements come document by document
MOUTH_HEAD = (
    r"(?:spokes(?:man|woman|person)|minister|secretary|director|executive|chief|head|president|chair(?:man|woman)?|"
    r"leader|boss|manager|CEO|commissioner|(?:press |health |safety |information |medical )officer|ambassador|governor|"
    r"rector|dean|captain)"
)
MOUTH = (
    r"(?:(?:foreign|defen[cs]e|finance|health|transport|interior|justice|education|labou?r|energy|water|environment|"
    r"agriculture|culture|trade|economy|science|sports?|tourism|information|fisheries|home|prime|deputy|acting|"
    rf"chief|press|managing|executive|medical|sporting|technical|general|vice|former|new) )*{MOUTH_HEAD}"
)
TITLE = r"(?:Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Professor|Captain|Colonel|General|Inspector|Chief|Sheriff|Governor)"
FULL_NAME = r"[A-ZÀ-Þ][a-zà-ÿ]+ (?:(?:de|von|van|al) )?[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ]\b(?! [A-ZÀ-Þ])"
PERSON = re.compile(rf"(?<![\w’'-])(?:{TITLE} )?({FULL_NAME})")
BESIDE_PERSON = re.compile(
    rf"(?:{MOUTH}|{TITLE}|said|told|mayor|lawyer),? ({FULL_NAME})|(?<![\w’'-])({FULL_NAME}),? (?:an? |the |who |\d\d)"
)
# what stands beside a name of two words and tells that it is no person's
BODY_NOUN = (
    r"(?:company|firm|operator|maker|builder|manufacturer|supplier|club|union|agency|group|carrier|airline|insurer|utility|"
    r"chain|newspaper|broadcaster|bank|party|ministry|hospital|charity|retailer|producer|developer|university|institute|"
    r"contractor|consortium|subsidiary)"
)
BESIDE_BODY = re.compile(
    rf"({FULL_NAME}), (?:an?|the|its) (?:(?!for |of |at |with )[\w’'-]+ ){{0,3}}?{BODY_NOUN}\b"
    rf"|\b{BODY_NOUN} ({FULL_NAME})"
)
WORD = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w-]*")
BODY_WORD = re.compile(
    r"\b(?:Ministry|Group|Foods|University|Press|Police|Court|Council|Agency|Bank|Party|Union|Museum|Hospital|Office|United|"
    r"City|School|Clinic|Company|Line|Water|Radio|Foundation|Institute|Association|Department|Board|Commission|Church|"
    r"Front|Mission|Staff|Network|Academy|Pharma|Energy|Motors|Airlines|Holdings|Service|Army|High|Command|Authority|Navy|"
    r"Society|Federation|Corporation|Committee|Centre|Center|Team|Times|News|Television|Post|Wire|League|Marathon|Lake|"
    r"Mount|Saint|St|Street|Road|Bridge|Airport|Port|Cup|Tour|Channel|Journal|Corps|Forces?|Campaign|Movement)\b"
)
# words that say nothing of what the body is
EMPTY = frozenset(
    re.findall(
        r"\S+",
        "group company firm line chain carrier utility maker manufacturer supplier owner operator railway it its",
    )
)
TOPICAL = frozenset(["company", "firm", "group", "line"])
STARTERS = frozenset(
    re.findall(
        r"\S+",
        """
        the a an it he she they we i this that these those there in on at asked but and if when while after before about
        for his her its their what who nobody no one two last according some both neither also then now here everyone
        everybody not so whether how why where since because although though as even only yet until unless with without
        by from of to or monday tuesday wednesday thursday friday saturday sunday january february march april may june
        july august september october november december christmas easter
        """,
    )
)
SAYS = (
    r"(?:(?:on|yesterday|today|meanwhile|again|also|has|had|have|would|did|does|immediately|neither|not|could)\b"
    r"(?: \w+day)? )*"
    r"(?:den(?:y|ies|ied)|declin\w+|said|says?|call\w*|dismiss\w+|reject\w*|confirm\w*|admit\w*|announc\w+|insist\w*|"
    r"acknowledg\w+|disput\w+|contradict\w+|refus\w+|conced\w+|told|repeat\w*|claim\w*|maintain\w*|comment\w*|respond\w*)"
)
DOES = r"(?:has|had|have|is|was|were|are|which|who|will|would|wants|makes|knew|[a-z]{3,}ed)"
NAMED = (
    r"(?<![\w’'-])(?P<name>[A-ZÀ-Þ][\w-]*(?: (?:of |the |and |for )?[A-ZÀ-Þ][\w-]*)*"
    r"|[Tt]he (?:[a-z]+['’]?s?['’]? ){0,2}(?:commission|council|company|board|union|agency|group|ministry|club|party|"
    r"museum|bank|mission|government|clinic|court|railway|airline|army|navy|police|hospital|university|school|operator|"
    r"supplier|manufacturer|federation|institute|authority|regulator|insurer|firm|movement|embassy|developer|retailer))"
)
ELSEWHERE = "".join(
    rf"(?<!\b{word} )" for word in ("in", "at", "near", "off", "from", "of", "at the", "of the", "in the")
)
SAYER = re.compile(rf"{ELSEWHERE}{NAMED}(?P<seat> from [A-Z]\w+)?(?:, [^,.;“”\"\n]{{3,100}},)?,? {SAYS}\b")
SUBJECT = re.compile(rf"{ELSEWHERE}{NAMED}(?P<seat> from [A-Z]\w+)?(?:['’]s?(?= )|,? {DOES}\b)")
SEVERAL = re.compile(r"(?:[A-ZÀ-Þ][\w-]* )+[A-ZÀ-Þ][\w-]*")


def find_antecedent(core: str, text: str, at: int) -> str | None:
    """What "company" in "the company" is, at a place in a text.

    A name that ends in the word or follows it, a description that ends in it ("food workers' union"), or, where the
    word tells nothing, the last body that said something. None where there is no telling.
    """
    word = core.split()[-1].lower()
    named = _find_endings(text, word)
    if named:
        before = bisect_left(named, (at, ""))
        return named[before - 1][1] if before else named[-1][1]
    if word in EMPTY:
        return find_subject(text, at) or (find_topic(text) if word in TOPICAL else None)
    words = re.findall(rf"\b(?:[Tt]he|[Aa]n?) ((?:[a-z]+['’]?s?['’]? ){{1,2}}{word})\b(?! of)", text[:at])
    return str(words[-1]) if words else None


def find_subject(text: str, at: int, *, within: int = 0) -> str | None:
    """The last body from `within` to a place that says something, else the last that owns or does something."""
    for found in (_find_subjects(text, SAYER), _find_subjects(text, SUBJECT)):
        last = bisect_left(found, (at, "")) - 1
        if last >= 0 and found[last][0] >= within:
            return found[last][1]
    named = [name for name in SEVERAL.findall(text[within:at]) if BODY_WORD.search(name)]
    return re.sub(r"^The ", "", named[-1]) if named else None


@lru_cache(TEXTS)
def find_people(text: str) -> frozenset[str]:
    """Names of people, in full and their last words.

    They are of two words, of which the second also stands alone, or beside which a person's word stands.
    """
    pairs = Counter(PERSON.findall(text))
    words = Counter(WORD.findall(text))
    beside = {name for found in BESIDE_PERSON.findall(text) for name in found if name}
    bodies = {name for found in BESIDE_BODY.findall(text) for name in found if name}
    found = set()
    for name, times in pairs.items():
        first, _, last = name.partition(" ")
        alone, short = words[last.split()[-1]] - times, words[first] - times
        if name in bodies or BODY_WORD.search(name):
            continue
        if first.lower() not in STARTERS and ((alone > 0 and alone >= short) or (name in beside and short <= 0)):
            found |= {name, last, last.split()[-1]}
    return frozenset(found)


@lru_cache(2 * TEXTS)
def _find_subjects(text: str, pattern: re.Pattern[str]) -> tuple[tuple[int, str], ...]:
    """Bodies with the places where they end, in order."""
    made = []
    for found in pattern.finditer(text):
        name = re.sub(r"^[Tt]he ", "", found["name"])
        first, _, rest = name.partition(" ")
        if first.lower() in STARTERS:
            name = rest
        if found["seat"] and name.lower() in TOPICAL:
            name = find_topic(text) or ""  # "the company from Porto"
        if name and not _is_no_body(name, text):
            made.append((found.end("name"), name))
    return tuple(made)


@lru_cache(16 * TEXTS)
def _find_endings(text: str, word: str) -> tuple[tuple[int, str], ...]:
    pattern = rf"((?:[A-ZÀ-Þ][\w’'-]+ )+{word.capitalize()})\b|\b{word} ([A-ZÀ-Þ]\w+)"
    return tuple((found.end(), re.sub(r"^The ", "", found[1] or found[2])) for found in re.finditer(pattern, text))


@lru_cache(TEXTS)
def find_topic(text: str) -> str | None:
    """The name of one word that stands in the text most often and is no person's."""
    names = Counter(re.findall(r"(?<![.!?] )(?<!\n)(?<!^)\b[A-ZÀ-Þ][^\W\d]+\b(?! [A-ZÀ-Þ][^\W\d]+)", text))
    return next((name for name, times in names.most_common() if times > 1 and not _is_no_body(name, text)), None)


def _is_no_body(name: str, text: str) -> bool:
    """Whether a subject is a person, a word that only opens a sentence, or one that tells nothing."""
    words = name.split()
    people = find_people(text)
    if any(word in people for word in words) or re.match(r"[A-Z]\w+ [A-Z]\w+ of ", name):
        return True
    return len(words) == 1 and (name.islower() or name.lower() in STARTERS or name.lower() in _find_lower(text))


@lru_cache(TEXTS)
def _find_lower(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<!\w)[a-zà-ÿ]\w*", text))
