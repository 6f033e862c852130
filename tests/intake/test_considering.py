"""What a message is and which circular it means, before the record is asked."""

import datetime as dt

import pytest

from bot.intake.considering import OwnLetter
from bot.intake.effects import Kind, NoteAbsence, NoteBounce, Then
from bot.intake.part_reading import PartReading
from bot.mail.message import Message
from bot.mail.opening import open_message
from parsers.reading import Format
from tests.support.intake import (
    CIRCULAR,
    DEADLINE,
    ENTITY,
    OURS,
    STRANGER,
    circular,
    considered,
    decided,
    document,
    enclosed,
    form,
    letters_of,
    message,
    part,
    reply,
    situation,
    unread,
)

OUR_LETTER = "<reminder.106@tsbbot.itu.example>"
KNOWN = situation(own_letters={OUR_LETTER: OwnLetter(circular=106, state="CHE")})


def bounce_of(letter: str, *, status: str = "5.1.1", action: str = "failed") -> Message:
    return open_message(
        (
            "Return-Path: <>\r\n"
            "From: MAILER-DAEMON@mx.example.org\r\n"
            f"To: {OURS}\r\n"
            "Subject: Undelivered Mail\r\n"
            "Auto-Submitted: auto-replied\r\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: text/plain\r\n\r\nNot delivered.\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.example.org\r\n\r\n"
            "Final-Recipient: rfc822; nobody@telecom-ch.example\r\n"
            f"Action: {action}\r\nStatus: {status}\r\n"
            "Diagnostic-Code: smtp; 550 no such user\r\n"
            f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter}\r\n"
            "--b--\r\n"
        ).encode()
    )


@pytest.mark.parametrize(
    ("status", "permanent"),
    [pytest.param("5.1.1", True, id="for good"), pytest.param("4.4.7", False, id="for now")],
)
def test_a_bounce_of_ours_names_the_letter(status: str, permanent: bool) -> None:
    outcome = decided(bounce_of(OUR_LETTER, status=status), known=KNOWN)
    assert (outcome.kind, outcome.then) == (Kind.BOUNCE, Then.SETTLED)
    assert outcome.effects == (
        NoteBounce(
            letter=OUR_LETTER,
            recipient="nobody@telecom-ch.example",
            diagnostic="550 no such user",
            permanent=permanent,
        ),
    )


def test_a_bounce_of_somebody_elses_letter_names_none() -> None:
    (noted,) = decided(bounce_of("<foreign@mail.example>"), known=KNOWN).effects
    assert isinstance(noted, NoteBounce)
    assert noted.letter is None


def test_a_delay_is_settled_whatever_it_encloses() -> None:
    outcome = decided(
        bounce_of(OUR_LETTER, action="delayed", status="4.4.1"),
        part(unread(kind=Format.PNG), "3/2"),
        known=KNOWN,
    )
    assert (outcome.kind, outcome.then, outcome.effects) == (Kind.AUTOMATIC, Then.SETTLED, ())


AWAY = [("auto-submitted", "auto-replied"), ("x-autoreply", "yes")]
AUTOMATIC = [
    pytest.param(
        message("Away.", headers=AWAY, files=()), (), Kind.ABSENCE, Then.SETTLED, id="absence"
    ),
    pytest.param(
        message("Away.", subject="Out of office", files=()),
        (),
        Kind.ABSENCE,
        Then.SETTLED,
        id="absence by its subject alone",
    ),
    pytest.param(
        message("Away.", subject="Out of office"),
        (part(unread()),),
        Kind.REPLY,
        Then.HELD,
        id="absence by its subject, with a scan",
    ),
    pytest.param(
        message("", headers=AWAY), (form(),), Kind.REPLY, Then.HELD, id="a machine sends a form"
    ),
    pytest.param(
        message("", headers=[("auto-submitted", "auto-replied")], files=()),
        (),
        Kind.AUTOMATIC,
        Then.SETTLED,
        id="a machine without a form",
    ),
    pytest.param(
        message("", headers=[("list-id", "<l.example>")], files=()),
        (),
        Kind.REPLY,
        Then.HELD,
        id="a person through a list",
    ),
    pytest.param(
        message("", headers=[("x-tsb-letter", "reminder")], sender=OURS, files=()),
        (),
        Kind.OWN,
        Then.IGNORED,
        id="our own letter",
    ),
    pytest.param(
        message("Our reply.", headers=[("x-tsb-letter", "reminder")]),
        (part(unread()),),
        Kind.REPLY,
        Then.HELD,
        id="our own letter sent on with a scan",
    ),
]


@pytest.mark.parametrize(("what", "parts", "kind", "then"), AUTOMATIC)
def test_automatic_mail_is_settled_unless_it_may_hold_a_reply(
    what: Message, parts: tuple[PartReading, ...], kind: Kind, then: Then
) -> None:
    outcome = decided(what, *parts)
    assert (outcome.kind, outcome.then) == (kind, then)


def test_an_absence_is_noted() -> None:
    (noted,) = decided(message("Away.", headers=AWAY, subject="Away", files=())).effects
    assert noted == NoteAbsence(sender="regulation@telecom-ch.example", subject="Away")


FORMLESS = [
    pytest.param(message("When?", files=()), (), Kind.REPLY, id="a registered sender asks"),
    pytest.param(
        message("When?", sender=STRANGER, files=()), (), Kind.CORRESPONDENCE, id="a stranger asks"
    ),
    pytest.param(
        message("Peru assigns authority for all texts.", sender=STRANGER, files=()),
        (),
        Kind.REPLY,
        id="a stranger gives an opinion",
    ),
    pytest.param(
        message("We assign authority.", sender=ENTITY, files=()),
        (),
        Kind.CORRESPONDENCE,
        id="one that is not asked gives an opinion",
    ),
    pytest.param(
        message(subject="TSB Circular 99", files=()), (), Kind.CORRESPONDENCE, id="of another one"
    ),
    pytest.param(
        message(subject="TSB Circular 99"),
        (form("D", number=99),),
        Kind.OTHER_CIRCULAR,
        id="the form of another one",
    ),
    pytest.param(
        message(), (part(document("a letter")),), Kind.REPLY, id="a letter instead of the form"
    ),
    pytest.param(message(), (part(unread()),), Kind.REPLY, id="a scan"),
]


@pytest.mark.parametrize(("what", "parts", "kind"), FORMLESS)
def test_what_has_no_form_of_ours_waits(
    what: Message, parts: tuple[PartReading, ...], kind: Kind
) -> None:
    outcome = decided(what, *parts)
    assert (outcome.kind, outcome.then) == (kind, Then.HELD)
    if kind is Kind.REPLY:
        assert letters_of([each for each, _ in reply(outcome).rows]) == "???"
    assert outcome.reasons


CLOSED = dt.timedelta(days=40)
NEXT = circular(107, ("X.1060", "X.1254"), (None,))
MEANT = [
    pytest.param(message("", subject="TSB Circular 107"), (), 107, id="the subject's number"),
    pytest.param(message("On Circular 107", subject="Reply"), (), 107, id="the text's number"),
    pytest.param(
        message("", subject="TSB Circular 107: not 106"), (), 107, id="the first of several numbers"
    ),
    pytest.param(message("", subject="TSB Circular 99"), (), None, id="a number of none"),
    pytest.param(
        message("", subject="Re:", in_reply_to=OUR_LETTER), (), 106, id="our letter's circular"
    ),
    pytest.param(message("On X.1060", subject="Reply"), (), 107, id="a text in words"),
    pytest.param(message("On Y.dt-SComCam", subject="Reply"), (), 106, id="a former name"),
    pytest.param(
        message("", subject="Reply"),
        (part(document("On X.1254"), "3"),),
        107,
        id="a text in a document",
    ),
    pytest.param(message("", subject="Reply"), (), None, id="nothing"),
    pytest.param(message("Y.4241, X.1060", subject="Reply"), (), None, id="texts of both"),
]


@pytest.mark.parametrize(("what", "files", "number"), MEANT)
def test_of_several_circulars_a_scan_means_the_one_that_the_message_speaks_of(
    what: Message, files: tuple[PartReading, ...], number: int | None
) -> None:
    known = situation(CIRCULAR, NEXT, own_letters=KNOWN.own_letters)
    outcome = decided(what, part(unread()), *files, known=known)
    if number is None:
        assert (outcome.kind, outcome.reasons) == (Kind.CORRESPONDENCE, ("circular-not-known",))
    else:
        assert reply(outcome).circular == number


def test_of_several_circulars_a_scan_means_the_only_one_that_is_open() -> None:
    closed = circular(105, ("X.1060",), (None,))
    closed = type(closed)(
        **{
            **{name: getattr(closed, name) for name in closed.__slots__},
            "deadline": DEADLINE - CLOSED,
        }
    )
    known = situation(CIRCULAR, closed)
    assert reply(decided(message("", subject="Fax"), part(unread()), known=known)).circular == 106


EARLIER, LATER = "Wed, 01 Apr 2026 09:00:00 +0000", "Wed, 01 Apr 2026 19:00:00 +0000"
SWISS = "regulation@telecom-ch.example"
ENCLOSED = [
    pytest.param(
        "NNN", "DDD", (SWISS, EARLIER), "NNN", (), id="his own earlier one beside his new"
    ),
    pytest.param(
        "NNN", "DDD", (SWISS, LATER), "???", ("forms-differ",), id="one that is not earlier"
    ),
    pytest.param("NNN", "DDD", (SWISS, ""), "???", ("forms-differ",), id="one without a date"),
    pytest.param(
        "NN.", "DDD", (SWISS, EARLIER), "NN?", ("forms-differ",), id="the earlier one says more"
    ),
    pytest.param("NNN", "NNN", (SWISS, LATER), "NNN", (), id="the same form forwarded"),
    pytest.param("...", "DDD", (SWISS, EARLIER), "DDD", (), id="only an own earlier one"),
    pytest.param("---", "DDD", (SWISS, EARLIER), "DDD", (), id="a blank one and an earlier one"),
    pytest.param(
        "...",
        "DDD",
        ("desk@telecom-fr.example", EARLIER),
        "DDD",
        ("forwarded-form",),
        id="the form of another sender forwarded",
    ),
    pytest.param(
        "...", "DDD", ("desk@mail.telecom-ch.example", EARLIER), "DDD", (), id="of a colleague"
    ),
    pytest.param("NNN", "---", (OURS, EARLIER), "NNN", (), id="our circular enclosed"),
]


@pytest.mark.parametrize(("outer", "inner", "around", "rows", "reasons"), ENCLOSED)
def test_forms_in_enclosed_messages(
    outer: str, inner: str, around: tuple[str, str], rows: str, reasons: tuple[str, ...]
) -> None:
    what = message(attached=[enclosed("3", *around)])
    outcome = decided(what, form(outer), form(inner, "3/2"))
    assert letters_of([each for each, _ in reply(outcome).rows]) == rows
    assert outcome.reasons == reasons


def test_a_message_that_only_encloses_another_is_read() -> None:
    what = message("", subject="Fwd:", attached=[enclosed("2", SWISS, EARLIER)], files=())
    outcome = decided(what, form("NCD", "2/2"))
    assert letters_of([each for each, _ in reply(outcome).rows]) == "NCD"
    assert outcome.then is Then.SETTLED


FORWARDED = (
    b"From: regulation@telecom-ch.example\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n"
    b"--o\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
    b"--o\r\nContent-Type: message/rfc822\r\n\r\n"
    b"From: minister@telecom-ch.example\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
    b"--i\r\nContent-Type: text/plain\r\n\r\n%s\r\n"
    b"--i\r\nContent-Type: application/octet-stream; name=a.docx\r\n\r\nform\r\n"
    b"--i--\r\n--o--\r\n"
)


@pytest.mark.parametrize(
    ("words", "rows", "missing"),
    [
        pytest.param(b"Signed as agreed.", "DNN", ("Y.4241",), id="no reason"),
        pytest.param(b"Reasons for Y.4241: it overlaps with X.", "DNN", (), id="a reason"),
        pytest.param(b"We assign authority to Y.4241.", "?NN", (), id="the opposite"),
    ],
)
def test_the_words_of_the_message_that_encloses_the_form_are_heard(
    words: bytes, rows: str, missing: tuple[str, ...]
) -> None:
    opened = open_message(FORWARDED % words)
    assert [each.path for each in opened.parts] == ["1", "2/1", "2/2"]
    text = part(document(kind=Format.TEXT), "2/1", filename=None, content_type="text/plain")
    known = situation(require_authenticity=False)
    recorded = reply(decided(opened, text, form("DNN", "2/2"), known=known))
    assert letters_of([each for each, _ in recorded.rows]) == rows
    assert (recorded.files, recorded.reasons_missing) == ((), missing)


@pytest.mark.parametrize(
    "date", ["not a date", "Wed, 99 Apr 2026", "", "Mon, 01 Jan 0001 00:00:00 +2359", "9" * 500]
)
def test_a_date_that_cannot_be_read_is_no_earlier_one(date: str) -> None:
    what = message(attached=[enclosed("3", SWISS, date)])
    assert reply(decided(what, form("NNN"), form("DDD", "3/2"))).reasons in {
        ("forms-differ",),
        (),
    }


def test_without_the_need_of_authenticity_everybody_is_believed() -> None:
    known = situation(require_authenticity=False)
    assert considered(message(vouched=False), form(), known=known).authentic
    assert decided(message(vouched=False), form(), known=known).then is Then.SETTLED
