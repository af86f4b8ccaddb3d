"""The wording of a content taken apart: stems, names, who is before the verb and who behind it, negation.

Works on plain words; what needs a parser is left to the extractor that found the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"\w+(?:['’]\w+)?|[%$€£]")
STOP = frozenset(
    re.findall(
        r"\S+",
        """
        a about above after again against all also am an and any are as at be because been before being below
        between both but by can could did do does doing down during each even few for from further had has have
        having he her here hers him his how i if in into is it its itself just may me might more most must my no nor
        not now of off on once only or other our ours out over own s same shall she should so some still such t than
        that the their them then there these they this those through to too under until up upon us very was we were
        what when where whether which while who whom why will with would yet you your yours one ones said say says
        told tell according ago already monday tuesday wednesday thursday friday saturday sunday today yesterday
        tomorrow morning afternoon evening night week weeks month months day days year years last next early late
        earlier later reportedly allegedly however meanwhile january february march april june july august september
        october november december
        """,
    )
)
NEGATORS = frozenset(
    re.findall(
        r"\S+",
        """
        not no never none nobody nothing neither nor without cannot can't won't n't isn't aren't wasn't weren't
        doesn't don't didn't hasn't haven't hadn't wouldn't couldn't shouldn't
        """,
    )
)
# "X was an invention", "it is not true that X": the words around the proposition, not in it
FALSE_THAT = re.compile(
    r"^(?:it (?:is|was) )?(?:not true|untrue|false|wrong|a lie|nonsense|an invention|incorrect)(?: to say)? that ", re.I
)
WAS_FALSE = re.compile(
    r"\s*,?\s(?:is|was|are|were|be|been)\s[\"“'‘]?(?:\w+ly\s[\"“'‘]?)?(?:an? |all |pure |total |complete |simply )*"
    r"(?:untrue|false|fake|wrong|"
    r"inventions?|lies?|nonsense|fabrications?|fabricated|fictions?|made up|baseless|unfounded|incorrect|"
    r"not true|not correct|invented|rubbish|slander|smears?|gossip|hoax(?:es)?|myths?|disinformation)\W*$",
    re.I,
)
NO_NEGATION = re.compile(
    r"(?:\b(?:never|not|no)|n['’]t) (?:doubt\w*|den(?:y|ied|ies)|withdrawn)\b|\b(?:no longer a secret|not only|not just"
    r"|no more than|no less than|no fewer than|no doubt|not merely)\b"
    r"|(?:\b(?:never|not)|n['’]t) (?:hesitat\w+|(?:at all )?surpris\w+|un(?:usual|common|likely|expected|known)|"
    r"impossible|afraid|wait)\b"
    # "was fined for refusing to stop" says why
    r"|\b(?:for|after|by|despite|over|from|before) (?:not \w+ing\b|(?:refus|fail)ing to\b)",
    re.I,
)
LACKING = re.compile(r"\b(?:is|are|was|were|be|been|being) without\b", re.I)
REFUSING = r"\b(?:(?:refus|fail)\w+|unable) to\b"
NEGATIVE = re.compile(rf"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without)\b|n['’]t\b|{REFUSING}", re.I)
REFUSAL = re.compile(rf"{REFUSING}|\bnothing to do with\b", re.I)
DISMISSAL = re.compile(
    r"\b(?:gossip|inventions?|invented|lies?|lying|rumou?rs?|nonsense|hysterical|fabricat\w+|baseless|groundless|false|"
    r"untrue|unfounded|slander\w*|smears?|fiction|fantasy|fantasies|fake|hoax|propaganda|disinformation|misinformation|"
    r"absurd|ridiculous|rubbish|speculation|myth|libel\w*|wrong|incorrect|malicious|misleading|"
    r"witch[- ]hunts?|politically motivated|smear campaign)\b",
    re.I,
)
NUMBERS = {
    word: value
    for value, word in enumerate(
        re.findall(
            r"\w+",
            """
            zero one two three four five six seven eight nine ten
            eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
            """,
        )
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
YEAR = re.compile(r"(?:19|20)\d\d")
TEXTS_KEPT = 64  # whose words are kept: a text is asked for many
WORDS_KEPT = 20_000  # of which what was found is kept: a text is mostly words of the texts before it
NAME = re.compile(
    r"\b(?:[A-ZÀ-ÞŠŽ][\w’'-]*\w|[A-Z])(?:\s+(?:(?:of|the|de|la|los|del|von|van|der|al)\s+){0,2}[A-ZÀ-ÞŠŽ][\w’'-]*\w)*"
)
I_AM = re.compile(r"I['’](?:m|ve|d|ll)")
LOWER_NAMES = frozenset(["i", "we", "he", "she", "it", "they", "that", "this", "there", "these", "those"])
IRREGULAR = {
    "shut": "close", "closure": "close", "closed": "close", "dead": "die", "death": "die", "deaths": "die",
    "died": "die", "dies": "die", "dying": "die", "killed": "die", "kill": "die", "killing": "die", "bought": "buy",
    "buying": "buy", "purchase": "buy", "purchased": "buy", "acquire": "buy", "acquired": "buy", "takeover": "buy",
    "paid": "pay", "sold": "sell", "sale": "sell", "gave": "give", "given": "give", "took": "take", "taken": "take",
    "knew": "know", "known": "know", "struck": "strike", "hit": "strike", "drank": "drink", "drunk": "drink",
    "drinking": "drink", "drink": "drink", "hurt": "injur", "wounded": "injur", "wound": "injur", "wounds": "injur",
    "injuries": "injur", "injury": "injur", "injured": "injur", "requested": "ask", "request": "ask", "asked": "ask",
    "seek": "ask", "sought": "ask", "won": "win", "lost": "lose", "left": "leave", "stole": "steal", "stolen": "steal",
    "theft": "steal", "met": "meet", "meeting": "meet", "broke": "break", "broken": "break", "fell": "fall",
    "fallen": "fall", "rose": "rise", "risen": "rise", "began": "begin", "begun": "begin", "start": "begin",
    "started": "begin", "begins": "begin", "shot": "shoot", "fired": "fire", "shelling": "shell", "leaking": "leak",
    "leaked": "leak", "spilled": "leak", "men": "man", "women": "woman", "people": "person", "children": "child",
    "resignation": "resign", "quit": "resign", "step": "resign", "employees": "worker", "staff": "worker",
    "jobs": "job", "sacked": "dismiss", "bribes": "bribe", "payment": "pay", "payments": "pay",
    "arisen": "arise", "arose": "arise", "ate": "eat", "awoke": "awake", "awoken": "awake", "beaten": "beat",
    "became": "become", "bent": "bend", "bit": "bite", "bitten": "bite", "bled": "bleed", "blew": "blow",
    "blown": "blow", "bore": "bear", "borne": "bear", "bred": "breed", "brought": "bring", "built": "build",
    "burnt": "burn", "came": "come", "caught": "catch", "chose": "choose", "chosen": "choose", "crept": "creep",
    "dealt": "deal", "drawn": "draw", "drew": "draw", "driven": "drive", "drove": "drive", "dug": "dig",
    "eaten": "eat", "fed": "feed", "felt": "feel", "fled": "flee", "flew": "fly", "flown": "fly", "forbade": "forbid",
    "forbidden": "forbid", "forgot": "forget", "forgotten": "forget", "fought": "fight", "found": "find",
    "froze": "freeze", "frozen": "freeze", "gone": "go", "got": "get", "gotten": "get", "grew": "grow",
    "grown": "grow", "heard": "hear", "held": "hold", "hid": "hide", "hidden": "hide", "hung": "hang", "kept": "keep",
    "laid": "lay", "lain": "lie", "led": "lead", "lent": "lend", "lit": "light", "made": "make", "meant": "mean",
    "mistaken": "mistake", "mistook": "mistake", "overtaken": "overtake", "overtook": "overtake", "ran": "run",
    "rang": "ring", "ridden": "ride", "rode": "ride", "rung": "ring", "sang": "sing", "sank": "sink", "sat": "sit",
    "saw": "see", "sawn": "saw", "seen": "see", "sent": "send", "shaken": "shake", "shone": "shine", "shook": "shake",
    "slept": "sleep", "slid": "slide", "spent": "spend", "spoke": "speak", "spoken": "speak", "spun": "spin",
    "stood": "stand", "stuck": "stick", "stung": "sting", "sung": "sing", "sunk": "sink", "swam": "swim",
    "swept": "sweep", "swore": "swear", "sworn": "swear", "swum": "swim", "swung": "swing", "taught": "teach",
    "thought": "think", "threw": "throw", "thrown": "throw", "tore": "tear", "torn": "tear",
    "understood": "understand", "undertaken": "undertake", "undertook": "undertake", "went": "go", "wept": "weep",
    "withdrawn": "withdraw", "withdrew": "withdraw", "woke": "wake", "woken": "wake", "wore": "wear", "worn": "wear",
    "written": "write", "wrote": "write",
}  # fmt: skip
SUFFIXES = (
    ("ational", ""),
    ("ations", ""),
    ("ation", ""),
    ("ements", ""),
    ("ement", ""),
    ("ments", ""),
    ("ment", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ings", ""),
    ("ing", ""),
    ("ies", "i"),
    ("ied", "i"),
    ("ers", "er"),
    ("ions", ""),
    ("ion", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
    ("e", ""),
    ("y", "i"),
)


# whose point ends no sentence: "Mr. Lind"
SHORT = tuple(
    re.findall(r"\w+", "Mr Mrs Ms Dr St Jr Sr Lt Col Gen Sgt Capt Gov Sen Sens Rep Reps Rev Hon Prof Pres Messrs vs")
)
PIECE_ENDS = re.compile(
    r",? (?:and|but) that (?=[a-z]+ \w+ )"
    r"|(?<=\w), (?=(?:it|he|she|they|we|this|these) (?:is|was|are|were)\b)|(?<=\w): (?=(?:he|she|it|they|we) )"
    r"|, (?:and|but) (?=(?:it|he|she|they|we|there) (?:is|was|are|were|has|have|had|will|would|did|does) )"
    r"|(?<=[^\W\d][^\W\d])" + "".join(rf"(?<!\b{word})" for word in SHORT) + r"[.!?][\"”’']?\s+(?=[\"“‘A-ZÀ-Þ\d])|;\s+"
)
# "the cut wasn't clean so he had to have treatment": where a clause with a subject of its own begins
CLAUSE = re.compile(
    r",? (?:but|so|yet|and(?: as a result| now| then| so)?|while|whereas|although|though)"
    r" (?=(?:it|he|she|they|we|I|you|there|this|that|these|my|his|her|its|their|our|the|an?|[A-ZÀ-Þ][\w’'-]+)"
    r"(?: [\w’'-]+){0,5}? (?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|"
    r"(?:is|are|was|were|has|have|had|would|could|did|does|do)n['’]t|[a-z]{3,}ed)\b)"
)
# "Did you hear it? It was a shot"
QUESTION = re.compile(r"(?:^|(?<=[.!?]\s)|(?<=[.!?][\"”’']\s))(?:[^.!?]|\.(?=\w))+\?+[\"”’']?(?:\s+|$)")
PREDICATES = re.compile(
    r"(?P<subject>(?:[\w’'-]+ ){1,6}?)(?P<first>(?:had|has|have|was|were|is|are|would|will) [^,;.]+?)"
    r",? (?:and|but) (?P<second>(?:had|has|have|was|were|is|are|did|does|would|will|could) .+)",
    re.S,
)


def iter_words(text: str) -> Iterable[str]:
    """The words of a text in lower case, possessive endings off."""
    return map(_read_word, WORD.findall(text))


@lru_cache(WORDS_KEPT)
def _read_word(form: str) -> str:
    word = form.lower().replace("’", "'")
    return word[:-2] if word.endswith("'s") else word[:-1] if word.endswith("'") else word


@lru_cache(WORDS_KEPT)
def stem(word: str) -> str:
    """A word without its ending: what inflected and derived forms, and a few common synonyms, have in common."""
    word = IRREGULAR.get(word, word)
    if word.isdigit() or len(word) < 4:
        return word
    for suffix, instead in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: len(word) - len(suffix)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word


def find_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning; numbers are compared as figures."""
    return frozenset(map(_find_stem, WORD.findall(text))) - {""}


@lru_cache(WORDS_KEPT)
def _find_stem(form: str) -> str:
    """The stem of a word as it is written, "" where it carries no meaning of its own."""
    word = _read_word(form)
    return "" if word in STOP or word in NEGATORS or _is_number(word) else stem(word)


def _is_number(word: str) -> bool:
    return word in NUMBERS or word in SCALES or (word[:1].isdigit() and not YEAR.fullmatch(word))


def find_negation(text: str) -> tuple[str, bool]:
    """The affirmative core of a content, and whether the content denies it."""
    core, negated = text.strip(), False
    if found := FALSE_THAT.search(core):
        core, negated = core[found.end() :], not negated
    if found := WAS_FALSE.search(core):
        core, negated = core[: found.start()], not negated
    return core, negated ^ denies(_first_clause(core))


@lru_cache(WORDS_KEPT)
def find_denied(text: str) -> str:
    """The stem of the first word that carries meaning behind what makes a content negative; "" where nothing does."""
    clause = NO_NEGATION.sub(" ", _first_clause(text))
    found = NEGATIVE.search(clause)
    return next(filter(None, map(_find_stem, WORD.findall(clause[found.end() :]))), "") if found else ""


def denies(clause: str) -> bool:
    """Whether a clause is negative: "did not", "refused to", and not "didn't hesitate"."""
    plain = NO_NEGATION.sub(" ", clause)
    return _is_negative(plain) or REFUSAL.search(plain) is not None


def drop_questions(text: str) -> str:
    """A text without the sentences that ask, but for one that only asks."""
    return QUESTION.sub("", text).strip() or text


def iter_pieces(text: str) -> Iterable[str]:
    """The sentences of a text, parts between semicolons and a second "that" apart; a point in a name ends none."""
    for piece in PIECE_ENDS.split(text):
        for clause in _split_clauses(piece):
            yield from _split_predicates(clause)


def _split_clauses(piece: str) -> Iterable[str]:
    """ "It isn't to everyone's taste but she loaded it" as two: what one clause denies, the other doesn't."""
    for found in CLAUSE.finditer(piece):
        first, rest = piece[: found.start()], piece[found.end() :]
        if " " in first and denies(first) != denies(rest):
            yield first
            yield from _split_clauses(rest)
            return
    yield piece


def _split_predicates(piece: str) -> Iterable[str]:
    """ "The board looked at both and found no link" as two, each with the subject, where one is negative alone."""
    found = PREDICATES.match(piece)
    if found is None or _is_negative(found["first"]) == _is_negative(found["second"]):
        yield piece
    else:
        yield found["subject"] + found["first"]
        yield found["subject"] + found["second"]


def _is_negative(clause: str) -> bool:
    """Whether a clause denies what it says; "opened without warning" only tells how, "was without power" does."""
    words = [word for word in iter_words(clause) if word != "without"]
    return any(word in NEGATORS or word.endswith("n't") for word in words) or LACKING.search(clause) is not None


def find_names(text: str, within: str = "") -> tuple[str, ...]:
    """Runs of capitalised words, in order.

    One word that opens a sentence is a name only where `within` (the text, where not given) never has it in lower case.
    """
    found = []
    for run in NAME.finditer(text):
        if I_AM.fullmatch(run.group()):
            continue
        words = re.sub(r"['’]s$|['’]$", "", run.group()).split()
        opens = text[: run.start()].rstrip(" \"“‘'(")[-1:] in ("", ".", "!", "?", "\n", ":")
        if words[0].lower() in STOP or words[0].lower() in LOWER_NAMES or words[0].lower() in NUMBERS:
            words, opens = words[1:], False
        if words and not (opens and len(words) == 1 and has_word(within or text, words[0].lower())):
            found.append(" ".join(words))
    return tuple(dict.fromkeys(found))


def has_word(text: str, word: str) -> bool:
    """Whether a text has a word, as it is written."""
    if word.isalnum():
        return word in _find_words(text)
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


@lru_cache(TEXTS_KEPT)
def _find_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


ASIDE = re.compile(r", (?:which|who|whose|where) [^,;.]+,(?= \w+)")


def _first_clause(text: str) -> str:
    """What a negation must stand in to deny the whole: no relative clause, no reason, no second sentence."""
    text = ASIDE.sub(" ", text)
    return re.split(
        r"(?<=[.!?])[\"”’]?\s+|;|,?\s(?:because|although|though|which|who|since|unless|until|while|when|where|if)\s"
        r"|, [\"“'‘]?(?:and|but|not) | [\"“'‘]?and (?:we|he|she|it|they|I|that|there) ",
        text, maxsplit=1,
    )[0]  # fmt: skip
