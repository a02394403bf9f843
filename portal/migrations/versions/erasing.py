"""Complaints can be erased: the words of events and letters may go once an event says so, and not before."""

import sqlalchemy as sa
from alembic import op

revision = "erasing"
down_revision = "weekly_list"
branch_labels = None
depends_on = None

ERASED = "EXISTS (SELECT 1 FROM event WHERE event.complaint_id = OLD.complaint_id AND event.step = 'erased')"
OF_ITS_COMPLAINT = (
    "EXISTS (SELECT 1 FROM event AS its JOIN event AS erasure ON erasure.complaint_id = its.complaint_id "
    "WHERE its.number = OLD.number AND erasure.step = 'erased')"
)
ONLY_EMPTIED = (
    "NEW.id = OLD.id AND NEW.complaint_id = OLD.complaint_id AND NEW.number = OLD.number AND NEW.kind = OLD.kind "
    "AND NEW.written_on = OLD.written_on AND NEW.written_by = OLD.written_by"
)


def upgrade() -> None:
    op.add_column("complaint", sa.Column("erased_on", sa.Date(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER letter_no_update")
        op.execute(
            f"CREATE TRIGGER letter_no_update BEFORE UPDATE ON letter WHEN NOT (NEW.body = '{{}}' AND {ONLY_EMPTIED} AND {ERASED}) "
            "BEGIN SELECT RAISE(ABORT, 'letter rows never change'); END"
        )
        op.execute(
            f"CREATE TRIGGER event_words_no_delete BEFORE DELETE ON event_words WHEN NOT {OF_ITS_COMPLAINT} "
            "BEGIN SELECT RAISE(ABORT, 'words go only once their complaint is erased'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION letter_changes_when_erased() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NEW.body::text = '{{}}' AND {ONLY_EMPTIED} AND {ERASED} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'letter rows never change'; END $$"
    )
    op.execute("DROP TRIGGER letter_no_update ON letter")
    op.execute("CREATE TRIGGER letter_no_update BEFORE UPDATE ON letter FOR EACH ROW EXECUTE FUNCTION letter_changes_when_erased()")
    op.execute(
        "CREATE FUNCTION words_go_when_erased() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {OF_ITS_COMPLAINT} THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'words go only once their complaint is erased'; END $$"
    )
    op.execute("CREATE TRIGGER event_words_no_delete BEFORE DELETE ON event_words FOR EACH ROW EXECUTE FUNCTION words_go_when_erased()")
    op.execute(
        "CREATE FUNCTION empty_letters(erased integer) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS "
        "$$ UPDATE letter SET body = '{}' WHERE complaint_id = erased; SELECT 1 $$"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_words_no_delete")
        op.execute("DROP TRIGGER letter_no_update")
        op.execute("CREATE TRIGGER letter_no_update BEFORE UPDATE ON letter BEGIN SELECT RAISE(ABORT, 'letter rows never change'); END")
    else:
        op.execute("DROP FUNCTION empty_letters(integer)")
        op.execute("DROP TRIGGER event_words_no_delete ON event_words")
        op.execute("DROP FUNCTION words_go_when_erased()")
        op.execute("DROP TRIGGER letter_no_update ON letter")
        op.execute("DROP FUNCTION letter_changes_when_erased()")
        op.execute("CREATE TRIGGER letter_no_update BEFORE UPDATE ON letter FOR EACH ROW EXECUTE FUNCTION never_changes()")
    op.drop_column("complaint", "erased_on")
