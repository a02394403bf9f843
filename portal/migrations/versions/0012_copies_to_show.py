"""A photograph or film has a copy that may be shown; the original stays sealed."""

import sqlalchemy as sa
from alembic import op

revision = "copies_to_show"
down_revision = "desks03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attachment", sa.Column("copy_as", sa.String(length=64), nullable=True))
    op.add_column("attachment", sa.Column("copy_type", sa.String(length=100), nullable=True))
    op.create_index(op.f("ix_attachment_copy_as"), "attachment", ["copy_as"], unique=True)
    op.create_index(op.f("ix_attachment_state"), "attachment", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_attachment_state"), "attachment")
    op.drop_index(op.f("ix_attachment_copy_as"), "attachment")
    op.drop_column("attachment", "copy_type")
    op.drop_column("attachment", "copy_as")
