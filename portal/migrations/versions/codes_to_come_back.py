"""A code that is sent to somebody who comes back, and how and when each party last came in."""

import sqlalchemy as sa
from alembic import op

revision = "codes_to_come_back"
down_revision = "first_password"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_lookup", sa.String(length=64), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("sent_to", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("link_lookup", sa.String(length=64), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_challenge_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("token_lookup", name=op.f("uq_challenge_token_lookup")),
    )
    op.create_index("ix_challenge_about", "challenge", ["about", "asked_at"])
    op.create_index("ix_challenge_sent_to", "challenge", ["sent_to", "asked_at"])
    op.create_index(op.f("ix_challenge_party_id"), "challenge", ["party_id"])
    op.create_index(op.f("ix_challenge_expires_at"), "challenge", ["expires_at"])
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("challenge_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_outbox_challenge_id"), "challenge", ["challenge_id"], ["id"])
        table.create_index(op.f("ix_outbox_challenge_id"), ["challenge_id"])
    op.add_column("party", sa.Column("opened_at", MOMENT, nullable=True))
    op.add_column("party", sa.Column("opened_how", sa.String(length=10), nullable=True))
    op.add_column("visit", sa.Column("how", sa.String(length=10), nullable=True))
    op.add_column("visit", sa.Column("before_at", MOMENT, nullable=True))
    op.add_column("visit", sa.Column("before_how", sa.String(length=10), nullable=True))


def downgrade() -> None:
    for name in ("before_how", "before_at", "how"):
        op.drop_column("visit", name)
    op.drop_column("party", "opened_how")
    op.drop_column("party", "opened_at")
    with op.batch_alter_table("outbox") as table:
        table.drop_index(op.f("ix_outbox_challenge_id"))
        table.drop_constraint(op.f("fk_outbox_challenge_id"), type_="foreignkey")
        table.drop_column("challenge_id")
    op.drop_table("challenge")
