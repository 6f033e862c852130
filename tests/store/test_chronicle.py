"""Notes, troubles, evidence and single values."""

from bot.store.notes import NoteKind
from bot.store.readings import PartReading
from bot.store.store import Store
from tests.store.samples import MINUTE, NOW, taken

READING = PartReading(
    part="1.2!replies/form.docx",
    filename="form.docx",
    sha256="ab" * 32,
    format="docx",
    doubts=("no-form",),
    document={"rows": [{"designation": "Y.4241", "confidence": 0.5}], "letter": "\x00é\ud800"},
)


def test_notes_are_told_from_one_digest_to_the_next(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        tx.notes.add(
            NoteKind.BOUNCE,
            at=NOW,
            text="5.1.1 user unknown",
            message_id=message_id,
            address="focal@admin.example",
        )
        tx.notes.add(NoteKind.ABSENCE, at=NOW + MINUTE, text="Out of office")

        first, second = tx.notes.since(None)
        assert (first.kind, first.address) == (NoteKind.BOUNCE, "focal@admin.example")
        assert tx.notes.since(NOW, until=NOW + MINUTE) == [first]
        assert tx.notes.since(NOW + MINUTE) == [second]
        assert tx.notes.since(None, kind=NoteKind.ABSENCE) == [second]
        assert tx.notes.of_message(message_id) == [first]


def test_a_trouble_that_goes_on_is_one_trouble(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.troubles.note("mailbox", "connection refused", NOW)
        assert not tx.troubles.note("mailbox", "connection refused", NOW + MINUTE)
        assert tx.troubles.note("smtp", "connection refused", NOW)

        mailbox, smtp = tx.troubles.open()

    assert (mailbox.code, mailbox.count, mailbox.first_at, mailbox.last_at) == (
        "mailbox", 2, NOW, NOW + MINUTE,
    )  # fmt: skip
    assert smtp.count == 1


def test_a_trouble_that_is_over_is_told_once_and_begins_anew(store: Store) -> None:
    with store.transaction() as tx:
        tx.troubles.note("mailbox", "connection refused", NOW)
        assert [each.code for each in tx.troubles.resolve("mailbox", NOW + MINUTE)] == ["mailbox"]
        assert tx.troubles.resolve("mailbox", NOW + MINUTE) == []
        assert tx.troubles.open() == []

        assert tx.troubles.note("mailbox", "connection refused", NOW + 2 * MINUTE)
        old, new = tx.troubles.since(None)
        assert old.resolved_at == NOW + MINUTE
        assert new.resolved_at is None
        assert tx.troubles.since(NOW + 2 * MINUTE) == [new]
        assert tx.troubles.since(NOW + MINUTE) == [old, new]


def test_evidence_comes_back_as_it_was_said(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        tx.readings.keep(message_id, [READING])

        assert tx.readings.of_message(message_id) == [READING]
        assert tx.readings.of_message(message_id + 1) == []


def test_a_part_that_is_read_again_has_its_later_reading(store: Store) -> None:
    later = PartReading(
        part=READING.part, filename=None, sha256="cd" * 32, format="docx", document=None
    )
    with store.transaction() as tx:
        message_id = taken(tx)
        tx.readings.keep(message_id, [READING])
        tx.readings.keep(message_id, [later])

        assert tx.readings.of_message(message_id) == [later]


def test_a_value_is_what_it_was_set_to_last(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.values.get("heartbeat") is None
        tx.values.set("heartbeat", "first")
        tx.values.set("heartbeat", "second")
        assert tx.values.get("heartbeat") == "second"
