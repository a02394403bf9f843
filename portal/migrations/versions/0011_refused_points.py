"""The points that an acknowledgement does not accept, though it accepts the rest."""

import sqlalchemy as sa
from alembic import op

revision = "desks02"
down_revision = "c2recounted"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_refused_point_complaint_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_refused_point_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_point")),
        sa.UniqueConstraint("complaint_id", "stage", "number", name=op.f("uq_refused_point_complaint_id_stage_number")),
    )


def downgrade() -> None:
    op.drop_table("refused_point")
