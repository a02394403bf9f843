"""Events and letters are append-only, by trigger; the chain has its first head."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDED = ("event", "letter")
START = "0" * 64


def upgrade() -> None:
    op.execute(f"INSERT INTO chain_head (id, number, hash) VALUES (1, 0, '{START}')")
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for kind in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{kind} BEFORE {kind.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} rows never change'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION never_changes() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% rows never change', TG_TABLE_NAME; END $$"
    )
    for table in GUARDED:
        for kind in ("update", "delete", "truncate"):
            each = "STATEMENT" if kind == "truncate" else "ROW"
            op.execute(
                f"CREATE TRIGGER {table}_no_{kind} BEFORE {kind.upper()} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION never_changes()"
            )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in GUARDED:
        for kind in ("update", "delete") if sqlite else ("update", "delete", "truncate"):
            op.execute(f"DROP TRIGGER {table}_no_{kind}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        op.execute("DROP FUNCTION never_changes()")
    op.execute("DELETE FROM chain_head")
