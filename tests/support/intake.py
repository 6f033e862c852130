"""What the tests of deciding say: circulars, readings of forms, messages and a register, in a few words.

A form's rows are written as letters, one a text: N assigns without comments, C with comments
attached, A without saying which, D does not assign, - nothing ticked, X boxes that exclude each
other, ? a doubtful mark, . not in the form.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence

from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.consultation.opinion import TextOpinion
from bot.consultation.record import OpinionRecord, Standing
from bot.demo.contacts import register_csv
from bot.intake.considering import Considered, OwnLetter, Situation, consider
from bot.intake.decision import decide
from bot.intake.effects import Acknowledge, Outcome, RecordReply
from bot.intake.part_reading import PartReading
from bot.mail.message import Address, AttachedMessage, Message, Part
from bot.register.contacts_csv import parse_contacts
from bot.register.member_state import Contact, Iso3
from bot.register.register import Register
from parsers.reading import Box, BoxRole, Doubt, Format, FormReading, Mark, RowReading

TEXTS = ("Y.4241", "Y.4242", "Y.4420")
RECEIVED = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
DEADLINE = dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC)
SERVER = "mx.example.org"
OURS = "tsbdir@itu.example"
SWISS, OTHER_SWISS = "regulation@telecom-ch.example", "deputy@telecom-ch.example"
ENTITY = "standards@telecom-laboratories.example"
STRANGER = "office@unknown.example"

_TICKED = {
    "N": {BoxRole.ASSIGNS, BoxRole.NO_COMMENTS},
    "C": {BoxRole.ASSIGNS, BoxRole.COMMENTS_ATTACHED},
    "A": {BoxRole.ASSIGNS},
    "D": {BoxRole.DOES_NOT_ASSIGN},
    "X": {BoxRole.ASSIGNS, BoxRole.DOES_NOT_ASSIGN},
    "-": set[BoxRole](),
    "?": {BoxRole.ASSIGNS},
}


def circular(
    number: int = 106,
    texts: Sequence[str] = TEXTS,
    former: Sequence[str | None] = ("Y.dt-SComCam",),
) -> Circular:
    """A circular with these texts; `former` are the working names of the first of them."""
    names = [*former, *([None] * len(texts))]
    return Circular(
        number=number,
        study_group=20,
        study_group_title="Internet of things",
        date=dt.date(2026, 2, 13),
        deadline=DEADLINE,
        meeting=Meeting(
            place="Geneva", first_day=dt.date(2026, 5, 12), last_day=dt.date(2026, 5, 21)
        ),
        reply_address=OURS,
        contact_address=None,
        texts=tuple(
            DraftText(designation=text, former_name=name, revision=Revision.NEW, title="")
            for text, name in zip(texts, names, strict=False)
        ),
    )


CIRCULAR = circular()
OTHER = circular(107, ("X.1060", "X.1254"), (None,))


def register(*lines: Contact) -> Register:
    """The sample's register and these lines more."""
    return Register(contacts=(*parse_contacts(register_csv()), *lines))


REGISTER = register()


def contact(iso3: str | None, email: str, domain: str | None = None) -> Contact:
    """A line of the register."""
    return Contact(
        iso3=Iso3(iso3) if iso3 else None,
        name="",
        email=email,
        role="",
        focal_point=False,
        domain=domain,
    )


def row(letter: str, text: str = "Y.4241", *, former_name: str | None = None) -> RowReading:
    """One row of a form."""
    doubts = (Doubt.AMBIGUOUS_MARK,) if letter == "?" else ()
    return RowReading(
        designation=text,
        former_name=former_name,
        boxes=tuple((role, _box(role in _TICKED[letter], doubts)) for role in BoxRole),
        doubts=doubts,
    )


def _box(ticked: bool, doubts: tuple[Doubt, ...]) -> Box:
    mark = Mark.DOUBTFUL if ticked and doubts else Mark.MARKED if ticked else Mark.EMPTY
    return Box(mark=mark, kind="legacy-field", how="w:checked", doubts=doubts if ticked else ())


def reading(
    rows: str = "NNN",
    *,
    texts: Sequence[str] = TEXTS,
    number: int | None = 106,
    numbers: Sequence[int] | None = None,
    language: str | None = "en",
    letter: str = "",
    remarks: str = "",
    doubts: tuple[Doubt, ...] = (),
    format: Format = Format.DOCX,  # noqa: A002 - as the reading calls it
) -> FormReading:
    """What a reader says of a form."""
    found = tuple(row(each, text) for each, text in zip(rows, texts, strict=False) if each != ".")
    return FormReading(
        format=format,
        circular_number=number,
        circular_numbers=tuple(numbers if numbers is not None else [number] if number else []),
        language=language,
        rows=found,
        boxes=tuple(box for each in found for _, box in each.boxes),
        letter=letter,
        remarks=remarks,
        doubts=doubts,
    )


def document(letter: str = "", *, kind: Format = Format.DOCX) -> FormReading:
    """A file that was read and is no form."""
    return FormReading(format=kind, letter=letter, doubts=(Doubt.NO_FORM,))


def unread(doubt: Doubt = Doubt.SCAN, kind: Format = Format.PDF) -> FormReading:
    """A file that nobody has read."""
    return FormReading(format=kind, doubts=(doubt,), error="a person has to read it")


def part(
    said: FormReading,
    path: str = "2",
    *,
    filename: str | None = "Annex 2.docx",
    content_type: str = "application/octet-stream",
    size: int = 400_000,
    body: bool = False,
    inline: bool = False,
) -> PartReading:
    """A leaf of a message with its reading."""
    return PartReading(
        path=path,
        filename=filename,
        content_type=content_type,
        size=size,
        sha256=hashlib.sha256(f"{path}{said}".encode()).hexdigest(),
        body=body,
        inline=inline,
        reading=said,
    )


def form(rows: str = "NNN", path: str = "2", **details: object) -> PartReading:
    """A form as an attachment."""
    return part(reading(rows, **details), path)  # type: ignore[arg-type]


def message(
    text: str = "Please find attached our reply.",
    *,
    sender: str = SWISS,
    subject: str = "Reply to TSB Circular 106",
    vouched: bool = True,
    in_reply_to: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
    flaws: tuple[str, ...] = (),
    attached: Sequence[AttachedMessage] = (),
    files: Sequence[str] = ("2",),
    date: dt.datetime | None = RECEIVED,
) -> Message:
    """A message as opened.

    Args:
        text, sender, subject, in_reply_to, headers, flaws, attached, date: of it.
        vouched: whether our server says dmarc=pass of it.
        files: paths of its documents.
    """
    said = (
        f"{SERVER}; dmarc={'pass' if vouched else 'fail'} header.from={sender.rpartition('@')[2]}"
    )
    return Message(
        message_id="<one@mail.example>",
        from_=(Address(name="", email=sender),) if sender else (),
        sender=None,
        reply_to=(),
        to=(Address(name="", email=OURS),),
        cc=(),
        subject=subject,
        date=date,
        in_reply_to=(in_reply_to,) if in_reply_to else (),
        references=(),
        headers=(("authentication-results", said), ("from", sender), *headers),
        text=text,
        parts=tuple(
            Part(
                path=path,
                content_type="application/octet-stream",
                filename="Annex 2.docx",
                data=b"form",
            )
            for path in files
        ),
        flaws=flaws,
        attached=tuple(attached),
    )


def enclosed(path: str, sender: str, date: str) -> AttachedMessage:
    """A message within another one."""
    return AttachedMessage(path=path, headers=(("from", sender), ("date", date)))


def situation(
    *circulars: Circular,
    own_letters: dict[str, OwnLetter] | None = None,
    require_authenticity: bool = True,
    contacts: Register = REGISTER,
) -> Situation:
    """What the worker knows; by default one circular."""
    return Situation(
        circulars=circulars or (CIRCULAR,),
        register=contacts,
        own_letters=own_letters or {},
        own_addresses=frozenset({OURS}),
        authserv_id=SERVER,
        require_authenticity=require_authenticity,
    )


def considered(
    what: Message,
    *parts: PartReading,
    received_at: dt.datetime = RECEIVED,
    known: Situation | None = None,
) -> Considered:
    """A message understood."""
    return consider(what, parts, received_at, known or situation())


def decided(
    what: Message,
    *parts: PartReading,
    received_at: dt.datetime = RECEIVED,
    known: Situation | None = None,
    records: Sequence[OpinionRecord] = (),
    senders: dict[int, str] | None = None,
) -> Outcome:
    """What a message comes to."""
    known = known or situation()
    return decide(
        considered(what, *parts, received_at=received_at, known=known),
        records,
        senders or {},
        known.register,
    )


def record(
    opinion: TextOpinion, *, reply: int = 1, state: str = "CHE", received_at: dt.datetime
) -> OpinionRecord:
    """A line of the record that counts."""
    return OpinionRecord(
        seq=reply,
        recorded_at=received_at,
        reply=reply,
        circular=106,
        state=state,
        received_at=received_at,
        opinion=opinion,
        standing=Standing.COUNTED,
    )


def replies(outcome: Outcome) -> list[RecordReply]:
    """The replies that are to be recorded."""
    return [each for each in outcome.effects if isinstance(each, RecordReply)]


def reply(outcome: Outcome) -> RecordReply:
    """The only reply that is to be recorded."""
    (found,) = replies(outcome)
    return found


def answers(outcome: Outcome) -> list[Acknowledge]:
    """The acknowledgements that are to go out."""
    return [each for each in outcome.effects if isinstance(each, Acknowledge)]


def standings(outcome: Outcome) -> dict[str, Standing]:
    """Designation -> what its row is worth, of the only reply."""
    return {opinion.text: standing for opinion, standing in reply(outcome).rows}


def letters_of(rows: Sequence[TextOpinion]) -> str:
    """Rows as the letters in which forms are written; "?" for every row that waits."""
    shown = {
        ("assigns", "none"): "N",
        ("assigns", "attached"): "C",
        ("assigns", None): "A",
        ("does_not_assign", None): "D",
    }
    return "".join(
        "?"
        if each.status.value == "ambiguous"
        else "-"
        if each.opinion is None
        else shown[each.opinion.value, each.comments.value if each.comments else None]
        for each in rows
    )
