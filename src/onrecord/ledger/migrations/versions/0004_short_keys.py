"""Keys as numbers, in a quarter of the space; what a ledger held is resolved once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables anew: the next `add` or `resolve` fills them."""
    op.drop_table("keys")
    op.create_table(
        "keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", "item", name="pk_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item_keys",
        sa.Column("item", TEXT, nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_item_keys"),
    )
    op.execute(sa.text("UPDATE documents SET pending = true"))
