"""By which address somebody proved who they are when they came in, and the index that finds who else is reached there."""

import sqlalchemy as sa
from alembic import op

revision = "proved_address"
down_revision = "care_kept"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit", sa.Column("address", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_person_email"), "person", ["email"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_person_email"), table_name="person")
    op.drop_column("visit", "address")
