"""A component for spaCy: `nlp.add_pipe("onrecord")` gives each Doc its statements, as `doc._.statements`.

spaCy tokenises, onrecord reads the text on its own terms; where the two disagree, a span is widened to whole tokens,
and the record keeps the exact offsets. A Doc holds plain rows, so that it can be pickled and kept in a DocBin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import raise_error

from onrecord.extract import Extractor, make_extractor
from onrecord.ids import hash_bytes, make_document_id
from onrecord.ledger import rows
from onrecord.records import Document, Moment, Statement
from onrecord.records import Span as Offsets
from onrecord.settings import Settings

KEY = "onrecord"  # of `doc.user_data` and of `doc.spans`, which displaCy shows: options={"spans_key": "onrecord"}
BATCH_DOCUMENTS = 16

ErrorHandler = Callable[[str, Any, list[Doc], Exception], None]


@dataclass(frozen=True, slots=True)
class SpacyStatement:
    """A statement with its words as spans of the Doc, in order of the text.

    `source` is where the root is named, None where it is understood; `via` are the links before it that are worded.
    """

    record: Statement
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: Span | None
    via: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The words of the content."""
        return rows.JOINT.join(span.text for span in self.content)

    def __str__(self) -> str:
        chain = rows.ARROW.join(link.name for link in self.record.chain)
        return f"{chain} [{self.record.act}, {self.record.polarity}]: {self.text}"


class SpacyStatements(tuple[SpacyStatement, ...]):
    """The statements of a Doc, in order of the text. A notebook shows them as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return render(self)


def render(statements: Iterable[SpacyStatement]) -> str:
    """A table in HTML: who, through whom, how, what. All that comes from the text is escaped."""
    heads = "".join(f"<th>{head}</th>" for head in ("who", "via", "act", "polarity", "what"))
    lines = []
    for statement in statements:
        record = statement.record
        via = rows.ARROW.join(link.name for link in record.chain[:-1])
        cells = (record.root.name, via, record.act.value, record.polarity.value, statement.text)
        lines.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


@Language.factory(
    KEY,
    assigns=["doc._.statements", "doc.spans"],
    default_config={"published": None, "min_confidence": 0.0, "threads": 0},
)
def make_component(nlp: Language, name: str, published: str | None, min_confidence: float, threads: int) -> Component:
    """What `nlp.add_pipe("onrecord", config={...})` makes.

    `published` is the day of texts whose `doc._.published` is not set: without one, "on Monday" has no date.
    """
    return Component(name, Settings(min_confidence=min_confidence, threads=threads), published)


class Component:
    """Extracts the statements of Docs. Models are loaded when the first Doc comes, and stay behind in a pickle."""

    def __init__(self, name: str, settings: Settings, published: str | None = None) -> None:
        self.name = name
        self._settings = settings
        self._published = published
        self._extractor: Extractor | None = None
        self._handle: ErrorHandler = raise_error
        set_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its statements."""
        return next(self.pipe([doc], batch_size=1), doc)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_DOCUMENTS) -> Iterator[Doc]:
        """The same Docs, in order. Lazy; one that cannot be read goes to the pipeline's error handler alone."""
        remaining = iter(stream)
        while docs := list(islice(remaining, batch_size)):
            documents = [self._make_document(doc) for doc in docs]
            try:
                found = list(self._load().extract(documents))
            except Exception:  # noqa: BLE001 - one odd text must not cost the others: each is tried alone below
                yield from self._try_each(docs, documents)
                continue
            for doc, document, statements in zip(docs, documents, found, strict=True):
                yield _assign(doc, document, statements)

    def set_error_handler(self, error_handler: ErrorHandler) -> None:
        """What spaCy calls with a Doc that could not be read; by default it raises."""
        self._handle = error_handler

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_extractor": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        set_extensions()

    def _try_each(self, docs: list[Doc], documents: list[Document]) -> Iterator[Doc]:
        for doc, document in zip(docs, documents, strict=True):
            try:
                statements = self._load().extract_statements(document)
            except Exception as error:  # noqa: BLE001 - the pipeline decides
                self._handle(self.name, self, [doc], error)
            else:
                yield _assign(doc, document, statements)

    def _load(self) -> Extractor:
        if self._extractor is None:
            self._extractor = make_extractor(self._settings)
        return self._extractor

    def _make_document(self, doc: Doc) -> Document:
        published = doc._.published or self._published
        raw_hash = hash_bytes(doc.text.encode("utf-8", "surrogatepass"))
        return Document(
            make_document_id("", raw_hash),
            address="",
            raw_hash=raw_hash,
            text=doc.text,
            published=Moment(str(published), "given") if published else None,
            language=doc.lang_ or None,
        )


def set_extensions() -> None:
    """Make `doc._.statements` and `doc._.published`, also for Docs that are only loaded."""
    if not Doc.has_extension("statements"):
        Doc.set_extension("statements", getter=get_statements)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)


def get_statements(doc: Doc) -> SpacyStatements:
    """The statements that the component found; none where it did not run."""
    return SpacyStatements(_to_statement(doc, row) for row in doc.user_data.get(KEY, ()))


def _assign(doc: Doc, document: Document, statements: Iterable[Statement]) -> Doc:
    doc.user_data[KEY] = [
        rows.statement_to_row(statement, document, place) for place, statement in enumerate(statements)
    ]
    group = SpanGroup(doc, name=KEY)
    for found in get_statements(doc):
        parts = (("CONTENT", found.content), ("CUE", found.cue), ("VIA", found.via))
        source = (("SOURCE", (found.source,)),) if found.source else ()
        for label, spans in (*parts, *source):
            group.extend([Span(doc, span.start, span.end, label=label) for span in spans])
    doc.spans[KEY] = group
    return doc


def _to_statement(doc: Doc, row: dict[str, Any]) -> SpacyStatement:
    record = rows.row_to_statement(row)
    via = [link.span for link in record.chain[:-1] if link.span]
    return SpacyStatement(
        record,
        tuple(_align(doc, span) for span in record.content),
        tuple(_align(doc, span) for span in record.cue),
        _align(doc, record.root.span) if record.root.span else None,
        tuple(_align(doc, span) for span in via),
    )


def _align(doc: Doc, span: Offsets) -> Span:
    # spans that onrecord finds lie inside of the text and hold letters, so that there is a token to each
    found = doc.char_span(span.begin, span.end, alignment_mode="expand")
    assert found is not None
    return found
