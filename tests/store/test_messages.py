"""Messages: taken once, worked through in order, ending where somebody sees them."""

import datetime as dt

import pytest

from bot.store.messages import StoredMessage
from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from tests.store.samples import MINUTE, NOW, arrival, reply_to, taken


def test_a_message_taken_is_found_as_it_arrived(store: Store) -> None:
    with store.transaction() as tx:
        outcome = tx.messages.take(arrival(7, header_id="<a@admin.example>"))

    with store.snapshot() as tx:
        message = tx.messages.get(outcome.message_id)

    assert outcome.new
    assert message == StoredMessage(
        id=outcome.message_id,
        sha256=arrival(7).sha256,
        size=9,
        received_at=NOW,
        recorded_at=NOW,
        sender="focal@admin.example",
        subject="Reply to TSB Circular 106",
        header_id="<a@admin.example>",
        status=MessageStatus.RECEIVED,
        kind="unknown",
        reasons=(),
        tries=0,
        next_try_at=None,
        last_error=None,
        settled_at=None,
    )


def test_the_same_bytes_elsewhere_are_the_first_message(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.messages.take(arrival(1, content="same"))
        second = tx.messages.take(arrival(9, content="same", folder="Archive", uidvalidity=4))
        places = tx.entries.places(first.message_id)

    assert second.message_id == first.message_id
    assert not second.new
    assert [(folder, uid) for _, folder, _, uid in places] == [("INBOX", 1), ("Archive", 9)]


def test_the_same_message_id_with_other_bytes_is_another_message(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.messages.take(arrival(1, header_id="<a@b.example>"))
        second = tx.messages.take(arrival(2, header_id="<a@b.example>"))
        found = tx.messages.find("<a@b.example>")

    assert second.new
    assert [each.id for each in found] == [first.message_id, second.message_id]


def test_the_first_received_is_due_first(store: Store) -> None:
    with store.transaction() as tx:
        late, early = taken(tx, 1, received_at=NOW + MINUTE), taken(tx, 2, received_at=NOW)

        assert [each.id for each in tx.messages.due(NOW)] == [early, late]
        assert [each.id for each in tx.messages.due(NOW, 1)] == [early]


def test_a_failed_message_is_due_again_at_its_time(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        tx.messages.fail(message_id, error="no memory", next_try_at=NOW + MINUTE, at=NOW)

        assert tx.messages.due(NOW) == []
        (again,) = tx.messages.due(NOW + MINUTE)

    assert (again.tries, again.last_error) == (1, "no memory")


def test_a_message_without_another_try_is_quarantined_where_people_see_it(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        tx.messages.fail(message_id, error="no memory", next_try_at=NOW, at=NOW)
        tx.messages.fail(message_id, error="no memory", next_try_at=None, at=NOW)
        (message,) = tx.messages.waiting()

    assert message.status is MessageStatus.QUARANTINED
    assert message.tries == 2


def test_a_message_released_from_quarantine_has_all_its_tries_again(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        tx.messages.fail(message_id, error="no memory", next_try_at=None, at=NOW)
        tx.messages.release(message_id)
        (message,) = tx.messages.due(NOW)

    assert message.tries == 0


def test_a_claim_keeps_a_message_from_others_until_it_runs_out(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        (claimed,) = tx.messages.claim(NOW, NOW + MINUTE)
        assert claimed.id == message_id

    with store.transaction() as tx:
        assert tx.messages.claim(NOW, NOW + MINUTE) == []
        assert [each.id for each in tx.messages.claim(NOW + MINUTE, NOW + 2 * MINUTE)] == [
            message_id
        ]


@pytest.mark.parametrize(
    "status",
    [MessageStatus.HELD, MessageStatus.QUARANTINED],
)
def test_what_waits_for_a_person_is_listed_page_by_page(
    store: Store, status: MessageStatus
) -> None:
    with store.transaction() as tx:
        ids = [taken(tx, uid, received_at=NOW + uid * MINUTE) for uid in range(5)]
        for each in ids:
            tx.messages.settle(each, status=status, kind="reply", reasons=["no-form"], at=NOW)

        assert [each.id for each in tx.messages.waiting(limit=2, offset=2)] == ids[2:4]
        assert tx.messages.waiting()[0].reasons == ("no-form",)
        assert tx.messages.due(NOW) == []


def test_every_status_has_its_number(store: Store) -> None:
    with store.transaction() as tx:
        taken(tx, 1)
        tx.messages.settle(taken(tx, 2), status=MessageStatus.IGNORED, kind="not_a_reply", at=NOW)

        assert tx.messages.count_by_status() == {
            MessageStatus.RECEIVED: 1,
            MessageStatus.SETTLED: 0,
            MessageStatus.HELD: 0,
            MessageStatus.QUARANTINED: 0,
            MessageStatus.IGNORED: 1,
        }


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("{id}", id="its id"),
        pytest.param(" C106-CHE-1 ", id="a reply's reference"),
        pytest.param("c106-che-1", id="the reference in small letters"),
        pytest.param("<a@admin.example>", id="its Message-ID"),
        pytest.param("a@admin.example", id="its Message-ID without angle brackets"),
        pytest.param("{sha256}", id="its hash"),
    ],
)
def test_a_message_is_found_by(store: Store, words: str) -> None:
    came = arrival(1, header_id="<a@admin.example>")
    with store.transaction() as tx:
        taken(tx, 2)
        message_id = tx.messages.take(came).message_id
        tx.replies.add(reply_to(message_id))
        found = tx.messages.find(words.format(id=message_id, sha256=came.sha256))

    assert [each.id for each in found] == [message_id]


@pytest.mark.parametrize("words", ["", "0", "9" * 40, "²", "C106-FRA-1", "\x00", "\ud800", "%"])
def test_what_nothing_is_called_finds_nothing(store: Store, words: str) -> None:
    with store.transaction() as tx:
        taken(tx)

        assert tx.messages.find(words) == []


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("a\x00b", id="NUL"),
        pytest.param("\udcff", id="a lone surrogate"),
        pytest.param("'; DROP TABLE messages; --", id="SQL"),
        pytest.param("𝔛" * 100_000, id="very long"),
        pytest.param("", id="empty"),
    ],
)
def test_any_words_of_a_sender_can_be_recorded_and_found_again(store: Store, hostile: str) -> None:
    with store.transaction() as tx:
        came = arrival(1, sender=hostile, subject=hostile, header_id=hostile)
        message_id = tx.messages.take(came).message_id
        found = tx.messages.find(hostile)

    assert [each.id for each in found] == [message_id]
    assert len(found[0].subject) <= 1000


def test_moments_of_any_zone_come_back_in_utc(store: Store) -> None:
    geneva = dt.timezone(dt.timedelta(hours=2))
    with store.transaction() as tx:
        message_id = taken(tx, received_at=dt.datetime(2026, 4, 30, 23, 59, 1, 999_999, geneva))
        message = tx.messages.get(message_id)

    assert message is not None
    assert message.received_at == dt.datetime(2026, 4, 30, 21, 59, 1, 999_999, dt.UTC)
    assert message.received_at.tzinfo is dt.UTC
