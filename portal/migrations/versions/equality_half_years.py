"""How many residents gave each answer about themselves, by half-year: no row is one person's."""

import sqlalchemy as sa
from alembic import op

revision = "equality_half_years"
down_revision = "typed_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "equality_half_year",
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("began_on", name=op.f("pk_equality_half_year")),
    )


def downgrade() -> None:
    op.drop_table("equality_half_year")
