"""Two accounts may be one person's; and a letter being written remembers everybody who wrote at it."""

import sqlalchemy as sa
from alembic import op

revision = "p2accounts"
down_revision = "who_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("same_person_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_staff_same_person_id"), "staff", ["same_person_id"], ["id"])
    with op.batch_alter_table("staff_draft") as table:
        table.add_column(sa.Column("writers", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("staff_draft") as table:
        table.alter_column("writers", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("staff_draft") as table:
        table.drop_column("writers")
    with op.batch_alter_table("staff") as table:
        table.drop_constraint(op.f("fk_staff_same_person_id"), type_="foreignkey")
        table.drop_column("same_person_id")
