"""Who vouches for a sender where the receiving server does not: signatures and seals, if asked for."""

import dataclasses

import pytest

from bot.consultation.record import Standing
from bot.demo.messages import AUTHSERV_ID, Authentication
from tests.support.signing import KeyServer, sealed, signed
from tests.worker.workroom import Workroom

LIST = "lists.example"


@pytest.fixture
def keys(room: Workroom) -> KeyServer:
    """The room checks signatures, and trusts a list."""
    server = KeyServer()
    server.publish(LIST)
    server.publish(_domain(room))
    decider = room.worker.decider
    office = dataclasses.replace(decider.office, sealers=frozenset({LIST}))
    voucher = dataclasses.replace(decider.voucher, record=server, office=office)
    decider = dataclasses.replace(decider, voucher=voucher, office=office)
    room.worker = dataclasses.replace(room.worker, decider=decider)
    return server


def _domain(room: Workroom) -> str:
    return room.focal_point().rpartition("@")[2]


def _unvouched(room: Workroom) -> bytes:
    """A reply of which our server says nothing."""
    return room.reply(authentication=Authentication.NONE)


def _outcome(room: Workroom, raw: bytes) -> tuple[Standing, tuple[str, ...], int]:
    room.mailbox.deliver(raw)
    room.round()
    (reply,) = room.replies()
    return reply.standing, reply.reasons, len(room.submission.taken)


WAITS = (Standing.PENDING, ("not-authenticated",), 0)


def test_a_signature_that_holds_lets_a_reply_count_and_be_answered(
    room: Workroom, keys: KeyServer
) -> None:
    raw = signed(_unvouched(room), _domain(room))
    assert _outcome(room, raw) == (Standing.COUNTED, (), 1)
    with room.desk.store.snapshot() as tx:
        (why, *_) = {each.why for each in tx.opinions.of_reply(room.replies()[0].id)}
    assert f"dkim=pass of {_domain(room)}, checked here" in why


def test_without_one_it_waits(room: Workroom, keys: KeyServer) -> None:
    assert _outcome(room, _unvouched(room)) == WAITS


def test_one_of_somebody_else_does_not_help(room: Workroom, keys: KeyServer) -> None:
    keys.publish("evil.example")
    assert _outcome(room, signed(_unvouched(room), "evil.example")) == WAITS


def test_without_being_asked_to_nobody_looks(room: Workroom) -> None:
    assert room.worker.decider.voucher.record is None
    assert _outcome(room, signed(_unvouched(room), _domain(room))) == WAITS


def test_what_the_server_vouches_for_needs_no_key(room: Workroom, keys: KeyServer) -> None:
    assert _outcome(room, signed(room.reply(), _domain(room))) == (Standing.COUNTED, (), 1)
    assert keys.asked == []


def test_a_key_that_cannot_be_had_leaves_it_to_a_person(room: Workroom, keys: KeyServer) -> None:
    keys.be_down(_domain(room))
    assert _outcome(room, signed(_unvouched(room), _domain(room))) == WAITS


@pytest.mark.parametrize("local", [True, False], ids=["checked here", "by our server"])
@pytest.mark.parametrize("sealer", [LIST, "evil.example"])
def test_what_a_trusted_list_vouched_for_counts(
    room: Workroom, keys: KeyServer, sealer: str, local: bool
) -> None:
    keys.publish("evil.example")
    found = f"mx.{sealer}; dmarc=pass header.from={_domain(room)}"
    raw = sealed(_unvouched(room), sealer, found)
    said = "dmarc=fail" if local else "dmarc=fail; arc=pass"
    raw = f"Authentication-Results: {AUTHSERV_ID}; {said}\r\n".encode() + raw
    if not local:
        keys.records.clear()
    expected = (Standing.COUNTED, (), 1) if sealer == LIST else WAITS
    assert _outcome(room, raw) == expected
