"""A page of results and the cursor that leads to the next one."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from onrecord.errors import OnrecordError

T = TypeVar("T")
LIMIT = 50
MOST = 2**63


class CursorError(OnrecordError):
    """A cursor that no query gave out."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some results, and the `cursor` to pass in for those that follow; None at the end."""

    items: tuple[T, ...]
    cursor: str | None = None


def pack_cursor(*key: Any) -> str:
    """The sort key of the last result, opaque to the reader."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def unpack_cursor(cursor: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """The sort key, whose parts are of `kinds`. Raises CursorError for anything else."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise CursorError(f"{cursor!r} is no cursor") from error
    if not isinstance(key, list) or len(key) != len(kinds) or not all(map(_is_part, key, kinds)):
        raise CursorError(f"{cursor!r} is no cursor of this list")
    return tuple(key)


def _is_part(value: object, kind: type) -> bool:
    # a number of ours counts something, and fits into a database
    return type(value) is kind and (not isinstance(value, int) or 0 <= value < MOST)
