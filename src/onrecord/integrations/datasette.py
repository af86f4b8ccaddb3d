"""A plugin for Datasette, which finds it by itself where both are installed: a ledger says what its tables are.

It adds titles, descriptions, facets and an order to every database that is a ledger, and leads from an id to its row:
Datasette links foreign keys to primary keys, and the ids of a ledger are keys of their own. Other databases are left
as they are.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

# column → the table that has it for an id
IDS = {
    "document_id": "documents",
    "statement_id": "statements",
    "claim_id": "claims",
    "outer": "statements",
}
HIDDEN = ("alembic_version", "keys", "raws", "vectors")

TABLES: dict[str, dict[str, Any]] = {
    "documents": {
        "description": "Pages as they were read. `text` is the article, without what the site put around it.",
        "label_column": "title",
        "facets": ["outlet", "language"],
        "sort_desc": "day",
    },
    "statements": {
        "description": "Who said what, on whose word. `root` is who said it, `via` is whom it was heard from.",
        "label_column": "content",
        "facets": ["act", "polarity", "certainty"],
        "sort_desc": "day",
    },
    "links": {"description": "The chain of each statement, from whom the page cites to the root, which comes last."},
    "names": {"description": "Every name that a chain bears, and how many links bear it.", "sort_desc": "statements"},
    "claims": {
        "description": "What is claimed, gathered from statements. Worked out by onrecord, never edited.",
        "label_column": "text",
        "facets": ["status"],
        "sort_desc": "prominence",
    },
    "positions": {
        "description": "Who asserts, denies or declines a claim, from when to when.",
        "label_column": "root",
        "facets": ["stance"],
    },
    "claim_documents": {"description": "The documents that a claim stands in; copies are marked."},
    "position_statements": {"description": "The statements that a position rests on."},
    "status_changes": {"description": "From which day on a claim stood how.", "sort_desc": "day", "facets": ["status"]},
    "edges": {"description": "Decisions that two things belong together, each with its score and its reasons."},
    "skipped": {"description": "Pages that could not be taken in, and why."},
    "on_record": {"description": "Statements with the page that they stand on.", "facets": ["act", "outlet"]},
    "stands": {"description": "Claims with everybody's position on them.", "facets": ["status", "stance"]},
    "disputes": {"description": "Disputed claims: who asserts them, who denies them, since when."},
    **{table: {"hidden": True} for table in HIDDEN},
}


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """What each ledger among the databases is, table by table."""
    names = [name for name, database in list(datasette.databases.items()) if _is_ledger(database)]
    return {
        "databases": {
            name: {
                "title": "onrecord",
                "description": "Who is on record for what, on whose word, since when, and who disputes it. "
                "A status is about the record, not about the truth.",
                "tables": {
                    table: {key: list(value) if isinstance(value, list) else value for key, value in about.items()}
                    for table, about in TABLES.items()
                },
            }
            for name in names
        }
    }


@hookimpl
def render_cell(value: Any, column: str, database: str, datasette: Any) -> Markup | None:
    """The id of a document, statement or claim, as a link to it; None leaves the cell as it is."""
    table = IDS.get(column)
    if table is None or not value or not _is_ledger(datasette.databases[database]):
        return None
    # where Datasette found the row that is meant, it gives what the row is called, too
    an_id, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    address = f"{datasette.urls.table(database, table)}?id={an_id}"
    name = "" if label == an_id else Markup("&nbsp;<em>{}</em>").format(an_id)
    return Markup('<a href="{}">{}</a>').format(address, label or an_id) + escape(name)


def _is_ledger(database: Any) -> bool:
    return bool(database.path) and _has_tables(str(database.path))


@lru_cache(maxsize=64)
def _has_tables(path: str) -> bool:
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {"alembic_version", "claims", "position_statements"} <= {row[0] for row in found}
    except sqlite3.Error:
        return False
    finally:
        connection.close()
