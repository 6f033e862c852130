"""Bounces: structured and in plain words, as many systems write them."""

import pytest

from bot.mail.bounces.delivery_status import Action, delivery_reports
from bot.mail.opening import open_message
from bot.mail.own_mark import message_id_for
from tests.mail.written import mail

OWN_ID = message_id_for("reminder-1", "example.org")
ENCLOSED = (
    f"Content-Type: message/rfc822\n\nFrom: tsbdir@example.org\nMessage-ID: {OWN_ID}\n\nWords.\n"
)
POSTFIX = f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: tsbdir@example.org
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r

I'm sorry to have to inform you that your message could not be delivered.
<other@administration.example>: not this one
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 14 Apr 2026 08:00:00 +0000

Final-Recipient: rfc822; post@administration.example
Original-Recipient: rfc822;focal@administration.example
Action: failed
Status: 5.1.1 (no such user)
Diagnostic-Code: smtp; 550 5.1.1 <post@administration.example>: Recipient
    address rejected

Final-Recipient: rfc822;<late@administration.example>
Action: Delayed
Status: 4.4.1
--r
{ENCLOSED}
--r--
"""


def test_a_report_of_rfc_3464_is_read_by_recipient() -> None:
    first, second = delivery_reports(open_message(mail(POSTFIX)))
    assert first.recipient == "focal@administration.example"
    assert (first.action, first.status) == (Action.FAILED, "5.1.1")
    assert first.diagnostic.startswith("550 5.1.1")
    assert first.diagnostic.endswith("rejected")
    assert (second.recipient, second.action, second.status) == (
        "late@administration.example",
        Action.DELAYED,
        "4.4.1",
    )
    assert first.original_message_id == second.original_message_id == OWN_ID


@pytest.mark.parametrize(
    ("name", "text", "action", "status"),
    [
        pytest.param(
            "qmail",
            "Hi. This is the qmail-send program at b.example.\nI'm afraid I wasn't able to deliver"
            " your message to the following addresses.\n\n<post@c.example>:\n"
            "192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\n\n"
            "--- Below this line is a copy of the message.\n\nTo: <x@c.example>\n",
            Action.FAILED,
            "5.1.1",
            id="qmail",
        ),
        pytest.param(
            "postfix",
            "This is the mail system at host mx.b.example.\n\n<post@c.example>: host mx.c.example"
            "[192.0.2.1] said: 550 5.7.1 refused (in reply to RCPT TO command)\n",
            Action.FAILED,
            "5.7.1",
            id="Postfix",
        ),
        pytest.param(
            "exim",
            "This message was created automatically by mail delivery software.\n\nA message that"
            " you sent could not be delivered to one or more of its\nrecipients. The following"
            " address(es) failed:\n\n  post@c.example\n    SMTP error from remote mail server after"
            " RCPT TO:<post@c.example>:\n    550 unknown user\n\n"
            "------ This is a copy of your message, including all the headers. ------\n\n"
            "To: x@c.example\n",
            Action.FAILED,
            "",
            id="Exim",
        ),
        pytest.param(
            "exchange",
            "Your message did not reach some or all of the intended recipients.\n\n"
            "      Subject: Reminder\n      Sent: 14/04/2026 08:00\n\n"
            "The following recipient(s) could not be reached:\n\n"
            "      post@c.example on 14/04/2026 08:01\n            The e-mail account does not exist"
            " at the organization.\n            <mx.c.example #5.1.1 smtp;550 5.1.1 unknown>\n",
            Action.FAILED,
            "5.1.1",
            id="Exchange",
        ),
        pytest.param(
            "sendmail",
            "   ----- The following addresses had transient non-fatal errors -----\n"
            "<post@c.example>\n\n   ----- Transcript of session follows -----\n"
            "Warning: message still undelivered after 4 hours\nWill keep trying\n",
            Action.FAILED,
            "",
            id="Sendmail",
        ),
        pytest.param(
            "sentence",
            "Your message wasn't delivered to post@c.example because the address couldn't be"
            " found.\n",
            Action.FAILED,
            "",
            id="a sentence",
        ),
        pytest.param(
            "delay",
            "This is a warning message only.\nYour message to <post@c.example> is delayed; no"
            " action is required, it will be retried.\n",
            Action.DELAYED,
            "",
            id="a delay in words",
        ),
    ],
)
def test_a_bounce_in_plain_words_is_read(name: str, text: str, action: Action, status: str) -> None:
    raw = f"Return-Path: <>\nFrom: MAILER-DAEMON@b.example\nTo: tsbdir@example.org\n\n{text}"
    raw += f"\nMessage-ID: {OWN_ID}\n"
    (report,) = delivery_reports(open_message(mail(raw)))
    assert report.recipient == "post@c.example"
    assert (report.action, report.status) == (action, status)
    assert report.original_message_id == OWN_ID


def test_the_failed_recipients_field_is_read() -> None:
    raw = b"X-Failed-Recipients: a@c.example, b@c.example\nFrom: x@b.example\n\nIt failed: 550.\n"
    assert [each.recipient for each in delivery_reports(open_message(raw))] == [
        "a@c.example",
        "b@c.example",
    ]


@pytest.mark.parametrize(
    "enclosed",
    [
        pytest.param(ENCLOSED, id="the message"),
        pytest.param(
            f"Content-Type: text/rfc822-headers\n\nFrom: a@b\nMessage-ID: {OWN_ID}\n",
            id="its header",
        ),
        pytest.param(
            f"Content-Type: text/plain; name=x.txt\n\nMessage-Id: {OWN_ID}\n", id="in a text"
        ),
    ],
)
def test_the_letter_is_known_by_what_the_bounce_encloses(enclosed: str) -> None:
    raw = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@b.example\n"
        "Content-Type: multipart/mixed; boundary=m\n\n"
        f"--m\n\n<post@c.example>: 550 unknown\n--m\n{enclosed}\n--m--\n"
    )
    (report,) = delivery_reports(open_message(mail(raw)))
    assert report.original_message_id == OWN_ID


def test_a_letter_that_lists_addresses_is_no_bounce() -> None:
    raw = b"From: a@b.example\nSubject: Contacts\n\npost@c.example: our new focal point\n"
    assert delivery_reports(open_message(raw)) == ()


def test_a_forwarded_report_is_about_other_letters() -> None:
    raw = mail("From: a@b.example\nContent-Type: message/rfc822\n\n" + POSTFIX)
    assert delivery_reports(open_message(raw)) == ()


@pytest.mark.parametrize(
    ("words", "action"),
    [
        pytest.param(
            "Undeliverable Address: {}\nReason: no such user\nOriginal message attached",
            Action.FAILED,
            id="the address behind a label",
        ),
        pytest.param(
            "Message could not be delivered to some recipients.\nRecipient: [SMTP:{}]\n"
            "Message headers follow",
            Action.FAILED,
            id="in brackets, with its protocol",
        ),
        pytest.param(
            "--> Error description:\nError-for:  {}\nError-Code: 4\nError-End: 1 error reported.",
            Action.FAILED,
            id="as a list for programs",
        ),
        pytest.param(
            'This is an advisory-only email.\nThe mail to "{}"\nhas been postponed.',
            Action.DELAYED,
            id="a warning",
        ),
    ],
)
def test_odd_systems_are_understood_by_words_of_their_own(words: str, action: Action) -> None:
    text = words.format("post@c.example")
    raw = f"Return-Path: <>\nFrom: MAILER-DAEMON@b.example\nTo: tsbdir@example.org\n\n{text}\n"
    (report,) = delivery_reports(open_message(mail(raw)))
    assert (report.recipient, report.action) == ("post@c.example", action)
    # A person who quotes them reports nothing.
    assert delivery_reports(open_message(mail(f"From: a@b.example\n\n{text}\n"))) == ()
