"""The guard lets nothing pass that is not public, and the benchmark would say so."""

from __future__ import annotations

import pytest

from bench import address_guard
from bench.address_guard import judge


def test_nothing_passes_that_is_not_public() -> None:
    counts, passed = judge(6_000, seed=11)
    assert passed == []
    assert set(counts) == {"IPv4", "IPv6", "mapped", "NAT64", "6to4", "Teredo"}
    assert counts["IPv4"]["passed"] > 300
    assert counts["IPv6"]["passed"] > 300


def test_a_guard_that_lets_a_block_pass_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.fetch.addresses.is_public", lambda address: str(address).startswith("10."))
    monkeypatch.setattr(address_guard, "is_public", lambda _address: True)
    _, passed = judge(600, seed=11)
    assert any(one.startswith("10.") for one in passed)
