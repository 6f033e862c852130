"""The address that a letter returns to, and the letter that an address tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.bounces.return_address import ReturnAddress
from bot.mail.opening import open_header
from bot.mail.own_mark import message_id_for

OURS = "tsbdir@itu.example"
OWN_ID = message_id_for("reminder/1", "itu.example")
MARK = OWN_ID[12:44]
EACH = ReturnAddress(address=OURS, pattern="tsbdir+b-{letter}@itu.example")


def test_each_letter_goes_out_under_its_own() -> None:
    assert EACH.of(OWN_ID) == f"tsbdir+b-{MARK}@itu.example"


def test_without_a_pattern_they_all_return_to_the_sender() -> None:
    returns = ReturnAddress(address=OURS)
    assert returns.of(OWN_ID) == OURS
    assert returns.letter(open_header(f"To: {OURS}\n\n".encode())) is None


def test_a_letter_without_a_mark_returns_to_the_sender() -> None:
    assert EACH.of("<digest@elsewhere.example>") == OURS


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("To: <{}>", id="To"),
        pytest.param("To: undisclosed:;\nDelivered-To: {}", id="Delivered-To"),
        pytest.param("X-Original-To: {}", id="Postfix"),
        pytest.param("Envelope-To: <{}>", id="Exim"),
        pytest.param(
            "Received: from a by b with ESMTP id x\n for <{}>; Wed, 8 Apr 2026", id="Received"
        ),
        pytest.param("To: a@b.example, <{}>", id="one of several"),
    ],
)
@pytest.mark.parametrize("capitals", [False, True], ids=["as sent", "in capitals"])
def test_the_letter_is_told_by_where_a_message_was_delivered(field: str, capitals: bool) -> None:
    address = EACH.of(OWN_ID)
    header = field.format(address.upper() if capitals else address)
    assert EACH.letter(open_header(f"{header}\n\n".encode())) == OWN_ID


@pytest.mark.parametrize(
    "address",
    [
        OURS,
        "tsbdir+b-@itu.example",
        f"tsbdir+b-{MARK[:-1]}@itu.example",
        f"tsbdir+b-{MARK}0@itu.example",
        f"tsbdir+b-{MARK[:-1]}z@itu.example",
        f"tsbdir+b-{MARK}@itu.example.evil.example",
        f"x-tsbdir+b-{MARK}@itu.example",
        f"{MARK}@itu.example",
    ],
)
def test_another_address_tells_none(address: str) -> None:
    assert EACH.letter(open_header(f"To: {address}\n\n".encode())) is None


@given(st.binary(max_size=300))
def test_any_header_tells_one_or_none(raw: bytes) -> None:
    EACH.letter(open_header(b"To: tsbdir+b-" + raw))


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("tsbdir@itu.example", "once"),
        ("b-{letter}-{letter}@itu.example", "once"),
        ("tsbdir@{letter}.example", "before the @"),
        ("tsbdir b-{letter}@itu.example", "no address"),
        ("a-local-part-that-is-far-too-long-{letter}@itu.example", "too long"),
        ("tsbdir+{letter}", "before the @"),
    ],
)
def test_a_pattern_that_makes_no_address_is_refused(pattern: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        ReturnAddress(address=OURS, pattern=pattern)
