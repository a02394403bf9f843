"""That a party showed once more that it is them, and the last message to where they were reached before."""

import sqlalchemy as sa
from alembic import op

revision = "proof_and_contact"
down_revision = "who_alone"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("visit", sa.Column("proved_at", MOMENT, nullable=True))
    op.add_column("visit", sa.Column("proved_how", sa.String(length=10), nullable=True))
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("called_off_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_notice_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_party_id"), "notice", ["party_id"])
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_outbox_notice_id"), "notice", ["notice_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint(op.f("fk_outbox_notice_id"), type_="foreignkey")
        table.drop_column("notice_id")
    op.drop_table("notice")
    op.drop_column("visit", "proved_how")
    op.drop_column("visit", "proved_at")
