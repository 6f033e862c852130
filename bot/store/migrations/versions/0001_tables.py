"""The tables of the first version, and the triggers that keep what is append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("resolved_at IS NULL")

#: Lines are added to these, and never changed or deleted.
APPEND_ONLY = ("opinions", "audit", "notes")


def upgrade() -> None:
    _create_tables()
    _refuse_changes()


def _create_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("previous_hash", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_subject", "audit", ["subject", "seq"])
    op.create_table(
        "bounced_addresses",
        sa.Column("email", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("diagnostic", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("email", name="pk_bounced_addresses"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("iso3", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("domain", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("focal_point", sa.Boolean(), nullable=False),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("iso3", "email", "domain", name="uq_contacts_line"),
    )
    op.create_table(
        "messages",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("sender", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("header_id", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("reasons", TEXT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("last_error", TEXT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("sha256", name="uq_messages_sha256"),
    )
    op.create_index("ix_messages_header_id", "messages", ["header_id"])
    op.create_index("ix_messages_status", "messages", ["status", "received_at", "id"])
    op.create_table(
        "named_values",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_named_values"),
    )
    op.create_table(
        "ordinals",
        sa.Column("circular", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("circular", "name", name="pk_ordinals"),
    )
    op.create_table(
        "troubles",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_troubles"),
    )
    op.create_index("ix_troubles_last", "troubles", ["last_at", "id"])
    op.create_index(
        "uq_troubles_open",
        "troubles",
        ["code", "text"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "mailbox_entries",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("uidvalidity", BIG, nullable=False),
        sa.Column("uid", BIG, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "account", "folder", "uidvalidity", "uid", name="pk_mailbox_entries"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_mailbox_entries_message"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mailbox_entries_message", "mailbox_entries", ["message_id"])
    op.create_table(
        "notes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_notes_message"),
    )
    op.create_index("ix_notes_at", "notes", ["at", "id"])
    op.create_index("ix_notes_message", "notes", ["message_id"])
    op.create_table(
        "readings",
        sa.Column("message_id", BIG, nullable=False),
        sa.Column("part", TEXT, nullable=False),
        sa.Column("filename", TEXT, nullable=True),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("doubts", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "part", name="pk_readings"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_readings_message"),
    )
    op.create_table(
        "replies",
        sa.Column("id", BIG, nullable=False),
        sa.Column("message_id", BIG, nullable=False),
        sa.Column("circular", sa.Integer(), nullable=False),
        sa.Column("state", TEXT, nullable=True),
        sa.Column("entity", TEXT, nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("sender", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("standing", TEXT, nullable=False),
        sa.Column("reasons", TEXT, nullable=False),
        sa.Column("comments_missing", TEXT, nullable=False),
        sa.Column("reasons_missing", TEXT, nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("settled_by", TEXT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_replies_message"),
        sa.UniqueConstraint("message_id", "circular", name="uq_replies_message_circular"),
        sa.UniqueConstraint("reference", name="uq_replies_reference"),
    )
    op.create_index("ix_replies_recorded", "replies", ["circular", "recorded_at"])
    op.create_index("ix_replies_state", "replies", ["circular", "state", "received_at"])
    op.create_index("ix_replies_waiting", "replies", ["needs_review", "received_at", "id"])
    op.create_table(
        "attachments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reply_id", BIG, nullable=False),
        sa.Column("part", TEXT, nullable=False),
        sa.Column("filename", TEXT, nullable=True),
        sa.Column("size", BIG, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("texts", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_attachments_reply"),
        sa.UniqueConstraint("reply_id", "part", name="uq_attachments_reply_part"),
    )
    op.create_table(
        "letters",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("header_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("circular", sa.Integer(), nullable=True),
        sa.Column("state", TEXT, nullable=True),
        sa.Column("reply_id", BIG, nullable=True),
        sa.Column("answers_message_id", BIG, nullable=True),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("correspondent", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("last_error", TEXT, nullable=True),
        sa.Column("bounced_at", MOMENT, nullable=True),
        sa.Column("bounce_diagnostic", TEXT, nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.ForeignKeyConstraint(["answers_message_id"], ["messages.id"], name="fk_letters_message"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_letters_reply"),
        sa.UniqueConstraint("header_id", name="uq_letters_header_id"),
        sa.UniqueConstraint("key", name="uq_letters_key"),
    )
    op.create_index("ix_letters_answers", "letters", ["answers_message_id"])
    op.create_index("ix_letters_correspondent", "letters", ["correspondent", "created_at"])
    op.create_index("ix_letters_kind", "letters", ["kind", "circular", "id"])
    op.create_index("ix_letters_latest", "letters", ["kind", "id"])
    op.create_index("ix_letters_reply", "letters", ["reply_id"])
    op.create_index("ix_letters_status", "letters", ["status", "id"])
    op.create_table(
        "opinions",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("reply_id", BIG, nullable=False),
        sa.Column("circular", sa.Integer(), nullable=False),
        sa.Column("state", TEXT, nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("opinion", TEXT, nullable=True),
        sa.Column("comments", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reasons", TEXT, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("standing", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_opinions"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_opinions_reply"),
    )
    op.create_index("ix_opinions_circular", "opinions", ["circular", "seq"])
    op.create_index("ix_opinions_reply", "opinions", ["reply_id", "seq"])
    op.create_index("ix_opinions_state", "opinions", ["circular", "state", "seq"])
    op.create_table(
        "reply_references",
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("reply_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_reply_references"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_reply_references_reply"),
    )
    op.create_index("ix_reply_references_reply", "reply_references", ["reply_id"])


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
            END
            $$
            """
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_append_only_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
