"""A bank holiday that was added says when the open complaints were counted with it."""

import sqlalchemy as sa
from alembic import op

revision = "c2recounted"
down_revision = "turns01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("extra_holiday", sa.Column("recounted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE extra_holiday SET recounted_at = added_at")


def downgrade() -> None:
    with op.batch_alter_table("extra_holiday") as table:
        table.drop_column("recounted_at")
