"""The queue, what is found, and who is signed in, as the database keeps them."""

import datetime as dt

import pytest

from bot.store.replies import NewReply
from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from tests.store.samples import MINUTE, NOW, arrival, reply_to


def waits(
    tx: Transaction,
    uid: int,
    *reasons: str,
    received_at: dt.datetime = NOW,
    status: MessageStatus = MessageStatus.HELD,
    circular: int | None = 106,
) -> int:
    """A message that waits for those reasons, with a reply to that circular; None: without one."""
    message = tx.messages.take(arrival(uid, received_at=received_at)).message_id
    tx.messages.settle(message, status=status, kind="reply", reasons=reasons, at=NOW)
    if circular is not None:
        given = reply_to(message, circular=circular, needs_review=True, received_at=received_at)
        fields = {name: getattr(given, name) for name in NewReply.__slots__}
        tx.replies.add(NewReply(**{**fields, "reasons": reasons}))
    return message


def test_the_worst_comes_first_and_then_the_oldest(store: Store) -> None:
    with store.transaction() as tx:
        young = waits(tx, 1, "no-form", received_at=NOW + MINUTE)
        old = waits(tx, 2, "no-form", received_at=NOW)
        forged = waits(tx, 3, "not-authenticated", received_at=NOW + 2 * MINUTE)
        broken = waits(
            tx, 4, received_at=NOW + 3 * MINUTE, status=MessageStatus.QUARANTINED, circular=None
        )
        waits(tx, 5, "no-form", status=MessageStatus.SETTLED)
    with store.snapshot() as tx:
        assert tx.queue.order() == [broken, forged, old, young]
        page = tx.queue.page(limit=2, offset=1)
        assert [each.message_id for each in page] == [forged, old]
        assert page[0].reasons == ("not-authenticated",)
        assert tx.queue.count() == 4


def test_the_queue_is_of_one_reason_or_circular(store: Store) -> None:
    with store.transaction() as tx:
        waits(tx, 1, "no-form", "late")
        waits(tx, 2, "late", circular=107)
        waits(tx, 3, "late", circular=None)
    with store.snapshot() as tx:
        assert tx.queue.count(reason="late") == 3
        assert tx.queue.count(reason="lat") == 0
        assert tx.queue.count(reason="%") == 0
        assert tx.queue.count(circular=107) == 1
        assert tx.queue.count(reason="no-form", circular=107) == 0
        assert tx.queue.reasons() == {"late": 3, "no-form": 1}


@pytest.mark.parametrize(
    ("text", "states", "found"),
    [
        ("C106-CHE", (), True),
        ("c106-che-1", (), True),
        ("FOCAL@ADMIN", (), True),
        ("to tsb circular", (), True),
        ("%", (), False),
        ("_", (), False),
        ("nothing", (), False),
        ("nothing", ("CHE",), True),
        ("nothing", ("FRA",), False),
    ],
)
def test_a_message_is_found_by_what_people_remember(
    store: Store, text: str, states: tuple[str, ...], *, found: bool
) -> None:
    with store.transaction() as tx:
        message = waits(tx, 1, "no-form")
    with store.snapshot() as tx:
        there = [each.message_id for each in tx.finding.find(text, states=states)]
    assert there == ([message] if found else [])


def test_a_link_is_used_once_and_in_time(store: Store) -> None:
    with store.transaction() as tx:
        tx.sign_ins.add_link("a", who="reviewer@itu.example", expires_at=NOW + MINUTE)
        tx.sign_ins.add_link("b", who="reviewer@itu.example", expires_at=NOW)
    with store.transaction() as tx:
        assert tx.sign_ins.use_link("a", NOW) == "reviewer@itu.example"
        assert tx.sign_ins.use_link("a", NOW) is None
        assert tx.sign_ins.use_link("b", NOW) is None
        assert tx.sign_ins.use_link("c", NOW) is None


def test_a_session_is_seen_and_ends(store: Store) -> None:
    with store.transaction() as tx:
        tx.sign_ins.begin("k", who="reviewer@itu.example", at=NOW)
        tx.sign_ins.seen("k", NOW + MINUTE)
        tx.sign_ins.end("k", NOW + 2 * MINUTE)
        tx.sign_ins.end("k", NOW + 3 * MINUTE)
        session = tx.sign_ins.session("k")
        assert session is not None
        assert (session.seen_at, session.ended_at) == (NOW + MINUTE, NOW + 2 * MINUTE)
        tx.sign_ins.forget(NOW + 5 * MINUTE)
        assert tx.sign_ins.session("k") is None
