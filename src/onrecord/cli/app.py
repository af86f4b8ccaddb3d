"""The `onrecord` command: which commands there are, and what an error looks like. Commands are imported when called."""

from __future__ import annotations

import errno
import importlib
import keyword
import os
import sys
from typing import Any

import click

from onrecord.errors import OnrecordError, RunError

# name → what the list of commands says of it; each lives in a module of its name (import in import_)
COMMANDS = {
    "add": "Read pages, extract their statements, store them and bring the claims up to date.",
    "watch": "Follow feeds and sitemaps, and add the pages that they name.",
    "claims": "List claims, or find those that say something.",
    "statements": "List statements: who said what, when, on whose word.",
    "show": "Show a statement, claim or document with its evidence.",
    "who": "Show what a person or body is on record for.",
    "timeline": "Show what happened when, to a claim or by a name.",
    "diff": "Show which claims changed their status between two days.",
    "assess": "Show how documents stand to a claim: who supports it, disputes it, or only reports it.",
    "read": "Show a page as it is read: text, metadata, leftovers.",
    "extract": "Write the statements of pages as JSON lines, without a ledger.",
    "names": "Show who a name stands for; build the index of Wikidata ids.",
    "documents": "List documents.",
    "export": "Write the ledger for other programs: CSV, Parquet, JSON-LD, FollowTheMoney, brat and more.",
    "batch": "Make documents, statements and claims of many pages as Parquet, on one machine or many.",
    "import": "Put what a batch has made into the ledger.",
    "failed": "List pages that could not be taken in.",
    "retry": "Try the failed pages again.",
    "remove": "Take a document and its effects out of the ledger.",
    "serve": "Show the ledger in a browser, and answer programs.",
    "mcp": "Let an assistant ask the ledger, with evidence in each answer.",
    "token": "Let programs in: add, list and revoke tokens.",
    "check": "Check that all evidence is verbatim in the raw pages.",
    "rebuild": "Decide all claims anew from the statements.",
}
BAD_INPUT, CANNOT_RUN, INTERRUPTED = 1, 2, 130
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"onrecord.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--ledger", metavar="PATH|URL", help="The ledger; also ONRECORD_LEDGER, or after the command.")
@click.version_option(package_name="onrecord")
@click.pass_context
def cli(ctx: click.Context, ledger: str | None) -> None:
    """Who is on record for what, on whose word, since when, who disputes it.

    \b
    Example:
      onrecord add articles/
      onrecord claims "Russia asked China for military equipment"

    Exit codes: 0 done, 1 some input was bad or nothing was found, 2 it could not run.
    """
    ctx.obj = ledger


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and exit. Raises SystemExit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # half a surrogate pair in a page is written as its JSON escape
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code: Any = cli.main(args=arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # whoever read our output has gone: nothing is wrong, and nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        # nor can be written what waits for it in our output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo("onrecord: no space left on the disk: make room and run the same command again", err=True)
        sys.exit(CANNOT_RUN)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        sys.exit(CANNOT_RUN if isinstance(error, RunError) else BAD_INPUT)
    sys.exit(code if isinstance(code, int) else 0)
