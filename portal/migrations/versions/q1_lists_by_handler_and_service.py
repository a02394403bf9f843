"""Indexes for the queue of one service, and for what is ended of one handler or one service."""

import sqlalchemy as sa
from alembic import op

revision = "q1"
down_revision = "desks01"
branch_labels = None
depends_on = None

OPEN, ENDED = sa.text("next_due IS NOT NULL"), sa.text("next_due IS NULL")
INDEXES = (
    ("ix_complaint_queue_by_service", ["service_id", "danger_rank", "next_due", "id"], OPEN),
    ("ix_complaint_ended_by_handler", ["handler_id", "id"], ENDED),
    ("ix_complaint_ended_by_service", ["service_id", "id"], ENDED),
)


def upgrade() -> None:
    for name, columns, where in INDEXES:
        op.create_index(name, "complaint", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, _columns, _where in INDEXES:
        op.drop_index(name, table_name="complaint")
