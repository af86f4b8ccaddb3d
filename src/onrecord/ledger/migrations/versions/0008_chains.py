"""The chain of a statement is read with it, not link by link; full-text search looks in fewer places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# both as `rows.statement_to_row` writes them
CHAINS = {
    "sqlite": """
        (SELECT json_group_array(json(link)) FROM (
            SELECT json_array(CASE WHEN "begin" IS NULL THEN NULL ELSE json(json_array("begin", "end")) END,
                              name, json(CASE WHEN named THEN 'true' ELSE 'false' END), role, name_id) AS link
            FROM links WHERE statement_id = statements.id ORDER BY place))""",
    "postgresql": """
        coalesce((SELECT json_agg(json_build_array(
            CASE WHEN "begin" IS NULL THEN NULL ELSE json_build_array("begin", "end") END,
            name, named, role, name_id) ORDER BY place)
        FROM links WHERE statement_id = statements.id), '[]')""",
}


def upgrade() -> None:
    """Add the column and fill it; search is made anew after every migration."""
    op.add_column("statements", sa.Column("chain", sa.JSON(), nullable=False, server_default="[]"))
    op.execute(sa.text(f"UPDATE statements SET chain = {CHAINS[op.get_bind().dialect.name]}"))
