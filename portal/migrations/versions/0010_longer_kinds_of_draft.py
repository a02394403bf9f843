"""A letter being written may be of a kind with a longer name, as the letter itself may."""

import sqlalchemy as sa
from alembic import op

revision = "desks01"
down_revision = "c1reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff_draft") as table:
        table.alter_column("kind", existing_type=sa.String(20), type_=sa.String(30), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("staff_draft") as table:
        table.alter_column("kind", existing_type=sa.String(30), type_=sa.String(20), existing_nullable=False)
