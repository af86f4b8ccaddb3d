from __future__ import annotations

import pytest

from onrecord.extract.datelines import find_dateline, iter_datelines


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BERLIN (Reuters) - The ministry spoke.", "BERLIN (Reuters) - "),
        ("MYRTLE BEACH, S.C. — The mayor spoke.", "MYRTLE BEACH, S.C. — "),
        ("TRONDHEIM, May 2 (Nordpress) - The port is shut.", "TRONDHEIM, May 2 (Nordpress) - "),
        ("ÅLESUND - The port is shut.", "ÅLESUND - "),
        ("Beijing/Washington The two spoke.", "Beijing/Washington "),
        ("PORTO. The port is shut.", "PORTO. "),
        ("The port - it is old - is shut.", None),
        ("IBM is shut.", None),
    ],
)
def test_find_dateline(text: str, dateline: str | None) -> None:
    found = find_dateline(text, 0)
    assert (found.of(text) if found else None) == dateline


def test_one_without_a_dash_stands_at_the_head_of_the_text_alone() -> None:
    text = "A lead.\nPORTO. The port is shut.\nOSLO - So is this."
    assert [dateline.of(text) for dateline in iter_datelines(text)] == ["OSLO - "]
