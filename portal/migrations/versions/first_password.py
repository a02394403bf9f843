"""A password that somebody else gave is good for a few days, and has to be changed when it is used."""

import sqlalchemy as sa
from alembic import op

revision = "first_password"
down_revision = "letters_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("first_password_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "first_password_until")
