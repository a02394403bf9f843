"""Mail that came to us and waits for a person to look at it."""

import sqlalchemy as sa
from alembic import op

revision = "mail_that_came"
down_revision = "made_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrived_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_arrived_mail_complaint_id_complaint")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrived_mail")),
        sa.UniqueConstraint("digest", name=op.f("uq_arrived_mail_digest")),
    )
    op.create_index(op.f("ix_arrived_mail_complaint_id"), "arrived_mail", ["complaint_id"])
    op.create_index("ix_arrived_mail_waiting", "arrived_mail", ["settled_at", "arrived_at"])


def downgrade() -> None:
    op.drop_table("arrived_mail")
