"""Alembic's way in: the engine is handed over by commands.upgrade(), never read from a file."""

from alembic import context
from sqlalchemy import Connection

from portal.complaints import challenges, equality, made_files, models, papers, people, record, settings
from portal.db import Base

TABLES = (challenges, equality, made_files, models, papers, people, record, settings)

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
