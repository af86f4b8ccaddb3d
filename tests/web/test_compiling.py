"""Templates come to what Jinja2 makes of them, and mistakes in them are errors."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError

from onrecord.web.compiling import QuickEnvironment

TEMPLATES = {
    "parts": """
{% macro line(text, level=2, note=none) %}<p class="l{{ level }}">{{ text }}{% if note %} ({{ note }}){% endif %}</p>
{% endmacro %}
{% macro lines(texts) %}{% for one in texts %}{{ line(one, loop.index) }}{% endfor %}{% endmacro %}""",
    "base": """<title>{% block title %}{% endblock %}</title>
{% block main %}none{% endblock %}<i>{{ value }}</i>{% include 'more' %}""",
    "more": "{% for one in texts %}{{ one }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "page": """{% extends "base" %}
{% from "parts" import line, lines %}
{% macro own(one) %}{{ line(one.upper(), note=value) }}{% endmacro %}
{% block title %}{{ value }}{% endblock %}
{% block main %}{{ own(texts[0]) }}{{ line("a", note="n", level=4) }}{{ lines(texts) }}
{{ super() }}{{ [value]|join }}{% endblock %}""",
}
made = QuickEnvironment(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


@pytest.mark.parametrize("name", ["page", "base", "more"])
@pytest.mark.parametrize("value", ["<b>", "a & b", 1.5, None])
def test_pages_are_those_of_jinja(name: str, value: object) -> None:
    plain = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    given = {"value": value, "texts": ["<x>", "y", "“z”"]}
    assert made.get_template(name).render(given) == plain.get_template(name).render(given).replace("&#34;", "&quot;")


@pytest.mark.parametrize("text", ["{{ missing }}", "{{ missing.name }}", "{{ missing() }}"])
def test_a_name_that_is_not_there_is_an_error(text: str) -> None:
    with pytest.raises(UndefinedError):
        made.from_string(text).render()


@pytest.mark.parametrize("call", ["{{ m() }}", "{{ m(1, 2) }}", "{{ m(1, other=2) }}"])
def test_macros_take_their_own_arguments_alone(call: str) -> None:
    with pytest.raises((UndefinedError, TypeError)):
        made.from_string("{% macro m(one) %}{{ one }}{% endmacro %}" + call).render()


def test_an_attribute_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        made.from_string("{{ one.nme }}").render(one={"nme": 1})
