"""A reminder says which of a complaint's things it is about: an action, an update, a notice, or the answer itself."""

import sqlalchemy as sa
from alembic import op

revision = "c1reminders"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD, NEW = "uq_reminder_complaint_id_kind_due_on", "uq_reminder_complaint_id_about_kind_due_on"
# What was reminded of until now was the next thing that a complaint owed. It keeps that name, so that nobody is told twice.
KNOWN = """
UPDATE reminder SET about = COALESCE((
    SELECT CASE WHEN complaint.next_step = 'action promised' THEN
        'action promised ' || (SELECT MIN(action.id) FROM action
            WHERE action.complaint_id = complaint.id AND action.due_on = reminder.due_on)
        ELSE complaint.next_step || ' ' || complaint.next_stage END
    FROM complaint WHERE complaint.id = reminder.complaint_id AND complaint.next_due = reminder.due_on), '')
"""


def upgrade() -> None:
    with op.batch_alter_table("reminder") as table:
        table.add_column(sa.Column("about", sa.String(length=40), nullable=False, server_default=""))
    op.execute(KNOWN)
    with op.batch_alter_table("reminder") as table:
        table.alter_column("about", server_default=None)
        table.drop_constraint(OLD, type_="unique")
        table.create_unique_constraint(NEW, ["complaint_id", "about", "kind", "due_on"])


def downgrade() -> None:
    with op.batch_alter_table("reminder") as table:
        table.drop_constraint(NEW, type_="unique")
        table.create_unique_constraint(OLD, ["complaint_id", "kind", "due_on"])
        table.drop_column("about")
