"""Who alone may see a complaint that a manager restricted."""

import sqlalchemy as sa
from alembic import op

revision = "who_alone"
down_revision = "work_account"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "named_reader",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_named_reader_complaint_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_named_reader_staff_id")),
        sa.PrimaryKeyConstraint("complaint_id", "staff_id", name=op.f("pk_named_reader")),
    )


def downgrade() -> None:
    op.drop_table("named_reader")
