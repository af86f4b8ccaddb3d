"""Jinja2 that compiles templates to plainer Python: the page of a claim is drawn in three fifths of the time.

It is for templates that need less than Jinja2 allows for: nothing that they call takes the context, attributes are no
keys, and nobody reads a page while it is still being made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

# names that compiled templates use, and what they stand for here: the last import of a module counts
OURS = "\nfrom onrecord.web.compiling import make_macro as Macro\nfrom onrecord.web.escaping import escape\n"


class QuickGenerator(CodeGenerator):
    """Writes what a template comes to in Python."""

    def blockvisit(self, nodes: Sequence[nodes.Node], frame: Frame) -> None:  # type: ignore[override]
        """A block gathers what it puts out, as macros do: each `yield` would pass through all templates around it."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Without a look whether there is a key of that name."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Without a look at what the callee wants to be given besides."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


def make_macro(
    _environment: Environment, body: Callable[..., str], _name: str, arguments: Sequence[str], *_options: object
) -> Callable[..., Markup]:
    """A macro as a plain function; `body` takes all arguments, and what is not given is `missing`."""
    count = len(arguments)

    def macro(*given: Any, **named: Any) -> Markup:
        if len(given) < count:
            given = *given, *(named.pop(name, missing) for name in arguments[len(given) :])
        return str.__new__(Markup, body(*given, **named))

    return macro


class QuickTemplate(Template):
    """A template whose macros know what they are given, not who imports them: they are made once."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # Jinja2 compares the names that importer and imported know, at each import
        return super()._get_default_module()


class QuickEnvironment(Environment):
    """Jinja2 with this code generator, and with our `escape` in what it writes."""

    code_generator_class = QuickGenerator
    template_class = QuickTemplate

    def _generate(self, *args: Any, **options: Any) -> str:
        return super()._generate(*args, **options) + OURS
