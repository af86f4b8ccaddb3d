"""What fetching gives: a Fetched, or a FetchError that says whether another try may help."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.errors import DocumentError


class FetchError(DocumentError):
    """A page that could not be fetched.

    `again` says that a later try may do better, `after` in how many seconds at the earliest, where the server says so;
    `refused`, that it was onrecord that would not ask.
    """

    def __init__(self, message: str, *, again: bool = False, after: float | None = None, refused: bool = False) -> None:
        super().__init__(message)
        self.again = again
        self.refused = refused
        self.after = after


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent for `url`, the address after all redirects.

    `is_same`: what is at hand is still valid. `size` is that of the whole file, in bytes, of which `content` is a part.
    """

    url: str
    content: bytes = b""
    media_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    is_same: bool = False
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds since 1970, and waiting; tests pass one that takes no time."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
