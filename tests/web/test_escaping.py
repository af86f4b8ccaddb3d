"""What templates put out is escaped as markupsafe does it, for a browser."""

from __future__ import annotations

import html

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from onrecord.web.escaping import QuickEnvironment, escape

made = QuickEnvironment(autoescape=True, undefined=StrictUndefined)


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
def test_templates_use_it(value: object, shown: str) -> None:
    text = "{% macro again(x) %}{{ x }}{% endmacro %}{{ value }} {{ again(value) }} {{ [value]|join }}"
    assert made.from_string(text).render(value=value) == f"{shown} {shown} {shown}"


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        made.from_string("{{ missing }}").render()
