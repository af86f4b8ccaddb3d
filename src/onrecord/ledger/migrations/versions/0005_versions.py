"""What tells whether a claim was written since it was last shown; full-text search that is quick on three letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; search is made anew after every migration."""
    op.add_column("claims", sa.Column("version", sa.BigInteger(), nullable=False, server_default="0"))
