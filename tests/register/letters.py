"""Letters as returned forms have them, for the tests of this folder."""

import datetime as dt

from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.demo.form_letter import FormLetter, make_letter

CIRCULAR = Circular(
    number=106,
    study_group=20,
    study_group_title="Internet of things",
    date=dt.date(2026, 2, 13),
    deadline=dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC),
    meeting=Meeting(place="Geneva", first_day=dt.date(2026, 5, 12), last_day=dt.date(2026, 5, 21)),
    reply_address="tsbdir@itu.int",
    contact_address="tsbsg20@itu.int",
    texts=tuple(
        DraftText(designation=name, former_name=None, revision=Revision.REVISED, title="")
        for name in ("Y.4241", "Y.4420", "Y.4512")
    ),
)


def letter_of(administration: str | None, language: str = "en", **details: str) -> str:
    """The text round the table of a form; None leaves its placeholders."""
    return words_of(
        make_letter(CIRCULAR, {}, language=language, administration=administration, **details)
    )


def words_of(letter: FormLetter) -> str:
    wording = letter.wording
    return "\n".join(
        (
            *letter.subject,
            wording.to,
            *wording.director,
            wording.from_,
            *letter.sender,
            wording.fax,
            f"{wording.email} {letter.reply_address}",
            f"{wording.email} {letter.sender_email}",
            f"{wording.date} {letter.place_date}",
            wording.salutation,
            letter.opening,
            letter.remarks or "",
            wording.closing,
            *letter.signature,
        )
    )
