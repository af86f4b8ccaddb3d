"""Clusters are kept, so that a page need not make those of its whole topic anew; all is resolved once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table: the next `add` or `resolve` fills it."""
    op.create_table(
        "clusters",
        sa.Column("item", TEXT, nullable=False),
        sa.Column("cluster", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_clusters"),
    )
    op.create_index("ix_clusters_cluster", "clusters", ["cluster"])
    for table in ("propositions", "keys", "item_keys", "vectors", "edges", "claims"):
        op.execute(sa.text(f"DELETE FROM {table}"))
    op.execute(sa.text("UPDATE documents SET pending = true"))
