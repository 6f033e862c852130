"""Readings kept for the next step: each picked up once, and no more than memory has room for."""

import hashlib

import pytest

from bot.mail.opening import open_message
from bot.worker.reading.readings_at_hand import ReadingsAtHand


def left(at_hand: ReadingsAtHand, raw: bytes) -> str:
    """Leaves what was read of a message; its hash."""
    at_hand.leave(raw, open_message(raw), ())
    return hashlib.sha256(raw).hexdigest()


def test_what_was_left_is_picked_up_once() -> None:
    at_hand = ReadingsAtHand()
    sha256 = left(at_hand, b"Subject: One\r\n\r\n")
    found = at_hand.pick_up(sha256)
    assert found is not None
    assert found[0].subject == "One"
    assert at_hand.pick_up(sha256) is None


def test_the_oldest_give_way_by_number() -> None:
    at_hand = ReadingsAtHand()
    hashes = [left(at_hand, f"Subject: {number}\r\n\r\n".encode()) for number in range(70)]
    kept = [sha256 for sha256 in hashes if at_hand.pick_up(sha256) is not None]
    assert kept == hashes[-64:]


def test_the_oldest_give_way_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.reading.readings_at_hand._MOST_BYTES", 1000)
    at_hand = ReadingsAtHand()
    raws = [f"Subject: {number}\r\n\r\n".encode() + b"x" * 400 for number in range(5)]
    hashes = [left(at_hand, raw) for raw in raws]
    assert [at_hand.pick_up(sha256) is not None for sha256 in hashes] == [False] * 3 + [True] * 2
    # What was picked up takes no room any more.
    hashes = [left(at_hand, raw) for raw in raws[:2]]
    assert all(at_hand.pick_up(sha256) is not None for sha256 in hashes)
