"""The day since which something that a resident said waits for us."""

import sqlalchemy as sa
from alembic import op

revision = "turns01"
down_revision = "q1"
branch_labels = None
depends_on = None

WAITING = sa.text("waiting_since IS NOT NULL")


def upgrade() -> None:
    op.add_column("complaint", sa.Column("waiting_since", sa.Date(), nullable=True))
    op.create_index(
        "ix_complaint_waiting", "complaint", ["waiting_since", "id"], sqlite_where=WAITING, postgresql_where=WAITING
    )


def downgrade() -> None:
    op.drop_index("ix_complaint_waiting", "complaint")
    op.drop_column("complaint", "waiting_since")
