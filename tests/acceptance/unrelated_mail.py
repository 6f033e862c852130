"""What else lies in a Director's mailbox: made by chance, and nothing of it any business of ours."""

import datetime as dt
import random
from collections.abc import Callable, Mapping

from bot.consultation.circular import Circular
from bot.demo.comments import pdf_document, word_document
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import Attachment, make_message
from bot.demo.other_mail import bounce_of
from tests.acceptance.generated_mailbox import GeneratedMessage

_WORDS = [
    "agenda",
    "budget",
    "committee",
    "delegation",
    "dinner",
    "draft",
    "flight",
    "forum",
    "Geneva",
    "hotel",
    "invitation",
    "lunch",
    "meeting",
    "minutes",
    "mission",
    "panel",
    "plenary",
    "programme",
    "proposal",
    "report",
    "review",
    "schedule",
    "seminar",
    "speech",
    "standards",
    "statement",
    "study",
    "summit",
    "text",
    "travel",
    "visit",
    "workshop",
    "Y.3172",
    "Q.13",
    "2026",
    "106",
]
_CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sample//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "UID:{uid}\r\nDTSTAMP:20260401T080000Z\r\nDTSTART:20260408T130000Z\r\nSUMMARY:{summary}\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Clutter:
    """Makes unrelated messages; the same seed makes the same."""

    def __init__(self, circular: Circular, seed: int) -> None:
        self._circular = circular
        self._chance = random.Random(seed)
        self._number = 0

    def messages(self, count: int) -> list[GeneratedMessage]:
        """So many, of every kind in turn."""
        kinds: Mapping[str, Callable[[dt.datetime], bytes]] = {
            "newsletter": self._newsletter,
            "invitation": self._invitation,
            "spam with a PDF": self._spam,
            "personal": self._personal,
            "from a registered sender": self._registered,
            "automatic": self._automatic,
            "bounce of somebody else's letter": self._bounce,
            "list mail with a file": self._list_file,
        }
        names = list(kinds)
        made = []
        for number in range(count):
            name = names[number % len(names)]
            received = self._circular.deadline - dt.timedelta(
                seconds=self._chance.randint(-200_000, 5_000_000)
            )
            self._number = number
            made.append(
                GeneratedMessage(
                    name=f"{name} {number}",
                    raw=kinds[name](received),
                    received_at=received,
                    reply=False,
                    answered=False,
                )
            )
        return made

    def _words(self, count: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=count))

    def _mail(
        self,
        received: dt.datetime,
        sender: str,
        *,
        subject: str = "",
        html: str | None = None,
        files: tuple[Attachment, ...] = (),
        headers: tuple[tuple[str, str], ...] = (),
    ) -> bytes:
        return make_message(
            sender=sender,
            subject=subject or f"{self._words(4)} [{self._number}]",
            text=f"{self._words(40)}\n\nunrelated-{self._number:05}\n",
            received=received,
            recipient=self._circular.reply_address,
            message_id=f"<{self._number}.unrelated@{sender.rpartition('@')[2]}>",
            attachments=files,
            html=html,
            headers=headers,
        )

    def _newsletter(self, received: dt.datetime) -> bytes:
        return self._mail(
            received,
            f"news@weekly-{self._number}.example",
            html=f"<h1>{self._words(5)}</h1><p>{self._words(60)}</p>",
            headers=(("List-Id", "<weekly.example>"), ("Precedence", "bulk")),
        )

    def _invitation(self, received: dt.datetime) -> bytes:
        calendar = _CALENDAR.format(uid=self._number, summary=self._words(3)).encode()
        file = Attachment(filename="invite.ics", data=calendar, content_type="text/calendar")
        return self._mail(received, f"assistant{self._number}@office.example", files=(file,))

    def _spam(self, received: dt.datetime) -> bytes:
        file = pdf_document(
            "invoice.pdf", f"INVOICE {self._number}", self._words(8), "Total 106.00"
        )
        return self._mail(received, f"billing@pay-{self._number}.example", files=(file,))

    def _personal(self, received: dt.datetime) -> bytes:
        return self._mail(received, f"friend{self._number}@home.example")

    def _registered(self, received: dt.datetime) -> bytes:
        state = self._chance.choice(list(ADMINISTRATIONS))
        files: tuple[Attachment, ...] = ()
        if self._chance.random() < 0.5:
            files = (word_document("Speech.docx", self._words(30), self._words(30)),)
        return self._mail(received, ADMINISTRATIONS[state].focal_point, files=files)

    def _automatic(self, received: dt.datetime) -> bytes:
        state = self._chance.choice(list(ADMINISTRATIONS))
        return self._mail(
            received,
            ADMINISTRATIONS[state].focal_point,
            subject=f"Automatic reply: {self._words(3)}",
            headers=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
        )

    def _bounce(self, received: dt.datetime) -> bytes:
        return bounce_of(
            f"<{self._number}.of-somebody@elsewhere.example>",
            recipient=f"gone{self._number}@elsewhere.example",
            received_at=received,
            circular=self._circular,
        ).raw

    def _list_file(self, received: dt.datetime) -> bytes:
        return self._mail(
            received,
            f"secretary@working-party-{self._number % 5}.example",
            files=(word_document("Minutes.docx", self._words(80)),),
            headers=(("List-Id", "<wp.example>"),),
        )
