"""A From field that programs read in different ways: nobody counts as another by it, or is answered."""

import pytest

from bot.consultation.record import Standing
from bot.mail.opening import open_message
from tests.support.intake import SERVER, SWISS, answers, decided, form, standings

#: What our server says where it takes the sender for the other one: with his domain, or without any.
SAID = ["dmarc=pass header.from=evil.example", "dmarc=pass"]
OTHER = "x@evil.example"


def _reply(sender: str, said: str) -> bytes:
    head = f"Authentication-Results: {SERVER}; {said}\r\nFrom: {sender}\r\n"
    return f"{head}Subject: TSB Circular 106\r\n\r\nPlease find our reply.\r\n".encode()


@pytest.mark.parametrize("said", SAID, ids=["of the other", "of nobody"])
@pytest.mark.parametrize(
    "sender",
    [
        pytest.param(f"{SWISS} <{OTHER}>", id="as the name"),
        pytest.param(f'"{SWISS}" <{OTHER}>', id="as a quoted name"),
        pytest.param(f"=?utf-8?q?{SWISS.replace('@', '=40')}?= <{OTHER}>", id="as an encoded name"),
        pytest.param(f"{SWISS.replace('@', '＠')} <{OTHER}>", id="with a wide sign"),
        pytest.param(SWISS.replace("@", "@\u200b") + f" <{OTHER}>", id="with a blank of no width"),
        pytest.param(SWISS.replace("@", " @ ") + f" <{OTHER}>", id="with blanks"),
        pytest.param(f"{OTHER} ({SWISS})", id="as a comment"),
        pytest.param(f"({SWISS}) {OTHER}", id="as a comment before"),
        pytest.param(f"<{SWISS}> <{OTHER}>", id="two in brackets"),
        pytest.param(f"<{OTHER}> {SWISS}", id="behind the brackets"),
        pytest.param(f"{SWISS}, {OTHER}", id="two"),
        pytest.param(f"{OTHER}, {SWISS}", id="two, the other first"),
        pytest.param(f"{OTHER};{SWISS}", id="behind a semicolon"),
        pytest.param(f"Group: {SWISS}, {OTHER};", id="a group of two"),
        pytest.param(f"Group:{SWISS};", id="a group"),
        pytest.param(f"<@evil.example:{SWISS}>", id="by way of another"),
        pytest.param(f"{OTHER}\r\nFrom: {SWISS}", id="a field below"),
        pytest.param(f"{SWISS}\r\nFrom: {OTHER}", id="a field above"),
        pytest.param(f"<{OTHER}\0{SWISS}>", id="behind a NUL"),
        pytest.param(f"<{OTHER}\0.{SWISS.rpartition('@')[2]}>", id="the domain behind a NUL"),
        pytest.param(f"<{OTHER}\x7f.{SWISS.rpartition('@')[2]}>", id="behind a DEL"),
        pytest.param(f'"{OTHER},"{SWISS}', id="quoted into the address"),
        pytest.param(f'"{OTHER}"@{SWISS}', id="quoted before it"),
        pytest.param(f"{OTHER}\r\n {SWISS}", id="folded"),
    ],
)
def test_no_trick_counts_or_is_answered(sender: str, said: str) -> None:
    outcome = decided(open_message(_reply(sender, said)), form("NNN"))
    assert Standing.COUNTED not in standings(outcome).values()
    assert answers(outcome) == []


@pytest.mark.parametrize(
    "sender",
    [
        SWISS,
        f"<{SWISS}>",
        f'"Regulation, Office" <{SWISS}>',
        f"=?utf-8?b?w4lxdWlwZQ==?= <{SWISS}>",
        f"Office\r\n <{SWISS}>",
        f"{SWISS} (Office)",
        SWISS.replace("telecom-ch", "TELECOM-CH"),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_plain_senders_count_and_are_answered(sender: str, named: bool) -> None:
    said = f"dmarc=pass header.from={SWISS.rpartition('@')[2]}" if named else "dmarc=pass"
    outcome = decided(open_message(_reply(sender, said)), form("NNN"))
    assert set(standings(outcome).values()) == {Standing.COUNTED}
    assert [each.recipient.lower() for each in answers(outcome)] == [SWISS]
