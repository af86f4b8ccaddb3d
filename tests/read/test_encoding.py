from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import DocumentError
from onrecord.read.encoding import decode_text

ARTICLE = "Der Minister sagte, die Prüfung für Ärzte sei „übereilt“ gewesen. " * 20


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ARTICLE.encode(), "utf-8"),
        (ARTICLE.encode("utf-8-sig"), "utf-8-sig"),
        (ARTICLE.encode("utf-16"), "utf-16"),
        (b'<meta charset="windows-1252">' + ARTICLE.encode("cp1252"), "cp1252"),
        (b'<meta charset="iso-8859-1">' + ARTICLE.encode("cp1252"), "cp1252"),
        (ARTICLE.encode("cp1252"), "cp1252"),
        ("Министр заявил, что никаких переговоров не было. ".encode("cp1251") * 20, "cp1251"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    text, name = decode_text(content)
    assert name == encoding
    assert "\ufffd" not in text


def test_declared_by_the_container() -> None:
    assert decode_text("Prüfung".encode("latin-1"), media_type="text/html; charset=ISO-8859-1") == ("Prüfung", "cp1252")


def test_a_few_broken_bytes_are_kept_visible() -> None:
    content = ARTICLE.encode() + b"\xff\xfe " + ARTICLE.encode()
    text, name = decode_text(content)
    assert name == "utf-8"
    assert text.count("\ufffd") == 2
    assert text == content.decode(name, errors="replace")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"The minister \xff\xc3( said \xfa\xfb no", "broken UTF-8"),
    ],
)
def test_hopeless_bytes(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        decode_text(content)


@given(st.binary(max_size=300))
def test_text_is_what_its_encoding_gives(content: bytes) -> None:
    try:
        text, name = decode_text(content)
    except DocumentError:
        return
    assert text == content.decode(name, errors="replace")
