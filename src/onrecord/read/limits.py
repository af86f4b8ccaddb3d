"""What every reader holds to, and the words for what goes beyond it."""

from __future__ import annotations

MAX_URL = 2_500  # as much as every database's index holds
_MAX_ID = 200


def too_large(limit: int) -> str:
    """The reason for a page of more than `limit` bytes."""
    return f"larger than {limit:,} bytes (settings: max_page_bytes)"


def make_record_address(name: str, identifier: object) -> str:
    """The address of a record of a file; of an id that is too long to be one, its end."""
    plain = "".join(character if character.isprintable() else " " for character in str(identifier))
    return f"{name}#{plain[-_MAX_ID:].encode('utf-8', 'replace').decode()}"
