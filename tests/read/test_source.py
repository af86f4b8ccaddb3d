from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from onrecord.read import find_file, iter_raw, iter_stream, read_documents
from onrecord.records import Document, Moment, Raw, Skipped
from onrecord.settings import Settings

TEXT = "Mayor rejects report\n\nThe mayor of Eastmouth said on Monday that the report on the quay was wrong.\n"


def read_all(*paths: Path | str, settings: Settings = Settings(workers=1)) -> tuple[list[Raw], list[Skipped]]:  # noqa: B008
    found = list(iter_raw(paths, settings=settings))
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Skipped)]


def test_folders_globs_and_gzip_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(TEXT)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / ".hidden").write_text(TEXT)
    raws, skipped = read_all(tmp_path)
    assert [Path(raw.address).name for raw in raws] == ["a.txt.gz", "2.txt"]
    assert {raw.content for raw in raws} == {TEXT.encode()}
    assert not skipped
    assert len(read_all(str(tmp_path / "**" / "*.txt"))[0]) == 1


def test_a_link_back_up_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "up").symlink_to(tmp_path)
    assert len(read_all(tmp_path)[0]) == 1


def test_jsonl_gives_a_page_a_line_and_passes_over_broken_ones(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": TEXT, "published": "2023-05-09", "publisher": "Courier"}, {"id": "y", "text": TEXT}]
    lines = [json.dumps(rows[0]), "{broken", json.dumps(rows[1]), '{"id": "z"}', ""]
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    raws, skipped = read_all(path)
    assert [raw.address for raw in raws] == [f"{path}#x", f"{path}#y"]
    assert raws[0].published == Moment("2023-05-09", "record")
    assert raws[0].outlet == "Courier"
    assert ["broken JSON" in one.reason for one in skipped] == [True, False]
    assert "no text" in skipped[1].reason


def test_jsonl_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("w") as stream:
        for i in range(20_000):
            stream.write(json.dumps({"id": i, "text": TEXT}) + "\n")
    pages = iter_raw([path], settings=Settings(workers=1))
    tracemalloc.start()
    first = next(pages)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(first, Raw)
    assert first.address.endswith("#0")
    assert peak < path.stat().st_size / 4


def test_a_long_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text(
        json.dumps({"id": "big", "text": "x" * 5_000}) + "\n" + json.dumps({"id": "y", "text": TEXT}) + "\n"
    )
    raws, skipped = read_all(path, settings=Settings(workers=1, max_page_bytes=1_000))
    assert [raw.address for raw in raws] == [f"{path}#y"]
    assert "longer than 1,000 bytes" in skipped[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "binary"),
        (b"word " * 1_000, "larger than 2,000 bytes"),
        (b"\x1f\x8b\x08\x00broken", "gzip"),
    ],
)
def test_bad_files_give_one_clear_line_and_the_others_go_in(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "bad").write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT)
    raws, skipped = read_all(tmp_path, settings=Settings(workers=1, max_page_bytes=2_000))
    assert len(raws) == len(skipped) == 1
    assert reason in skipped[0].reason


def test_missing_path() -> None:
    assert "no such file" in read_all("/nowhere/at/all")[1][0].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_without_permission(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert "permission" in read_all(tmp_path)[1][0].reason


def test_permission_error_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "no permission" in read_all(tmp_path)[1][0].reason


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(TEXT.encode()))))
    assert read_all("-")[0] == [Raw("-", TEXT.encode())]


def test_broken_utf8_gives_a_line_and_what_can_be_read(tmp_path: Path) -> None:
    body = (
        TEXT.encode()
        + b"\nHe asked \xff\xfe for \xc3\xa9clairs, and the council agreed to look at the matter again.\n" * 2
    )
    (tmp_path / "a.txt").write_bytes(
        body + TEXT.encode() * 8 + "Café Müller “yes”, said the mayor of Eastmouth.".encode()
    )
    (tmp_path / "b.txt").write_bytes(b"The mayor \xff\xc3( of \xfa Eastmouth")
    (tmp_path / "c.txt").write_text(TEXT)
    found = list(read_documents([tmp_path], settings=Settings(workers=1)))
    reasons = [one.reason for one in found if isinstance(one, Skipped)]
    assert len(reasons) == 2
    assert "broken bytes" in reasons[0]
    assert "broken UTF-8" in reasons[1]
    assert len([one for one in found if not isinstance(one, Skipped)]) == 2


def test_what_the_caller_knows_fills_in_what_the_page_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    day = Moment("2022-03-14", "option")
    ((document, raw),) = read_documents([tmp_path], published=day, outlet="Courier", settings=Settings(workers=1))  # type: ignore[misc]
    assert isinstance(document, Document)
    assert (document.published, document.outlet, document.title) == (day, "Courier", "Mayor rejects report")
    assert raw.published == day


def test_a_broken_gzip_stream_is_reported_whoever_holds_it() -> None:
    whole = gzip.compress(b"An article that is long enough to be cut off somewhere in the middle of it.")
    for broken in (whole[:-12], whole[:12] + b"\xff" * 20):
        [found] = iter_stream("sent.gz", io.BufferedReader(io.BytesIO(broken)), Settings(workers=1))
        assert isinstance(found, Skipped)
        assert found.reason.startswith("broken gzip file: ")


def test_the_file_of_an_address(tmp_path: Path) -> None:
    archive, odd = tmp_path / "a.wacz", tmp_path / "b#c.jsonl"
    for path in (archive, odd):
        path.write_text(TEXT)
    assert find_file(f"{archive}#data.warc.gz#urn:uuid:1@5") == str(archive)
    assert find_file(f"{odd}#7") == str(odd)
    assert find_file(str(odd)) == str(odd)
    assert find_file("s3://news/a.warc.gz#urn:uuid:1@5") == "s3://news/a.warc.gz"
    for other in ("https://news.test/a#b", str(tmp_path / "gone#1"), "-"):
        assert find_file(other) == other
