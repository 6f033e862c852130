"""Automatic mail: what machines write is told, and what people write is never taken for it."""

import base64

import pytest

from bot.mail.automatic import AutomaticKind, automatic
from bot.mail.opening import open_header, open_message
from bot.mail.own_mark import message_id_for
from tests.mail.written import mail

OWN_ID = message_id_for("reminder-1", "example.org")
FORM = "Content-Type: application/pdf; name=form.pdf\nContent-Transfer-Encoding: base64\n\n" + (
    base64.encodebytes(b"%PDF-1.7 form").decode()
)

DSN = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
Subject: {subject}
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r

About your message.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; post@administration.example
Action: {action}
Status: {status}
--r
Content-Type: text/rfc822-headers

From: tsbdir@example.org
Message-ID: <letter@example.org>
--r--
"""


def _dsn(action: str, status: str, subject: str = "Undelivered Mail Returned to Sender") -> str:
    return DSN.format(action=action, status=status, subject=subject)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        pytest.param(_dsn("failed", "5.1.1"), AutomaticKind.BOUNCE, id="not delivered"),
        pytest.param(_dsn("delayed", "4.4.1", "Delayed Mail"), AutomaticKind.DELAY, id="delayed"),
        pytest.param(_dsn("relayed", "2.0.0", "Success"), AutomaticKind.RECEIPT, id="relayed"),
        pytest.param(
            "From: MAILER-DAEMON@b.example\nSubject: failure notice\n\n"
            "Hi. This is the qmail-send program.\n\n<post@c.example>:\nno mailbox here\n",
            AutomaticKind.BOUNCE,
            id="qmail",
        ),
        pytest.param(
            "From: x@b.example\nSubject: Read: Reminder\nContent-Type: multipart/report;"
            " report-type=disposition-notification; boundary=r\n\n--r\n\nRead.\n--r\n"
            "Content-Type: message/disposition-notification\n\n"
            "Final-Recipient: rfc822;x@b.example\nDisposition: manual-action/MDN-sent-manually;"
            " displayed\n--r--\n",
            AutomaticKind.RECEIPT,
            id="read receipt",
        ),
        pytest.param(
            "From: x@b.example\nSubject: Away\nAuto-Submitted: auto-replied (vacation)\n\nAway.\n",
            AutomaticKind.OTHER,
            id="RFC 3834",
        ),
        pytest.param(
            "From: x@b.example\nSubject: Automatic reply: Circular 106\n"
            "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n\nAway.\n",
            AutomaticKind.ABSENCE,
            id="Exchange",
        ),
        pytest.param(
            "From: x@b.example\nSubject: Hello\nX-Autoreply: yes\n\nAway.\n",
            AutomaticKind.ABSENCE,
            id="X-Autoreply",
        ),
        pytest.param(
            "From: x@b.example\nSubject: Out of office\nPrecedence: auto_reply\n\nAway.\n",
            AutomaticKind.ABSENCE,
            id="precedence and subject",
        ),
        pytest.param(
            "From: news@b.example\nSubject: News\nList-Id: <news.b.example>\n"
            "List-Unsubscribe: <mailto:leave@b.example>\nPrecedence: bulk\n\nNews.\n",
            AutomaticKind.LIST,
            id="a list",
        ),
        pytest.param(
            "From: x@b.example\nSubject: Accepted: Meeting\nContent-Type: text/calendar; "
            "method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
            AutomaticKind.OTHER,
            id="an invitation accepted",
        ),
        pytest.param(
            f"From: tsbdir@example.org\nMessage-ID: {OWN_ID}\nX-TSB-Letter: 1\n"
            "Auto-Submitted: auto-generated\nSubject: Reminder\n\nWords.\n",
            AutomaticKind.OWN,
            id="a letter of ours",
        ),
    ],
)
def test_what_a_machine_wrote_is_told_for_certain(raw: str, kind: AutomaticKind) -> None:
    found = automatic(open_message(mail(raw)), {"TSBdir@example.org"})
    assert found is not None
    assert (found.kind, found.certain) == (kind, True)
    assert found.evidence


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: TSB Circular 106",
        "Out of Office: TSB Circular 106",
        "Réponse automatique : Circulaire 106",
        "Respuesta automática: Circular 106",
        "Автоответ: Циркуляр 106",
        "自动答复: 第106号通函",
        "رد تلقائي: التعميم 106",
        "Automatische Antwort: TSB Circular 106",
        "Abwesenheitsnotiz",
    ],
)
def test_the_subject_of_an_absence_note_is_known_in_each_language(subject: str) -> None:
    bare = f"From: x@b.example\nSubject: {subject}\n"
    alone = automatic(open_message(mail(f"{bare}\nAway.\n")))
    assert alone is not None
    assert (alone.kind, alone.certain) == (AutomaticKind.ABSENCE, False)
    with_field = automatic(open_message(mail(f"{bare}X-Auto-Response-Suppress: OOF\n\nAway.\n")))
    assert with_field is not None
    assert (with_field.kind, with_field.certain) == (AutomaticKind.ABSENCE, True)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("Subject: Re: Reminder\n\nWe assign.\n", id="plain"),
        pytest.param(
            "Subject: Re: Reminder\nX-Auto-Response-Suppress: All\n\nWe assign.\n",
            id="X-Auto-Response-Suppress alone",
        ),
        pytest.param("Subject: x\nAuto-Submitted: no\n\nWe assign.\n", id="Auto-Submitted: no"),
        pytest.param("Subject: x\nPrecedence: normal\n\nWe assign.\n", id="normal precedence"),
        pytest.param(
            "Subject: RE: Automatic reply: Circular 106\n\nThank you for the note.\n",
            id="an answer to an absence note",
        ),
        pytest.param(
            "Subject: Re: Circular\n\n> Auto-Submitted: auto-replied\n> Precedence: bulk\n"
            "> I am out of the office\n> Final-Recipient: rfc822; a@b.example\n> Action: failed\n",
            id="quotes an automatic message",
        ),
        pytest.param(
            "Subject: Re: Circular\n\nOn 14 April the secretariat wrote:\n"
            "> This message was sent automatically. X-TSB-Letter: 1\n",
            id="quotes our reminder",
        ),
        pytest.param(
            f"Subject: Re: Reminder\nIn-Reply-To: {OWN_ID}\nReferences: {OWN_ID}\n\nWe assign.\n",
            id="answers our letter",
        ),
        pytest.param("Subject: I am on leave next week\n\nWe assign.\n", id="speaks of leave"),
        pytest.param(
            "Subject: Fwd: bounce\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nSee this.\n"
            "--m\nContent-Type: message/rfc822\n\n" + _dsn("failed", "5.1.1") + "--m--\n",
            id="forwards a bounce",
        ),
        pytest.param("", id="nothing at all"),
    ],
)
def test_what_a_person_wrote_is_never_taken_for_automatic(raw: str) -> None:
    own = {"tsbdir@example.org"}
    assert automatic(open_message(mail(f"From: a@b.example\n{raw}")), own) is None
    assert automatic(open_header(mail(f"From: a@b.example\n{raw}")), own) is None


def test_a_colleague_who_writes_from_our_address_is_a_person() -> None:
    message = open_message(b"From: tsbdir@example.org\nSubject: x\n\nWords.\n")
    assert automatic(message, {"tsbdir@example.org"}) is None


@pytest.mark.parametrize(
    "fields",
    [
        "Precedence: bulk",
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: auto-replied",
        "Return-Path: <>",
        "List-Id: <circulars.b.example>\nList-Unsubscribe: <mailto:a@b.example>",
        "X-Autoreply: yes",
        "Subject: Automatic reply: Circular 106\nX-Auto-Response-Suppress: All",
    ],
)
def test_a_form_from_an_odd_gateway_is_automatic_but_not_certain(fields: str) -> None:
    raw = (
        f"From: a@b.example\n{fields}\nContent-Type: multipart/mixed; boundary=m\n\n"
        f"--m\n\nSee attached.\n--m\n{FORM}\n--m--\n"
    )
    found = automatic(open_message(mail(raw)))
    assert found is not None
    assert not found.certain


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        pytest.param(
            "From: a@b.example\nPrecedence: bulk\n\nWe assign.\n", "other_automatic", id="bulk"
        ),
        pytest.param("From: no-reply@b.example\n\nWe assign.\n", "no_reply", id="no-reply"),
        pytest.param("From: Ne.Pas.Repondre@b.example\n\nWe assign.\n", "no_reply", id="ne pas"),
        pytest.param(
            "From: a@b.example\nReturn-Path: <>\n\nWe assign.\n", "other_automatic", id="path"
        ),
        pytest.param(
            "From: a@b.example\nList-Id: <x.b.example>\nPrecedence: list\n"
            "In-Reply-To: <letter@example.org>\n\nWe assign.\n",
            "list",
            id="an answer through a list",
        ),
        pytest.param(
            f"From: a@b.example\nMessage-ID: {OWN_ID}\n\nWords.\n", "own", id="our id only"
        ),
        pytest.param(
            "From: a@b.example\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n",
            "other_automatic",
            id="an invitation",
        ),
    ],
)
def test_one_sign_alone_is_not_certain(raw: str, kind: str) -> None:
    found = automatic(open_message(mail(raw)), {"tsbdir@example.org"})
    assert found is not None
    assert (found.kind.value, found.certain) == (kind, False)


def test_postmaster_may_be_a_person() -> None:
    assert automatic(open_message(b"From: postmaster@small.example\n\nWe assign.\n")) is None


def test_a_bounce_is_known_by_its_header_alone() -> None:
    found = automatic(open_header(mail(_dsn("failed", "5.1.1"))))
    assert found is not None
    assert (found.kind, found.certain) == (AutomaticKind.BOUNCE, True)
