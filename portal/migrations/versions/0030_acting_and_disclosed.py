"""What somebody may do for a resident is several things; a disability that was disclosed is kept with its complaint, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "acting_and_disclosed"
down_revision = "sent_to"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("party") as table:
        table.alter_column("scope", existing_type=sa.String(10), type_=sa.String(40), existing_nullable=False)
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_disclosure_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_complaint_id"), "disclosure", ["complaint_id"])


def downgrade() -> None:
    op.drop_table("disclosure")
    with op.batch_alter_table("party") as table:
        table.alter_column("scope", existing_type=sa.String(40), type_=sa.String(10), existing_nullable=False)
