"""Each command's output, in words and as JSON lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Onrecord = Callable[..., Any]


def test_add_sums_up(onrecord: Onrecord, pages: Path) -> None:
    (pages / "d.txt").write_text("")
    done = onrecord("add", pages)
    assert done.code == 1
    assert done.out.splitlines()[0] == "3 pages added, 0 already there, 1 failed"
    assert done.out.splitlines()[1].startswith("3 new statements; ")
    assert done.err == f"failed: {pages}/d.txt: empty\n"
    assert onrecord("add", pages / "a.txt").out.splitlines()[0] == "0 pages added, 1 already there, 0 failed"


def test_add_quiet_and_json(onrecord: Onrecord, pages: Path) -> None:
    assert onrecord("add", pages / "a.txt", "--quiet").out == ""
    lines = onrecord("add", pages, "--json").lines
    assert [line["outcome"] for line in lines] == ["present", "added", "added", "summary"]
    assert (lines[-1]["added"], lines[-1]["present"], lines[-1]["statements"]) == (2, 1, 2)


def test_statements(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages, "--published", "2022-03-14", "--outlet", "Courier")
    rows = onrecord("statements", "ferry", "--by", "belov", "--json").lines
    assert {row["chain"][-1]["name"] for row in rows} == {"Anna Belov"}
    assert set(rows[0]) >= {"id", "content", "cue", "chain", "polarity", "certainty", "act", "said", "day", "outlet"}
    words = onrecord("statements", "--by", "belov").out
    assert "2022-03-14  Anna Belov  (assert)" in words
    assert "Courier, 2022-03-14" in words
    first = onrecord("statements", "--limit", "2")
    cursor = first.err.split()[-1]
    assert len(onrecord("statements", "--limit", "2", "--cursor", cursor, "--json").lines) == 1


def test_what_a_page_says_cannot_steer_a_terminal(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages)
    out = onrecord("statements", "green").out + onrecord("documents").out
    assert "\x1b" not in out
    assert "[bold]green[/bold]" in out


def test_lines_in_a_pipe_are_not_wrapped(onrecord: Onrecord, pages: Path) -> None:
    (pages / "long.txt").write_text(f"A day\n\nAnna Belov said that {'very ' * 100}little is known of it.\n")
    onrecord("add", pages / "long.txt")
    assert f"{'very ' * 100}little" in onrecord("statements").out


def test_show(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages)
    row = onrecord("statements", "red", "--json").lines[0]
    shown = onrecord("show", row["id"][:10]).out
    assert "Anna Belov said that the red ferry will not sail before the end of the winter" in shown
    [form] = onrecord("show", row["id"], "--json").lines
    assert (form["type"], form["passage"]["after"], form["kind"]) == ("statement", ".", "indirect")
    [document] = onrecord("show", row["document"], "--json").lines
    assert (document["type"], len(document["statements"])) == ("document", 1)
    assert onrecord("show", "c000000").code == 1


def test_who(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages)
    [who] = onrecord("who", "belov", "--json").lines
    assert [(name["name"], name["statements"]) for name in who["names"]] == [("Anna Belov", 2)]
    assert onrecord("who", "nobody at all").code == 1


def test_timeline_of_a_name(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages, "--published", "2022-03-14")
    assert [row["day"] for row in onrecord("timeline", "Anna Belov", "--json").lines] == ["2022-03-14"] * 2


def test_read(onrecord: Onrecord, pages: Path) -> None:
    [page] = onrecord("read", pages / "a.txt", "--json", "--published", "2022-03").lines
    assert (page["title"], page["published"]) == ("The red ferry", "2022-03")
    assert {"title", "published", "outlet", "author", "language", "text", "headings", "leftovers"} <= set(page)
    assert "The red ferry" in onrecord("read", pages / "a.txt").out


def test_extract(onrecord: Onrecord, pages: Path, tmp_path: Path) -> None:
    rows = onrecord("extract", pages).lines
    assert [row["chain"][0]["name"] for row in rows] == ["Anna Belov", "Harbour Master", "Anna Belov"]
    assert not (tmp_path / "ledger.sqlite").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_extract_verbatim(onrecord: Onrecord, tmp_path: Path, packed: bool) -> None:
    text = "  Read here: \n\nAnna Belov said that the ferry sails.\n\n(Photo: AP)  "
    lines = [
        json.dumps({"id": 7, "text": text, "published": "2022-03-14"}),
        '{"id": "broken", "text": ',
        json.dumps({"id": "none", "text": ""}),
        json.dumps({"id": "poison", "text": "POISON"}),
        json.dumps({"id": "last", "text": text}),
    ]
    path = tmp_path / ("rows.jsonl.gz" if packed else "rows.jsonl")
    content = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    done = onrecord("extract", "--verbatim", path)
    rows = done.lines
    assert done.code == 1
    assert [row["id"] for row in rows] == ["7", "2", "none", "poison", "last"]
    assert [bool(row.get("error")) for row in rows] == [False, True, False, True, False]
    [statement] = rows[0]["statements"]
    assert set(rows[0]) == {"id", "statements"}
    assert set(statement) == {"content", "cue", "chain", "polarity", "certainty", "act", "said"}
    assert [text[begin:end] for begin, end in statement["content"]] == ["the ferry sails"]
    [link] = statement["chain"]
    assert (text[slice(*link["span"])], link["name"], link["named"]) == ("Anna Belov", "Anna Belov", True)
    assert (statement["polarity"], statement["said"]) == ("positive", None)


def test_check_finds_nothing_in_a_sound_ledger(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages)
    done = onrecord("check")
    assert (done.code, done.out) == (0, "3 documents, 9 spans of evidence, 0 faults\n")


def test_failed(onrecord: Onrecord, pages: Path) -> None:
    (pages / "d.txt").write_text("")
    onrecord("add", pages)
    assert onrecord("failed").out.startswith(f"{pages}/d.txt: empty (read, ")
    assert [row["tries"] for row in onrecord("failed", "--json").lines] == [1]
    assert onrecord("retry").code == 1
    (pages / "d.txt").unlink()
    assert "no such file" in onrecord("retry").err


def test_removing_takes_the_claims_of_a_page_back(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages / "a.txt")
    before = onrecord("claims", "--json").lines
    onrecord("add", pages / "b.txt")
    [document] = onrecord("documents", "blue", "--json").lines
    done = onrecord("remove", document["id"])
    assert (done.code, done.out) == (0, "1 document removed\n")
    assert onrecord("claims", "--json").lines == before
    assert onrecord("remove", document["id"]).code == 1


def test_rebuild_comes_to_the_same(onrecord: Onrecord, pages: Path) -> None:
    onrecord("add", pages)
    before = onrecord("claims", "--json").lines
    assert before
    assert onrecord("rebuild", "--json").lines == [{"documents": 3, "statements": 3, "claims": len(before)}]
    assert sorted(onrecord("claims", "--json").lines, key=str) == sorted(before, key=str)
