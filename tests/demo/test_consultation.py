"""The sample mailbox is what it says, twice the same, and as an IMAP server gives it back."""

import csv
import dataclasses
import datetime as dt
import io
from collections import Counter
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from imapclient import IMAPClient

from bot.consultation.circular import Circular
from bot.demo.consultation import STANDING, expected_tally, sample_mailbox
from bot.demo.contacts import register_csv
from bot.demo.imap_server import EmbeddedMailbox
from bot.demo.other_mail import bounce_of
from bot.demo.sample_message import Expected, SampleMessage


@pytest.fixture(scope="module")
def mailbox(circular: Circular) -> tuple[SampleMessage, ...]:
    return sample_mailbox(circular)


def _opened(message: SampleMessage) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(message.raw)


def _named(mailbox: tuple[SampleMessage, ...], name: str) -> SampleMessage:
    return next(message for message in mailbox if message.name == name)


def test_the_mailbox_is_the_same_each_time(
    circular: Circular, mailbox: tuple[SampleMessage, ...]
) -> None:
    assert sample_mailbox(circular) == mailbox


def test_every_name_is_used_once(mailbox: tuple[SampleMessage, ...]) -> None:
    assert max(Counter(message.name for message in mailbox).values()) == 1
    assert len(mailbox) >= 35


def test_it_shows_every_kind_of_outcome(mailbox: tuple[SampleMessage, ...]) -> None:
    shown = {message.expected for message in mailbox}
    assert set(Expected) - shown == {Expected.BOUNCE}


def test_every_sender_is_at_a_reserved_domain(mailbox: tuple[SampleMessage, ...]) -> None:
    for message in mailbox:
        (sender,) = _opened(message)["From"].addresses
        assert sender.domain.endswith(".example"), message.name


def test_every_message_can_be_parsed_without_defects(mailbox: tuple[SampleMessage, ...]) -> None:
    for message in mailbox:
        assert [part.defects for part in _opened(message).walk() if part.defects] == []


def test_all_but_one_message_and_its_copy_have_an_id_of_their_own(
    mailbox: tuple[SampleMessage, ...],
) -> None:
    ids = Counter(_opened(message)["Message-ID"] for message in mailbox)
    assert ids.pop(None) == 1
    assert [count for count in ids.values() if count > 1] == [2]


def test_the_states_that_stand_are_those_whose_replies_are_expected_to_count(
    mailbox: tuple[SampleMessage, ...],
) -> None:
    recorded = {Expected.COUNTED, Expected.PARTLY, Expected.BLANK}
    assert {message.state for message in mailbox if message.expected in recorded} == set(STANDING)


def test_what_counts_came_in_time_and_what_is_late_did_not(
    circular: Circular, mailbox: tuple[SampleMessage, ...]
) -> None:
    late = [message.name for message in mailbox if not circular.in_time(message.received_at)]
    assert late == ["LKA"]
    assert _named(mailbox, "NZL").received_at > circular.deadline


def test_the_tally_by_hand(circular: Circular) -> None:
    lines = [
        (each.text, each.assigns, each.does_not_assign, each.with_comments, each.blank)
        for each in expected_tally(circular)
    ]
    assert lines == [
        ("Y.4241", 30, 0, 1, 1),
        ("Y.4242", 27, 2, 0, 1),
        ("Y.4243", 29, 0, 0, 1),
        ("Y.4420", 29, 0, 1, 1),
        ("Y.4614", 28, 0, 1, 1),
        ("Y.4815", 28, 1, 2, 1),
        ("Y.4816", 20, 9, 0, 1),
        ("Y.4912", 29, 0, 1, 1),
        ("Y.4512", 28, 1, 0, 1),
        ("Y.4244", 30, 0, 1, 1),
    ]


def test_one_text_misses_the_threshold(circular: Circular) -> None:
    missed = [
        each.text
        for each in expected_tally(circular)
        if each.assigns * 100 < 70 * (each.assigns + each.does_not_assign)
    ]
    assert missed == ["Y.4816"]


def test_the_register_knows_each_sender_that_is_expected_to_count(
    mailbox: tuple[SampleMessage, ...],
) -> None:
    known = {row["email"]: row["iso3"] for row in csv.DictReader(io.StringIO(register_csv()))}
    for message in mailbox:
        if message.expected in (Expected.COUNTED, Expected.PARTLY, Expected.LATE):
            assert known[_opened(message)["From"].addresses[0].addr_spec] == message.state


def test_a_circular_with_fewer_texts_has_a_mailbox_too(circular: Circular) -> None:
    short = dataclasses.replace(circular, texts=circular.texts[:3])
    assert len(sample_mailbox(short)) == len(sample_mailbox(circular))
    assert [each.text for each in expected_tally(short)] == ["Y.4241", "Y.4242", "Y.4243"]


def test_a_bounce_names_the_letter_and_the_recipient(circular: Circular) -> None:
    bounce = _opened(
        bounce_of(
            "<reminder.1@example.org>",
            recipient="regulation@telecom-mn.example",
            received_at=dt.datetime(2026, 4, 16, 8, tzinfo=dt.UTC),
            circular=circular,
        )
    )
    assert bounce.get_content_type() == "multipart/report"
    _, status, headers = bounce.iter_parts()
    groups = status.get_payload()
    assert isinstance(groups, list)
    of_recipient = groups[1]
    assert isinstance(of_recipient, EmailMessage)
    assert of_recipient["Final-Recipient"] == "rfc822; regulation@telecom-mn.example"
    assert of_recipient["Action"] == "failed"
    assert "Message-ID: <reminder.1@example.org>" in headers.get_content()


def test_the_embedded_mailbox_gives_every_message_back(
    mailbox: tuple[SampleMessage, ...],
) -> None:
    with EmbeddedMailbox() as server:
        for message in mailbox:
            server.append(message.raw, message.received_at)
        with IMAPClient(server.host, port=server.port, ssl=False, timeout=30) as client:
            client.normalise_times = False
            client.login(server.username, server.password)
            client.select_folder("INBOX", readonly=True)
            uids = client.search(["ALL"])
            client.fetch(uids, ["BODYSTRUCTURE", "ENVELOPE", "BODY.PEEK[HEADER]"])
            fetched = client.fetch(uids, ["BODY.PEEK[]", "INTERNALDATE"])
    given = [(fetched[uid][b"BODY[]"], fetched[uid][b"INTERNALDATE"]) for uid in uids]
    assert given == [(message.raw, message.received_at) for message in mailbox]
