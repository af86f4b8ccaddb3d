"""Who is on record for what, on whose word, since when, who disputes it, and how many voices are really one.

    import onrecord

    settings = onrecord.Settings()
    for document, raw in onrecord.read_documents(["article.html"], settings=settings):
        for statement in onrecord.make_extractor(settings).extract_statements(document):
            print(statement.root.name, statement.act)

Names are imported when they are first used, so that `import onrecord` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.errors import DocumentError as DocumentError
    from onrecord.errors import OnrecordError as OnrecordError
    from onrecord.errors import RunError as RunError
    from onrecord.extract import make_extractor as make_extractor
    from onrecord.ledger import Ledger as Ledger
    from onrecord.ledger import open_ledger as open_ledger
    from onrecord.line import add_pages as add_pages
    from onrecord.line import extract_pages as extract_pages
    from onrecord.query import find_claims as find_claims
    from onrecord.query import find_statements as find_statements
    from onrecord.query import find_who as find_who
    from onrecord.query import get_shown as get_shown
    from onrecord.query import get_timeline as get_timeline
    from onrecord.read import read_document as read_document
    from onrecord.read import read_documents as read_documents
    from onrecord.records import Claim as Claim
    from onrecord.records import Document as Document
    from onrecord.records import Moment as Moment
    from onrecord.records import Position as Position
    from onrecord.records import Raw as Raw
    from onrecord.records import Skipped as Skipped
    from onrecord.records import Source as Source
    from onrecord.records import Span as Span
    from onrecord.records import Statement as Statement
    from onrecord.settings import Settings as Settings

# public name → the module it lives in
_HOMES = {
    "Claim": "records",
    "Document": "records",
    "DocumentError": "errors",
    "Ledger": "ledger",
    "Moment": "records",
    "OnrecordError": "errors",
    "Position": "records",
    "Raw": "records",
    "RunError": "errors",
    "Settings": "settings",
    "Skipped": "records",
    "Source": "records",
    "Span": "records",
    "Statement": "records",
    "add_pages": "line",
    "extract_pages": "line",
    "find_claims": "query",
    "find_statements": "query",
    "find_who": "query",
    "get_shown": "query",
    "get_timeline": "query",
    "make_extractor": "extract",
    "open_ledger": "ledger",
    "read_document": "read",
    "read_documents": "read",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("onrecord")
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    value = getattr(import_module(f"onrecord.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
