"""The kind of speech act that a cue names, by the table of cues and, for cues not in it, by how they are built."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.base import Word
from onrecord.extract.declines import is_decline
from onrecord.extract.lexicon import UTTERANCES, Entry, base_forms, find_entry
from onrecord.extract.phrases import has_clause
from onrecord.extract.reports import Reader, Report
from onrecord.records import Act, Certainty, Polarity, Reason, Span

NEGATIONS = {"not", "n't", "never", "no", "n’t", "neither", "nor", "without", "cannot", "hardly", "longer"}
NOBODY = {"neither", "nobody", "none", "no"}  # "neither the ministry nor the firm would comment"
UNSAID = {
    "respond",
    "return",
    "comment",
    "answer",
    "reply",
    "address",
    "acknowledge",
    "confirm",
    "discuss",
    "elaborate",
}
FALSE = re.compile(
    r"\b(false|untrue|lies?|fake|hoax|disinformation|misinformation|nonsense|fiction|fabricat\w+|baseless|unfounded|"
    r"groundless|propaganda|bogus|incorrect|inaccurate|wrong|invented|absurd|myth|rubbish|fantasy|ridiculous)\b",
    re.IGNORECASE,
)
KIND = re.compile(
    r"\b(great|good|best|hero|friends?|important|historic|success\w*|wonderful|excellent|beautiful|brave|smart|"
    r"brilliant|victory|heart|backbone|pride|pillars?|inspiration|proud|positive|vital|crucial|essential|significant|"
    r"priority|home|fantastic|amazing|tremendous|"
    r"partners?|ally|welcome|milestone|breakthrough)\b"
)
UNKIND = re.compile(
    r"\b(false|lying|liars?|weak|dishonest|corrupt|failed|failure|stupid|dangerous|crooked|fraud\w*|cheats?|thie(?:f|ves)|"
    r"traitors?|racists?|bigots?|hypocri\w+|incompetent|unfit|phony|loser|losers|sellout|extremis\w+|radical|criminal|"
    r"terrorists?|clowns?|bully|puppet|disaster|disgrace\w*|reckless|careless|irresponsible|unacceptable|shameful|evil)\b",
    re.IGNORECASE,
)
# "hit back at claims that …"
CLAIM = re.compile(
    r"(?:the |any |such )?(?:claims?|suggestions?|accusations?|allegations?|reports?|rumou?rs?|idea|notion|charges?)\b"
)
# what can be withdrawn that was said
SAID = re.compile(
    rf"\b(?:it|that|this|what|everything|{UTTERANCES}|"
    r"criticism|offers?|threats?|objections?|support|endorsement|apology|demands?|requests?)\b",
    re.IGNORECASE,
)
DESCRIBING = {"describe", "dismiss", "denounce", "brand", "label", "characterize", "characterise", "portray", "slam",
              "condemn", "reject", "term", "dub"}  # fmt: skip
SCORN = {"derisively", "mockingly", "scornfully", "dismissively", "disparagingly", "contemptuously", "sarcastically"}
TOLD_TO_DO = {"tell", "ask", "invite", "instruct", "warn", "remind", "teach", "say"}
PLAIN = Entry(Act.ASSERT, Polarity.POSITIVE, Certainty.CERTAIN, ())
COUNTERED = Entry(Act.DENY, Polarity.NEGATIVE, Certainty.CERTAIN, ("at",))
TAKEN_BACK = Entry(Act.DENY, Polarity.NEGATIVE, Certainty.CERTAIN, ("no", "longer"))
DECLINED = Entry(Act.DECLINE, Polarity.UNKNOWN, Certainty.UNKNOWN, ("decline",))
BE = {"is", "are", "was", "were", "been", "be", "being"}
SEEMING = {"seem", "appear"}
EMPTY = re.compile(r"to(?: do(?: so)?)?|do(?: so)?", re.IGNORECASE)
QUOTED = re.compile(r"[\"“”«»]|''|``")
# What a cue outside the table is built on: nominalisations and adjectives lead back to a verb of the table.
ENDINGS = (
    "ation",
    "ition",
    "sion",
    "tion",
    "ion",
    "ment",
    "al",
    "ance",
    "ence",
    "ing",
    "er",
    "or",
    "ness",
    "ity",
    "ly",
)
PREFIXES = ("re", "mis", "over", "pre", "counter", "cross-", "out", "under", "dis", "co-")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cue comes to: its entry in the table, whether it is negated, and the words that say so."""

    entry: Entry
    negated: bool
    reason: Reason


def read_cue(reader: Reader, report: Report) -> Reading:
    """The entry for the report's cue; a plain assertion where nothing is known of it."""
    words = reader.words_of(*report.cue)
    forms = reader.forms(words)
    content = " ".join(s.of(reader.text) for s in report.content)
    negated = is_negated(reader, report)
    if is_decline(reader, report):
        return Reading(DECLINED, False, Reason("act", "no answer", report.place))
    found = _entries(words, forms)
    if not _tells_something(reader, report, found[0][1] if found else None):
        return Reading(replace(PLAIN, act=None), negated, Reason("act", "says nothing", report.place))
    if forms[-1:] in (["at"], ["against"]) and CLAIM.match(_object_of(reader, report)):
        return Reading(COUNTERED, negated, Reason("act", "against a claim", report.place))
    if found:
        telling = [(k, e) for k, e in found if e.words[0] not in SEEMING] or found  # "appeared to oppose" opposes
        k, entry = next(((k, e) for k, e in telling if e.act is not Act.ASSERT), telling[0])
        entry = _in_context(reader, report, entry, content, forms)
        if negated and entry.act in {Act.ASSERT, Act.CONFIRM} and _is_over(reader, report):
            return Reading(TAKEN_BACK, False, Reason("act", "no longer said", words[k].span))
        return Reading(entry, negated, Reason("act", "table: " + " ".join(entry.words), words[k].span))
    for word, form in zip(words, forms, strict=True):
        guess = _by_build(form) if word.pos in {"VERB", "NOUN", "ADJ", "ADV"} else None
        if guess is not None:
            return Reading(guess, negated, Reason("act", "built on: " + " ".join(guess.words), word.span))
    if content.rstrip("\"'”’ ").endswith("?") and not any(w.pos == "VERB" for w in words):
        ask = Entry(Act.ASK, Polarity.UNKNOWN, Certainty.UNKNOWN, ())
        return Reading(ask, False, Reason("act", "question", report.content[0]))
    return Reading(PLAIN, negated, Reason("act", "default", report.cue[0] if report.cue else None))


def _object_of(reader: Reader, report: Report) -> str:
    """What follows the cue, with words that were taken off the content: "at | the suggestion that …"."""
    return reader.text[report.cue[-1].end : max(report.content[0].end, report.cue[-1].end)].lstrip()


def _is_naming(entry: Entry) -> bool:
    return entry.words[:1] in {
        ("call",),
        ("title",),
        ("entitle",),
        ("know",),
        ("term",),
        ("dub",),
        ("label",),
        ("name",),
    }


def _tells_something(reader: Reader, report: Report, entry: Entry | None) -> bool:
    """Whether a report says that something was said, as against what was done.

    A cue that the table does not know counts with a clause or a quotation alone; so does one that nobody is named for,
    unless it accuses, warns, asks or demands.
    """
    content = " ".join(s.of(reader.text) for s in report.content)
    if EMPTY.fullmatch(content):
        return False
    clause = bool(QUOTED.search(content)) or has_clause(reader, report.content) or is_infinitive(reader, report)
    if report.source:
        return entry is not None or clause or report.rule in {"reply", "count"}
    hearsay = entry is not None and entry.words[0] in {"reportedly", "allegedly", "purportedly", "supposedly"}
    if not report.cue or report.rule in {"hearsay", "expected"} or hearsay:
        return True
    if entry is None or _is_naming(entry):
        return entry is None and bool(QUOTED.search(content))
    return clause or entry.act in {Act.ACCUSE, Act.WARN, Act.ASK, Act.DEMAND}


def is_negated(reader: Reader, report: Report) -> bool:
    """Whether a negation stands in the cue, between its pieces or right before it."""
    if not report.cue:
        return False
    source = reader.forms(reader.words_of(*report.source))
    if NOBODY & set(source[:1]) or "nor" in source:
        return True
    first, last = report.cue[0], report.cue[-1]
    hull = [Span(first.begin, last.end)] if last.end - first.begin < 60 else list(report.cue)
    before = [w for w in reader.words_of(Span(max(0, first.begin - 12), first.begin)) if w.span.end <= first.begin][-1:]
    words = [*before, *[w for w in reader.words_of(*hull) if not any(c.overlaps(w.span) for c in report.content)]]
    forms = reader.forms([w for w in words if not any(s.overlaps(w.span) for s in report.source) or w.pos != "DET"])
    spoken = " ".join(forms)
    return any(f in NEGATIONS or f.endswith(("n't", "n’t")) for f in forms) or "no longer" in spoken


def _is_over(reader: Reader, report: Report) -> bool:
    """ "no longer says", "does not say it any more": not "can no longer say"."""
    cue = report.cue
    around = reader.forms(reader.words_of(Span(max(0, cue[0].begin - 12), cue[0].begin), *cue))
    return "longer" in around and not {"can", "could", "cannot", "may"} & set(around)


def is_infinitive(reader: Reader, report: Report) -> bool:
    """Whether the content is something to do: "to leave", "residents not to drink the water"."""
    words = reader.words_of(*report.content)
    forms = reader.forms(words)
    for k, form in enumerate(forms[:-1]):
        if form == "to":
            return words[k + 1].pos in {"VERB", "AUX", "ADV"}
        if words[k].pos in {"VERB", "AUX", "SCONJ", "PUNCT", "CCONJ"} or form in {"that", "what", "how", "whether"}:
            return False
    return False


def _entries(words: Sequence[Word], forms: list[str]) -> list[tuple[int, Entry]]:
    """The table's entries in a cue. A noun after a preposition does not count beside a verb: "said in a warning"."""
    found: list[tuple[int, Entry]] = []
    forms = [
        "allege" if form == "alleged" and k and forms[k - 1] in BE else form for k, form in enumerate(forms)
    ]  # as an adjective it reports nothing
    k = after_preposition = 0
    verbal = False
    while k < len(forms):
        pos = words[k].pos
        after_preposition = k if pos == "ADP" else after_preposition
        adverb = pos == "ADV" and not forms[k].endswith("ly")  # "has long said" longs for nothing
        entry = find_entry(forms, k) if pos not in {"PUNCT", "PROPN", "NUM", "SYM", "DET"} and not adverb else None
        bare = entry is not None and pos in {"NOUN", "ADJ"} and verbal and after_preposition
        if entry is None or bare:
            k += 1
            continue
        found.append((k, entry))
        verbal = verbal or pos in {"VERB", "AUX"}
        k += len(entry.words)
    return found


def find_act(reading: Reading) -> Act | None:
    """The act of a cue; None where a negated cue says that nothing was said ("did not mention")."""
    if not reading.negated:
        return reading.entry.act
    head = reading.entry.words[0] if reading.entry.words else ""
    match reading.entry.act:
        case Act.ASSERT if head in {"say", "tell", "clarify", "specify", "disclose", "reveal"} or head in UNSAID:
            return Act.DECLINE
        case Act.ASSERT | None:
            return None
        case Act.PROMISE if head in {"offer", "provide"}:
            return None  # "did not offer details": what was said is not that
        case Act.DENY | Act.CONFIRM | Act.PROMISE:
            return Act.DECLINE
        case other:
            return other


def _in_context(reader: Reader, report: Report, entry: Entry, content: str, forms: list[str]) -> Entry:
    """A cue whose act turns on what follows it: "told him to go", "called it a lie"."""
    head = entry.words[0]
    to_do = is_infinitive(reader, report)
    passive = report.rule == "expected" or (not report.source and "said" in forms)
    if head in TOLD_TO_DO and len(entry.words) == 1 and to_do and not passive:
        act = Act.DEMAND if head != "warn" else Act.WARN
        return Entry(act, Polarity.UNKNOWN, Certainty.UNKNOWN, entry.words)
    if entry.words == ("withdraw",) and not SAID.search(f"{' '.join(forms)} {content}"):  # troops, a candidacy
        return Entry(None, Polarity.UNKNOWN, Certainty.UNKNOWN, entry.words)
    if entry.words == ("call",):
        if FALSE.search(content) or FALSE.search(" ".join(forms)):
            return Entry(Act.DENY, Polarity.NEGATIVE, Certainty.CERTAIN, entry.words)
        act = Act.ASSERT if KIND.search(content) else Act.ACCUSE
        return Entry(act, Polarity.POSITIVE, Certainty.CERTAIN, entry.words)
    if head == "ask" and entry.words == ("ask",) and re.search(r"^\W*for\b|^(?!.*\?).{2,60}?\bfor\b", content):
        return Entry(Act.DEMAND, Polarity.UNKNOWN, Certainty.UNKNOWN, entry.words)
    if head in {"continue", "begin", "go"} and (to_do or not QUOTED.search(content)):
        return Entry(None, Polarity.UNKNOWN, Certainty.UNKNOWN, entry.words)
    if head in DESCRIBING and re.search(r"\bas\b", f"{' '.join(forms)} {content}") and FALSE.search(content):
        return Entry(Act.DENY, Polarity.NEGATIVE, Certainty.CERTAIN, entry.words)
    accuse = Entry(Act.ACCUSE, Polarity.POSITIVE, Certainty.CERTAIN, entry.words)
    if SCORN & set(forms) or (head == "dismiss" and " as " in f"{' '.join(forms)} {content}"):
        return accuse
    if head in {
        "cast",
        "paint",
        "portray",
        "depict",
        "brand",
        "label",
        "characterize",
        "describe",
        "frame",
        "term",
        "dub",
    }:
        return accuse if UNKIND.search(content) else entry
    return entry


def _by_build(form: str) -> Entry | None:
    """The entry of a word that this one is derived from: "accuser" from accuse, "misreported" from report."""
    for base in base_forms(form):
        for ending in ENDINGS:
            if base.endswith(ending) and len(base) - len(ending) >= 4:
                stem = base[: -len(ending)]
                for candidate in (stem, stem + "e", stem + "y", stem + "ate"):
                    entry = find_entry([candidate])
                    if entry is not None and len(entry.words) == 1:
                        return replace(entry)
        for prefix in PREFIXES:
            if base.startswith(prefix) and len(base) - len(prefix) >= 3:
                entry = find_entry([base[len(prefix) :]])
                if entry is not None:
                    return entry
    return None
