"""Bounces as mail systems write them: each is one for certain, and says which letter it is about."""

from collections.abc import Callable

import pytest

from bot.mail.automatic import AutomaticKind, automatic
from bot.mail.bounces.delivery_status import Action, delivery_reports, reported_id
from bot.mail.bounces.letter_references import letter_references
from bot.mail.bounces.return_address import ReturnAddress
from bot.mail.opening import open_message
from bot.mail.own_mark import message_id_for
from tests.support.bounces import NAMING, SILENT, Returned

OURS = "tsbdir@itu.example"
OWN_ID = message_id_for("reminder/1", "itu.example")
RETURNS = ReturnAddress(address=OURS, pattern="tsbdir+b-{letter}@itu.example")
FOCAL = "focal@regulator.example"
LETTER = Returned(header_id=OWN_ID, recipient=FOCAL, to=OURS)
#: That does not name whom it was for in a way that can be told from other words.
NAMELESS = "Coremail"

Make = Callable[[Returned], bytes]


@pytest.mark.parametrize("name", [*NAMING, *SILENT])
def test_a_bounce_is_told_for_certain(name: str) -> None:
    found = automatic(open_message({**NAMING, **SILENT}[name](LETTER)), {OURS})
    assert found is not None
    assert (found.kind, found.certain) == (AutomaticKind.BOUNCE, True)


@pytest.mark.parametrize("name", [*NAMING, *SILENT])
def test_its_recipient_has_failed(name: str) -> None:
    reports = delivery_reports(open_message({**NAMING, **SILENT}[name](LETTER)))
    if name == NAMELESS:
        assert reports == ()
        return
    (report,) = reports
    forwarded = name == "an address that it is forwarded to"
    assert report.recipient == ("private@elsewhere.example" if forwarded else FOCAL)
    assert report.action is Action.FAILED


@pytest.mark.parametrize("make", NAMING.values(), ids=NAMING)
def test_the_letter_is_known_by_what_the_bounce_says_or_encloses(make: Make) -> None:
    message = open_message(make(LETTER))
    assert reported_id(message) == OWN_ID
    assert OWN_ID in letter_references(message, ReturnAddress(address=OURS)).ids


@pytest.mark.parametrize("make", SILENT.values(), ids=SILENT)
def test_without_a_return_address_of_its_own_a_silent_bounce_is_about_no_letter(make: Make) -> None:
    message = open_message(make(LETTER))
    assert OWN_ID not in letter_references(message, ReturnAddress(address=OURS)).ids


@pytest.mark.parametrize("name", [*NAMING, *SILENT])
def test_the_return_address_tells_the_letter_of_each(name: str) -> None:
    back = Returned(header_id=OWN_ID, recipient=FOCAL, to=RETURNS.of(OWN_ID))
    found = letter_references(open_message({**NAMING, **SILENT}[name](back)), RETURNS)
    assert found.returned == OWN_ID
    assert OWN_ID in found.ids


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("Subject: Re: Undeliverable: x\n\nDid you get it?\n", id="an answer to one"),
        pytest.param("Subject: Undeliverable: our answer\n\nWe tried.\n", id="of a person"),
        pytest.param(
            "Subject: Delivery problem\n\nThe form is too large for your server.\n",
            id="about a delivery",
        ),
    ],
)
def test_what_a_person_writes_of_a_bounce_is_none(raw: str) -> None:
    assert automatic(open_message(f"From: {FOCAL}\n{raw}".encode()), {OURS}) is None
