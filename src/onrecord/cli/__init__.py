"""The command line: one file a command, each a thin wrapper over the line or a query."""

from __future__ import annotations


def main() -> None:
    """Run `onrecord` with the arguments of this process."""
    from onrecord.cli.app import run

    run()
