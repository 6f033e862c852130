"""The outbox: a letter of one key is queued once, and goes on from wherever sending it stopped."""

import dataclasses

import pytest

from bot.errors import StoreError
from bot.store.store import Store
from bot.store.tables.correspondence import LetterStatus
from tests.store.samples import MINUTE, NOW, added, letter, queued, taken


def test_a_letter_of_a_key_is_queued_once(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.letters.queue(letter("digest/2026-04-01", raw=b"first"))
        again = tx.letters.queue(letter("digest/2026-04-01", raw=b"again"))

        assert first is not None
        assert again is None
        assert tx.letters.exists("digest/2026-04-01")
        assert not tx.letters.exists("digest/2026-04-02")
        assert tx.letters.raw(first.id) == b"first"


def test_another_letter_under_the_same_message_id_is_an_error(store: Store) -> None:
    other = dataclasses.replace(letter("another"), header_id=letter("one").header_id)
    queued(store, "one")

    with pytest.raises(StoreError, match="cannot be used"), store.transaction() as tx:
        tx.letters.queue(other)


@pytest.mark.parametrize("status", ["sent", "refused", "withdrawn"])
def test_a_letter_that_is_done_with_is_not_due_and_not_queued_again(
    store: Store, status: str
) -> None:
    letter_id = queued(store, "key")
    with store.transaction() as tx:
        match status:
            case "sent":
                tx.letters.mark_sent(letter_id, NOW)
            case "refused":
                tx.letters.mark_refused(letter_id, "550 no such user", NOW)
            case _:
                assert tx.letters.withdraw(letter_id)

        assert tx.letters.due(NOW) == []
        assert tx.letters.queue(letter("key")) is None
        stored = tx.letters.get(letter_id)

    assert stored is not None
    assert stored.status == status


def test_letters_go_in_the_order_of_their_queuing(store: Store) -> None:
    ids = [queued(store, f"key {number}") for number in range(3)]

    with store.snapshot() as tx:
        assert [each.id for each in tx.letters.due(NOW)] == ids
        assert [each.id for each in tx.letters.due(NOW, 2)] == ids[:2]


def test_a_letter_that_failed_for_the_time_being_goes_at_its_time(store: Store) -> None:
    letter_id = queued(store)
    with store.transaction() as tx:
        tx.letters.note_try(letter_id, "451 try later", NOW + MINUTE)

        assert tx.letters.due(NOW) == []
        (again,) = tx.letters.due(NOW + MINUTE)

    assert (again.tries, again.last_error) == (1, "451 try later")


def test_a_claimed_letter_is_nobody_elses_until_the_claim_runs_out(store: Store) -> None:
    queued(store)
    with store.transaction() as tx:
        assert len(tx.letters.claim(NOW, NOW + MINUTE)) == 1
        assert tx.letters.claim(NOW, NOW + MINUTE) == []
        assert len(tx.letters.claim(NOW + MINUTE, NOW + 2 * MINUTE)) == 1


def test_a_letter_that_has_gone_cannot_be_withdrawn(store: Store) -> None:
    letter_id = queued(store)
    with store.transaction() as tx:
        tx.letters.mark_sent(letter_id, NOW)

        assert not tx.letters.withdraw(letter_id)


def test_the_letters_that_a_message_answers_are_known_as_ours(store: Store) -> None:
    ids = [queued(store, f"key {number}") for number in range(3)]
    with store.snapshot() as tx:
        letters = [tx.letters.get(each) for each in ids]
        ours = {each.header_id: each for each in letters if each}
        others = [f"<{number}@admin.example>" for number in range(2000)]

        assert tx.letters.own([*others, *ours]) == ours
        assert tx.letters.own([]) == {}


def test_a_bounce_is_noted_once(store: Store) -> None:
    letter_id = queued(store)
    with store.transaction() as tx:
        tx.letters.mark_sent(letter_id, NOW)
        tx.letters.mark_bounced(letter_id, "5.1.1 user unknown", NOW + MINUTE)
        tx.letters.mark_bounced(letter_id, "a second report", NOW + 2 * MINUTE)
        stored = tx.letters.get(letter_id)

    assert stored is not None
    assert stored.status is LetterStatus.SENT
    assert (stored.bounced_at, stored.bounce_diagnostic) == (NOW + MINUTE, "5.1.1 user unknown")


def test_letters_are_found_by_what_they_are_about(store: Store) -> None:
    with store.transaction() as tx:
        reply = added(tx)
        receipt = tx.letters.queue(
            letter("acknowledgement/reply/1", kind="acknowledgement", reply_id=reply.id)
        )
        answer = tx.letters.queue(
            letter("receipt", kind="receipt", answers_message_id=taken(tx, 2), circular=None)
        )
        digest = tx.letters.queue(letter("digest/1", kind="digest", circular=None))
        latest = tx.letters.queue(letter("digest/2", kind="digest", circular=None))

        assert tx.letters.of_reply(reply.id) == [receipt]
        assert tx.letters.of_message(taken(tx, 2)) == [answer]
        assert tx.letters.of_kind("digest") == [digest, latest]
        assert tx.letters.of_kind("acknowledgement", 106) == [receipt]
        assert tx.letters.of_kind("acknowledgement", 107) == []
        assert tx.letters.last("digest") == latest
        assert tx.letters.last("reminder") is None
        assert tx.letters.count_by_status()[LetterStatus.QUEUED] == 4


def test_letters_to_an_address_are_counted_whatever_its_capitals(store: Store) -> None:
    with store.transaction() as tx:
        for number, recipient in enumerate(
            ["Focal@admin.example", "focal@ADMIN.example", "other@admin.example"]
        ):
            tx.letters.queue(
                letter(f"key {number}", recipient=recipient, created_at=NOW + number * MINUTE)
            )

        assert tx.letters.sent_since("FOCAL@admin.example", NOW) == 2
        assert tx.letters.sent_since("focal@admin.example", NOW + MINUTE) == 1
        assert tx.letters.sent_since("nobody@admin.example", NOW) == 0


def test_letters_of_a_kind_are_counted_from_the_last_back(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(3):
            made = letter(f"key {number}", kind="acknowledgement")
            tx.letters.queue(dataclasses.replace(made, created_at=NOW + number * MINUTE))
        tx.letters.queue(letter("key 9", kind="digest"))

        assert tx.letters.at_least_since("acknowledgement", 3, NOW)
        assert not tx.letters.at_least_since("acknowledgement", 4, NOW)
        assert tx.letters.at_least_since("acknowledgement", 2, NOW + MINUTE)
        assert not tx.letters.at_least_since("acknowledgement", 3, NOW + MINUTE)
        assert not tx.letters.at_least_since("reminder", 1, NOW)


def test_the_bytes_of_a_letter_come_back_as_they_were(store: Store) -> None:
    raw = bytes(range(256)) * 400
    with store.transaction() as tx:
        stored = tx.letters.queue(letter(raw=raw))
        assert stored is not None

        assert tx.letters.raw(stored.id) == raw
        with pytest.raises(StoreError, match="no letter 99"):
            tx.letters.raw(99)
