"""What somebody had typed when their visit ran out, for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "typed_words"
down_revision = "mail_that_came"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "typed_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_lookup", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_typed_words_party_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_typed_words_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_words")),
        sa.UniqueConstraint("token_lookup", name=op.f("uq_typed_words_token_lookup")),
    )
    op.create_index(op.f("ix_typed_words_party_id"), "typed_words", ["party_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_typed_words_party_id"), table_name="typed_words")
    op.drop_table("typed_words")
