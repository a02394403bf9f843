"""One question to a contractor by a link, and the message that carries it."""

import sqlalchemy as sa
from alembic import op

revision = "contractor_links"
down_revision = "erasing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contractor_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_lookup", sa.String(length=64), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("browser_lookup", sa.String(length=64), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name=op.f("fk_contractor_question_asked_by_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_contractor_question_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contractor_question")),
        sa.UniqueConstraint("browser_lookup", name=op.f("uq_contractor_question_browser_lookup")),
        sa.UniqueConstraint("link_lookup", name=op.f("uq_contractor_question_link_lookup")),
    )
    op.create_index(op.f("ix_contractor_question_complaint_id"), "contractor_question", ["complaint_id"], unique=False)
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("question_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_outbox_question_id"), "contractor_question", ["question_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint(op.f("fk_outbox_question_id"), type_="foreignkey")
        table.drop_column("question_id")
    op.drop_index(op.f("ix_contractor_question_complaint_id"), table_name="contractor_question")
    op.drop_table("contractor_question")
