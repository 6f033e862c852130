"""Alembic's migrations; `bot.store.schema` runs them."""
