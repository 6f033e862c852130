"""What belongs to a closed circular alone goes; tally, references and audit trail stay."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.consultation.circular import Circular
from bot.consultation.tally import CircularTally, tally
from bot.edges.archive import Archive
from bot.errors import PurgeError, StoreError
from bot.keeping.backup import write_backup
from bot.keeping.backup_file import BackupFile
from bot.keeping.purging import Plan, may_be_purged, plan_purge, purge, span_of
from bot.store.store import Store, open_store
from bot.store.tables.mailbox import MessageStatus
from tests.keeping.records import SENDER, everything, raw_message, record
from tests.store.samples import NOW, arrival, letter

CIRCULAR = shipped_circulars()[-1]
OTHER = dataclasses.replace(CIRCULAR, number=107, date=dt.date(2026, 4, 20))
AFTER = CIRCULAR.deadline + dt.timedelta(days=365)
DAY = dt.timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Of the installation."""
    return Archive(tmp_path / "archive")


def purged(
    store: Store,
    archive: Archive,
    circular: Circular = CIRCULAR,
    circulars: tuple[Circular, ...] = (CIRCULAR,),
    now: dt.datetime = AFTER,
) -> Plan:
    """What a purge took away."""
    return purge(store, archive, circular, circulars, who="clerk", reason=None, now=now)


def counted(store: Store, moment: dt.datetime) -> CircularTally:
    """The tally as of a moment."""
    with store.snapshot() as tx:
        return tally(CIRCULAR, tx.opinions.records(106), moment=moment, observers=frozenset())


def test_the_tally_as_of_any_moment_is_the_same_after(store: Store, archive: Archive) -> None:
    for number, state in enumerate(("CHE", "FRA", "CHE", "BRA"), 1):
        record(store, archive, number, state=state, received_at=NOW + number * DAY)
    moments = [NOW + day * DAY for day in range(40)]
    before = [counted(store, moment) for moment in moments]
    purged(store, archive)
    assert [counted(store, moment) for moment in moments] == before


def test_nothing_of_the_people_is_left_in_database_or_archive(
    store: Store, archive: Archive, tmp_path: Path
) -> None:
    for number in range(1, 30):
        record(store, archive, number)
    went = purged(store, archive)
    assert len(went.raw) == 29
    assert list(archive.names()) == []
    # Of the register it is known that it stays.
    for name, rows in everything(store).items():
        assert SENDER not in str(rows), name
        assert "evidence" not in str(rows), name
        assert "The subject of" not in str(rows), name
    for path in tmp_path.glob("tsbbot.db*"):
        left = path.read_bytes()
        for word in (SENDER.encode(), b"the evidence", b"The body of a letter", b"The subject of"):
            assert word not in left, path


def test_what_shows_what_was_decided_stays(store: Store, archive: Archive) -> None:
    record(store, archive, 1)
    with store.snapshot() as tx:
        trail, opinions = tx.audit.all(), tx.opinions.of_reply(1)
    purged(store, archive)
    with store.snapshot() as tx:
        assert tx.audit.all()[:-1] == trail
        assert tx.audit.verify() is None
        last = tx.audit.all()[-1]
        assert (last.who, last.action, last.subject) == ("clerk", "purge", "circular/106")
        assert last.detail == {
            "messages": 1, "replies": 1, "readings": 1, "attachments": 1, "letters": 1, "notes": 1,
            "reason": None,
        }  # fmt: skip
        (reply,) = tx.replies.all(106)
        assert (reply.reference, reply.state) == ("C106-CHE-1", "CHE")
        assert tx.opinions.of_reply(1) == opinions
        assert tx.replies.find("C106-CHE-1") == reply


def test_the_same_message_in_the_mailbox_is_not_taken_anew(store: Store, archive: Archive) -> None:
    message_id = record(store, archive, 1)
    purged(store, archive)
    with store.transaction() as tx:
        assert tx.entries.known_uids("tsbdir@mail.example", "INBOX", 1) == {1}
        moved = arrival(5, content=raw_message(1).decode(), uidvalidity=2)
        again = tx.messages.take(moved)
        assert (again.message_id, again.new) == (message_id, False)
        assert tx.messages.due(AFTER) == []
    # Whoever walks the folder again puts the bytes into the archive; the next purge finds them.
    archive.put(raw_message(1))
    assert len(purged(store, archive).raw) == 1
    assert list(archive.names()) == []


def test_a_reply_to_two_circulars_goes_with_the_second(store: Store, archive: Archive) -> None:
    both = (CIRCULAR, OTHER)
    record(store, archive, 1, circulars=(106, 107))
    record(store, archive, 2, circulars=(107,))
    first = purged(store, archive, CIRCULAR, both)
    assert first.belongings.shared == 1
    assert len(list(archive.names())) == 2
    purged(store, archive, OTHER, both)
    assert list(archive.names()) == []


def test_what_waits_for_a_person_stays(store: Store, archive: Archive) -> None:
    record(store, archive, 1, needs_review=True)
    held = record(store, archive, 2)
    with store.transaction() as tx:
        tx.messages.settle(held, status=MessageStatus.HELD, kind="reply", at=NOW)
    went = purged(store, archive)
    assert went.belongings.waiting == 2
    assert went.belongings.messages == ()
    assert len(list(archive.names())) == 2


def bounce(store: Store, archive: Archive, number: int, received_at: dt.datetime) -> None:
    """A message that is no reply, and a digest of its day."""
    raw = raw_message(number)
    with store.transaction() as tx:
        message_id = tx.messages.take(
            arrival(number, content=raw.decode(), received_at=received_at)
        ).message_id
        tx.messages.settle(message_id, status=MessageStatus.SETTLED, kind="bounce", at=received_at)
        queued = tx.letters.queue(
            letter(
                f"digest/{number}/{SENDER}", kind="digest", circular=None, created_at=received_at,
                recipient=SENDER,
            )
        )  # fmt: skip
        assert queued is not None
        tx.letters.mark_sent(queued.id, received_at)
    archive.put(raw)


def test_mail_of_no_circular_goes_once_it_can_be_of_no_other(
    store: Store, archive: Archive
) -> None:
    record(store, archive, 1)
    bounce(store, archive, 2, NOW)
    bounce(store, archive, 3, NOW + 25 * DAY)
    with store.transaction() as tx:
        tx.letters.queue(letter("reminder/107/x", circular=107, recipient="x@admin.example"))
    went = purged(store, archive, CIRCULAR, (CIRCULAR, OTHER))
    assert [number for number, _ in went.belongings.messages] == [1, 2]
    assert len(went.belongings.letters) == 2
    assert [number for number, _ in purged(store, archive, OTHER).belongings.messages] == [3]


def test_the_digest_of_the_last_days_is_not_written_twice(store: Store, archive: Archive) -> None:
    bounce(store, archive, 1, AFTER)
    purged(store, archive)
    with store.snapshot() as tx:
        assert tx.letters.exists(f"digest/1/{SENDER}")


def test_a_circular_of_which_nobody_knows_the_date_keeps_what_may_be_its() -> None:
    known = span_of(CIRCULAR, [CIRCULAR], recorded=frozenset({106}), purged=frozenset(), now=AFTER)
    assert known.since < known.until == AFTER - 7 * DAY
    unknown = span_of(
        CIRCULAR, [CIRCULAR], recorded=frozenset({106, 99}), purged=frozenset(), now=AFTER
    )
    assert unknown.since == unknown.until


def test_a_rehearsal_says_what_would_go_and_removes_nothing(store: Store, archive: Archive) -> None:
    record(store, archive, 1)
    before = everything(store)
    plan = plan_purge(store, archive, CIRCULAR, [CIRCULAR], AFTER)
    assert plan.raw_bytes == len(raw_message(1))
    assert plan.belongings.letter_bytes > 0
    assert everything(store) == before
    assert purged(store, archive) == plan
    assert plan_purge(store, archive, CIRCULAR, [CIRCULAR], AFTER).nothing


@pytest.mark.parametrize(
    ("days_after", "reason", "refused"),
    [
        pytest.param(-1, "a reason", "is open until", id="open"),
        pytest.param(1, None, "are kept until 30 Apr 2027", id="too early"),
        pytest.param(1, "  ", "are kept until", id="no reason in it"),
        pytest.param(1, "asked for by the Administration", None, id="with a reason"),
        pytest.param(365, None, None, id="in time"),
    ],
)
def test_when_a_circular_may_be_purged(
    days_after: int, reason: str | None, refused: str | None
) -> None:
    now = CIRCULAR.deadline + days_after * DAY
    if refused is None:
        may_be_purged(CIRCULAR, now, days=365, reason=reason)
        return
    with pytest.raises(PurgeError, match=refused):
        may_be_purged(CIRCULAR, now, days=365, reason=reason)


def test_the_words_of_a_note_can_be_taken_away_and_not_be_changed(
    store: Store, archive: Archive
) -> None:
    record(store, archive, 1)
    purged(store, archive)
    with store.snapshot() as tx:
        (note,) = tx.notes.since(None)
    assert (note.text, note.address, note.kind) == ("(purged)", "(purged)", "absence")


@pytest.mark.parametrize(
    "change",
    [
        "text = 'something else'",
        "text = '(purged)', address = 'other@admin.example'",
        "text = '(purged)', kind = 'bounce'",
        "text = '(purged)', message_id = NULL",
    ],
)
def test_any_other_change_of_a_note_is_refused(store: Store, archive: Archive, change: str) -> None:
    record(store, archive, 1)
    with pytest.raises(StoreError, match="append-only"), store.transaction() as tx:
        tx.notes._connection.exec_driver_sql(f"UPDATE notes SET {change}")
    with pytest.raises(StoreError, match="append-only"), store.transaction() as tx:
        tx.notes._connection.exec_driver_sql("DELETE FROM notes")


def test_a_backup_of_what_was_purged_misses_nothing(
    store: Store, archive: Archive, tmp_path: Path
) -> None:
    record(store, archive, 1)
    purged(store, archive)
    record(store, archive, 2, circulars=(107,))
    written = write_backup(tmp_path / "one.backup", store, archive, NOW)
    assert written.manifest.missing == ()
    assert len(written.manifest.messages) == 1
    with BackupFile(written.path) as file:
        file.rehearse(NOW)


def test_a_backup_of_the_first_version_comes_into_the_tables_of_this_one(
    store: Store, archive: Archive, tmp_path: Path
) -> None:
    # Of 0001 the tables are the same; what was added since stands in triggers.
    record(store, archive, 1)
    written = write_backup(tmp_path / "one.backup", store, archive, NOW)
    with BackupFile(written.path) as file:
        older = dataclasses.replace(file.original, revision="0001")
        from bot.store.restoring import restore  # noqa: PLC0415

        url = f"sqlite:///{tmp_path}/older.db"
        restore(url, older, file.tables(), replace=False, now=NOW)
    with open_store(url) as restored:
        purged(restored, archive)
