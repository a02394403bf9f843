"""A letter can go to the same person the same way again, in another form, because they could not use the first (ruling 51)."""

import sqlalchemy as sa
from alembic import op

revision = "letters_again"
down_revision = "acting_and_disclosed"
branch_labels = None
depends_on = None

ONCE, AGAIN = "uq_issue_letter_id_party_id_channel", "uq_issue_letter_id_party_id_channel_again"


def upgrade() -> None:
    with op.batch_alter_table("issue") as table:
        table.add_column(sa.Column("again", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("form", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("issue") as table:
        table.alter_column("again", server_default=None)
        table.drop_constraint(op.f(ONCE), type_="unique")
        table.create_unique_constraint(op.f(AGAIN), ["letter_id", "party_id", "channel", "again"])


def downgrade() -> None:
    with op.batch_alter_table("issue") as table:
        table.drop_constraint(op.f(AGAIN), type_="unique")
        table.create_unique_constraint(op.f(ONCE), ["letter_id", "party_id", "channel"])
        table.drop_column("form")
        table.drop_column("again")
