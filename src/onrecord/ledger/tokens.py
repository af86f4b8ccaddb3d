"""Tokens that let programs in: kept as hashes, so that whoever reads the ledger's file learns none of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select

from onrecord.errors import OnrecordError
from onrecord.ids import hash_bytes
from onrecord.ledger import schema
from onrecord.ledger.dialects import Lock
from onrecord.ledger.store import Ledger, now

PREFIX = "onrecord_"  # so that people, and programs that look for leaked secrets, know one when they see it
TOKEN_BYTES = 32  # too many to guess, so a plain hash protects them


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token, which is not the token itself. Times are in UTC."""

    name: str
    can_write: bool
    made_at: str


def add_token(ledger: Ledger, name: str, *, can_write: bool = False) -> str:
    """A new token, which nobody can look up later. Raises OnrecordError where there is one of this name."""
    table = schema.tokens
    made = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = {"name": name, "hash": _hash(made), "can_write": can_write, "made_at": now()}
    with ledger.write() as connection:
        ledger.dialect.lock(connection, Lock.TOKENS)
        if connection.scalar(select(table.c.name).where(table.c.name == name)) is not None:
            raise OnrecordError(f"there is a token {name!r}: revoke it, or choose another name")
        connection.execute(table.insert().values(row))
    return made


def list_tokens(ledger: Ledger) -> tuple[Token, ...]:
    """All tokens by name."""
    table = schema.tokens
    query = select(table.c.name, table.c.can_write, table.c.made_at).order_by(table.c.name)
    with ledger.read() as connection:
        return tuple(Token(*row) for row in connection.execute(query))


def find_token(ledger: Ledger, token: str) -> Token | None:
    """Whose token it is; None where it is nobody's, or not any more."""
    table = schema.tokens
    query = select(table.c.name, table.c.can_write, table.c.made_at).where(table.c.hash == _hash(token))
    with ledger.read() as connection:
        found = connection.execute(query).first()
    return Token(*found) if found else None


def revoke_token(ledger: Ledger, name: str) -> bool:
    """Let the token of this name open nothing any more. False where there is none."""
    with ledger.write() as connection:
        return connection.execute(delete(schema.tokens).where(schema.tokens.c.name == name)).rowcount > 0


def _hash(token: str) -> str:
    return hash_bytes(token.encode("utf-8", "replace"))
