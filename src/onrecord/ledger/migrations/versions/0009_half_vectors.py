"""Vectors in half precision, in half the space; all is resolved once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Throw away what was decided: the next `add` or `resolve` makes it anew."""
    for table in ("propositions", "keys", "item_keys", "vectors", "edges", "clusters", "claims"):
        op.execute(sa.text(f"DELETE FROM {table}"))
    op.execute(sa.text("UPDATE documents SET pending = true"))
