"""Which version of a letter being written somebody was asked to approve."""

import sqlalchemy as sa
from alembic import op

revision = "desks03"
down_revision = "desks02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff_draft") as table:
        table.add_column(sa.Column("asked_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff_draft") as table:
        table.drop_column("asked_version")
