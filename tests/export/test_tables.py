"""CSV and Parquet, as pyarrow, DuckDB and Python's csv read them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv as pa_csv

from onrecord.export import export_ledger
from onrecord.export.tables import TABLES
from onrecord.ledger import Ledger
from onrecord.query import count_all
from onrecord.query.walk import Cut, iter_claims, iter_documents

Export = Callable[[str], Path]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def count_rows(ledger: Ledger) -> dict[str, int]:
    counts = count_all(ledger)
    with ledger.read() as connection:
        documents, claims = list(iter_documents(connection, Cut())), list(iter_claims(connection, Cut()))
    return {
        "documents": counts.documents,
        "statements": counts.statements,
        "links": sum(len(quote.statement.chain) for shown in documents for quote in shown.quotes),
        "claims": counts.claims,
        "positions": sum(len(claim.positions) for claim in claims),
    }


def test_arrow_reads_parquet(ledger: Ledger, export: Export) -> None:
    folder = export("parquet")
    tables = {name: pq.read_table(folder / f"{name}.parquet") for name in TABLES}
    assert {name: table.num_rows for name, table in tables.items()} == count_rows(ledger)
    for name, table in tables.items():
        assert table.column_names == [column.name for column in TABLES[name]]
        table.validate(full=True)
    texts = dict(zip(*(tables["documents"][name].to_pylist() for name in ("id", "text")), strict=True))
    for row in tables["statements"].to_pylist():
        words = [
            " ".join(texts[row["document_id"]][span["begin"] : span["end"]].split()) for span in row["content_spans"]
        ]
        assert " … ".join(words) == row["content"]
    assert tables["statements"].schema.field("confidence").type == pa.float64()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_duckdb_joins_them(ledger: Ledger, export: Export, ending: str) -> None:
    folder = export(ending)
    database = duckdb.connect()
    for name in TABLES:
        database.execute(f"CREATE TABLE {name} AS FROM '{folder / name}.{ending}'")

    def ask(query: str) -> Any:
        return database.execute(query).fetchall()

    assert {name: ask(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES} == count_rows(ledger)
    for child, column, parent in (
        ("statements", "document_id", "documents"),
        ("links", "statement_id", "statements"),
        ("positions", "claim_id", "claims"),
    ):
        assert ask(f"SELECT {column} FROM {child} WHERE {column} NOT IN (SELECT id FROM {parent})") == []
    roots = ask("SELECT root FROM statements ORDER BY id")
    links = ask("SELECT name FROM links WHERE is_root ORDER BY statement_id")
    assert roots == links
    if ending == "parquet":
        dangling = "SELECT unnest(statements) AS id FROM positions EXCEPT SELECT id FROM statements"
        assert ask(dangling) == []


def test_arrow_reads_csv(ledger: Ledger, export: Export) -> None:
    folder = export("csv")
    options = pa_csv.ParseOptions(newlines_in_values=True)
    for name, rows in count_rows(ledger).items():
        table = pa_csv.read_csv(folder / f"{name}.csv", parse_options=options)
        assert table.num_rows == rows
        assert table.column_names == [column.name for column in TABLES[name]]


def test_no_cell_is_a_formula(ledger: Ledger, export: Export) -> None:
    folder = export("csv")
    for name, columns in TABLES.items():
        kinds = {column.name: column.kind for column in columns}
        for row in read_csv(folder / f"{name}.csv"):
            for column, cell in row.items():
                if kinds[column] in {"text", "texts"}:
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, column)


def test_awkward_words_come_through(made_up: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    export_ledger(made_up, "csv", folder)
    ferry, formula, nothing = read_csv(folder / "documents.csv")
    assert "ferry\twas" in ferry["text"]
    assert "😀 people" in ferry["text"]
    assert "\u2028Ask" in ferry["text"]
    assert (formula["title"], formula["outlet"]) == ("'=1+1", "'@outlet")
    assert formula["address"] == "'=cmd|' /C calc'!A0"
    assert nothing["published"] == "2022-03-14"
    overloaded, sail, _, _ = read_csv(folder / "statements.csv")
    assert overloaded["via"] == "The Island Post"
    assert sail["content"] == "It will … not sail"
    begin, end = map(int, sail["content_spans"].split()[1].split(":"))
    assert ferry["text"][begin:end] == "not sail"
    assert overloaded["root_named"] == "false"
