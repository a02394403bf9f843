"""What was not kept to of what somebody had asked for, and who read how it is safe to reach them."""

import sqlalchemy as sa
from alembic import op

revision = "care_kept"
down_revision = "own_browsers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_care_override_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_override")),
    )
    op.create_index(op.f("ix_care_override_complaint_id"), "care_override", ["complaint_id"])
    op.create_table(
        "safety_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_safety_read_complaint_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_safety_read_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_read")),
    )
    op.create_index(op.f("ix_safety_read_complaint_id"), "safety_read", ["complaint_id"])


def downgrade() -> None:
    op.drop_table("safety_read")
    op.drop_table("care_override")
