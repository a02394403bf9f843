"""Letters as they were made into files: PDF, plain text, braille."""

import sqlalchemy as sa
from alembic import op

revision = "made_files"
down_revision = "how_pages_look"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "made_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("form_lookup", sa.String(length=64), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_made_file_complaint_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_made_file_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_file")),
        sa.UniqueConstraint("form_lookup", name=op.f("uq_made_file_form_lookup")),
    )
    op.create_index(op.f("ix_made_file_complaint_id"), "made_file", ["complaint_id"])
    op.create_index(op.f("ix_made_file_letter_id"), "made_file", ["letter_id"])


def downgrade() -> None:
    op.drop_table("made_file")
