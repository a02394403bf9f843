"""Who works on the complaints of which service; and why somebody opens one that is another team's.

Whoever is here already works on every service, so that nobody is asked anything until somebody says who works on what.
"""

import sqlalchemy as sa
from alembic import op

revision = "teams"
down_revision = "proved_address"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_member",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_team_member_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_team_member_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "service_id", name=op.f("pk_team_member")),
    )
    op.create_table(
        "reason_given",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_reason_given_complaint_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_reason_given_visit_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("visit_id", "complaint_id", name=op.f("pk_reason_given")),
    )
    with op.batch_alter_table("account_change") as table:
        table.add_column(sa.Column("service_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_account_change_service_id"), "service", ["service_id"], ["id"])
    op.execute("INSERT INTO team_member (staff_id, service_id) SELECT staff.id, service.id FROM staff CROSS JOIN service")


def downgrade() -> None:
    with op.batch_alter_table("account_change") as table:
        table.drop_constraint(op.f("fk_account_change_service_id"), type_="foreignkey")
        table.drop_column("service_id")
    op.drop_table("reason_given")
    op.drop_table("team_member")
