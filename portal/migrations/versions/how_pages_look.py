"""How pages look to a person: kept with them, so that it is so in every browser they come in with."""

import sqlalchemy as sa
from alembic import op

revision = "how_pages_look"
down_revision = "password_tries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("display", sa.LargeBinary(), nullable=True))
    op.add_column("staff", sa.Column("display", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "display")
    op.drop_column("person", "display")
