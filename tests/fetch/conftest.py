from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.fetch import Fetcher
from tests.sites import Time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def make_fetcher(time: Time) -> Callable[..., Fetcher]:
    def make(**given: Any) -> Fetcher:
        values: dict[str, Any] = {
            "fetch_private": "127.0.0.1",
            "user_agent": "",
            "host_seconds": 2.0,
            "max_bytes": 100_000,
            "max_seconds": 5.0,
            "clock": time.clock,
        }
        return Fetcher(**values | given)

    return make
