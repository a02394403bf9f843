"""What a complaint can be found by, and the index of it: FTS5 on SQLite, GIN on PostgreSQL (decision 20)."""

import sqlalchemy as sa
from alembic import op

from portal.complaints.searching import joined

revision = "q2"
down_revision = "p1evidence"
branch_labels = None
depends_on = None

COMPLAINTS = sa.text("SELECT id, reference, words, when_words FROM complaint ORDER BY id")
PARTIES = sa.text(
    "SELECT party.name_as_given, person.name, party.home_as_given FROM party JOIN person ON person.id = party.person_id "
    "WHERE party.complaint_id = :id ORDER BY party.id"
)
FILL = sa.text("UPDATE complaint SET search_text = :kept WHERE id = :id")


def upgrade() -> None:
    op.add_column("complaint", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    for row in connection.execute(COMPLAINTS).all():
        parties = [words for party in connection.execute(PARTIES, {"id": row.id}) for words in party]
        kept = joined([row.reference, *parties, row.words, row.when_words])
        connection.execute(FILL, {"kept": kept, "id": row.id})
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE complaint_search USING fts5("
            "search_text, content='complaint', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)"
        )
        op.execute("INSERT INTO complaint_search (complaint_search) VALUES ('rebuild')")
    else:
        op.execute(
            "CREATE INDEX ix_complaint_search ON complaint "
            "USING gin (array_to_tsvector(string_to_array(search_text, ' ')))"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE complaint_search")
    else:
        op.execute("DROP INDEX ix_complaint_search")
    op.drop_column("complaint", "search_text")
