"""Questions to a ledger: plain functions that return records, for the command line, the web page, the API and tools."""

from __future__ import annotations

from onrecord.query.assess import Assessed, ShownEvidence, assess_claim, assess_document
from onrecord.query.changes import Changes, find_changes, find_last_day
from onrecord.query.check import Checked, Fault, iter_checked
from onrecord.query.claims import find_claims, find_version, get_claims
from onrecord.query.documents import count_all, find_documents, find_failed, get_heads
from onrecord.query.names import find_names, find_who
from onrecord.query.outlets import Outlet, find_originals, find_outlets
from onrecord.query.paging import CursorError, Page
from onrecord.query.search import ClaimHead, Found, QuoteHead, find_all
from onrecord.query.show import (
    NotFoundError,
    get_claim,
    get_document,
    get_raw_text,
    get_shown,
    get_statement,
    make_passage,
    make_quote,
)
from onrecord.query.statements import find_statements, get_quotes, get_quotes_of
from onrecord.query.timeline import find_diff, get_timeline
from onrecord.query.views import (
    Counts,
    Event,
    Failed,
    LineChange,
    Name,
    PageHead,
    Passage,
    Quote,
    ShownClaim,
    ShownDocument,
    ShownStatement,
    Stand,
    StatusDiff,
    Who,
)

__all__ = [
    "Assessed",
    "Changes",
    "Checked",
    "ClaimHead",
    "Counts",
    "CursorError",
    "Event",
    "Failed",
    "Fault",
    "Found",
    "LineChange",
    "Name",
    "NotFoundError",
    "Outlet",
    "Page",
    "PageHead",
    "Passage",
    "Quote",
    "QuoteHead",
    "ShownClaim",
    "ShownDocument",
    "ShownEvidence",
    "ShownStatement",
    "Stand",
    "StatusDiff",
    "Who",
    "assess_claim",
    "assess_document",
    "count_all",
    "find_all",
    "find_changes",
    "find_claims",
    "find_diff",
    "find_documents",
    "find_failed",
    "find_last_day",
    "find_names",
    "find_originals",
    "find_outlets",
    "find_statements",
    "find_version",
    "find_who",
    "get_claim",
    "get_claims",
    "get_document",
    "get_heads",
    "get_quotes",
    "get_quotes_of",
    "get_raw_text",
    "get_shown",
    "get_statement",
    "get_timeline",
    "iter_checked",
    "make_passage",
    "make_quote",
]
