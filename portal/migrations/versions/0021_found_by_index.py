"""Indexes for a complaint's answers, for what is still owed, and for danger that waits: none is found by reading all."""

import sqlalchemy as sa
from alembic import op

revision = "found_by_index"
down_revision = "p2accounts"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_answer_complaint_id", "answer", ["complaint_id"], None),
    ("ix_action_owed", "action", ["due_on", "id"], sa.text("done_on IS NULL")),
    ("ix_danger_alert_waiting", "danger_alert", ["raised_at", "id"], sa.text("handed_over_at IS NULL")),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table_name=table)
