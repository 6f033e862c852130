"""A year of ten consultations that overlap, planned beforehand: what is mailed, decided and true.

The truth is kept as it is planned, letter by letter, and counted here by a rule written down anew:
nothing of it is read back from the messages or asked of the program.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.demo.form_letter import date_line
from bot.demo.messages import DOCX_TYPE, Attachment, Authentication, make_message
from bot.demo.sample_message import LETTERS
from bot.demo.word_forms import make_word_form
from bot.register.states import member_states

#: The first circular goes out on that day, each other one four weeks later.
FIRST: Final = dt.date(2027, 1, 4)
CIRCULARS: Final = 10
TEXTS: Final = 3
_APART, _LASTS = dt.timedelta(days=28), dt.timedelta(days=64)
DAY: Final = dt.timedelta(days=1)
#: This share of the Member States answers a circular.
_ANSWERING = 0.2
#: Who is within the percentage: all but the State of Palestine (Res. 99).
VOTING: Final = tuple(code for code, state in member_states().items() if state.votes)


class Shape(Enum):
    """What becomes of a Member State's reply."""

    PLAIN = auto()
    CORRECTED = auto()
    CORRECTED_LATE = auto()
    LATE = auto()
    LATE_ADMITTED = auto()
    CONTRADICTS = auto()
    CONTRADICTS_SETTLED = auto()
    UNVOUCHED = auto()
    UNVOUCHED_ACCEPTED = auto()
    UNVOUCHED_REJECTED = auto()
    TWICE = auto()


#: How often each shape comes, of 107 replies.
_OFTEN: Final = (60, 12, 4, 8, 3, 6, 4, 3, 2, 1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message in the mailbox; `copies` is how often the same bytes lie there."""

    circular: int
    state: str
    letters: str
    received_at: dt.datetime
    vouched: bool = True
    copies: int = 1
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer does with a reply: accept, reject, admit, or a row set to "assigns,none"."""

    at: dt.datetime
    circular: int
    state: str
    number: int
    does: str
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Said:
    """What one reply says of one text, and from when to when it is worth what.

    Attributes:
        letter: as ticked.
        received_at: of the reply.
        counts_from: from when it counts; None: never.
        waits_until: it waits until then; None: it never did, or it does for good (`waits`).
        waits: whether it ever waits for a person.
    """

    letter: str
    received_at: dt.datetime
    counts_from: dt.datetime | None
    waits: bool = False
    waits_until: dt.datetime | None = None


class Year:
    """The plan of a year; the same seed plans the same.

    Attributes:
        circulars: by number.
        mails: in the order of their receipt.
        decisions: in their order.
        said: (circular, Member State, text) -> what its replies say, in the order of receipt.
    """

    def __init__(self, seed: int) -> None:
        self.mails: list[Mail] = []
        self.decisions: list[Decision] = []
        self.said: dict[tuple[int, str, str], list[Said]] = {}
        self._chance = random.Random(seed)
        self.circulars = tuple(_circular(number) for number in range(CIRCULARS))
        for circular in self.circulars:
            for state in VOTING:
                if self._chance.random() < _ANSWERING:
                    self._reply(circular, state)
        self.mails.sort(key=lambda each: each.received_at)
        self.decisions.sort(key=lambda each: each.at)

    @property
    def days(self) -> Iterator[dt.datetime]:
        """The moments of the worker's rounds: 08:30 UTC of every day, until all is over."""
        at = dt.datetime.combine(FIRST, dt.time(8, 30), dt.UTC)
        last = max(each.deadline for each in self.circulars) + 6 * DAY
        while at < last:
            yield at
            at += DAY

    def waits(self, circular: int, state: str, moment: dt.datetime) -> bool:
        """Whether something of that Member State waited for a person at that moment."""
        return any(
            _recorded(said) <= moment and (said.waits_until is None or moment < said.waits_until)
            for (number, code, _), found in self.said.items()
            if (number, code) == (circular, state)
            for said in found
            if said.waits
        )

    def stands(self, circular: int, state: str, text: str, moment: dt.datetime) -> str | None:
        """The letter that stood at that moment; None where none did."""
        standing = [
            said
            for said in self.said.get((circular, state, text), [])
            if said.counts_from is not None and said.counts_from <= moment and said.letter in "NCAD"
        ]
        return max(standing, key=lambda said: said.received_at).letter if standing else None

    def count(self, circular: Circular, text: str, moment: dt.datetime) -> dict[str, int | bool]:
        """The numbers of one text as they were at that moment."""
        letters = [self.stands(circular.number, state, text, moment) for state in VOTING]
        support = sum(letter in {"N", "C", "A"} for letter in letters if letter)
        against = letters.count("D")
        blank = pending = 0
        for state, letter in zip(VOTING, letters, strict=True):
            found = self.said.get((circular.number, state, text), [])
            blank += letter is None and any(
                s.letter == "-" and s.counts_from is not None and s.counts_from <= moment
                for s in found
            )
            pending += any(
                s.waits
                and _recorded(s) <= moment
                and (s.waits_until is None or moment < s.waits_until)
                for s in found
            )
        # Seven tenths of the replies, or no reply at all.
        return {
            "assigns": support,
            "does_not_assign": against,
            "with_comments": letters.count("C"),
            "blank": blank,
            "pending": pending,
            "met": 10 * support >= 7 * (support + against),
        }

    def raw(self, mail: Mail) -> bytes:
        """The message, with a Word form in the Member State's language."""
        circular = self.circulars[mail.circular - self.circulars[0].number]
        state = member_states()[mail.state]  # type: ignore[index]
        answers = {
            text.designation: LETTERS[letter]
            for text, letter in zip(circular.texts, mail.letters, strict=True)
            if letter != " "
        }
        form = make_word_form(
            circular,
            answers,
            language=state.language,
            administration=state.name(state.language),
            sender_email=focal_point(mail.state),
            place_date=date_line(state.name(), circular.date),
            rows=list(answers),
        )
        files = [Attachment(filename="Annex 2.docx", data=form, content_type=DOCX_TYPE)]
        if "C" in mail.letters:
            words = f"Comments of number {mail.number}.".encode()
            files.append(Attachment(filename="comments.txt", data=words, content_type="text/plain"))
        return make_message(
            sender=focal_point(mail.state),
            subject=f"TSB Circular {circular.number}",
            text="Please find our form attached.",
            received=mail.received_at,
            recipient=circular.reply_address,
            message_id=f"<{mail.state}.{mail.circular}.{mail.number}@{domain(mail.state)}>",
            attachments=files,
            authentication=Authentication.PASS if mail.vouched else Authentication.FAIL,
        )

    # How a year is planned.

    def _reply(self, circular: Circular, state: str) -> None:
        chance = self._chance
        shape = chance.choices(list(Shape), _OFTEN)[0]
        letters = "".join(chance.choice("NNNNNCADD-") for _ in range(TEXTS))
        opens = dt.datetime.combine(circular.date, dt.time(9), dt.UTC) + DAY
        span = circular.deadline - opens - 12 * DAY
        received = opens + span * chance.random() ** 0.6
        after = circular.deadline + dt.timedelta(minutes=1) + 4 * DAY * chance.random()
        decided = _round(received) + chance.randint(1, 9) * DAY + dt.timedelta(hours=3)
        match shape:
            case Shape.PLAIN | Shape.TWICE:
                self._mail(circular, state, letters, received, copies=1 + (shape is Shape.TWICE))
            case Shape.CORRECTED | Shape.CORRECTED_LATE:
                self._mail(circular, state, letters, received)
                place = chance.randrange(TEXTS)
                row = "".join(chance.choice("ND") if n == place else " " for n in range(TEXTS))
                late = shape is Shape.CORRECTED_LATE
                second = after if late else received + (circular.deadline - received) * 0.4
                self._mail(circular, state, row, second, number=2, counts=not late)
            case Shape.LATE:
                self._mail(circular, state, letters, after, counts=False)
            case Shape.LATE_ADMITTED:
                at = _round(after) + DAY / 2
                self._mail(circular, state, letters, after, counts=False, counts_from=at)
                self._decide(at, circular, state, "admit")
            case Shape.CONTRADICTS | Shape.CONTRADICTS_SETTLED:
                place = chance.randrange(TEXTS)
                row = letters[:place] + "Y" + letters[place + 1 :]
                settled = decided if shape is Shape.CONTRADICTS_SETTLED else None
                self._mail(circular, state, row, received, settled=settled)
                if settled:
                    text = circular.texts[place].designation
                    self._decide(settled, circular, state, "set", text)
            case Shape.UNVOUCHED:
                self._unvouched(circular, state, letters, received)
            case Shape.UNVOUCHED_ACCEPTED:
                self._unvouched(circular, state, letters, received, decided=decided, does="accept")
            case Shape.UNVOUCHED_REJECTED:
                self._unvouched(circular, state, letters, received, decided=decided, does="reject")

    def _unvouched(
        self,
        circular: Circular,
        state: str,
        letters: str,
        received: dt.datetime,
        *,
        decided: dt.datetime | None = None,
        does: str = "",
    ) -> None:
        letters = letters.replace("-", "N")
        self.mails.append(
            Mail(
                circular=circular.number,
                state=state,
                letters=letters,
                received_at=received,
                vouched=False,
            )
        )
        for text, letter in zip(circular.texts, letters, strict=True):
            self._says(circular, state, text.designation).append(
                Said(
                    letter=letter,
                    received_at=received,
                    counts_from=decided if does == "accept" else None,
                    waits=True,
                    waits_until=decided,
                )
            )
        if decided:
            self._decide(decided, circular, state, does)

    def _mail(
        self,
        circular: Circular,
        state: str,
        letters: str,
        received: dt.datetime,
        *,
        copies: int = 1,
        number: int = 1,
        counts: bool = True,
        counts_from: dt.datetime | None = None,
        settled: dt.datetime | None = None,
    ) -> None:
        self.mails.append(
            Mail(
                circular=circular.number,
                state=state,
                letters=letters,
                received_at=received,
                copies=copies,
                number=number,
            )
        )
        from_ = _round(received) if counts else counts_from
        for text, letter in zip(circular.texts, letters, strict=True):
            if letter == " ":
                continue
            doubtful = letter == "Y"
            self._says(circular, state, text.designation).append(
                Said(
                    letter="N" if doubtful else letter,
                    received_at=received,
                    counts_from=settled if doubtful else from_,
                    waits=doubtful,
                    waits_until=settled,
                )
            )

    def _decide(
        self, at: dt.datetime, circular: Circular, state: str, does: str, text: str = ""
    ) -> None:
        self.decisions.append(
            Decision(at=at, circular=circular.number, state=state, number=1, does=does, text=text)
        )

    def _says(self, circular: Circular, state: str, text: str) -> list[Said]:
        return self.said.setdefault((circular.number, state, text), [])


def domain(state: str) -> str:
    """Of an Administration."""
    return f"telecom-{state.lower()}.example"


def focal_point(state: str) -> str:
    """Whom reminders go to, and who replies."""
    return f"regulation@{domain(state)}"


#: Of every fifth Member State a focal point is registered, of the others their domain alone.
REMINDED: Final = frozenset(VOTING[::5])


def register() -> str:
    """The CSV of all Member States."""
    lines = [
        f'{code},"{state.name()}",{state.language},{state.region},'
        f"{focal_point(code)},Regulator,yes,{domain(code)}"
        if code in REMINDED
        else f'{code},"{state.name()}",{state.language},{state.region},,,,{domain(code)}'
        for code, state in member_states().items()
        if state.votes
    ]
    return "\n".join(["iso3,name,language,region,email,role,focal_point,domain", *lines, ""])


def _circular(place: int) -> Circular:
    date = FIRST + place * _APART
    deadline = dt.datetime.combine(date + _LASTS, dt.time(23, 59), dt.UTC)
    return Circular(
        number=301 + place,
        study_group=11,
        study_group_title="Signalling",
        date=date,
        deadline=deadline,
        meeting=Meeting(
            place="Geneva",
            first_day=deadline.date() + 12 * DAY,
            last_day=deadline.date() + 20 * DAY,
        ),
        reply_address="tsbdir@itu.example",
        contact_address="tsbsg11@itu.example",
        texts=tuple(
            DraftText(
                # The last text of a circular is asked again by the next: only its number tells them.
                designation=f"Q.{4000 + place * (TEXTS - 1) + number}",
                former_name=f"Q.draft{place}-{number}",
                revision=Revision.NEW,
                title=f"Draft {number} of circular {place}",
            )
            for number in range(TEXTS)
        ),
    )


def _round(received: dt.datetime) -> dt.datetime:
    """The worker's first round after that moment."""
    at = received.replace(hour=8, minute=30, second=0, microsecond=0)
    return at if at > received else at + DAY


def _recorded(said: Said) -> dt.datetime:
    return _round(said.received_at)
