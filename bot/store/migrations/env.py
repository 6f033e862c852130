"""Runs the migrations on the connection that `bot.store.schema` hands in."""

from alembic import context

from bot.store.tables import TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    # SQLite can undo the creation of tables too; alembic has to be told.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
