"""For which body a named person speaks, by the words with which the text introduces the person.

"The board's head, Mara Lenz", "Hanne Dahl, archivist at the National Library" name the body. A leader or a spokeswoman
of nothing in particular ("finance chief Ruth Avery") is of the body that the text was just about, and so is somebody
of a trade that is at home in such a body: a physician of the hospital, no baker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.extract.gender import find_gender_of_person
from onrecord.records import Source
from onrecord.resolve.subjects import BODY_WORD, STARTERS, TEXTS, TITLE, find_people

Place = tuple[int, str]
Expand = Callable[[str, int], str | None]
"""A body as fully as a text gives it, for the words of one at a place."""

PERSONAL = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?: (?:de|von|van|al|[A-ZÀ-Þ][\w’'-]*\.?))+")
RANK = (
    r"(?:(?:Rear |Vice |Lieutenant |Brigadier |Major |Staff )?(?:Admiral|General|Colonel|Commander|Captain|Major|"
    r"Brigadier|Lieutenant|Sergeant|Commodore)|Lt\.?|Maj\.?|Col\.?|Gen\.?|Capt\.?|Sgt\.?)"
)
TITLES = re.compile(rf"(?:\b(?:Dr|Mr|Mrs|Ms|Prof)\.? |\b(?:Professor|Sir|Dame|Herr|Frau|{RANK}) )+$")
LEADER = (
    r"(?:spokes(?:man|woman|person)|(?:vice |deputy )?(?:president|chair(?:man|woman|person)?|director)|"
    r"secretary[- ]general|general secretary|secretary|chief|head|leader|boss|manager|executive|CEO|chief \w+|"
    r"commander|superintendent|administrator|coordinator|treasurer|commissioner|officer|rector|dean|principal|governor|"
    r"ombudsman|chief of staff|official)"
)
# trades of which somebody speaks for a body of a kind
TRADES = tuple(
    (re.compile(rf"\b(?:{body})\b", re.I), re.compile(rf"\b(?:{trade})$", re.I))
    for body, trade in (
        ("hospital|clinic|infirmary|medical cent(?:er|re)", "physician|doctor|surgeon|consultant|paediatrician|matron"),
        (
            "health (?:directorate|office|agency|authority|department|ministry|institute|service)",
            "physician|doctor|epidemiologist|virologist",
        ),
        ("prosecut\\w+|attorney['’]s office", "prosecutor|attorney"),
        (
            "institutes?|university|laboratory|observatory|academy|survey|centre|center|museum|archives?|library|zoo|"
            "aquarium|gallery|botanical garden",
            r"\w+ologist|\w+ographer|astronomer|physicist|chemist|researcher|scientist|professor|curator|archivist|"
            "conservator|librarian|restorer|keeper|vet|veterinarian",
        ),
        ("club|team|federation|FC|AC|SC|United|City|Rovers|Athletic", "coach|trainer|sporting director"),
        ("army|navy|air force|militia|guard|military|forces?|troops|rebels|command", RANK),
        ("police|sheriff['’]s office", f"inspector|constable|detective|{RANK}"),
        ("fire (?:service|brigade|department)|firefighters", f"investigator|{RANK}"),
        ("diocese|archdiocese|church|parish|abbey", "vicar(?: general)?|bishop|archbishop|abbot|priest|chancellor"),
        ("city hall|town hall|mayor['’]s office", "mayor"),
        ("county|city|town|council|ministry|authority|board|utility", "engineer|clerk|inspector"),
    )
)
# nouns of bodies, where a common noun names one
BODY = (
    r"(?:company|firm|operator|maker|builder|manufacturer|supplier|club|union|agency|group|carrier|airline|insurer|"
    r"utility|chain|newspaper|broadcaster|bank|party|ministry|hospital|charity|retailer|producer|developer|university|"
    r"institute|contractor|consortium|subsidiary|board|council|commission|committee|authority|directorate|department|"
    r"office|service|brigade|guard|police|army|navy|militia|air force|museum|zoo|brewery|factory|plant|mill|diocese|"
    r"archdiocese|church|parish|federation|confederation|association|league|society|foundation|trust|academy|school|"
    r"college|laboratory|observatory|library|archive|airport|port|railway|court|embassy|consulate|palace|parliament|"
    r"government|presidency|city|county|town|clinic|regulator|watchdog|team|movement|campaign|mission|network)"
)
# words in front of a name that end what introduces it
CUT = re.compile(
    r".*(?:[.!?;:“”\"\n—–]|, |\b(?:said|says|say|told|tells|added|adds|writes|wrote|explained|according to|by|that|"
    r"when|while|but|as|where|and|into|about|against|to|has|have|had|is|was|were|will|would|who|which|than|asked|"
    r"accused|quoted|quotes|quoting|cited|cites|citing|praised|joined|met|named) )",
    re.S,
)
INSIDE_CUT = re.compile(
    r"[,.;:“”\"\n—–]| (?:said|says|told|has|had|have|was|is|will|would|added|wrote|writes|explained)\b"
)
NO_MOUTH = re.compile(r"\b(?:former|ex|retired|then|opposition|members?|majority|minority|poll|race)\b", re.I)
# of a state or a country, not of what was just spoken of
STATELY = re.compile(r"(?:President|Secretary|Chancellor|Premier|Leader)")
# who speaks for a person: "Gore's communications director"
SOMEBODYS = re.compile(r"(?P<who>[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w.-]*)*)['’]s? (?P<what>.+)$")
FOR_A_PERSON = re.compile(r"\bspokes|\bpress\b|\bcommunications\b|\bcampaign\b|\bmedia\b", re.I)
ARTICLE = re.compile(r"^(?:[Tt]he|[Aa]n?) ")
OF = re.compile(r",? (?:of|at|for|with|from) ")
OWN = re.compile(r"its|their|our", re.I)
IN_PLACE = re.compile(r" (?:in|on) (?:the )?(?:[\w-]+ ?){1,3}$")
LEADS = re.compile(rf"(?:^|\s){LEADER}$", re.I)
DESK_WORD = re.compile(
    r"Press|Deputy|Majority|Minority|Program(?:me)?|Communications|Information|Media|Policy|Campaign"
)
LAWYER = re.compile(r"(?:lawyer|attorney|counsel)$", re.I)
RUNS = re.compile(
    r",? who (?:speaks for|leads|heads|runs|chairs|manages|represents) (?P<of>[^,.;:“”\"\n]+?)"
    r"(?=[,.;\n]| (?:said|has|had|told|says|in)\b|$)"
)
OF_NAME = re.compile(
    r",? (?:of|from|with) (?P<of>(?:the )?[A-ZÀ-Þ][\w’'&-]*(?: (?:of |the |and |for )*[A-ZÀ-Þ][\w’'&-]*)*)"
)
WITHIN, WORD_END = re.compile(r"(?<=[\w,] )[A-ZÀ-Þ][\w’'-]*"), re.compile(r"\w\b")
ORGANISED = re.compile(rf"{BODY}", re.I)
# words of a body's name: no verb, no further article
INNER = r"(?!(?:the|an?|says?|said|has|had|is|was|will|of|and|in|at|to|for|that) )[\w’'-]+"
NEAR = re.compile(rf"\b[Tt]he ((?:{INNER} ){{0,2}}?{BODY})\b(?!['’]|(?: {INNER}){{0,2}} {BODY}\b)")
# "The zoo in Prell says", "FC Marnau suspended"
SUBJECT = re.compile(
    rf"(?:^|(?<=[.!?”\"] )|(?<=\n))(?:[Tt]he (?P<noun>(?:{INNER} ){{0,3}}?{BODY}(?!(?: {INNER}){{0,2}} {BODY}\b)"
    r"(?: (?:of|in|for|at) (?:the )?[A-ZÀ-Þ]\w+)?)(?: (?P<called>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*))?"
    r"|(?:The )?(?P<name>[A-ZÀ-Þ][\w’'-]*(?: (?:of |for )?[A-ZÀ-Þ][\w’'-]*)*)),? "
    r"(?!of |in |at |for |from |to |with |and |or |by )(?=[a-z])"
)
POLICE = re.compile(r"^(?:Inspector|Superintendent|Constable|Detective|Commissioner)\b")
# whoever works there need not speak for it
LOOSE = re.compile(r"\b(?:university|hospital|institute|school|college|clinic)\b", re.I)


@dataclass(frozen=True, slots=True)
class Setting:
    """A text with what was spoken of in it: bodies that say or do something, by the place where they are named."""

    text: str
    bodies: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Found:
    """A body, and whether the words beside the person tell of it, or have to take it for granted."""

    name: str
    told: bool


def find_affiliations(text: str, links: Sequence[Source], expand: Expand) -> dict[str, str]:
    """The people of a text, its sources among them, in lower case, with the body that each speaks for."""
    setting = Setting(text, _find_bodies(text, links))
    found = {}
    people = sorted(name for name in find_people(text) if " " in name)
    for name in dict.fromkeys([*(link.name for link in links if link.named), *people]):
        if PERSONAL.fullmatch(name) and not BODY_WORD.search(name):
            body = _find_affiliation(setting, name, expand)
            if body and body.lower() not in name.lower():
                found[name.lower()] = body
    return found


def _find_bodies(text: str, links: Sequence[Source]) -> list[Place]:
    """The bodies that a text speaks of: subjects of sentences, and sources that are no people."""
    people = find_people(text)
    found = {
        (match.start(), name)
        for match in SUBJECT.finditer(text)
        if (name := match["called"] or match["noun"]) or _is_name(name := match["name"], text)
    }
    for link in links:
        named = link.named and not find_gender_of_person(link.name)
        if link.span and (named or re.search(rf"\b{BODY}(?: (?:of|in|for|at) .+)?$", link.name, re.I)):
            found.add((link.span.begin, re.sub(r"^[Tt]he ", "", link.name)))
    return sorted(
        (place, name)
        for place, name in found
        if name.split()[0].lower() not in STARTERS
        and not re.match(TITLE, name)
        and people.isdisjoint({name, *name.split()[-1:]})
    )


def _is_name(words: str, text: str) -> bool:
    """Whether what begins a sentence is a name: of several words, or of one that has its capital elsewhere too."""
    return " " in words or words in _find_words_within(text)


@lru_cache(TEXTS)
def _find_words_within(text: str) -> frozenset[str]:
    """The words with a capital in a text that begin no sentence, and what they have before a hyphen or apostrophe."""
    found = set(WITHIN.findall(text))
    return frozenset(word[: end.end()] for word in found for end in WORD_END.finditer(word))


def _find_affiliation(setting: Setting, name: str, expand: Expand) -> str | None:
    """The body of a person of this full name: one named beside it anywhere goes before one taken for granted."""
    granted: str | None = None
    for found in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", setting.text):
        for phrase, at in _iter_introductions(setting.text, found.start(), found.end()):
            if (body := _read(setting, phrase, at, expand)) is None:
                continue
            if body.told:
                return body.name
            granted = granted or body.name
        runs = RUNS.match(setting.text, found.end())
        if runs and _is_body(setting, runs["of"]):
            return _fill(setting, runs["of"], found.start(), expand)
        of = OF_NAME.match(setting.text, found.end())
        if of and _is_heard(setting, of["of"]):
            return expand(of["of"], found.start())
    return granted


def _iter_introductions(text: str, begin: int, end: int) -> Iterator[tuple[str, int]]:
    """What stands in front of a name and behind it that may say what the person is, with where it begins."""
    before = text[max(0, begin - 120) : begin]
    bare = TITLES.sub("", before)
    rank = before[len(bare) :].strip()
    phrase = CUT.sub("", bare.rstrip(" ,")).strip()
    if phrase and not re.match(r"(?:his|her)\b", phrase, re.I):
        yield phrase, begin - len(phrase)
    if behind := re.match(r", (?P<what>[^.;:“”\"\n]{3,120})", text[end : end + 130]):
        cut = INSIDE_CUT.search(behind["what"])
        yield behind["what"][: cut.start()] if cut else behind["what"], begin
    if rank:
        yield rank, begin


def _read(setting: Setting, phrase: str, at: int, expand: Expand) -> Found | None:
    """The body that a phrase like "its commander in the north" tells of."""
    if NO_MOUTH.search(phrase) or STATELY.fullmatch(phrase):
        return None
    phrase = ARTICLE.sub("", IN_PLACE.sub("", phrase))
    front, of = (*OF.split(phrase, maxsplit=1), "")[:2]
    owner, trade = _split_owner(setting, front)
    kinds = [body for body, people in TRADES if people.search(trade)]
    leads = LEADS.search(trade) is not None
    if not leads and not kinds and not (owner and LAWYER.search(trade)):
        return None
    somebodys = SOMEBODYS.match(front)
    if not owner and somebodys and _is_person(setting, somebodys["who"]):
        return Found(somebodys["who"], told=True) if FOR_A_PERSON.search(somebodys["what"]) else None
    if owner or (of and (_is_body(setting, of) or (leads and re.match(r"the |[A-ZÀ-Þ]", of)))):
        body = _fill(setting, owner or of, at, expand)
        fits = any(kind.search(body or "") for kind in kinds) and (
            owner or _is_heard(setting, of) or not LOOSE.search(of)
        )
        return Found(body, told=True) if body and (leads or fits or (owner and LAWYER.search(trade))) else None
    body = _find_last(setting, at, expand, () if leads else kinds) or ("police" if POLICE.match(trade) else None)
    return Found(body, told=False) if body else None


def _fill(setting: Setting, words: str, at: int, expand: Expand) -> str | None:
    """The body that "its", "the directorate's" or "the Alder Trust" is."""
    if re.match(r"(?:its|their|our)\b", words, re.I):
        return _find_subject(setting, at, expand)
    plain = ARTICLE.sub("", re.sub(r"['’]s?$", "", words))
    body = expand(words, at)
    if body is None or body.lower() != plain.lower() or ORGANISED.fullmatch(plain) is None:
        return body
    last = _find_last(setting, at, expand, [re.compile(rf"\b{re.escape(plain)}$", re.I)])
    # "Department head Li Wen" is of whatever was spoken of
    return last or (_find_last(setting, at, expand) if plain == words else body)


def _find_subject(setting: Setting, at: int, expand: Expand) -> str | None:
    """What "its" is in a sentence: the body that the sentence begins with, one that it names, else the last before."""
    begin = max(setting.text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n"))
    for place, name in setting.bodies:
        if begin < place < at:
            return expand(name, place)
    near = NEAR.search(setting.text, max(begin, 0), at)
    return expand(near[1], at) if near else _find_last(setting, at, expand)


def _split_owner(setting: Setting, front: str) -> tuple[str, str]:
    """Whose "the service's chief investigator", "its head" or "CGX secretary" is, and what."""
    words = front.split()
    for k in range(len(words) - 1, 0, -1):
        owner = " ".join(words[:k])
        desk = DESK_WORD.fullmatch(words[k - 1]) and words[k][:1].isupper()  # "White House Press | Secretary"
        if OWN.fullmatch(owner) or (not desk and _is_body(setting, re.sub(r"['’]s?$", "", owner))):
            return owner, " ".join(words[k:])
    return "", front


def _is_body(setting: Setting, words: str) -> bool:
    """Whether some words name a body: by its noun, or as a body that the text speaks of."""
    return (
        re.search(rf"\b{BODY}$", words, re.I) is not None
        or BODY_WORD.search(words) is not None
        or _is_heard(setting, words)
    )


def _is_heard(setting: Setting, words: str) -> bool:
    words = ARTICLE.sub("", words).lower()
    return any(f" {words} " in f" {name.lower()} " for _, name in setting.bodies)


def _is_person(setting: Setting, words: str) -> bool:
    """Whether a name is that of a person whom the text names, or the last word of it."""
    return any(name.split()[-1] == words.split()[-1] for name in find_people(setting.text))


def _find_last(setting: Setting, at: int, expand: Expand, kinds: Sequence[re.Pattern[str]] = ()) -> str | None:
    """The last body of these kinds, or of any, that is spoken of before a place in the paragraph or the one before."""
    line = setting.text.rfind("\n", 0, max(0, setting.text.rfind("\n", 0, at) - 1))
    for place, name in reversed(setting.bodies):
        if line <= place < at and (not kinds or any(kind.search(name) for kind in kinds)):
            return expand(name, place)
    return None
