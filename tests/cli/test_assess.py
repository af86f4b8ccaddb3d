"""`onrecord assess` on files of pairs; the models that it loads are those that ship."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from onrecord.cli.app import run

ROW = {
    "id": 7,
    "text": "A ferry burned off Skerra on Monday, the coastguard said. Nobody was hurt.",
    "claims": [{"claim": "A ferry burned off Skerra", "note": "kept"}, {"claim": "The minister resigned over a loan"}],
}


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    with pytest.raises(SystemExit) as stopped:
        run(["assess", *arguments])
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), [json.loads(line) for line in out.splitlines()], err


@pytest.mark.model
@pytest.mark.parametrize("packed", [False, True])
def test_pairs_come_back_with_their_stance(capsys: pytest.CaptureFixture[str], tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "pairs.jsonl"
    content = (json.dumps(ROW) + "\n\n").encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    code, (row,), _ = call(capsys, str(path))
    assert code == 0
    assert (row["id"], row["text"]) == (ROW["id"], ROW["text"])
    related, unrelated = row["claims"]  # type: ignore[misc]
    assert related["stance"] in ("agree", "discuss")
    assert related["note"] == "kept"
    assert unrelated["stance"] == "unrelated"


@pytest.mark.model
@pytest.mark.parametrize("line", ["nonsense", "[]", '{"id": 1}', '{"text": "a"}', '{"text": "a", "claims": [{}]}'])
def test_a_broken_line_is_named_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: str
) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(line + "\n" + json.dumps(ROW) + "\n", encoding="utf-8")
    code, (broken, row), err = call(capsys, str(path))
    assert code == 1
    assert broken["error"]
    assert "#1" in err
    assert len(row["claims"]) == 2  # type: ignore[arg-type]


@pytest.mark.model
def test_a_file_against_a_claim(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Ferry\n\nA ferry burned off Skerra on Monday, Iain Mackay said. Nobody was hurt.\n", "utf-8")
    code, (found,), _ = call(capsys, "A ferry burned off Skerra", str(path), "--json")
    assert code == 0
    assert found["stance"] in ("agree", "discuss")
    (evidence, *_) = found["evidence"]  # type: ignore[misc]
    assert evidence["words"].startswith("A ferry burned off Skerra")
    assert evidence["statements"][0]["chain"][-1]["name"] == "Iain Mackay"
