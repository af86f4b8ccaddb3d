"""`onrecord batch`: many pages to Parquet, on one machine or many."""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.cli.options import json_option, ledger_option, page_options
from onrecord.cli.output import count, write_json
from onrecord.records import Moment
from onrecord.settings import Settings


@click.command("batch")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.argument("output", metavar="OUTPUT")
@click.option(
    "--executor",
    type=click.Choice(["local", "ray", "slurm"]),
    default="local",
    show_default=True,
    help="Processes of this machine, a Ray cluster that is up (RAY_ADDRESS), or Slurm.",
)
@click.option("--workers", type=click.IntRange(1), help="Shards at once.  [default: the cores of this machine]")
@click.option("--shards", type=click.IntRange(1), help="Parts of the work.  [default: one a file, 1,000 at most]")
@click.option("--slurm", "slurm", multiple=True, metavar="NAME=VALUE", help="An option of sbatch: partition, time, …")
@page_options
@json_option
@ledger_option
def command(
    inputs: tuple[str, ...],
    output: str,
    executor: str,
    workers: int | None,
    shards: int | None,
    slurm: tuple[str, ...],
    published: Moment | None,
    outlet: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """Read files and folders, and write documents, statements, copies and claims as Parquet into the folder OUTPUT.

    A second run does only what is missing, so whatever was killed is mended by the same command. Nothing goes into a
    ledger: `onrecord import OUTPUT` does that.

    \b
    Example:
      onrecord batch crawl/ march/ --workers 8
      onrecord import march/ --ledger march.sqlite
    """
    from onrecord.batch import run_batch

    if any("=" not in option for option in slurm):
        raise click.BadParameter("write it as NAME=VALUE", param_hint="--slurm")
    finished = run_batch(
        inputs,
        output,
        settings=settings,
        executor=executor,
        workers=workers or 0,
        shards=shards,
        published=published,
        outlet=outlet,
        slurm=dict(option.split("=", 1) for option in slurm),
    )
    if finished is None:
        click.echo(f"submitted; when Slurm is done: onrecord import {output}")
        return 0
    if as_json:
        write_json([asdict(finished)])
    else:
        made = f"{count(finished.documents, 'document')}, {count(finished.statements, 'statement')}"
        click.echo(f"{made}, {count(finished.copies, 'copy', 'copies')}, {count(finished.claims, 'claim')} in {output}")
        if finished.skipped:
            click.echo(f"{count(finished.skipped, 'page')} skipped: see {output}/skipped", err=True)
    return 1 if finished.skipped else 0
