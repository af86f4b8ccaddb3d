from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.quotes import find_quotations


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('"Yes," he said.', ['"Yes,"']),
        ("“Yes,” he said. “No.”", ["“Yes,”", "“No.”"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("``Yes,'' he said.", ["``Yes,''"]),
        ("»Yes«", []),
        ("«Oui», dit-il.", ["«Oui»"]),
        ('He called it "a lie" and left.', ['"a lie"']),
        ('"One paragraph.\n\n"The next one," he said.', ['"One paragraph.', '"The next one,"']),
        ("“It never closes, he said.\n\nAnother line.", ["“It never closes, he said."]),
        ('The 6" pipe broke.', []),
        ('A stray mark" stands here.', []),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("", []),
    ],
)
def test_quotations(text: str, quotations: list[str]) -> None:
    assert quoted(text) == quotations


@given(st.text(alphabet=st.sampled_from("ab “”\"'`\n«».,"), max_size=80))
def test_quotations_stand_in_order_and_in_one_paragraph(text: str) -> None:
    last = 0
    for span in find_quotations(text):
        assert last <= span.begin < span.end <= len(text)
        assert "\n" not in span.of(text)
        last = span.end
