"""Browsers that somebody marked as their own, and the codes that were kept for them."""

import sqlalchemy as sa
from alembic import op

revision = "own_browsers"
down_revision = "proof_and_contact"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("token_lookup", sa.String(length=64), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_own_browser_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_browser")),
        sa.UniqueConstraint("party_id", "token_lookup", name=op.f("uq_own_browser_party_id_token_lookup")),
    )
    op.add_column("challenge", sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("challenge", "kept")
    op.drop_table("own_browser")
