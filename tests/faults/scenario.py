"""The mailbox that every life works on: few messages, and of each kind that could go wrong twice."""

import datetime as dt
from dataclasses import dataclass
from email.utils import format_datetime

from bot.circulars.shipped import shipped_circulars
from bot.consultation.circular import Circular
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import Attachment, make_message
from bot.demo.other_mail import bounce_of
from bot.demo.sample_message import Desk as SampleDesk
from bot.demo.sample_message import SampleMessage
from bot.mail.own_mark import message_id_for

#: The shipped circular that is consulted on.
CIRCULAR: Circular = shipped_circulars()[-1]
#: 9 o'clock in Geneva of the thirtieth day before the deadline's: the first reminders go.
FIRST = dt.datetime(2026, 3, 31, 7, 0, tzinfo=dt.UTC)
#: Half past eleven there of the fourteenth: the next reminders and a digest are due.
MOMENT = dt.datetime(2026, 4, 16, 9, 30, tzinfo=dt.UTC)
#: Whose focal point's mailbox is gone.
GONE = "MNG"
#: Whom a letter that bounced there goes to next.
NEXT_CONTACT = f"office@{ADMINISTRATIONS[GONE].domain}"
#: A second registered address, which changes what the focal point said.
OTHER_SENDER = f"licensing@{ADMINISTRATIONS['FRA'].domain}"
SECRETARIAT = "secretariat@itu.example"

_STATES = ("BRA", "CHE", "FRA", "KAZ", "MEX", GONE, "PER", "ZAF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A message in the mailbox.

    Attributes:
        name: what it is.
        raw: its bytes.
        received_at: its INTERNALDATE.
    """

    name: str
    raw: bytes
    received_at: dt.datetime


def register() -> str:
    """A small one, as CSV."""
    lines = ["iso3,name,language,region,email,role,focal_point,domain"]
    for state in _STATES:
        there = ADMINISTRATIONS[state]
        lines.append(
            f"{state},,{there.language},,{there.focal_point},Focal point,yes,{there.domain}"
        )
    lines.append(f"FRA,,fr,,{OTHER_SENDER},Licensing,no,")
    lines.append(f"{GONE},,en,,{NEXT_CONTACT},Office,no,")
    return "\n".join([*lines, ""])


def messages() -> list[Lying]:
    """In the order in which they came."""
    desk = SampleDesk(circular=CIRCULAR)
    begin = MOMENT - dt.timedelta(days=2)
    times = (begin + dt.timedelta(hours=number) for number in range(48))

    def reply(
        state: str, letters: str, name: str, *, sender: str = "", with_id: bool = True
    ) -> Lying:
        at = next(times)
        form = Attachment(filename="Annex 2.docx", data=desk.word(state, letters))
        made = desk.mail(state, "", at, [form], name=name, sender=sender, with_id=with_id)
        return _lying(made, name)

    first = reply("CHE", "NNNNNNNNNN", "a reply")
    twice = reply("FRA", "NNNNNNNNNN", "a reply that was delivered twice")
    same_id = reply("MEX", "NNNDDNNNNN", "a reply")
    other = _lying(
        desk.mail(
            "KAZ",
            "",
            next(times),
            [Attachment(filename="Annex 2.docx", data=desk.word("KAZ", "NNNNNNNNNN"))],
            # Its Message-ID is that of another message, with other content.
            name=same_id.name,
            sender=ADMINISTRATIONS["KAZ"].focal_point,
        ),
        "another reply under the same Message-ID",
    )
    other = Lying(
        name=other.name,
        raw=other.raw.replace(_message_id(other.raw), _message_id(same_id.raw)),
        received_at=other.received_at,
    )
    return [
        _bounce(next(times)),
        first,
        twice,
        same_id,
        other,
        Lying(name="the same bytes again", raw=twice.raw, received_at=next(times)),
        _newsletter(next(times)),
        reply("BRA", "DDDDDDDDDD", "a reply without a Message-ID", with_id=False),
        reply("ZAF", "NNNXYNNNNN", "a reply that contradicts itself"),
        _absence(next(times)),
        reply("CHE", "NNNNNDDDDD", "a correction by the same sender"),
        reply("FRA", "DDDDDDDDDD", "a change by another sender", sender=OTHER_SENDER),
    ]


def _lying(message: SampleMessage, name: str) -> Lying:
    return Lying(name=name, raw=message.raw, received_at=message.received_at)


def _message_id(raw: bytes) -> bytes:
    (line,) = [
        each for each in raw.split(b"\r\n\r\n")[0].split(b"\r\n") if each[:11] == b"Message-ID:"
    ]
    return line


def _bounce(at: dt.datetime) -> Lying:
    """The report on the first reminder to the address that is gone."""
    address = ADMINISTRATIONS[GONE].focal_point
    key = f"reminder/{CIRCULAR.number}/{GONE}/30/{address}"
    header_id = message_id_for(key, CIRCULAR.reply_address.rpartition("@")[2])
    made = bounce_of(header_id, recipient=address, received_at=at, circular=CIRCULAR)
    return _lying(made, "a bounce of our reminder")


def _newsletter(at: dt.datetime) -> Lying:
    raw = make_message(
        sender="news@weekly.example",
        subject="This week",
        text="Nothing about a circular.",
        received=at,
        recipient=CIRCULAR.reply_address,
        message_id="<this.week@weekly.example>",
        headers=(("List-Id", "<weekly.example>"),),
    )
    return Lying(name="a newsletter", raw=raw, received_at=at)


def _absence(at: dt.datetime) -> Lying:
    """A note of absence that answers our reminder."""
    there = ADMINISTRATIONS["PER"]
    key = f"reminder/{CIRCULAR.number}/PER/30/{there.focal_point}"
    reminder = message_id_for(key, CIRCULAR.reply_address.rpartition("@")[2])
    raw = make_message(
        sender=there.focal_point,
        subject="Automatic reply: Reminder",
        text=f"I am out of the office until {format_datetime(at)}.",
        received=at,
        recipient=CIRCULAR.reply_address,
        message_id=f"<absence.{CIRCULAR.number}@{there.domain}>",
        in_reply_to=reminder,
        headers=(("Auto-Submitted", "auto-replied"),),
    )
    return Lying(name="a note of absence", raw=raw, received_at=at)
