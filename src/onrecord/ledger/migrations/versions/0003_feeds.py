"""What is known of the feeds that are watched, and of the pages that they name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feeds",
        sa.Column("url", TEXT, nullable=False),
        sa.Column("parent", TEXT),
        sa.Column("etag", TEXT),
        sa.Column("modified", TEXT),
        sa.Column("polled_at", sa.Float(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_feeds"),
    )
    op.create_index("ix_feeds_parent", "feeds", ["parent"])
    op.create_table(
        "feed_pages",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("feed", TEXT, nullable=False),
        sa.Column("title", TEXT),
        sa.Column("outlet", TEXT),
        sa.Column("published", TEXT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_feed_pages"),
        sa.UniqueConstraint("url", name="uq_feed_pages_url"),
    )
    op.create_index("ix_feed_pages_feed_done", "feed_pages", ["feed", "done"])
