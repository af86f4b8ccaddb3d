"""Thirds of GAP's pages: the pointer is trained without one, which judges it."""

from __future__ import annotations

import zlib

FOLDS = 3


def find_fold(page: str) -> int:
    """The third that the page of an address belongs to."""
    return zlib.crc32(page.encode()) % FOLDS
