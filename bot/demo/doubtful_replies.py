"""The sample's replies that wait for a person, or are recorded without being counted."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from bot.consultation.circular import DraftText, Revision
from bot.demo.contacts import ADMINISTRATIONS, SECOND_CONTACT, SECTOR_MEMBER
from bot.demo.form_letter import Answer
from bot.demo.messages import PDF_TYPE, Attachment, Authentication, make_message
from bot.demo.sample_message import Desk, Expected, SampleMessage
from bot.demo.scanned_forms import make_scanned_form
from bot.demo.word_forms import make_word_form

_ALL = "NNNNNNNNNN"


def doubtful_replies(desk: Desk) -> Iterator[SampleMessage]:
    """What is never counted in silence."""
    yield from _of_doubtful_sender(desk)
    yield from _of_doubtful_form(desk)
    yield from _without_a_form(desk)
    yield from _not_counted(desk)


def _form(data: bytes, filename: str = "Annex 2.docx") -> Attachment:
    return Attachment(filename=filename, data=data)


def _of_doubtful_sender(desk: Desk) -> Iterator[SampleMessage]:
    first = desk.designation(0)
    yield desk.mail(
        "IND",
        "another address of the same State changes an opinion",
        desk.before(days=15, hours=9),
        [_form(desk.word("IND", "DNNNNNNNNN", rows=[first]))],
        expected=Expected.REVIEW,
        name="IND-change",
        sender=SECOND_CONTACT,
        text=f"Reasons for {first}: under study in our laboratory.",
    )
    yield desk.mail(
        "PER",
        "an address that nobody registered names its Administration in the form",
        desk.before(days=14, hours=2),
        [_form(desk.word("PER", _ALL))],
        expected=Expected.REVIEW,
        sender="secretaria@ministry-of-transport.example",
    )
    yield desk.mail(
        "SAU",
        "a registered address that our server does not vouch for (DMARC fails)",
        desk.before(days=16, hours=7),
        [_form(desk.word("SAU", "DDDDDDDDDD"))],
        expected=Expected.REVIEW,
        authentication=Authentication.FAIL,
    )
    yield desk.mail(
        "GBR",
        "a domain that looks like a registered one, one letter off",
        desk.before(days=16, hours=4),
        [_form(desk.word("GBR", "DDDDDDDDDD"))],
        expected=Expected.REVIEW,
        name="GBR-lookalike",
        sender="regulation@telecom-qb.example",
    )


def _of_doubtful_form(desk: Desk) -> Iterator[SampleMessage]:
    yield desk.mail(
        "ZAF",
        "two rows contradict themselves, the others are clear",
        desk.before(days=13, hours=10),
        [_form(desk.word("ZAF", "NNNXYNNNNN"))],
        expected=Expected.PARTLY,
    )
    yield desk.mail(
        "IDN",
        "no box ticked: what does not apply is struck out",
        desk.before(days=12, hours=20),
        [_form(desk.word("IDN", "SSSSSSSSSS"))],
        expected=Expected.REVIEW,
    )
    yield desk.mail(
        "THA",
        "the form as it was issued, without a tick",
        desk.before(days=11, hours=23),
        [_form(desk.word("THA", "----------"))],
        expected=Expected.BLANK,
    )
    yield _other_circular(desk)
    whole = desk.word("POL", _ALL)
    yield desk.mail(
        "POL",
        "a Word file that broke off on its way",
        desk.before(days=10, hours=5),
        [_form(whole[: len(whole) // 2])],
        expected=Expected.REVIEW,
    )
    vietnam = ADMINISTRATIONS["VNM"]
    scan = make_scanned_form(
        desk.circular,
        desk.answers(_ALL),
        administration=vietnam.signs,
        signatory_title="Director of Regulation",
    )
    yield desk.mail(
        "VNM",
        "a scan ticked by pen: read, and confirmed by a person",
        desk.before(days=7, hours=22),
        [Attachment(filename="scan0001.pdf", data=scan, content_type=PDF_TYPE)],
        expected=Expected.REVIEW,
    )


def _other_circular(desk: Desk) -> SampleMessage:
    other = dataclasses.replace(
        desk.circular,
        number=desk.circular.number - 1,
        study_group=17,
        texts=tuple(
            DraftText(designation=name, former_name=None, revision=Revision.REVISED, title="")
            for name in ("X.1060", "X.1254")
        ),
    )
    form = make_word_form(
        other,
        {text.designation: Answer.DENY for text in other.texts},
        administration=ADMINISTRATIONS["SWE"].signs,
        signatory_title="Director of Regulation",
    )
    return desk.mail(
        "SWE",
        "the form of another circular",
        desk.before(days=10, hours=11),
        [_form(form)],
        expected=Expected.OTHER_CIRCULAR,
        subject=f"Member State response to TSB Circular {other.number}",
    )


def _without_a_form(desk: Desk) -> Iterator[SampleMessage]:
    number = desk.circular.number
    yield desk.mail(
        "PRT",
        "an opinion in the text of the message, and no form",
        desk.before(days=6, hours=14),
        [],
        expected=Expected.REVIEW,
        subject=f"Re: TSB Circular {number}",
        text="This Administration assigns authority for all texts, without comments.",
    )
    yield SampleMessage(
        name="BRA-question",
        raw=make_message(
            sender=ADMINISTRATIONS["BRA"].focal_point,
            subject=f"Question on TSB Circular {number}",
            text="Could you tell us whether the deadline is in UTC? Our reply will follow.",
            received=desk.before(days=18, hours=6),
            recipient=desk.circular.reply_address,
            message_id=desk.message_id("bra-question", ADMINISTRATIONS["BRA"].focal_point),
        ),
        received_at=desk.before(days=18, hours=6),
        about="a question on the circular: a person answers it",
        expected=Expected.REVIEW,
        state="BRA",
    )


def _not_counted(desk: Desk) -> Iterator[SampleMessage]:
    yield desk.mail(
        "LKA",
        "nine hours after the deadline",
        desk.circular.deadline + dt.timedelta(hours=9),
        [_form(desk.word("LKA", _ALL))],
        expected=Expected.LATE,
    )
    yield desk.mail(
        "PSE",
        "the State of Palestine (Res. 99): on a line of its own",
        desk.before(days=22, hours=13),
        [_form(desk.word("PSE", _ALL))],
        expected=Expected.OBSERVER,
    )
    received = desk.before(days=30, hours=15)
    yield SampleMessage(
        name="sector-member",
        raw=make_message(
            sender=SECTOR_MEMBER,
            subject=f"Response to TSB Circular {desk.circular.number}",
            text="Please find attached the view of our company.",
            received=received,
            recipient=desk.circular.reply_address,
            message_id=desk.message_id("sector-member", SECTOR_MEMBER),
            attachments=[
                _form(
                    make_word_form(
                        desk.circular,
                        desk.answers(_ALL),
                        administration="Telecom Laboratories",
                        signatory_title="Head of Standards",
                    )
                )
            ],
        ),
        received_at=received,
        about="a Sector Member, which is copied for information",
        expected=Expected.NOT_COUNTED,
    )
