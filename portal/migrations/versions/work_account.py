"""Staff who come with a work account: the provider's lasting name for them, and the groups that gave them their roles."""

import sqlalchemy as sa
from alembic import op

revision = "work_account"
down_revision = "second_step"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("work_account", sa.Text(), nullable=True))
    op.add_column("staff", sa.Column("groups", sa.JSON(), nullable=True))
    op.create_index(op.f("ix_staff_work_account"), "staff", ["work_account"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_staff_work_account"), table_name="staff")
    op.drop_column("staff", "groups")
    op.drop_column("staff", "work_account")
