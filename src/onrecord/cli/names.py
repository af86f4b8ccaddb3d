"""`onrecord names`: who a name stands for, and the index of Wikidata ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import platformdirs

from onrecord.cli.options import json_option
from onrecord.cli.output import write_json

INDEX = Path(platformdirs.user_data_dir("onrecord")) / "names.sqlite"

index_option = click.option(
    "--index", type=click.Path(path_type=Path, dir_okay=False), default=INDEX, help="Where the index is kept."
)


@click.group("names")
def command() -> None:
    """Show who a name stands for; build the index of Wikidata ids."""


@command.command("build")
@click.argument("dump", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--min-links", type=click.IntRange(0), default=1, show_default=True,
    help="Leave out items with fewer encyclopedia articles.",
)  # fmt: skip
@index_option
def build(dump: Path, min_links: int, index: Path) -> None:
    """Index the Wikidata JSON DUMP (plain, .gz or .bz2), so that names get Wikidata ids.

    \b
    Example:
      onrecord names build latest-all.json.bz2
    """
    from onrecord.names.index import build_index

    built = build_index(dump, index, min_links=min_links)
    click.echo(f"{index}: {built.items} items, {built.left_out} left out, {built.unreadable} lines unreadable")


@command.command("show")
@click.argument("name")
@click.option("--role", metavar="TEXT", help="The role that stands with the name.")
@click.option("--like", metavar="NAME", help="Also say whether it can be the same as this name.")
@click.option("--unnamed", is_flag=True, help='NAME describes a source that is not named ("two officials").')
@index_option
@json_option
def show(name: str, role: str | None, like: str | None, unnamed: bool, index: Path, as_json: bool) -> None:
    """Show the body that NAME stands for, and why.

    \b
    Example:
      onrecord names show "Dmitry Peskov" --role "Kremlin spokesman" --like Moscow
    """
    from onrecord.names import find_body, match_bodies
    from onrecord.names.index import NameIndex, make_name_id

    body = find_body(name, role, named=not unnamed)
    known = NameIndex(index) if index.is_file() else None
    items = known.find_items(body.person or body.name) if known else ()
    match = match_bodies(body, find_body(like)) if like else None
    row: dict[str, Any] = {
        "name": name,
        "id": make_name_id(body, known),
        "body": body.key,
        "stands_for": body.name,
        "kind": body.kind,
        "because": [part.reason for part in body.parts],
        "items": [{"id": item.id, "label": item.label, "description": item.description} for item in items],
    }
    if match is not None:
        row["like"] = {"name": like, "score": round(match.score, 2), "because": [part.reason for part in match.parts]}
    if as_json:
        write_json([row])
        return
    click.echo(f"{name} → {body.name}  ({body.kind}, {row['id']})")
    for part in body.parts:
        click.echo(f"  {part.reason}")
    for item in items:
        click.echo(f"  {item.id}  {item.label}: {item.description}")
    if match is not None:
        click.echo(f"the same as {like}: {match.score:.2f}, {'; '.join(part.reason for part in match.parts)}")
