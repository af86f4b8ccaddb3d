"""What a cue word says of the speech act: the table `cues.txt`, looked up by the words of a cue in any inflection.

Inflections are undone against the table itself, so that no lemmatiser is needed: a form belongs to an entry where one
of the base forms that it could come from stands in the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.records import Act, Certainty, Polarity

# what is said, as one thing: a pattern of nouns
UTTERANCES = (
    r"words?|statements?|claims?|accusations?|allegations?|remarks?|comments?|accounts?|testimony|reports?|articles?|"
    r"story|stories|complaints?|charges?|figures?|denials?|confessions?"
)
IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak",
    "thought": "think", "knew": "know", "known": "know", "saw": "see", "seen": "see", "felt": "feel", "heard": "hear",
    "found": "find", "held": "hold", "put": "put", "made": "make", "gave": "give", "given": "give", "went": "go",
    "gone": "go", "took": "take", "taken": "take", "understood": "understand", "forgot": "forget",
    "forgotten": "forget", "sang": "sing", "sung": "sing", "swore": "swear", "sworn": "swear", "sought": "seek",
    "let": "let", "laid": "lay", "bade": "bid", "fought": "fight", "brought": "bring", "began": "begin",
    "begun": "begin", "withdrew": "withdraw", "withdrawn": "withdraw", "shown": "show", "proven": "prove",
    "meant": "mean", "left": "leave", "tore": "tear", "torn": "torn", "shot": "shoot", "hit": "hit", "taught": "teach",
    "dreamt": "dream", "learnt": "learn", "foresaw": "foresee", "foreseen": "foresee", "forbade": "forbid",
    "forbidden": "forbid", "stood": "stand", "kept": "keep", "fell": "fall", "fallen": "fall", "drew": "draw",
    "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "am": "be", "has": "have",
    "had": "have", "does": "do", "did": "do", "done": "do", "overheard": "overhear", "read": "read", "bet": "bet",
    "retold": "retell", "foretold": "foretell", "set": "set", "ran": "run", "came": "come", "rebutted": "rebut",
}  # fmt: skip
DOUBLED = re.compile(r"([bdfglmnprt])\1$")
WORDS_KEPT = 20_000  # whose base forms are kept: new names and misspelt words come without end


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the table: what the cue makes of its content.

    `act` is None for words that only look like cues; `needs_clause` marks those that report only with a clause.
    """

    act: Act | None
    polarity: Polarity
    certainty: Certainty
    words: tuple[str, ...]
    needs_clause: bool = False


@cache
def read_table() -> dict[str, tuple[Entry, ...]]:
    """All entries by their first word, longest first."""
    table: dict[str, dict[tuple[str, ...], Entry]] = {}
    heading: tuple[Act | None, Polarity, Certainty] | None = None
    for line in files(__package__).joinpath("cues.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if re.fullmatch(r"[a-z]+ (positive|negative|unknown) [a-z]+", line):
            act, polarity, certainty = line.split()
            heading = None if act == "nothing" else Act(act), Polarity(polarity), Certainty(certainty)
            continue
        assert heading is not None, "cues.txt starts with a heading"
        for phrase in filter(None, map(str.strip, line.split(","))):
            words = tuple(phrase.removesuffix("*").split())
            entry = Entry(*heading, words, needs_clause=phrase.endswith("*"))
            table.setdefault(words[0], {}).setdefault(words, entry)
    return {first: tuple(sorted(entries.values(), key=lambda e: -len(e.words))) for first, entries in table.items()}


@lru_cache(WORDS_KEPT)
def base_forms(word: str) -> tuple[str, ...]:
    """The base forms that an English word form could come from, likeliest first: "denies" → denies, deny."""
    word = word.lower().replace("’", "'")
    if word in IRREGULAR:
        return (IRREGULAR[word], word)
    forms = [word]
    if word.endswith("ies") and len(word) > 4:
        forms.append(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
        if word.endswith("es"):
            forms.append(word[:-2])
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if stem.endswith("i") and ending == "ed":
                forms.append(stem[:-1] + "y")
            forms += [stem, stem + "e"]
            if DOUBLED.search(stem):
                forms.append(stem[:-1])
    return tuple(forms)


def find_entry(words: Sequence[str], start: int = 0) -> Entry | None:
    """The longest entry of the table that begins at `words[start]`; the words of a cue may stand apart by adverbs."""
    table = read_table()
    for form in base_forms(words[start]):
        for entry in table.get(form, ()):
            if matches(entry.words, words, start):
                return entry
    return None


def matches(wanted: tuple[str, ...], words: Sequence[str], start: int) -> bool:
    """Whether the wanted base forms follow each other in `words` from `start`, at most one other word between two."""
    position = start
    for n, want in enumerate(wanted):
        if n == 0:
            if want not in base_forms(words[position]):
                return False
        else:
            near = range(position, min(position + 2, len(words)))
            found = next((k for k in near if want in base_forms(words[k])), None)
            if found is None:
                return False
            position = found
        position += 1
    return True
