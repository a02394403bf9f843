"""An answer to a point belongs to its letter: an interim answer, the answer and its correction stand beside each other."""

from alembic import op

revision = "desks04"
down_revision = "q2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answer") as table:
        table.drop_constraint(op.f("uq_answer_complaint_id_stage_point_number"), type_="unique")
        table.create_unique_constraint(op.f("uq_answer_letter_id_point_number"), ["letter_id", "point_number"])


def downgrade() -> None:
    with op.batch_alter_table("answer") as table:
        table.drop_constraint(op.f("uq_answer_letter_id_point_number"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_answer_complaint_id_stage_point_number"), ["complaint_id", "stage", "point_number"]
        )
