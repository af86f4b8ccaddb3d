"""Tokens open what they should, for as long as they should, and the ledger does not hold them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger, schema
from onrecord.ledger.tokens import add_token, find_token, list_tokens, revoke_token


def test_a_token_is_found_until_it_is_revoked(new_ledger: Ledger) -> None:
    reads, writes = add_token(new_ledger, "archive"), add_token(new_ledger, "desk", can_write=True)
    assert reads != writes
    found = find_token(new_ledger, writes)
    assert found is not None
    assert (found.name, found.can_write) == ("desk", True)
    assert [(one.name, one.can_write) for one in list_tokens(new_ledger)] == [("archive", False), ("desk", True)]
    assert revoke_token(new_ledger, "desk")
    assert not revoke_token(new_ledger, "desk")
    assert find_token(new_ledger, writes) is None
    assert find_token(new_ledger, reads) is not None


@pytest.mark.parametrize("token", ["", "onrecord_", "no token", "\udcff", "x" * 10_000])
def test_what_is_no_token_is_nobodys(token: str, new_ledger: Ledger) -> None:
    add_token(new_ledger, "desk")
    assert find_token(new_ledger, token) is None


def test_the_ledger_does_not_hold_the_token(new_ledger: Ledger) -> None:
    token = add_token(new_ledger, "desk")
    with new_ledger.read() as connection:
        row = connection.execute(select(schema.tokens)).one()
    assert not any(token.removeprefix("onrecord_")[:20] in str(value) for value in row)
    assert find_token(new_ledger, row.hash) is None


def test_a_name_is_given_once(new_ledger: Ledger) -> None:
    token = add_token(new_ledger, "desk")
    with pytest.raises(OnrecordError, match="desk"):
        add_token(new_ledger, "desk", can_write=True)
    found = find_token(new_ledger, token)
    assert found is not None
    assert not found.can_write
