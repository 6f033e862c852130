"""A mailbox of replies in all shapes among other mail, made by chance, with its truth by construction.

What each reply is to count for is written down as it is made, from the letters that its form was
filled in with, by a model of its own: nothing of it is read back from the messages.
"""

import copy
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.consultation.circular import Circular
from bot.demo.contacts import ADMINISTRATIONS, SECTOR_MEMBER, register_csv
from bot.demo.form_letter import date_line
from bot.demo.messages import ZIP_TYPE
from bot.demo.pdf_forms import PDF_LANGUAGES, PdfLayout, PdfMarking, make_pdf_form
from bot.demo.sample_message import LETTERS
from bot.demo.scanned_forms import make_scanned_form
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking
from bot.demo.word_package import zip_archive
from tests.acceptance.odd_mail import Coding, Naming, enclosed, file_part, mail, text_part

#: Letters of a form that can be counted without a person; most texts are assigned.
_CLEAR = "NNNNNNNCCADD"

#: Shape of a reply -> how many there are; 60 together, and a first one of each Member State.
SHAPES = {
    "counted": 26,
    "partial": 5,
    "superseding": 6,
    "said again": 2,
    "other sender": 3,
    "other sender agrees": 1,
    "late": 3,
    "late correction": 1,
    "contradictory rows": 3,
    "struck": 1,
    "blank": 1,
    "broken": 1,
    "scan": 1,
    "not vouched": 2,
    "unregistered": 2,
    "observer": 1,
    "sector member": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedMessage:
    """One message.

    Attributes:
        name: what it is, for a failing test.
        raw, received_at: as it lies in the mailbox.
        reply: whether it is a reply; the others are nothing of ours.
        answered: whether its sender is to get an acknowledgement.
    """

    name: str
    raw: bytes
    received_at: dt.datetime
    reply: bool
    answered: bool


@dataclass(slots=True, kw_only=True)
class Truth:
    """What the replies come to.

    Attributes:
        standing: Member State -> text -> letter.
        blank: text -> Member States that left its row blank, and said nothing of it otherwise.
        pending: text -> Member States of which a row waits for a person.
        late: Member States of which there is nothing but a late reply.
        scanned: as `standing`, of scans: read so, or left to a person, and never otherwise.
    """

    standing: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    blank: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pending: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    late: set[str] = field(default_factory=set)
    scanned: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def after_scans(self, found: Mapping[str, Mapping[str, str]]) -> "Truth":
        """The truth, given which rows of the scans were read without a person."""
        told = copy.deepcopy(self)
        for state, rows in self.scanned.items():
            for text, letter in rows.items():
                if text in found.get(state, {}):
                    told.standing[state][text] = letter
                else:
                    told.pending[text].add(state)
        return told


def second_contact(state: str) -> str:
    """Another registered address of a Member State."""
    return f"licensing@{ADMINISTRATIONS[state].domain}"


def wide_register() -> str:
    """The sample's register, with a second address for every Member State."""
    lines = [
        f"{each.iso3},,{each.language},,{second_contact(each.iso3)},Licensing,no,"
        for each in ADMINISTRATIONS.values()
        if each.iso3 != "IND"
    ]
    return register_csv() + "\n".join([*lines, ""])


class MailboxMaker:
    """Makes the replies of one mailbox; the same seed makes the same.

    Attributes:
        truth: of what was made so far.
    """

    def __init__(self, circular: Circular, seed: int) -> None:
        self.circular = circular
        self.truth = Truth()
        self._chance = random.Random(seed)
        self._texts = [text.designation for text in circular.texts]
        self._states = [code for code in ADMINISTRATIONS if code != "PSE"]
        self._chance.shuffle(self._states)
        #: Member States with a reply that counts in full and has no sequel yet.
        self._settled: list[str] = []
        self._number = 0

    def replies(self) -> list[GeneratedMessage]:
        """The replies, in the order in which they were received."""
        shapes = [shape for shape, count in SHAPES.items() for _ in range(count)]
        return sorted(map(self._reply, shapes), key=lambda each: each.received_at)

    def _reply(self, shape: str) -> GeneratedMessage:
        fresh = (
            "superseding",
            "said again",
            "other sender",
            "other sender agrees",
            "late correction",
        )
        match shape:
            case "observer":
                state = "PSE"
            case "sector member":
                state = self._states[0] if self._states else "CHE"
            case _ if shape in fresh:
                state = self._settled.pop(0)
            case _:
                state = self._states.pop()
        said = self._said(shape, state)
        received = self._received(shape)
        sender, vouched, signs = ADMINISTRATIONS[state].focal_point, "pass", None
        match shape:
            case "other sender" | "other sender agrees":
                sender = second_contact(state)
            case "not vouched":
                vouched = "fail"
            case "unregistered":
                sender = f"office@bureau-{state.lower()}-{self._number}.example"
            case "sector member":
                sender, signs = SECTOR_MEMBER, "Telecom Laboratories"
            case _:
                pass
        form = self._form(shape, state, said, signs)
        self._judge(shape, state, said)
        # What nobody has read is known to be a reply by what its sender says alone.
        subject = f"Response to TSB Circular {self.circular.number}"
        if shape not in {"broken", "scan"}:
            subject = self._chance.choice([subject, f"C{self.circular.number}", "Our reply", ""])
        raw, how = self._wrapped(form, state, sender, vouched, received, subject=subject)
        return GeneratedMessage(
            name=f"{shape} of {state}, {how}",
            raw=raw,
            received_at=received,
            reply=True,
            answered=vouched == "pass",
        )

    def _said(self, shape: str, state: str) -> dict[str, str]:
        """The letters of the form, text by text."""
        rows = list(self._texts)
        if shape in {"partial", "superseding", "other sender", "late correction"}:
            rows = sorted(self._chance.sample(rows, self._chance.randint(1, 4)), key=rows.index)
        before = self.truth.standing.get(state, {})
        match shape:
            case "struck":
                return dict.fromkeys(rows, "S")
            case "blank":
                return dict.fromkeys(rows, "-")
            case "said again" | "other sender agrees":
                return dict(before)
            case "superseding" | "other sender" | "late correction":
                # A real change of each row.
                return {
                    text: self._chance.choice([x for x in "NCD" if x != before[text]])
                    for text in rows
                }
            case _:
                pass
        said = {text: self._chance.choice(_CLEAR) for text in rows}
        if shape == "contradictory rows":
            for text in self._chance.sample(rows, 3):
                said[text] = self._chance.choice("XY")
        return said

    def _judge(self, shape: str, state: str, said: dict[str, str]) -> None:
        """Writes down what the reply is to count for."""
        truth = self.truth
        match shape:
            case "observer" | "sector member" | "late correction":
                pass
            case "said again" | "other sender agrees":
                pass
            case "late":
                truth.late.add(state)
            case "other sender" | "not vouched" | "unregistered" | "struck":
                for text in said:
                    truth.pending[text].add(state)
            case "scan":
                truth.scanned[state] = said
            case "broken":
                for text in self._texts:
                    truth.pending[text].add(state)
            case _:
                for text, letter in said.items():
                    if letter in "XY":
                        truth.pending[text].add(state)
                    elif letter == "-":
                        truth.blank[text].add(state)
                    else:
                        truth.standing[state][text] = letter
                if shape == "counted":
                    self._settled.append(state)

    def _received(self, shape: str) -> dt.datetime:
        first, last = {
            "superseding": (-9, -1),
            "said again": (-9, -1),
            "other sender": (-9, -1),
            "other sender agrees": (-9, -1),
            "late": (0, 3),
            "late correction": (0, 3),
        }.get(shape, (-60, -10))
        seconds = self._chance.randint(first * 86_400 + 60, last * 86_400)
        return self.circular.deadline + dt.timedelta(seconds=seconds)

    def _form(self, shape: str, state: str, said: dict[str, str], signs: str | None) -> bytes:
        chance, from_ = self._chance, ADMINISTRATIONS[state]
        answers = {text: LETTERS[letter] for text, letter in said.items()}
        language = "en" if signs else from_.language
        administration, title = signs or from_.signs, "Director of Regulation"
        place_date = date_line(from_.name, self.circular.date)
        if shape == "scan":
            return make_scanned_form(
                self.circular,
                answers,
                administration=administration,
                signatory_title=title,
                place_date=place_date,
                seed=chance.randint(1, 99),
            )
        rows = list(said)
        if (
            shape not in {"struck", "broken"}
            and language in PDF_LANGUAGES
            and chance.random() < 0.4
        ):
            return make_pdf_form(
                self.circular,
                answers,
                language=language,
                marking=chance.choice(list(PdfMarking)),
                layout=chance.choice(list(PdfLayout)),
                sender_email=from_.focal_point,
                rows=rows,
                administration=administration,
                signatory_title=title,
                place_date=place_date,
            )
        form = make_word_form(
            self.circular,
            answers,
            language=language,
            marking=chance.choice(list(WordMarking)),
            layout=chance.choice(list(Layout)),
            sender_email=from_.focal_point,
            rows=rows,
            administration=administration,
            signatory_title=title,
            place_date=place_date,
        )
        return form[: len(form) // 2] if shape == "broken" else form

    def _wrapped(
        self,
        form: bytes,
        state: str,
        sender: str,
        vouched: str,
        received: dt.datetime,
        *,
        subject: str,
    ) -> tuple[bytes, str]:
        """The message round the form, and in words how it was wrapped."""
        self._number += 1
        chance, number = self._chance, self.circular.number
        message_id = f"<{self._number}.{number}@{sender.rpartition('@')[2]}>"
        cover = text_part(f"Please find attached our response to TSB Circular {number}.")
        coding, naming = chance.choice(list(Coding)), chance.choice(list(Naming))
        part = file_part(form, coding=coding, naming=naming)
        dated, with_id = chance.random() > 0.1, chance.random() > 0.1
        how = f"{coding.value}, {naming.value}"
        match chance.choice(["attached"] * 5 + ["zip", "forwarded", "twice", "alone", "html"]):
            case "attached":
                parts = [cover, part]
            case "zip":
                suffix = "pdf" if form.startswith(b"%PDF") else "docx"
                packed = zip_archive({f"replies/form.{suffix}": form})
                parts, how = [cover, _zipped(packed)], "in a zip archive"
            case "forwarded":
                inner = mail(
                    sender=f"minister@{ADMINISTRATIONS[state].domain}",
                    subject="Signed form",
                    received=received - dt.timedelta(hours=3),
                    recipient=sender,
                    message_id=f"<inner.{message_id[1:]}",
                    parts=[text_part("Signed as agreed."), part],
                    vouched=None,
                )
                parts, how = [text_part("See below."), enclosed(inner)], f"forwarded, {how}"
            case "twice":
                parts, how = [cover, part, file_part(form)], f"twice, {how}"
            case "alone":
                parts, how = [part], f"nothing but the form, {how}"
            case _:
                words = f"<p>Response to <b>TSB Circular {number}</b></p>"
                parts, how = [text_part(words, "html"), part], f"HTML, {how}"
        raw = mail(
            sender=sender,
            subject=subject,
            received=received,
            recipient=self.circular.reply_address,
            message_id=message_id if with_id else None,
            parts=parts,
            vouched=vouched,
            dated=dated,
        )
        return raw, how + ("" if with_id else ", no Message-ID")


def _zipped(packed: bytes) -> bytes:
    part = file_part(packed)
    head, _, body = part.partition(b"\r\n\r\n")
    del head
    return (
        f"Content-Type: {ZIP_TYPE}\r\nContent-Disposition: attachment; filename=reply.zip\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + body


def shuffled(
    replies: Sequence[GeneratedMessage], others: Sequence[GeneratedMessage], seed: int
) -> Iterator[GeneratedMessage]:
    """All of them in the order of a mailbox in which some were moved about: not that of receipt."""
    messages = [*replies, *others]
    random.Random(seed).shuffle(messages)
    yield from messages
