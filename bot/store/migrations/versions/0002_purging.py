"""Lets the words of a note be taken away, and nothing else of it be changed."""

from alembic import op

revision = "0002"
down_revision = "0001"

#: As `bot.store.columns.PURGED` was when this was written.
_PURGED = "(purged)"
_SAME = ("id", "kind", "at", "message_id")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER notes_append_only ON notes")
        op.execute(
            "CREATE TRIGGER notes_append_only BEFORE DELETE OR TRUNCATE ON notes "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            """
            CREATE FUNCTION refuse_rewording() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
            END
            $$
            """
        )
        op.execute(
            "CREATE TRIGGER notes_append_only_update BEFORE UPDATE ON notes FOR EACH ROW "
            f"WHEN ({_reworded('IS DISTINCT FROM')}) EXECUTE FUNCTION refuse_rewording()"
        )
        return
    op.execute("DROP TRIGGER notes_append_only_update")
    op.execute(
        "CREATE TRIGGER notes_append_only_update BEFORE UPDATE ON notes "
        f"WHEN {_reworded('IS NOT')} BEGIN SELECT RAISE(ABORT, 'notes is append-only'); END"
    )


def _reworded(differs: str) -> str:
    """Whether an update does anything but put the marker in the place of words and address."""
    changes = [f"NEW.{column} {differs} OLD.{column}" for column in _SAME]
    changes.append(f"NEW.text {differs} '{_PURGED}'")
    changes.append(f"(NEW.address {differs} OLD.address AND NEW.address {differs} '{_PURGED}')")
    return " OR ".join(changes)
