"""How records read on a page: days, counts and positions in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from onrecord.query import Quote
from onrecord.records import Act, Certainty, Claim, Polarity, Position, Stance, Status

STATUSES = {
    Status.DISPUTED: ("Disputed", "One asserts it, another denies it, and neither has taken it back."),
    Status.RETRACTED: ("Taken back", "Everybody who asserted it took it back."),
    Status.CONFIRMED: ("Confirmed", "The party that it is about, or that had denied it, says that it is so."),
    Status.CORROBORATED: ("Corroborated", "Two or more independent voices assert it, nobody denies it."),
    Status.SINGLE_SOURCE: ("One voice", "It rests on the word of one, however many repeat it."),
}
UNVOICED = ("No voice", "Nobody on record asserts it: whoever speaks of it denies it, or only passes it on.")
WHY = {
    Status.DISPUTED: "Why it is disputed",
    Status.RETRACTED: "Why it counts as taken back",
    Status.CONFIRMED: "Why it counts as confirmed",
    Status.CORROBORATED: "Why it counts as corroborated",
    Status.SINGLE_SOURCE: "Whose word it rests on",
}
# in the past tense, which is the same for one and for many
STANCES = {
    Stance.ASSERTS: "Asserted",
    Stance.DENIES: "Denied",
    Stance.DECLINES: "Declined to say",
    Stance.UNKNOWN: "Took no side",
}
ACTS = {
    Act.ASSERT: "said",
    Act.DENY: "denied",
    Act.CONFIRM: "confirmed",
    Act.ACCUSE: "accused",
    Act.WARN: "warned",
    Act.DEMAND: "demanded",
    Act.PROMISE: "promised",
    Act.ASK: "asked",
    Act.DECLINE: "declined",
    Act.THINK: "thought",
}
POLARITIES = {
    Polarity.POSITIVE: "holds it to be so",
    Polarity.NEGATIVE: "holds it not to be so",
    Polarity.UNKNOWN: "takes no side",
}
CERTAINTIES = {
    Certainty.CERTAIN: "certain",
    Certainty.PROBABLE: "probable",
    Certainty.POSSIBLE: "possible",
    Certainty.UNKNOWN: "not said",
}
MOST_DOTS = 24
FEW_WORDS = 3
QUOTES = (("“", "”"), ("«", "»"), ('"', '"'))


@lru_cache(maxsize=4096)
def show_day(value: str | None) -> str:
    """14 March 2022, March 2022 or 2022, as precise as the value is; what is no date stays as it is."""
    text = (value or "")[:10]
    try:
        if len(text) == 7:
            return f"{date.fromisoformat(text + '-01'):%B %Y}"
        when = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{when.day} {when:%B %Y}"


def show_days(first: str | None, last: str | None) -> str:
    """13 to 25 March 2022; one day where both are the same; empty where neither is known."""
    one, other = show_day(first), show_day(last)
    if not one or not other or one == other:
        return one or other
    shared = one.split()[1:] == other.split()[1:] and len(one.split()) == 3
    same_year = one.split()[-1] == other.split()[-1] and len(one.split()) == 3
    begin = one.split()[0] if shared else " ".join(one.split()[:-1]) if same_year else one
    return f"{begin} to {other}" if not shared else f"{begin}–{other}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 document, 2,300 documents."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def name_status(status: Status, voices: int | None = None) -> tuple[str, str]:
    """A status and what it means; `voices` is how many assert the claim, where that is known."""
    return UNVOICED if status is Status.SINGLE_SOURCE and voices == 0 else STATUSES[status]


def show_span(claim: Claim) -> str:
    """From the first day on which somebody took a position to the last; empty where no day is known."""
    firsts = [position.first for position in claim.positions if position.first]
    lasts = [position.last for position in claim.positions if position.last]
    return show_days(min(firsts, default=None), max(lasts, default=None))


def part_sides(claim: Claim) -> tuple[list[Position], list[Position], list[Position]]:
    """Who asserts it, who denies it, and who took back what they had said."""
    held = [position for position in claim.positions if not position.withdrawn]
    return (
        [position for position in held if position.stance is Stance.ASSERTS],
        [position for position in held if position.stance is Stance.DENIES],
        [position for position in claim.positions if position.withdrawn],
    )


def count_dots(documents: int, voices: int) -> tuple[int, int, int]:
    """Filled dots (voices), hollow dots (the documents that only repeat them), and how many more are not drawn."""
    filled = min(voices, MOST_DOTS)
    hollow = min(max(0, documents - voices), MOST_DOTS - filled)
    return filled, hollow, max(0, max(documents, voices) - filled - hollow)


def trim_quotes(content: str) -> str:
    """The words without the marks around them: the page sets its own."""
    inner = content.strip(" \n\t\"'“”„‘’«»")
    cut = content[content.find(inner) + len(inner) :]
    for opened, closed in QUOTES:
        # the mark at the end belongs to words within, which began with one
        is_open = inner.count(opened) % 2 if opened == closed else inner.count(opened) > inner.count(closed)
        if is_open and closed in cut:
            inner += closed
    return inner.removeprefix("that ").strip() or content


def show_words(quote: Quote) -> str:
    """What was said; with its cue where so few words say nothing without it: “did not answer”, not “answer”."""
    content, statement = trim_quotes(quote.content), quote.statement
    if len(content.split()) >= FEW_WORDS or not statement.cue or not statement.content:
        return content
    cue, said = statement.cue[0], statement.content[0]
    if cue.covers(said):
        return quote.cue
    (first, before), (last, after) = sorted([(cue, quote.cue), (said, content)], key=lambda piece: piece[0].begin)
    return f"{before} {after}" if last.begin - first.end <= 1 else f"{before} … {after}"


def show_name(address: str) -> str:
    """The last part of a path or URL, what a reader knows a file by."""
    return address.rstrip("/").rpartition("/")[2] or address
