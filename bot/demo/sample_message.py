"""One message of the sample mailbox, and the desk that writes such messages."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.consultation.circular import Circular
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.form_letter import Answer, date_line
from bot.demo.messages import Attachment, Authentication, make_message
from bot.demo.pdf_forms import PdfLayout, PdfMarking, make_pdf_form
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking


class Expected(Enum):
    """What is to become of a message of the sample."""

    COUNTED = "counted without a person"
    #: Rows that are clear count, the others wait.
    PARTLY = "counted but for rows that wait for a person"
    REVIEW = "waits for a person"
    BLANK = "a form without any tick: recorded, nothing counted"
    OTHER_CIRCULAR = "a form of another circular: no opinion of this one"
    LATE = "late: recorded, not counted"
    NOT_COUNTED = "from one who is copied for information"
    OBSERVER = "recorded on a line of its own"
    SEEN_ALREADY = "the same message again: nothing follows"
    AUTOMATIC = "automatic mail: noted, never answered"
    BOUNCE = "a letter of ours that was not delivered"
    LEFT_ALONE = "nothing to do with a consultation: left as it was"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMessage:
    """One message of the sample mailbox.

    Attributes:
        name: short and unique: "CHE", "NOR-correction".
        raw: its bytes.
        received_at: when our server took it (its INTERNALDATE), aware.
        about: what it shows, for people.
        expected: what is to become of it.
        state: ISO 3166-1 alpha-3 of the Member State that it is from or claims to be from; None
            where it is from none.
    """

    name: str
    raw: bytes
    received_at: dt.datetime
    about: str
    expected: Expected
    state: str | None = None


#: One letter a row, in the order of the circular's texts.
LETTERS: Mapping[str, Answer] = {
    "N": Answer.ASSIGN_NONE,
    "C": Answer.ASSIGN_ATTACHED,
    "A": Answer.ASSIGN_ONLY,
    "D": Answer.DENY,
    "-": Answer.BLANK,
    "X": Answer.BOTH,
    "Y": Answer.DENY_AND_OPTION,
    "S": Answer.STRUCK,
}

_TITLES: Mapping[str, str] = {
    "en": "Director of Regulation",
    "fr": "Directeur de la régulation",
    "es": "Director de Regulación",
    "ru": "Директор департамента регулирования",
    "ar": "مدير التنظيم",
    "zh": "监管司司长",
}
_SUBJECTS: Mapping[str, str] = {
    "en": "Member State response to TSB Circular {number}",
    "fr": "Réponse à la Circulaire TSB {number}",
    "es": "Respuesta a la Circular TSB {number}",
    "ru": "Ответ на Циркуляр {number} БСЭ",
    "ar": "رد على الرسالة المعممة {number} لمكتب تقييس الاتصالات",
    "zh": "对电信标准化局第{number}号通函的回复",
}
_COVERS: Mapping[str, str] = {
    "en": "Dear Sir/Madam,\n\nPlease find attached our response to TSB Circular {number}.",
    "fr": "Madame, Monsieur,\n\nVeuillez trouver ci-joint notre réponse à la Circulaire TSB "
    "{number}.",
    "es": "Muy Señora mía/Muy Señor mío:\n\nSe adjunta nuestra respuesta a la Circular TSB "
    "{number}.",
    "ru": "Уважаемая госпожа/уважаемый господин,\n\nНаправляем ответ на Циркуляр {number} БСЭ.",
    "ar": "تحية طيبة وبعد،\n\nتجدون طيه ردنا على الرسالة المعممة {number} لمكتب تقييس الاتصالات.",
    "zh": "尊敬的先生/女士：\n\n随附我方对电信标准化局第{number}号通函的回复。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Writes forms and messages for one circular, each from its Administration in its language."""

    circular: Circular

    def designation(self, place: int) -> str:
        """The text in a place of the form, from 0; the last one for a circular that has fewer."""
        return self.circular.texts[min(place, len(self.circular.texts) - 1)].designation

    def answers(self, letters: str) -> dict[str, Answer]:
        """What a line of `LETTERS` says, text by text; a longer circular goes on with the last."""
        return {
            text.designation: LETTERS[letters[min(place, len(letters) - 1)]]
            for place, text in enumerate(self.circular.texts)
        }

    def before(self, *, days: float, hours: float = 0) -> dt.datetime:
        """So long before the deadline."""
        return self.circular.deadline - dt.timedelta(days=days, hours=hours)

    def word(
        self,
        state: str,
        letters: str,
        marking: WordMarking = WordMarking.LEGACY_CHECKED,
        layout: Layout = Layout.OFFICIAL,
        *,
        remarks: str | None = None,
        rows: Sequence[str] | None = None,
    ) -> bytes:
        """A Word form of that Administration."""
        from_ = ADMINISTRATIONS[state]
        return make_word_form(
            self.circular,
            self.answers(letters),
            language=from_.language,
            marking=marking,
            layout=layout,
            administration=from_.signs,
            signatory_title=_TITLES[from_.language],
            sender_email=from_.focal_point,
            place_date=date_line(from_.name, self.circular.date),
            remarks=remarks,
            rows=rows,
        )

    def pdf(self, state: str, letters: str, marking: PdfMarking, layout: PdfLayout) -> bytes:
        """A digital PDF form of that Administration."""
        from_ = ADMINISTRATIONS[state]
        return make_pdf_form(
            self.circular,
            self.answers(letters),
            language=from_.language,
            marking=marking,
            layout=layout,
            administration=from_.signs,
            signatory_title=_TITLES[from_.language],
            sender_email=from_.focal_point,
            place_date=date_line(from_.name, self.circular.date),
        )

    def mail(
        self,
        state: str,
        about: str,
        received_at: dt.datetime,
        files: Sequence[Attachment],
        *,
        expected: Expected = Expected.COUNTED,
        name: str = "",
        text: str = "",
        subject: str = "",
        sender: str = "",
        authentication: Authentication = Authentication.PASS,
        in_reply_to: str | None = None,
        with_id: bool = True,
    ) -> SampleMessage:
        """A reply of that Administration.

        Args:
            state: ISO 3166-1 alpha-3.
            about: what it shows.
            received_at: when.
            files: attached.
            expected: what is to become of it.
            name: of the message; empty: the State's code.
            text: follows the cover sentence, such as reasons.
            subject: empty: the usual one in its language.
            sender: empty: the focal point.
            authentication: what our server says of the sender.
            in_reply_to: Message-ID.
            with_id: whether it has a Message-ID of its own.
        """
        from_ = ADMINISTRATIONS[state]
        name, number = name or state, self.circular.number
        cover = _COVERS[from_.language].format(number=number)
        address = sender or from_.focal_point
        raw = make_message(
            sender=address,
            subject=subject or _SUBJECTS[from_.language].format(number=number),
            text="\n\n".join(part for part in (cover, text, _TITLES[from_.language]) if part),
            received=received_at,
            recipient=self.circular.reply_address,
            message_id=self.message_id(name, address) if with_id else None,
            attachments=files,
            authentication=authentication,
            in_reply_to=in_reply_to,
        )
        return SampleMessage(
            name=name,
            raw=raw,
            received_at=received_at,
            about=about,
            expected=expected,
            state=state,
        )

    def message_id(self, name: str, address: str) -> str:
        """The Message-ID of the sample message of that name."""
        return f"<{name.lower()}.{self.circular.number}@{address.rpartition('@')[2]}>"
