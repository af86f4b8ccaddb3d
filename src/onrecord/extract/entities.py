"""Names as words tell them, where a small model errs: two bodies in one, a nation for a person, none at all."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.base import Entity, Word
from onrecord.extract.gender import find_gender_of_name
from onrecord.extract.roles import is_role
from onrecord.names.places import DEMONYM, SEAT, find_metonym
from onrecord.records import Span

POSSESSIVE = re.compile(r"['’]s (?=\S)")
JOINT = re.compile(r" (?:and|or) the (?=[A-Z])")
# two capitalised words and more, then a comma or a word: what stands there names somebody who does something
CAPITALISED = re.compile(r"\b(?!(?:The|An?)\b)[A-Z][\w-]*(?: [A-Z][\w-]*)+(?=,|['’]s\b| [a-z])")
# a name whose words are joined by a hyphen, a particle or both: "Marc-André", "Sel de Brie", "Wim van der Berg"
CAPITAL = r"[^\W\d_a-zß-ÿ]\w+"
PARTICLE = r"(?:de|del|della|di|da|do|dos|du|des|van|von|der|den|ter|la|le|el|al|y|zu|af)"
JOINED = re.compile(
    rf"\b(?:(?:Il|La|Le|El|Los|Las|Die|Der|Das|Het) )?{CAPITAL}(?:(?:-| (?:{PARTICLE} ){{1,2}}){CAPITAL})+"
)
# what stands before the first word of a sentence, which is capitalised anyhow
OPENING = re.compile(r"(?:^|[.?!:;\n\"“”‘(])\W*\Z")
NEAR = 8
# what may stand around a name that is repeated: no part of a longer word or name
BEFORE_WHOLE, AFTER_WHOLE = re.compile(r"(?<![\w-])(?<![A-Z]\. )"), re.compile(r"(?![\w-])(?! [A-Z])")
AFTER_NAME = re.compile(r"[A-Z][\w’-]* $")
BODY_HEAD = re.compile(r"[A-Z][\w-]+(?: (?:(?:of|for|and) )?[A-Z][\w-]+)* $")
# initials, a partner's name, a plural that owns: "R. K. | Solanke", "Hartung & | Voss", "Secondary Teachers' | League"
CUT_OFF = re.compile(r"(?:\b(?:[A-Z]\. ?)+|\b[A-Z][\w-]+ & |\b(?:[A-Z][\w-]+ )*[A-Z]\w+s['’] )$")
AND_PARTNER = re.compile(r"(?: &|(?<=&)) [A-Z][\w-]+")
AGE = re.compile(r", \d{1,2}[,.)]")
MOST_HEAD = 60  # characters
NAMES = {"PERSON", "ORG", "GPE", "LOC", "PRODUCT"}
# what may open a sentence before a name and is no part of it
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "and but or nor yet so both either neither plus not to later earlier then now once even only still also here "
        "there former today when while as if",
    )
)
# what the model takes a capitalised word for that it has never seen, within a sentence
UNHEARD = {"ADP", "ADV", "CCONJ", "PART", "X", "INTJ"}
DAYS = {"Today", "Yesterday", "Tomorrow", *calendar.day_name}
MONTHS = {*calendar.month_name}
# what a body is, as the second word of its name: "Blue Channel"
BODIES = frozenset(
    re.findall(
        r"\w+",
        """
        agency airline alliance army assembly association authority bank board broadcaster bureau cabinet
        chamber channel church clinic club coalition college commission committee company congress
        consortium cooperative council court department embassy federation festival fund gallery group guard
        hospital inspectorate institute laboratory league magazine ministry monastery museum newspaper
        observatory office orchestra organisation organization palace paper parliament party post railway
        registry school senate society station studio team theatre tribunal tribune trust union university
        watch wire
        """,
    )
)


def mend_entities(text: str, words: Sequence[Word], entities: Iterable[Entity]) -> Iterator[Entity]:
    """The names of a text in its order, mended, with those that were missed."""
    mended = [one for entity in entities for one in _split(text, _tell_label(text, _straighten(text, entity)))]
    mended = _widen(text, words, _join(text, _complete(text, _drop_overlapping(text, mended))))
    mended = sorted([*mended, *_repeat(text, mended)], key=lambda entity: entity.span)
    rest = list(text)
    for entity in mended:
        rest[entity.span.begin : entity.span.end] = "\0" * (entity.span.end - entity.span.begin)
    proper = {word.span.begin for word in words if word.pos == "PROPN"}
    missed = [
        _tell_label(text, Entity(Span(*match.span()), "ORG"))
        for match in CAPITALISED.finditer("".join(rest))
        if (match.start() in proper or not OPENING.search(text, max(0, match.start() - NEAR), match.start()))
        and match.group().split()[0] not in DAYS | MONTHS
    ]
    yield from sorted([*mended, *missed], key=lambda entity: entity.span)


def _complete(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """A name cut at a hyphen or a particle is made whole, as what most of its pieces were taken for.

    Two names that also stand apart are two: "the Lind-Moe debate".
    """
    complete: list[Entity] = []
    rest = list(entities)
    for match in JOINED.finditer(text):
        whole = Span(*match.span())
        pieces = [e for e in rest if e.span.overlaps(whole) and e.label in NAMES]
        begin, end = (
            min([whole.begin, *(e.span.begin for e in pieces)]),
            max([whole.end, *(e.span.end for e in pieces)]),
        )
        if not pieces or (" " not in match.group() and all(_stands_alone(text, e) for e in pieces)):
            continue
        rest = [e for e in rest if not e.span.overlaps(Span(begin, end))]
        labels = [e.label for e in pieces]
        complete.append(Entity(Span(begin, end), max(labels, key=labels.count)))
    return sorted([*rest, *complete], key=lambda e: e.span)


def _repeat(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    """The names, and the surnames of people, wherever else they stand and were missed."""
    labels: dict[str, str] = {}
    for entity in entities:
        whole = re.sub(r"^The |['’]s?$", "", entity.span.of(text))
        if entity.label not in NAMES or not re.fullmatch(r"[^\W\d_][\w’'.-]*(?: [\w’'.&-]+){0,4}", whole):
            continue
        if " " not in whole and (len(whole) < 5 or is_role(whole.lower()) or whole in DAYS | MONTHS):
            continue
        labels.setdefault(whole, entity.label)
        surname = whole.split()[-1]
        if entity.label == "PERSON" and len(surname) > 2 and not (is_role(surname.lower()) or find_metonym(surname)):
            labels.setdefault(surname, "PERSON")
    taken = bytearray(len(text))
    for entity in entities:
        _take(taken, entity.span)
    for span in _find_whole(text, labels):
        if _is_taken(taken, span) or AFTER_NAME.search(text[max(0, span.begin - NEAR * 2) : span.begin]):
            continue
        word = span.of(text)
        opens = OPENING.search(text, max(0, span.begin - NEAR), span.begin) is not None
        if word[0].isupper() and not (opens and " " not in word and re.search(rf"\b{word.lower()}\b", text)):
            yield Entity(span, labels[word])


def _find_whole(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Where names stand as words of their own, in order, the first of those that overlap, the longer at a place."""
    found = []
    for name in names:
        begin = text.find(name)
        while begin >= 0:
            if BEFORE_WHOLE.match(text, begin) and AFTER_WHOLE.match(text, begin + len(name)):
                found.append((begin, -len(name)))
            begin = text.find(name, begin + 1)
    end = 0
    for begin, size in sorted(found):
        if begin >= end:
            end = begin - size
            yield Span(begin, end)


def _stands_alone(text: str, entity: Entity) -> bool:
    """Whether the words of a name come up elsewhere in the text without a hyphen beside them."""
    return re.search(rf"(?<![\w-]){re.escape(entity.span.of(text))}(?![\w-])", text) is not None


def _join(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """ "Norvik" and "Energy" are one body, "Ada" and "Quist" one person: two names do not follow each other bare."""
    joined: list[Entity] = []
    for entity in entities:
        last = joined[-1] if joined else None
        if (
            last is not None
            and {last.label, entity.label} <= NAMES
            and text[last.span.end : entity.span.begin] == " "
            and " " not in last.span.of(text) + entity.span.of(text)
        ):
            label = last.label if last.label == entity.label else "ORG"
            joined[-1] = Entity(Span(last.span.begin, entity.span.end), label)
        else:
            joined.append(entity)
    return joined


def _widen(text: str, words: Sequence[Word], entities: Sequence[Entity]) -> list[Entity]:
    """A name of one word takes capitalised ones beside it that no name holds, unless they are a title or a day.

    The model often misses a name's first word, above all where it opens the sentence.
    """
    begins = {word.span.begin: k for k, word in enumerate(words)}
    taken = {begins[e.span.begin]: e for e in entities if e.span.begin in begins}
    widened: list[Entity] = []
    for entity in entities:
        first = begins.get(entity.span.begin)
        if first is None or entity.label not in NAMES or " " in entity.span.of(text):
            widened.append(entity)
            continue
        begin, end = entity.span.begin, entity.span.end
        if first and first - 1 not in taken and text[words[first - 1].span.end : begin] == " ":
            word = words[first - 1]
            opens = OPENING.search(text, max(0, word.span.begin - NEAR), word.span.begin) is not None
            alone = not first - 1 or not text[words[first - 2].span.begin].isupper()
            if _is_part(text, word, opens) and (opens or alone or entity.label == "ORG"):
                begin = word.span.begin
        label = entity.label
        if label in {"ORG", "PERSON", "GPE"} and first + 1 < len(words) and first + 1 not in taken:
            word = words[first + 1]
            form = word.span.of(text)
            is_body = label == "ORG" and word.pos in {"PROPN", "NOUN"} and form.lower() in BODIES
            known = label == "ORG" or text.count(text[begin : word.span.end]) > 1
            if text[end : word.span.begin] == " " and re.fullmatch(r"[A-Z][\w-]+", form):
                if known and _is_common(form, word.pos):
                    end, label = word.span.end, "ORG"  # "Hyperion Data", twice so
                elif is_body or (known and _is_part(text, word, opens=False)):
                    end = word.span.end
        if not widened or widened[-1].span.end <= begin:
            widened.append(Entity(Span(begin, end), label))
        else:
            widened.append(entity)
    return widened


def _is_common(form: str, pos: str) -> bool:
    """A word of the language that a body can bear as its name, other than an office."""
    return (pos == "NOUN" or (pos == "VERB" and form.endswith("ing"))) and not is_role(form.lower())


def _is_part(text: str, word: Word, opens: bool) -> bool:
    """Whether a word can be part of the name beside it; `opens` where it would be capitalised anyhow."""
    form = word.span.of(text)
    other = form.lower() in FUNCTION_WORDS or is_role(form.lower()) or form in DAYS | MONTHS
    if other or not re.fullmatch(r"[A-Z][\w’'-]+", form) or find_metonym(form):
        return False
    # no language has a conjunction or a particle "Andina": the model had never seen the word
    if opens and find_gender_of_name(form):
        return True
    return word.pos == "PROPN" or word.pos in ({"CCONJ", "PART", "X"} if opens else UNHEARD)


def _straighten(text: str, entity: Entity) -> Entity:
    """A name with what the model cuts off it ("R. K.", "& Voss", "Teachers'", the ministry of "of Health"), and without
    the "'s" before it."""
    begin, end = entity.span.begin, entity.span.end
    if leading := POSSESSIVE.match(text, begin, end):
        begin = leading.end()
    while begin < end and not (text[begin].isalnum() or text[begin] in "@#"):
        begin += 1
    if entity.label not in NAMES or begin == end:
        return Entity(Span(begin, end), entity.label) if begin < end else entity
    if text.startswith("of ", begin) and begin + len("of ") < end:
        head = BODY_HEAD.search(text, max(0, begin - MOST_HEAD), begin)
        begin = head.start() if head else begin + len("of ")
    if head := CUT_OFF.search(text, max(0, begin - MOST_HEAD), begin):
        begin = head.start()
    if tail := AND_PARTNER.match(text, end):
        end = tail.end()
    label = "ORG" if " & " in text[begin:end] else entity.label
    return Entity(Span(begin, end), label)


def _drop_overlapping(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Of names that came to overlap, the longest."""
    kept: list[Entity] = []
    taken = bytearray(len(text))
    for entity in sorted(entities, key=lambda e: -len(e.span)):
        if not _is_taken(taken, entity.span):
            _take(taken, entity.span)
            kept.append(entity)
    return sorted(kept, key=lambda e: e.span)


def _take(taken: bytearray, span: Span) -> None:
    """Mark the characters of a span."""
    taken[span.begin : span.end] = b"\1" * len(span)


def _is_taken(taken: bytearray, span: Span) -> bool:
    """Whether any character of a span is marked."""
    return taken.find(1, span.begin, span.end) >= 0


def _tell_label(text: str, entity: Entity) -> Entity:
    """ "Russian" before a capital ("Russian Finance Minister") is no person, "Tobi Salako, 17," is one."""
    name, after = entity.span.of(text), text[entity.span.end : entity.span.end + 6]
    metonym = find_metonym(name) if entity.label == "PERSON" else None
    if metonym and metonym.how == DEMONYM and re.match(r" [A-Z]", after):
        return Entity(entity.span, "NORP")
    if metonym and metonym.how == SEAT:
        return Entity(entity.span, "ORG")
    if entity.label in {"ORG", "GPE"} and re.fullmatch(r"[^\W\d]+(?: [^\W\d]+){1,2}", name) and AGE.match(after):
        return Entity(entity.span, "PERSON")
    placed = re.search(r"\b(?:in|near) $", text[max(0, entity.span.begin - 6) : entity.span.begin])
    if entity.label == "PERSON" and " " not in name and placed and after[:1] in ",." and text.count(name) == 1:
        return Entity(entity.span, "GPE")
    return entity


def _split(text: str, entity: Entity) -> Iterator[Entity]:
    """ "The Justice Department and the Labor Department" are two."""
    begin = entity.span.begin
    if entity.label == "ORG":
        for joint in JOINT.finditer(text, begin, entity.span.end):
            yield Entity(Span(begin, joint.start()), "ORG")
            begin = joint.end()
    yield Entity(Span(begin, entity.span.end), entity.label)
