"""Yes and no: sentences that only say whether what was said before is so ("That is simply not the case.")."""

from __future__ import annotations

import re

from onrecord.resolve.phrasing import MARKS

REPORTS = (
    r"(?:reports?|allegations?|claims?|accusations?|charges?|rumou?rs?|accounts?|story|stories|figures?|numbers?|"
    r"statements?|versions?|suggestions?|assertions?|contentions?|descriptions?|articles?|testimony)"
)
WHAT = (
    rf"(?:(?:all |none |every word |not a word |not one word |nothing |much |most |any )?(?:of )?(?:that|this|it)"
    rf"|(?:the|this|that|these|those|his|her|their|its|your|such|all|both) (?:[\w’'-]+ ){{0,2}}?{REPORTS}"
    rf"(?: (?:in|of|by|from) [^,.;]{{2,30}})?|not a word|nothing|what (?:he|she|they|it|[A-Z]\w+) (?:says?|"
    rf"said)[^,.;]{{0,30}})"
)
IS = r"(?:['’]s|['’]re| is| are| was| were| has been| have been)"
HOW = (
    r"(?: (?:\w+ly|just|all|plain|pure|total|complete|utter|outright|quite|so|another|more|the|an?|nothing but|"
    r"nothing more than|a pack of|a load of|a piece of|a bit of))*"
)
FALSE = (
    r"(?:(?:not|n[’']t) (?:\w+ly |at all |quite |even )*(?:true|so|right|correct|accurate|the case|the truth|"
    r"what happened|how it (?:was|happened))|(?:untrue|wrong|false|incorrect|inaccurate|nonsense|nonsensical|rubbish|"
    r"garbage|lies?|inventions?|invented|made up|fabrications?|fabricated|fiction|fantasy|fairy ?tales?|myths?|absurd|"
    r"ridiculous|ludicrous|laughable|preposterous|outrageous|baseless|unfounded|groundless|misinformation|"
    r"disinformation|propaganda|jokes?|farce|witch[- ]hunts?|"
    r"fake|fake news|hoax|slander|libel|defamation|smears?|gossip|bunk|tosh|bogus|untruths?|"
    r"falsehoods?|distortion|malicious)(?: (?:and|or) \w+)?)"
)
TRUE = r"(?:true|right|correct|accurate|the case|the truth|so|what happened|how it (?:was|happened)|confirmed)"
OPENING = r"(?:(?:but|well|look|listen|oh|and|sorry|frankly|honestly|again|indeed|of course)\W+)*"
CLOSING = (
    r"(?:,? (?:from (?:start|beginning|a) to (?:finish|end|z)|of the highest order|on (?:both|all) counts|"
    r"and (?:he|she|they|everyone|everybody|it|you) knows? (?:it|that)|as far as \w+ (?:know|am concerned)|"
    r"in (?:any|every) (?:way|respect)|at all|either|entirely|completely|and nothing else|about (?:that|this)))?\W*$"
)
DISOWN = (
    r"(?:(?:\w+ly )?(?:deny|denies|denied|reject|rejects|rejected|dispute|disputes|disputed|refute|refutes|refuted))"
)
NO = re.compile(
    rf"^\W*{OPENING}(?:{WHAT}{IS}{HOW} ?{FALSE}|(?:all |just |pure |utter |complete |total |absolute |an? )*{FALSE}"
    rf"|(?:they|he|she|the [\w’'-]+|[A-Z]\w+) (?:has|have|had|got|gets?) (?:it|this|that) (?:all |completely |"
    rf"badly )?wrong"
    rf"|(?:not a word|none|nothing) of (?:it|that|this){IS} {TRUE}"
    r"|no|nope|never|not at all|absolutely not|certainly not|definitely not|of course not|not so|no way|no such thing"
    rf"|(?:(?:it|that|this) )?(?:simply |just )?(?:never happened|did(?:n[’']t| not) happen)|there is no truth "
    rf"(?:in|to) "
    rf"{WHAT}|(?:i|we|he|she|it|they) {DISOWN} {WHAT}(?: (?:entirely|completely|outright))?){CLOSING}",
    re.I,
)
YES = re.compile(
    rf"^\W*{OPENING}(?:(?:yes\W+)?(?:{WHAT}|they|he|she|the [\w’'-]+){IS}{HOW} {TRUE}"
    rf"|yes|yeah|correct|right|true|exactly|indeed|absolutely"
    rf"|(?:yes\W+)?(?:i|we|he|she|it|they) (?:can (?:only )?)?(?:confirm|confirmed|acknowledge|admit|"
    rf"do(?:n[’']t| not) deny) "
    rf"{WHAT}){CLOSING}",
    re.I,
)
# "spoke of | disinformation from the west"
SPOKE_OF = re.compile(r"\b(?:spoke|speaks?|speaking|spoken|talked|talks?) of$", re.I)
CALLED = re.compile(
    rf"^\W*(?:(?:an?|the|pure|sheer|bad|another|more|complete|total) )*{FALSE}\b"
    r"(?: (?:from|by|in|of|against|about|on) .{2,40})?\W*$",
    re.I,
)

# "called | it a good day", "thought of | those men as candidates": what somebody makes of it, and not that it is so
CALLING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|brand(?:s|ed|ing)?|labell?(?:s|ed|ing)?|dub(?:s|bed|bing)|deem(?:s|ed))$", re.I
)
SEEING = re.compile(
    r"\b(?:sees?|saw|seen|seeing|regard|view|describ|portray|casts?\b|casting|paint|thinks?|thought|treats?\b|treated|"
    r"denounc|condemn|slam|hail|characteri[sz])",
    re.I,
)
POINTER = r"^(?:(?:this|that|these|those) (?!as\b|an?\b|the\b)[\w’'-]+|it|him|her|them|this|that|these|those)"
VERDICT = re.compile(rf"{POINTER} (?P<what>[^,.;]{{3,80}})$", re.I)
SEEN_AS = re.compile(rf"{POINTER} as (?P<what>[^,.;]{{3,80}})$", re.I)
PERSON = re.compile(r"^(?:him|her|them)\b", re.I)
# "which has drawn concern from rivals", "made several statements on the matter"
FEELING = re.compile(
    r"\b(?:(?:pleased|outraged|distressed|worr(?:y|ies|ied|ying)|concern(?:s|ed)?|criticisms?|lik(?:es?|ed|ing)|"
    r"lov(?:es?|ed|ing)|hat(?:es?|ed|ing)|(?:favou?r|fear|lament|mourn|mock|want|condemn|await)(?:s|ed|ing)?|"
    r"(?:wish|discuss)(?:es|ed|ing)?|(?:prais|welcom|critici[sz]|celebrat|embrac|hop|anticipat)(?:e[sd]?|ing))\b"
    r"|(?:statements?|remarks?|comments?|questions?|speech|speeches) (?:on|about)$)",
    re.I,
)


def find_verdict(content: str, cue: str) -> str:
    """What somebody calls the thing that he points at, or sees it as, "" where the content is none such."""
    plain = content.strip(MARKS)
    calls = CALLING.search(cue) is not None
    found = SEEN_AS.match(plain) if calls or SEEING.search(cue) else None
    if found is None and calls:
        found = VERDICT.match(plain)
    return found["what"] if found else ""


def is_feeling(cue: str) -> bool:
    """Whether a cue tells what somebody feels about a thing, or that he speaks about it, and not what he says of it."""
    return FEELING.search(cue) is not None


def calls_untrue(content: str, cue: str) -> bool:
    """Whether somebody "spoke of" what was said as "a joke", or "called that figure" a fairy tale."""
    what = content if SPOKE_OF.search(cue) else find_verdict(content, cue)
    return bool(what) and CALLED.match(what) is not None and PERSON.match(content.strip(MARKS)) is None


def find_reply(sentence: str) -> bool | None:
    """Whether a sentence that says nothing else calls what was said before so (True) or not so (False)."""
    if NO.match(sentence):
        return False
    return True if YES.match(sentence) else None
