"""Opening a ledger: found or made, brought up to this version's tables, or refused with what to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from onrecord.errors import RunError
from onrecord.ledger.dialects import Lock, SQLite, find_dialect
from onrecord.ledger.dialects.sqlite import turn_on_log
from onrecord.ledger.schema import REVISION, VIEWS
from onrecord.ledger.store import Ledger

MIGRATIONS = Path(__file__).parent / "migrations"


def open_ledger(path_or_url: str | Path, *, read_only: bool = False) -> Ledger:
    """Open the ledger at a path or URL; unless `read_only`, make it where there is none.

    Raises RunError where there is nothing to read, where it cannot be opened, or where a newer onrecord made it.
    """
    dialect = find_dialect(str(path_or_url))
    if read_only and not dialect.exists():
        raise RunError(f"there is no ledger at {dialect.label} yet: `onrecord add PATH` makes one")
    ledger = Ledger(dialect, dialect.make_engine(read_only=read_only))
    with ledger.read() as connection:
        revision = _find_revision(connection)
    if revision == REVISION:
        return ledger
    if revision is not None and revision not in _known_revisions():
        raise RunError(f"the ledger {ledger.label} was made by a newer onrecord: upgrade with pip install -U onrecord")
    if read_only:
        if revision is None:
            raise RunError(f"{ledger.label} is not a ledger: name another with --ledger")
        raise RunError(f"the ledger {ledger.label} is of an older version: `onrecord add` on it brings it up to date")
    if isinstance(dialect, SQLite):
        with ledger.explaining():
            turn_on_log(dialect.path)
    with ledger.write() as connection:
        dialect.lock(connection, Lock.TABLES)
        # whoever waited for the lock may find it done
        if _find_revision(connection) != REVISION:
            _upgrade(connection, ledger)
    return ledger


def _find_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _known_revisions() -> set[str]:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _upgrade(connection: Connection, ledger: Ledger) -> None:
    # imported here: it takes a fifth of a second, and a ledger is made or upgraded once
    from alembic import command
    from alembic.config import Config

    names = inspect(connection).get_table_names()
    if names and "alembic_version" not in names:
        raise RunError(f"{ledger.label} holds something else already: name another with --ledger")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    for view in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view}")
    ledger.dialect.drop_search(connection)
    command.upgrade(config, "head")
    # views and full-text search hold nothing of their own, so they are made anew after every migration
    ledger.dialect.create_search(connection)
    for view, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {view} AS {query}")
