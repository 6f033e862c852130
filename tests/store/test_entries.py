"""Entries: every UID is looked at once, and of what is none of ours nothing is kept."""

from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from tests.store.samples import MINUTE, NOW, arrival

ACCOUNT = "tsbdir@mail.example"


def test_a_folder_that_was_never_looked_at_knows_no_uid(store: Store) -> None:
    with store.snapshot() as tx:
        assert tx.entries.known_uids(ACCOUNT, "INBOX", 1) == set()


def test_what_was_left_alone_and_what_was_taken_is_known(store: Store) -> None:
    with store.transaction() as tx:
        tx.entries.leave_alone(ACCOUNT, "INBOX", 1, [1, 2, 4_294_967_295], NOW)
        tx.messages.take(arrival(3))

        assert tx.entries.known_uids(ACCOUNT, "INBOX", 1) == {1, 2, 3, 4_294_967_295}
        assert tx.entries.known_uids(ACCOUNT, "INBOX", 1, above=2) == {3, 4_294_967_295}


def test_another_folder_account_or_uidvalidity_knows_nothing_of_it(store: Store) -> None:
    with store.transaction() as tx:
        tx.entries.leave_alone(ACCOUNT, "INBOX", 1, [1], NOW)

        assert not tx.entries.known_uids(ACCOUNT, "Archive", 1)
        assert not tx.entries.known_uids("other@mail.example", "INBOX", 1)
        assert not tx.entries.known_uids(ACCOUNT, "INBOX", 2)


def test_leaving_alone_again_changes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        message_id = tx.messages.take(arrival(1)).message_id
        tx.entries.leave_alone(ACCOUNT, "INBOX", 1, [1, 2], NOW + MINUTE)
        tx.entries.leave_alone(ACCOUNT, "INBOX", 1, [1, 2], NOW + MINUTE)
        tx.entries.leave_alone(ACCOUNT, "INBOX", 1, [], NOW + MINUTE)

        assert tx.entries.known_uids(ACCOUNT, "INBOX", 1) == {1, 2}
        assert tx.entries.places(message_id) == [(ACCOUNT, "INBOX", 1, 1)]


def test_what_was_left_alone_can_be_taken_later(store: Store) -> None:
    with store.transaction() as tx:
        tx.entries.leave_alone(ACCOUNT, "INBOX", 1, [1], NOW)
        message_id = tx.messages.take(arrival(1)).message_id

        assert tx.entries.places(message_id) == [(ACCOUNT, "INBOX", 1, 1)]


def test_what_is_done_with_in_a_folder_is_listed_in_order(store: Store) -> None:
    with store.transaction() as tx:
        ids = [tx.messages.take(arrival(uid)).message_id for uid in (3, 1, 2)]
        for message_id in ids[:2]:
            tx.messages.settle(message_id, status=MessageStatus.SETTLED, kind="reply", at=NOW)

        assert tx.entries.settled_uids(ACCOUNT, "INBOX", 1) == [1, 3]
        assert tx.entries.settled_uids(ACCOUNT, "INBOX", 2) == []
