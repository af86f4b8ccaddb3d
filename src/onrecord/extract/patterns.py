"""Reports that a pattern tells where the annotator saw none: a speaker and a colon, a count, what was taken back,
what somebody told a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.extract.lexicon import UTTERANCES
from onrecord.extract.phrases import find_subject
from onrecord.extract.replies import can_reply
from onrecord.extract.reports import Reader, Report, locate, trim
from onrecord.extract.speakers import can_speak
from onrecord.records import Span

MOST_WHO = 90  # characters
# "Rep. Anna Moe (D-N.Y.)": the stops of short words do not end it
WHO = r"(?:[^.:;“”\"„«»\n]|\b[A-Z][a-z]{0,3}\.){3,90}"
BEFORE_COLON = re.compile(rf"(?:^|[.!?”\"“»\n]\s*)(?P<who>{WHO}):\s*$")
SIGNED = re.compile(rf"\s*(?P<dash>—|–|―|--|-)\s*(?P<who>{WHO})\s*$")
NUMBER = (
    r"(?:[$€£]?\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"(?:some|several|more than|at least|about|around|up to) \S+|dozens|hundreds|thousands|no)"
)
COUNTED = re.compile(
    rf"\b(?:(?P<a>(?:has |have |had )?(?:puts?|gives?|gave|estimates?|estimated|sets?)) "
    rf"(?P<a_what>(?:the|its|their|his|her) [^,.;:]{{2,80}}? (?:at|as) (?:{NUMBER})\b(?:(?! and\b)[^,.;:])*)"
    rf"|(?P<b>(?:spoke|talked) of) (?P<b_what>{NUMBER} [^,.;:]+)"
    rf"|(?P<c>(?:has |have |had )?(?:counted|counts?|registered|recorded)) (?P<c_what>{NUMBER}\b[^.;:]{{3,}})"
    # a count that was given before, and is now another: "revised the number of dead from 63 to 36"
    r"|(?P<d>(?:has |have |had )?(?:since |now |later )?(?:correct|revis|adjust|amend)(?:es|s|ed))"
    r"(?: (?:up|down|upwards?|downwards?|back))? "
    r"(?P<d_what>(?:the|its|their|his|her) [^.,;:]{0,60}?(?:toll|numbers?|figures?|counts?|totals?|estimates?|tally)\b"
    rf"[^.,;:]{{0,60}}? to (?:{NUMBER})\b[^.,;:]*))"
)
OWN = r"(?:the|his|her|its|their) "
SAID_BEFORE = r"what (?:he|she|it|they|[A-Z]\w+) (?:had |has |have )?(?:said|told|written|claimed|reported)\b[^,.;]*"
TAKEN_BACK = re.compile(
    r"\b(?P<cue>took|takes?|taken|taking) "
    rf"(?:(?P<what>it|that|this|them|everything|{OWN}\w+)(?: all)? (?P<back>back)\b(?! (?:to|from|into|home|in)\b)"
    rf"|back (?P<that>{OWN}(?:\w+ )?(?:{UTTERANCES})\b[^,.;]*|{SAID_BEFORE}))"
    r"|\b(?P<left>withdr[ae]w(?:s|n)?|withdrew|retract(?:s|ed)?|recant(?:s|ed)?) "
    rf"(?P<this>(?:it|everything)\b|{OWN}(?:\w+ )?(?:{UTTERANCES}|papers?|study|studies|findings?)\b[^,.;]*"
    rf"|{SAID_BEFORE})"
)
WHEN_AND_WHERE = (
    r"(?: (?:on|in|at|by|from|after|before|during|over|late|early|yesterday|today|this|last|earlier|to|with|"
    r"through|via)\b"
    r"[^;:“”\"\n]{2,90}?)?"
)
TOLD = re.compile(
    r"(?P<cue>(?:(?:have|has|had|still|also) )?(?:told (?P<whom>(?!that\b|what\b|how\b|why\b)[^,.;:“”\"\n]{2,60}?)"
    r"|(?:said|says?|reported|reports|announced|announces|confirmed|confirms|stated|states|wrote|writes|complained|"
    r"complains|claimed|claims|warned|warns|admitted|admits|insisted|insists|explained|explains|found|"
    r"(?:learned|heard)(?! from\b)|maintains?|maintained|ruled|noted|notes|revealed|reveals|disclosed|recalled|"
    r"recalls|alleged|alleges|concluded|concludes|declared|"
    rf"declares|shows|showed))){WHEN_AND_WHERE}\s*[.;”\"]*\s*$"
)
# "…, says the man who owns it": the speaker stands last
SAYS_WHO = re.compile(
    r",[”\"]? (?P<cue>says?|said|claims|claimed|writes|wrote|reports|reported|insists|insisted|admits|admitted|"
    r"warns|warned"
    r"|explains|explained|confirms|confirmed|maintains) (?P<who>(?!that\b|in\b|on\b)[^;:“”\"\n]{3,140}?)[.;]\s*$"
)
# "…, Reuters quoted the spokesman as saying", "The spokesman was quoted by Reuters as saying that …"
QUOTED_AS = re.compile(
    r"^(?P<what>.{15,}?),[”\"]? (?P<via>[^,;:“”\"\n]{2,60}?) (?P<cue>(?:has |have |had )?(?:quoted|cited|quotes?|"
    r"cites?)) (?P<who>[^;:“”\"\n]{3,100}?) as (?:saying|telling [^,;]{2,40}|writing)[^,;]{0,40}$"
)
WAS_QUOTED = re.compile(
    r"(?P<who>[^,;:“”\"\n]{3,100}?) (?P<cue>(?:was|were|is|are|has been|have been) (?:quoted|cited)) "
    r"(?:by|in) (?P<via>[^,;:“”\"\n]{2,60}?) as (?:saying|telling [^,;]{2,40}?|writing) (?:that )?(?P<what>.{10,})"
)
PARTS = re.compile(r"[^;]+;?")
IN_THE_WORDS = re.compile(r",? (?P<cue>in the words of) (?P<who>[^,.;:“”\"\n]{2,80})\s*[.”\"]*\s*$")
HEARERS_CLAUSE = re.compile(r"\b(?:that|to|how|why|what|where|when|who|whether|of|about)\b")
COMMA = re.compile(r",[”\"]?(?=\s)")
LEAST_TOLD = 15  # characters
CONNECTING = (["and"], ["but"], ["who"], ["which"])
SUBORDINATORS = {
    "after", "although", "as", "because", "before", "if", "once", "since", "though", "unless", "until", "when", "while",
}  # fmt: skip


def find_quoted_after_colon(reader: Reader, reports: Sequence[Report]) -> Iterator[Report]:
    """ "The director, Ida Moe: "We have nothing to hide."": a speaker, a colon, and a quotation that nobody has yet."""
    for quotation in reader.quotations:
        begin = max(reader.paragraph_of(quotation).begin, quotation.begin - MOST_WHO - 4)
        match = BEFORE_COLON.search(reader.text[begin : quotation.begin])
        content = trim(reader.text, quotation.begin + 1, quotation.end - 1)
        if match is None or content is None or any(c.overlaps(quotation) for r in reports for c in r.content):
            continue
        source = Span(begin + match.start("who"), begin + match.end("who"))
        verbs = any(word.pos in {"VERB", "AUX"} for word in reader.words_of(source))
        if not verbs and can_speak(reader, (source,)):
            yield Report((source,), (Span(source.end, source.end + 1),), (content,), 0.6, -1, (), "colon")


def find_signed(reader: Reader, reports: Sequence[Report]) -> Iterator[Report]:
    """ "“We hope for rain.” — Anna Berg": a quotation that fills a paragraph but for a dash and who said it."""
    for quotation in reader.quotations:
        paragraph = reader.paragraph_of(quotation)
        match = SIGNED.fullmatch(reader.text, quotation.end, paragraph.end)
        content = trim(reader.text, quotation.begin + 1, quotation.end - 1)
        if match is None or content is None or reader.text[paragraph.begin : quotation.begin].strip():
            continue
        source = Span(*match.span("who"))
        named = reader.entities_in(source)[:1]
        known = any(c.overlaps(quotation) for r in reports for c in r.content)
        if not known and named and named[0].label == "PERSON" and named[0].span.begin == source.begin:
            yield Report((source,), (Span(*match.span("dash")),), (content,), 0.6, -1, (), "colon")


def find_counts(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "Police put the number at 4,000", "the organisers spoke of 20,000"; "the minister took it back"."""
    for match in COUNTED.finditer(reader.text, sentence.begin, sentence.end):
        kind = match.lastgroup[0] if match.lastgroup else ""
        report = _make(reader, sentence, (Span(*match.span(kind)),), match.span(f"{kind}_what"), "count")
        if report is not None:
            yield report
    for match in TAKEN_BACK.finditer(reader.text, sentence.begin, sentence.end):
        what = next(name for name in ("what", "that", "this") if match[name])
        parts = [match.span(name) for name in ("cue", "back", "left") if match[name]]
        cue = tuple(Span(*part) for part in parts)
        if what == "that":
            cue = (Span(match.start("cue"), match.start("that") - 1),)
        report = _make(reader, sentence, cue, match.span(what), "taken back")
        if report is not None:
            yield report


def _make(reader: Reader, sentence: Span, cue: tuple[Span, ...], what: tuple[int, int], rule: str) -> Report | None:
    places = reader.indices(cue[0])
    subject = find_subject(reader, places[0], sentence.begin) if places else None
    content = trim(reader.text, *what)
    if subject is None or content is None or not can_reply(reader, subject):
        return None
    return Report((subject,), cue, (content,), 0.6, -1, (), rule)


def find_in_words_of(reader: Reader, sentence: Span, reports: Sequence[Report]) -> Iterator[Report]:
    """ "The law is unjust, in the words of the archbishop."."""
    match = IN_THE_WORDS.search(sentence.of(reader.text))
    content = trim(reader.text, sentence.begin, sentence.begin + match.start()) if match else None
    if match is None or content is None:
        return
    source, cue = locate(sentence, match, "who"), locate(sentence, match, "cue")
    verbs = any(word.pos in {"VERB", "AUX"} for word in reader.words_of(content))
    known = any(c.overlaps(content) for r in reports for c in r.content)
    if verbs and not known and can_speak(reader, (source,)):
        yield Report((source,), (cue,), (content,), 0.6, -1, (), "told")


def find_quoted_as(reader: Reader, sentence: Span) -> Iterator[Report]:
    """ "…, Reuters quoted the spokesman as saying": whom an outlet quotes, by way of it."""
    text = sentence.of(reader.text)
    for pattern in (QUOTED_AS, WAS_QUOTED):
        match = pattern.search(text)
        if match is None:
            continue
        content, source, via = (
            trim(reader.text, sentence.begin + match.start(name), sentence.begin + match.end(name))
            for name in ("what", "who", "via")
        )
        if content is None or source is None or via is None or not can_speak(reader, (source,)):
            continue
        yield Report((source,), (locate(sentence, match, "cue"),), (content,), 0.6, -1, ((via,),), "quoted")


def find_told(reader: Reader, sentence: Span, reports: Sequence[Report]) -> Iterator[Report]:
    """ "The trial was stopped, a person briefed on it told the Herald": a clause, and at its end who told whom."""
    begin = sentence.begin
    for part in PARTS.finditer(sentence.of(reader.text)):
        end = sentence.begin + part.end()
        clause = Span(begin, end)
        found = _find_told(reader, clause) or _find_says_who(reader, clause)
        if found is not None and not any(c.covers(found.content[0]) for r in reports for c in r.content):
            yield found
        begin = end


def _is_whole(reader: Reader, content: Span) -> bool:
    words = reader.words_of(content)
    return any(word.pos in {"VERB", "AUX"} for word in words) and reader.forms(words[:1])[0] not in SUBORDINATORS


def _find_says_who(reader: Reader, clause: Span) -> Report | None:
    match = SAYS_WHO.search(clause.of(reader.text))
    if match is None:
        return None
    content = trim(reader.text, clause.begin, clause.begin + match.start())
    source = trim(reader.text, clause.begin + match.start("who"), clause.begin + match.end("who"))
    if content is None or source is None or len(content) < LEAST_TOLD:
        return None
    if "," in content.of(reader.text) or not _is_whole(reader, content) or not can_speak(reader, (source,)):
        return None
    return Report((source,), (locate(clause, match, "cue"),), (content,), 0.6, -1, (), "told")


def _find_told(reader: Reader, clause: Span) -> Report | None:
    text = clause.of(reader.text)
    match = TOLD.search(text)
    if match is None or (match["whom"] and HEARERS_CLAUSE.search(match["whom"])):
        return None
    commas = list(COMMA.finditer(text, 0, match.start()))
    # "the director, Rob Keller, told": a name between commas belongs to what stands before it
    named = bool(commas) and not text[commas[-1].end() : match.start()].strip()
    if len(commas) < (3 if named else 1):
        return None
    comma = commas[-3 if named else -1]
    content = trim(reader.text, clause.begin, clause.begin + comma.start())
    source = trim(reader.text, clause.begin + comma.end(), clause.begin + match.start())
    if content is None or source is None or len(content) < LEAST_TOLD:
        return None
    opens = reader.forms(reader.words_of(source)[:1])
    if not _is_whole(reader, content) or opens[:1] in CONNECTING or not can_speak(reader, (source,)):
        return None
    end = match.start("whom") if match["whom"] else match.end("cue")
    cue = trim(reader.text, clause.begin + match.start("cue"), clause.begin + end)
    return Report((source,), (cue,), (content,), 0.6, -1, (), "told") if cue is not None else None
