"""The passwords that are tried on an account are counted where every process sees them."""

import sqlalchemy as sa
from alembic import op

revision = "password_tries"
down_revision = "sent_first_passwords"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "password_try",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("network", sa.String(64), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_password_try_account", "password_try", ["account"])
    op.create_index("ix_password_try_at", "password_try", ["at"])


def downgrade() -> None:
    op.drop_table("password_try")
