"""The weekly list of what other teams opened: found by an index, and told of once."""

import sqlalchemy as sa
from alembic import op

revision = "weekly_list"
down_revision = "teams"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "week_told",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("monday", name=op.f("pk_week_told")),
    )
    explained = sa.text("reason IS NOT NULL")
    op.create_index("ix_read_event_explained", "read_event", ["at"], unique=False, sqlite_where=explained, postgresql_where=explained)


def downgrade() -> None:
    op.drop_index("ix_read_event_explained", table_name="read_event")
    op.drop_table("week_told")
