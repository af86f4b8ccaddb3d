"""`onrecord claims`: what is claimed, how it stands, who holds which position."""

from __future__ import annotations

import click

from onrecord.cli.options import check_day, json_option, ledger_option, limit_options, since_until
from onrecord.cli.output import describe_claim, make_console, write_found
from onrecord.records import Status
from onrecord.settings import Settings


@click.command("claims")
@click.argument("text", required=False)
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only claims that stand so.")
@click.option("--by", metavar="NAME", help="Only claims on which NAME takes a position.")
@click.option("--outlet", metavar="NAME", help="Only claims that stand in this outlet.")
@since_until
@click.option("--as-of", callback=check_day, metavar="DATE", help="As they stood at the end of this day.")
@click.option("--report", is_flag=True, help="A report for people: what is disputed, by whom, what only echoes.")
@limit_options
@json_option
@ledger_option
def command(
    text: str | None,
    status: str | None,
    by: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    report: bool,
    limit: int,
    cursor: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """List claims: with TEXT the best match first, else the disputed ones first.

    \b
    Example:
      onrecord claims "Russia asked China for military equipment"
      onrecord claims --status disputed --as-of 2022-03-20
      onrecord claims --report
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import find_claims

    ledger = open_ledger(settings.ledger_url, read_only=True)
    if report:
        from onrecord.cli.report import print_report

        print_report(ledger, make_console(), as_of=as_of)
        return 0
    page = find_claims(
        ledger,
        text,
        status=Status(status) if status else None,
        by=by,
        outlet=outlet,
        since=since,
        until=until,
        as_of=as_of,
        cursor=cursor,
        limit=limit,
    )
    from onrecord.forms import claim_to_dict

    write_found(page, "claims", to_dict=claim_to_dict if as_json else None, describe=describe_claim)
    return 0
