"""Outlets are counted by their index alone; full-text search is quick on four, five and six letters too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the index anew; so is search, after every migration."""
    op.drop_index("ix_documents_outlet", "documents")
    op.create_index("ix_documents_outlet", "documents", [sa.text("lower(outlet)"), "outlet"])
