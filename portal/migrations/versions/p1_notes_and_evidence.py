"""A note may be somebody's statement; and what was looked at for each point is kept."""

import sqlalchemy as sa
from alembic import op

revision = "p1evidence"
down_revision = "copies_to_show"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("note") as table:
        table.add_column(sa.Column("statement_of", sa.Text(), nullable=True))
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("supplied_by", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_evidence_attachment_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_evidence_complaint_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_evidence_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_complaint_id"), "evidence", ["complaint_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_evidence_complaint_id"), table_name="evidence")
    op.drop_table("evidence")
    with op.batch_alter_table("note") as table:
        table.drop_column("statement_of")
