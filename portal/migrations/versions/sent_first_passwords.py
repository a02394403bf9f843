"""A first password is sent to the person alone, and why an account was changed is kept with the change."""

import sqlalchemy as sa
from alembic import op

revision = "sent_first_passwords"
down_revision = "contractor_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("first_password", sa.LargeBinary(), nullable=True))
    op.add_column("account_change", sa.Column("because", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("account_change", "because")
    op.drop_column("staff", "first_password")
