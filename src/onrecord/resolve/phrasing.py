"""A content as a sentence of its own: quotation marks off, a name for a pronoun, who is on which side of its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.extract.gender import find_gender_of_person
from onrecord.names import find_metonym
from onrecord.records import Source, Span
from onrecord.resolve.base import Proposition
from onrecord.resolve.figures import find_figures
from onrecord.resolve.subjects import BODY_WORD
from onrecord.resolve.wording import find_names

NEAR = 400  # characters before a content in which those that it speaks of are named
FAR_BACK, SHOWN_BEFORE = 600, 70  # characters in which the sentence before is looked for, and that are kept of it
NAMES_KEPT = 2_000  # names of one page come up again and again
SUBJECT = re.compile(r"^(?:he|she|it|they|we|i|our|its|their|his|her|my)\b", re.I)
# "I | never think", "we|’re"
FIRST_VERB = re.compile(
    r"(?P<often> (?:also|never|always|still|only|just|really|strongly|firmly|now|fully|simply))?"
    r"(?: |['’](?=m\b|ve\b|re\b))"
    r"(?P<verb>am|m|are|re|have|ve|do|were|want|think|believe|know|say|ask|hope|need|like|love|see|feel|deny|support|take|"
    r"make|go|get|give|find|reject|condemn|welcome|regret|plan|expect|stand|withdraw|work|admit|remember|wish|accept|"
    r"apologi[sz]e|swear|promise|trust|fear|doubt|refuse|intend|mean|agree|disagree|oppose|urge|call|demand|offer|pay|owe|"
    r"own|run|understand|suspect|guess|worry|look|live|speak|keep|use|sell|buy|share)(?=n['’]t\b|\b)"
)
THIRD_VERB = {"am": "is", "m": "is", "are": "is", "re": "is", "have": "has", "ve": "has", "do": "does", "were": "was",
              "go": "goes"}  # fmt: skip
PLURAL = re.compile(r"(?:^(?:several|two|three|four|five|some|many) |\b(?:police|people|men|women|[a-z]+[^s’'\W]s)$)")
THIRD_PERSON = {"he": "m", "his": "m", "she": "f", "her": "f"}
POSSESSIVE = frozenset(["our", "its", "their", "his", "her", "my"])
DATELINE = re.compile(r"^[\"“]?[A-ZÀ-Þ][A-ZÀ-Þ’' .-]+(?:, \w+\.? \d+)?(?: \([^)]{2,30}\))?\s+[-–—]+\s+")
BARE_VERB = re.compile(r"^(?:having|ever having|to|being|doing|any)\s", re.I)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being)\s(?:\w+ly\s)?(?:\w+(?:ed|en|n|t)\b.*?|\w+(?:\s\w+){0,2}\s)\bby\s(?:the\s)?(.+)",
    re.I,
)
MARKS = " \t\"“”„‘’',.;:"  # around a piece
VERB = re.compile(
    r"(?<=\s)(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|shall|should|do|does|did|[a-z]{3,}ed|"
    r"paid|sold|gave|took|knew|struck|hit|shot|fired|won|lost|left|stole|met|broke|fell|rose|began|made|sent|told|wrote)\b"
)
SENTENCE_END = re.compile(r"(?<=[.!?”\"’])\s+|\n+")
OWNS = re.compile(r"['’]s? ")
TOGETHER = re.compile(r"\b(?:with|alongside|beside)\s(?:the\s)?$")
PREPOSITION = re.compile(
    r"\b(?:in|of|at|near|from|to|on|off|for|with|by|against|between)\s(?:(?:the|an?)\s)?(?:[a-zß-ÿ-]+\s){0,2}$"
)
# "it was Norway that asked": the doer stands behind a verb that only points at it
CLEFT = re.compile(
    r"^[Ii]t (?:is|was|had been|has been) (?P<who>(?:the |an? )?(?:[a-z]+ )?[A-ZÀ-Þ][^,.;]{1,40}?|the [^,.;]{2,40}?)"
    r" (?:that|who|which) (?=[a-z])"
)
# "it was the army's planes", "it is true that": this "it" is nobody
EXPLETIVE = re.compile(
    r"^it(?:['’]s| (?:is|was|has been|had been|would be|will be)) (?:not )?(?:the|an?|too|only|true|untrue|clear|likely"
    r"|possible|impossible|time|up to|[A-ZÀ-Þ]\w+|\d+)\b|^it (?:seems?|appears?|remains|makes|took|takes)\b"
)
ITSELF = re.compile(
    r"the (?:company|firm|group|club|bank|airline|agency|ministry|government|army|police|party|team)\b", re.I
)
# "that the plant will close", but not "that is untrue"
OPENING_WORD = re.compile(
    r"^(?:(?:and|but) (?=\w+ \w+ ))?"
    r"(?:that(?! (?:is|was|has|had|will|would|does|did|could|can|may|might|never|simply|just)\b)|only that|"
    r"whether|how)\s+|^(?:and|but) (?=\w+ \w+ )",
    re.I,
)
ACCUSED = re.compile(
    r"^(?P<who>[^,;]{3,80}?) of (?:having |deliberately |knowingly )*(?P<what>\w+(?:ing|ed|en|wn|ught|ld)\b.+)$"
)
# "put the number of dead at 20": 20 dead
PUT_AT = re.compile(
    r"^(?:the|its|their|his|her) (?:number|total|figure|count|toll|share|proportion) of (?P<what>.+?),? (?:at|as) "
    r"(?P<number>(?:\w+ ){0,3}?\d[\d,.]*(?: (?:percent|per cent|million|billion|thousand))?|[a-z-]+(?: [a-z-]+)?)$",
    re.I,
)
MY_CLIENT = re.compile(r"\bmy client\b", re.I)
CLIENT_OF = re.compile(
    r"\b(?:lawyer|attorney|solicitor|barrister|counsel|agent) (?:of|for) (?:the |an? )?(?:[a-z-]+ )*(?P<of>[A-ZÀ-Þ].*)"
    r"|(?P<whose>[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)*)['’]s? (?:\w+ )?(?:lawyer|attorney|solicitor|barrister|"
    r"counsel|agent)\b"
)
COUNTED = re.compile(r"(?P<it>it|that|the (?:number|figure|total|share)) (?:was|is|were|had been|stood at)\b", re.I)


def has_verb(text: str) -> bool:
    """Whether a content says what is or was done, and is no thing alone."""
    return VERB.search(text) is not None


def trim(text: str) -> str:
    """A piece without dateline, marks and the word that opens it."""
    text = DATELINE.sub("", text.replace("\n", " ")).strip(MARKS)
    return PUT_AT.sub(r"\g<number> \g<what>", OPENING_WORD.sub("", text))


def join_pieces(text: str, spans: Sequence[Span]) -> list[str]:
    """The pieces of a content; one that goes on in lower case belongs to the one before, but for behind a colon."""
    parts: list[str] = []
    end = 0
    for span in spans:
        piece = span.of(text)
        if parts and piece.lstrip(' "“')[:1].islower() and ":" not in text[end : span.begin]:
            parts[-1] += " " + piece
        else:
            parts.append(piece)
        end = span.end
    return parts


def fill_subject(
    text: str, body: str, root: Source, people: Sequence[str], *, quoted: bool = False, admits: bool = False
) -> str:
    """The content with a name in place of a pronoun that opens it: "we are not in talks" is about who says so.

    "He" and "she" are the source where its words are given indirectly, and never in its own words, which are `quoted`;
    else the last of `people`, who are named before, that the pronoun fits. Who admits what "the company" did speaks
    for it.
    """
    if client := CLIENT_OF.search(root.role or root.name):
        text = MY_CLIENT.sub(client["of"] or client["whose"], text)
    if admits and (itself := ITSELF.match(text)):
        return body + text[itself.end() :]
    if BARE_VERB.match(text) and root.span is not None:
        return f"{body} {text}"
    text = CLEFT.sub(lambda cleft: f"{cleft['who']} ", text)
    found = SUBJECT.match(text)
    if not found or EXPLETIVE.match(text[:1].lower() + text[1:]):
        return text
    pronoun = found.group().lower()
    is_person = root.name in people or (body == root.name and find_gender_of_person(body))
    if gender := THIRD_PERSON.get(pronoun):
        own = [root.name] if root.named and not quoted else []
        others = [name for name in reversed(people) if name != root.name]
        who = next((name for name in [*own, *others] if find_gender_of_person(name) in ("", gender)), "")
    elif pronoun in ("i", "my", "we", "our"):
        who = root.name if pronoun in ("i", "my") else body
    elif pronoun in ("it", "its") and root.named and not quoted and not is_person:
        who = body
    else:
        who = ""
    rest = text[found.end() :]
    if pronoun in ("i", "we"):
        rest = _agree(rest, who)
    rest = re.sub(r"^['’](?:ve|re|d|s)\b", "", re.sub(r"^['’]ll\b", " will", rest))
    return who + ("'s" if pronoun in POSSESSIVE else "") + rest if who else text


def _agree(rest: str, who: str) -> str:
    """What follows "I" or "we", as it is said of `who`: "am sorry" as "is sorry"; several keep "are" and "have"."""
    several = PLURAL.search(re.split(r" (?:of|who|in|at|from|with|for) ", who)[0]) is not None
    found = FIRST_VERB.match(rest)
    if found is None or (several and found["verb"] != "am"):
        return rest
    verb = THIRD_VERB.get(found["verb"]) or found["verb"] + (
        "es" if re.search(r"(?:s|sh|ch|x)$", found["verb"]) else "s"
    )
    verb = re.sub(r"(?<=[^aeiou])ys$", "ies", "are" if several else verb)
    return f"{found['often'] or ''} {verb}{rest[found.end() :]}"


def fill_figure(text: str, before: Sequence[Proposition]) -> str:
    """“It was 54 percent” with what was counted, from the last content that gives a figure of the same kind."""
    found = COUNTED.match(text)
    if found is None:
        return text
    units = {figure.unit for figure in find_figures(text)}
    for earlier in reversed(before):
        verb = VERB.search(earlier.text)
        same = units & {figure.unit for figure in earlier.figures} and earlier.points_at is None
        if verb and same and find_figures(earlier.text[verb.start() :]):
            return earlier.text[: verb.start()] + text[found.end("it") + 1 :]
    return text


def find_sentence_before(text: str, begin: int, title: str | None = None) -> str:
    """The end of the sentence before the one that `begin` stands in; nothing where that is the title."""
    near = text[max(0, begin - FAR_BACK) : begin]
    starts = [0, *(mark.end() for mark in SENTENCE_END.finditer(near))]
    before = " ".join(near[starts[-2] : starts[-1]].split()) if len(starts) > 1 else ""
    return "" if before == title else before[-SHOWN_BEFORE:]


def find_people_before(text: str, at: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The people named shortly before a place in a text, in full and in order; a person has two names."""
    full = [expand_name(name, names) for name in find_names(text[max(0, at - NEAR) : at])]
    return tuple(n for n in full if len(n.split()) == 2 and not BODY_WORD.search(n) and find_metonym(n) is None)


@lru_cache(NAMES_KEPT)
def expand_name(name: str, names: tuple[str, ...]) -> str:
    """A short form as the document first gives it in full: Norvik is Norvik Foods."""
    words = name.split()
    for full in names:
        longer = full.split()
        if len(longer) > len(words) and (longer[: len(words)] == words or longer[-len(words) :] == words):
            return full
    return name


def find_parties(core: str, names: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names on the doer's side and on the other: the doers are before the first verb, in a passive behind "by"."""
    places = []
    for name in names:
        words = name.split()
        at = max(core.find(words[0]), core.find(words[-1])) if core.find(words[0]) < 0 else core.find(words[0])
        if at >= 0:
            places.append((at, name.lower()))
    if found := PASSIVE.search(core):
        agents = {name for at, name in places if found.start(1) <= at <= found.start(1) + 12}
        if agents:
            return frozenset(agents), frozenset(name for at, name in places if at < found.start())
    verb = VERB.search(core)
    if verb is None:
        return frozenset(), frozenset()
    # "the plant in Aalborg": what stands behind a preposition does nothing
    doers = {
        name
        for at, name in places
        if at < verb.start()
        and not PREPOSITION.search(core[:at])
        and not OWNS.match(core, at + len(name))  # "Norvik's plant" does it, Norvik does not
    }
    # whom something is done with does it too
    return frozenset(doers), frozenset(n for at, n in places if at > verb.start() and not TOGETHER.search(core[:at]))
