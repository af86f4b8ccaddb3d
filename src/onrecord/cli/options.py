"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import click

from onrecord.records import Moment
from onrecord.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


def check_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """A callback for options that take a day."""
    return value if value is None else _check(value, value)


def check_moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Moment | None:
    """A callback for options that take a day, or as much of it as is known."""
    return (
        value
        if value is None
        else Moment(_check(value, value + "-01-01"[len(value) - 4 :][: 10 - len(value)]), "given")
    )


def _check(value: str, day: str) -> str:
    try:
        date.fromisoformat(day[:10])
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2022-03-14") from error
    return value


def ledger_option(command: F) -> F:
    """--ledger, which goes before the one given ahead of the command; passes `settings`."""

    def use(ctx: click.Context, _param: click.Parameter, value: str | None) -> Settings:
        settings = Settings.from_environment()
        given = value or ctx.find_root().obj
        return replace(settings, ledger=given) if given else settings

    return click.option(
        "--ledger", "settings", metavar="PATH|URL", callback=use, help="The ledger: a file or postgresql://…"
    )(command)


def json_option(command: F) -> F:
    """--json; passes `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON lines, one object a line.")(command)


def page_options(command: F) -> F:
    """--published and --outlet for what a page lacks; passes `published` and `outlet`."""
    command = click.option("--outlet", metavar="NAME", help="The outlet of pages that do not name theirs.")(command)
    return click.option(
        "--published", callback=check_moment, metavar="DATE", help="When pages were published that do not say so."
    )(command)


def since_until(command: F) -> F:
    """--since and --until, days that are both included."""
    command = click.option("--until", callback=check_day, metavar="DATE", help="On this day or before.")(command)
    return click.option("--since", callback=check_day, metavar="DATE", help="On this day or after.")(command)


def limit_options(command: F) -> F:
    """--limit and --cursor."""
    command = click.option("--cursor", metavar="TEXT", help="Go on where the last list ended.")(command)
    return click.option(
        "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most."
    )(command)
