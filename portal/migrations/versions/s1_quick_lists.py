"""Indexes for what is ended in order of number, and for the adjustments to look at again."""

import sqlalchemy as sa
from alembic import op

revision = "s1quick"
down_revision = "found_by_index"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_complaint_ended", "complaint", ["id"], sa.text("next_due IS NULL")),
    ("ix_adjustment_to_review", "adjustment", ["review_on"], sa.text("decision = 'agreed'")),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table_name=table)
