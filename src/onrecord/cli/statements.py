"""`onrecord statements`: who said what, when, on whose word."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option, limit_options, since_until
from onrecord.cli.output import describe_quote, write_found
from onrecord.records import Act
from onrecord.settings import Settings


@click.command("statements")
@click.argument("text", required=False)
@click.option("--by", metavar="NAME", help="Who made it: a name or a part of one.")
@click.option("--via", metavar="NAME", help="Through whom it was heard.")
@click.option("--act", type=click.Choice([act.value for act in Act]), help="What kind of saying it is.")
@since_until
@click.option("--outlet", metavar="NAME", help="Where it stands.")
@limit_options
@json_option
@ledger_option
def command(
    text: str | None,
    by: str | None,
    via: str | None,
    act: str | None,
    since: str | None,
    until: str | None,
    outlet: str | None,
    limit: int,
    cursor: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """List statements whose words hold all of TEXT, the latest first.

    \b
    Example:
      onrecord statements "military equipment" --by Peskov --since 2022-03-14
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import find_statements

    page = find_statements(
        open_ledger(settings.ledger_url, read_only=True),
        text,
        by=by,
        via=via,
        act=Act(act) if act else None,
        since=since,
        until=until,
        outlet=outlet,
        min_confidence=settings.min_confidence,
        cursor=cursor,
        limit=limit,
    )
    from onrecord.forms import quote_to_dict

    write_found(page, "statements", to_dict=quote_to_dict if as_json else None, describe=describe_quote)
    return 0
