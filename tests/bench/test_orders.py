"""The benchmark of orders finds no trace of them, and finds one where there is one."""

from __future__ import annotations

import pytest

from bench import orders
from tests.resolve.pages import WordEmbedder, make_story


def test_no_order_leaves_a_trace() -> None:
    figures = orders.count_differences(make_story(), WordEmbedder(), orders=20)
    assert figures["claims"] > 0
    assert figures["edges"] > 0
    assert figures["other ledgers"] == figures["removals that leave something"] == 0


def test_a_trace_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    # pages whose effects stay when they are taken out
    monkeypatch.setattr(orders, "remove_documents", lambda _store, _ids: None)
    assert orders.count_differences(make_story(), WordEmbedder(), orders=3)["removals that leave something"] == 3
