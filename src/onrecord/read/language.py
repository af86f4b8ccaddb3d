"""The language of a text, by py3langid (Lui and Baldwin 2012), which trafilatura uses too."""

from __future__ import annotations

import py3langid

_ENOUGH_CHARACTERS = 5_000
_MIN_CHARACTERS = 40


def find_language(text: str, *, declared: str | None = None) -> str | None:
    """ISO 639-1 code. A text too short to tell has the declared one, if any."""
    if len(text) < _MIN_CHARACTERS:
        return declared[:2].lower() if declared else None
    code, _ = py3langid.classify(text[:_ENOUGH_CHARACTERS])
    return str(code)
