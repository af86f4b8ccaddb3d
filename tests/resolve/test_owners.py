from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.resolve.copies import make_sketch, match_documents
from onrecord.resolve.owners import Owners, load_owners
from tests.factories import make_document


@pytest.mark.parametrize(
    ("outlet", "owner"),
    [
        ("The Sun", "News Corp"),
        ("sun", "News Corp"),
        ("www.politico.com", "Axel Springer"),
        ("https://www.usatoday.com/story", "Gannett"),
        ("Westmark Courier", None),
        ("", None),
        (None, None),
    ],
)
def test_outlets_by_any_spelling(outlet: str | None, owner: str | None) -> None:
    assert load_owners().find(outlet) == owner


def test_own_lines_go_first(tmp_path: Path) -> None:
    path = tmp_path / "owners.tsv"
    path.write_text("# ours\nWestmark Media\tWestmark Courier\n\nSomebody Else\tThe Sun\n", encoding="utf-8")
    owners = load_owners(path)
    assert owners.find("The Westmark Courier") == "Westmark Media"
    assert owners.find("Sun") == "Somebody Else"
    assert owners.find("Bild") == "Axel Springer"


@pytest.mark.parametrize("line", ["Westmark Media", "\tWestmark Courier", "Westmark Media\t"])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "owners.tsv"
    path.write_text(f"# ours\n{line}\n", encoding="utf-8")
    with pytest.raises(RunError, match="line 2"):
        load_owners(path)


def test_a_map_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="cannot be read"):
        load_owners(tmp_path / "none.tsv")


def test_one_owner_stands_for_a_credit() -> None:
    told = "Mill\n\nRuth Abara and Owen Farrar shut the Lanark mill on 3 July after 37 fires, 4 of them in Kirkton."
    again = (
        "Fires\n\nAfter fires, thirty-seven in all or as others count 37, 4 of which hit Kirkton: Ruth Abara with Owen "
        "Farrar have closed their Lanark works, since 3 July."
    )
    one, other = make_document(told, outlet="Lanark Post"), make_document(again, address="b.txt", outlet="Kirkton Star")
    reordered = make_document(
        "Shut\n\nSo it ends: Ruth Abara said with Owen Farrar that Lanark closes, 3 July, 37 blazes, 4 near Kirkton.",
        address="c.txt",
        outlet="Kirkton Star",
    )
    owners = Owners({"lanarkpost": "Clyde Media", "kirktonstar": "Clyde Media"})
    assert match_documents(make_sketch(one), make_sketch(reordered)) is None
    edge = match_documents(make_sketch(one, owners=owners), make_sketch(reordered, owners=owners))
    assert edge is not None
    assert any("Clyde Media" in part.reason for part in edge.parts)
    assert match_documents(make_sketch(one), make_sketch(other)) is None
