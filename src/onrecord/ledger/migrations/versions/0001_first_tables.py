"""The first tables: pages, statements, links, edges and claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

JSON = sa.JSON(none_as_null=True)
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "claims",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("independent_roots", sa.Integer(), nullable=False),
        sa.Column("prominence", sa.Integer(), nullable=False),
        sa.Column("first", TEXT),
        sa.Column("last", TEXT),
        sa.Column("variants", JSON, nullable=False),
        sa.Column("echoes", JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_claims"),
        sa.UniqueConstraint("id", name="uq_claims_id"),
    )
    op.create_index("ix_claims_first", "claims", ["first"])
    op.create_index("ix_claims_last", "claims", ["last"])
    op.create_index("ix_claims_prominence", "claims", ["prominence"])
    op.create_index("ix_claims_status", "claims", ["status"])
    op.create_table(
        "documents",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("outlet", TEXT),
        sa.Column("title", TEXT),
        sa.Column("day", TEXT, server_default="", nullable=False),
        sa.Column("published", TEXT),
        sa.Column("published_known_by", TEXT, server_default="", nullable=False),
        sa.Column("author", TEXT),
        sa.Column("agency", TEXT),
        sa.Column("language", TEXT),
        sa.Column("canonical", TEXT),
        sa.Column("based_on", TEXT),
        sa.Column("raw_hash", TEXT, nullable=False),
        sa.Column("encoding", TEXT, nullable=False),
        sa.Column("first_seen", TEXT, nullable=False),
        sa.Column("made_by", TEXT, server_default="", nullable=False),
        sa.Column("pending", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("headings", JSON, nullable=False),
        sa.Column("leftovers", JSON, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
    )
    op.create_index("ix_documents_address", "documents", ["address"])
    op.create_index("ix_documents_day_number", "documents", ["day", "number"])
    op.create_index("ix_documents_first_seen", "documents", ["first_seen"])
    op.create_index(
        "ix_documents_pending",
        "documents",
        ["number"],
        sqlite_where=sa.text("pending"),
        postgresql_where=sa.text("pending"),
    )
    op.create_table(
        "edges",
        sa.Column("left", TEXT, nullable=False),
        sa.Column("right", TEXT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("decided_at", TEXT),
        sa.Column("withdrawn_at", TEXT),
        sa.PrimaryKeyConstraint("left", "right", "relation", name="pk_edges"),
    )
    op.create_index("ix_edges_right", "edges", ["right"])
    op.create_table(
        "keys",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", "item", name="pk_keys"),
    )
    op.create_index("ix_keys_item", "keys", ["item"])
    op.create_table(
        "propositions",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_propositions"),
    )
    op.create_index("ix_propositions_document_id", "propositions", ["document_id"])
    op.create_table(
        "vectors",
        sa.Column("item", TEXT, nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_vectors"),
    )
    op.create_table(
        "names",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_names"),
        sa.UniqueConstraint("name", name="uq_names_name"),
    )
    op.create_table(
        "skipped",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("published", TEXT),
        sa.Column("outlet", TEXT),
        sa.Column("tries", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("first_tried", TEXT, nullable=False),
        sa.Column("last_tried", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_skipped"),
    )
    op.create_table(
        "claim_documents",
        sa.Column("claim_id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_copy", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_documents_claim_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_claim_documents_document_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "document_id", name="pk_claim_documents"),
    )
    op.create_index("ix_claim_documents_document_id", "claim_documents", ["document_id"])
    op.create_table(
        "positions",
        sa.Column("claim_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", TEXT, nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("stance", TEXT, nullable=False),
        sa.Column("first", TEXT),
        sa.Column("last", TEXT),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("via", JSON, nullable=False),
        sa.Column("documents", JSON, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_positions_claim_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "place", name="pk_positions"),
    )
    op.create_index("ix_positions_root", "positions", ["root"])
    op.create_table(
        "raws",
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("media_type", TEXT),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_raws_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", name="pk_raws"),
    )
    op.create_table(
        "statements",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("day", TEXT, server_default="", nullable=False),
        sa.Column("root", TEXT, nullable=False),
        sa.Column("root_named", sa.Boolean(), nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("cue", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("polarity", TEXT, nullable=False),
        sa.Column("certainty", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("content_spans", JSON, nullable=False),
        sa.Column("cue_spans", JSON, nullable=False),
        sa.Column("stands_for", JSON, nullable=False),
        sa.Column("said_date", TEXT),
        sa.Column("said_precision", TEXT),
        sa.Column("said_span", JSON),
        sa.Column("speaks_of", JSON, nullable=False),
        sa.Column("addressee", JSON),
        sa.Column("venue", JSON),
        sa.Column("outer", TEXT),
        sa.Column("because", JSON, nullable=False),
        sa.Column("made_by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_statements_document_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["outer"],
            ["statements.id"],
            name="fk_statements_outer",
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name="pk_statements"),
        sa.UniqueConstraint("id", name="uq_statements_id"),
    )
    op.create_index("ix_statements_day_number", "statements", ["day", "number"])
    op.create_index("ix_statements_document_id", "statements", ["document_id"])
    op.create_index("ix_statements_outer", "statements", ["outer"])
    op.create_table(
        "status_changes",
        sa.Column("claim_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", TEXT),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("statements", JSON, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_status_changes_claim_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "place", name="pk_status_changes"),
    )
    op.create_index("ix_status_changes_day", "status_changes", ["day"])
    op.create_table(
        "links",
        sa.Column("statement_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begin", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("role", TEXT),
        sa.Column("name_id", TEXT),
        sa.Column("is_root", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name="fk_links_statement_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", "place", name="pk_links"),
    )
    op.create_index("ix_links_name", "links", ["name"])
    op.create_index("ix_links_name_id", "links", ["name_id"])
    op.create_table(
        "position_statements",
        sa.Column("claim_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement_id", TEXT, nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_position_statements_claim_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name="fk_position_statements_statement_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "place", "statement_id", name="pk_position_statements"),
    )
    op.create_index("ix_position_statements_statement_id", "position_statements", ["statement_id"])
    op.create_index("ix_documents_outlet", "documents", [sa.text("lower(outlet)")])


def downgrade() -> None:
    """There is nothing before this."""
    raise NotImplementedError("delete the ledger instead")
