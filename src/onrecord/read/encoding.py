"""Bytes to text: byte order mark, declared charset, UTF-8, then detection; broken bytes are kept visible.

The text is always `content.decode(encoding, errors="replace")`, so an offset into it can be found again from the bytes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise

import charset_normalizer

from onrecord.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_:.\-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
# the HTML standard reads these labels as their Windows supersets
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# the legacy encodings of the HTML standard, by their names in Python
_LEGACY = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp866"),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15", "mac_roman", "mac_cyrillic"),
    *("gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr"),
]
_DETECT_BYTES = 200_000
# above this share of replaced characters a text is taken for no text at all
_MAX_BROKEN = 0.02
_COMMON = frozenset("‘’‚“”„«»‹›–—…•€£°©®§·¿¡、。「」，！？：；（）\xa0")
_MAX_ODD = 0.05
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROLS = 0.002


def decode_text(content: bytes, *, media_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the name of its encoding. Raises DocumentError for bytes that are no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    if is_binary(content):
        raise DocumentError("a binary file, not text")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken_at = error.start
    declared = _find_declared(content, media_type)
    if declared and declared != "utf-8":
        return content.decode(declared, errors="replace"), declared
    text = content.decode("utf-8", errors="replace")
    n_broken = text.count("\ufffd")
    n_foreign = sum(character > "\x7f" for character in text) - n_broken
    if n_broken > n_foreign and not declared and (detected := _detect(content)):
        return content.decode(detected, errors="replace"), detected
    if n_broken <= _MAX_BROKEN * len(text):
        return text, "utf-8"
    raise DocumentError(f"broken UTF-8 from byte {broken_at} on, and no other encoding fits: convert the file to UTF-8")


def is_binary(content: bytes) -> bool:
    """Whether control characters that no text has are frequent, or there is a NUL byte, near the beginning."""
    head = content[:_DETECT_BYTES]
    return b"\x00" in head or len(_CONTROLS.findall(head)) > _MAX_CONTROLS * len(head)


def _find_declared(content: bytes, media_type: str | None) -> str | None:
    match = _DECLARED.search((media_type or "").encode("ascii", "ignore")) or _DECLARED.search(content[:_HEAD_BYTES])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    return _SUPERSETS.get(name, name) if not name.startswith("utf-16") else None


def _detect(content: bytes) -> str | None:
    """The likeliest legacy encoding, where what it makes of the bytes looks like words."""
    sample = content[:_DETECT_BYTES]
    best = charset_normalizer.from_bytes(sample, cp_isolation=_LEGACY).best()
    names = [codecs.lookup(best.encoding).name] if best else []
    for name in [*(_SUPERSETS.get(name, name) for name in names), "cp1252"]:
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if _looks_worded(text):
            western = sample.decode("cp1252", errors="replace")
            return "cp1252" if western == text else name
    return None


def _looks_worded(text: str) -> bool:
    """Nearly all letters beyond ASCII stand in words: some in a Latin one, all in one of another script."""
    total = odd = n_latin = 0
    words = re.findall(r"[^\W\d_]+", text)
    for word in words:
        foreign = [character for character in word if character > "\x7f"]
        if not foreign:
            continue
        total += 1
        is_latin = unicodedata.name(foreign[0], "").startswith("LATIN")
        n_latin += is_latin
        is_mixed = len(foreign) < len(word)
        breaks_case = any(left.islower() and right.isupper() for left, right in pairwise(word))
        odd += breaks_case or (is_latin and 2 * len(foreign) > len(word) + 1) or (not is_latin and is_mixed)
    others = {character for character in text if character > "\x7f" and not character.isalnum()} - _COMMON
    if total > n_latin and total < len(words) / 3:  # a word here and there in another script
        return False
    return total + len(others) > 0 and odd <= _MAX_ODD * total and len(others) <= _MAX_ODD * len(words)
