"""Whoever acts for a resident says how it was agreed; whether that was shown is kept beside it."""

import sqlalchemy as sa
from alembic import op

revision = "who_acts"
down_revision = "desks04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("party", sa.Column("agreed", sa.String(length=20), nullable=True))
    op.add_column("party", sa.Column("authority", sa.String(length=10), nullable=True))


def downgrade() -> None:
    op.drop_column("party", "authority")
    op.drop_column("party", "agreed")
