"""What templates put out is escaped as markupsafe does it, for a browser."""

from __future__ import annotations

import html

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from onrecord.web.escaping import escape


@given(st.text())
def test_nothing_of_a_text_is_markup(text: str) -> None:
    assert not set("<>\"'") & set(escape(text))
    assert html.unescape(escape(text)) == html.unescape(str(markupsafe.escape(text)))


class Named(str):
    """A text of a kind of its own, as an enum's value is."""


@pytest.mark.parametrize(
    ("value", "shown"),
    [("<b>", "&lt;b&gt;"), (Markup("<b>"), "<b>"), (Named("<b>"), "&lt;b&gt;"), (1.5, "1.5"), (None, "None")],
)
def test_values_of_every_kind(value: object, shown: str) -> None:
    assert escape(value) == shown
