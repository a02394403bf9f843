"""Where a message was to go, as a keyed hash: how many go to one address is counted whoever it belongs to (ML5)."""

import sqlalchemy as sa
from alembic import op

revision = "sent_to"
down_revision = "r1panels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("sent_to", sa.String(length=64), nullable=True))
    op.create_index("ix_outbox_sent_to", "outbox", ["sent_to", "done_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_sent_to", table_name="outbox")
    op.drop_column("outbox", "sent_to")
