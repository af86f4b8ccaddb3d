"""Run by Alembic: migrate over the connection that `opening.py` hands in, inside its transaction."""

from __future__ import annotations

from alembic import context

from onrecord.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
