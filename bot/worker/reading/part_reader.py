"""The parts of messages, read in processes of their own."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import tee

from bot.consultation.circular import Circular
from bot.consultation.question import four_boxes
from bot.intake.part_reading import PartReading
from bot.mail.message import Message, Part
from bot.worker.reading.body_texts import body_texts
from parsers.asked import AskedBox, AskedBoxes
from parsers.identify import identify
from parsers.reading import Doubt, Format, FormReading
from parsers.sandbox import Reader, Sandbox

#: A row of a form has four; fewer than these stand in a sentence by chance.
_FEWEST_BOXES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReader:
    """Reads every leaf of a message that may be a form.

    Attributes:
        sandbox: the processes.
        known: working names of draft texts -> designation, for rows that give no number.
        most_bytes: a larger part is not read.
    """

    sandbox: Sandbox
    known: Mapping[str, str]
    most_bytes: int

    def read(self, message: Message) -> tuple[PartReading, ...]:
        """The leaves of one message, in order."""
        return next(self.read_all([message.parts]))

    def read_all(self, messages: Iterable[Sequence[Part]]) -> Iterator[tuple[PartReading, ...]]:
        """The leaves of several messages, message by message in the order given.

        The next ones are handed out while the first are read, so that no process waits.
        """
        to_hand_out, to_gather = tee(
            list(zip(parts, self._files(parts), strict=True)) for parts in messages
        )
        readings = self.sandbox.read_all(
            (data for parts in to_hand_out for _, data in parts if data is not None), self.known
        )
        for parts in to_gather:
            yield tuple(
                part_reading(part, _unread(part) if data is None else _of(part, next(readings)))
                for part, data in parts
            )

    def _files(self, parts: Sequence[Part]) -> Iterator[bytes | None]:
        """For each part what is read of it; None where nothing is."""
        bodies = body_texts(parts, self.known)
        for part in parts:
            if part.body:
                yield bodies.get(part.path)
            else:
                yield part.data if 0 < len(part.data) <= self.most_bytes else None


def _of(part: Part, reading: FormReading) -> FormReading:
    """A reading; of the message's own text only where it is a form, since it is read as text too."""
    if part.body and not any(len(row.boxes) >= _FEWEST_BOXES for row in reading.rows):
        return _unread(part)
    return reading


def part_reading(part: Part, reading: FormReading) -> PartReading:
    """A part with its reading."""
    return PartReading(
        path=part.path,
        filename=part.filename,
        content_type=part.content_type,
        size=len(part.data),
        sha256=hashlib.sha256(part.data).hexdigest(),
        body=part.body,
        inline=part.content_id is not None,
        reading=reading,
    )


def working_names(circulars: Iterable[Circular]) -> dict[str, str]:
    """Former name -> designation of every text; one without a former name stands for itself."""
    return {
        text.former_name or text.designation: text.designation
        for circular in circulars
        for text in circular.texts
    }


def reader_of(circulars: Iterable[Circular]) -> Reader | None:
    """What reads files, where some circulars ask something else than the usual; None where none."""
    asked = {
        each.number: AskedBoxes(
            boxes=tuple(AskedBox(role=box.role, words=box.words) for box in each.question.boxes)
        )
        for each in circulars
        if each.question != four_boxes()
    }
    if not asked:
        return None
    # Imported where it is needed: in most processes nobody reads anything.
    from parsers.registry import read  # noqa: PLC0415

    return partial(read, asked=asked)


def _unread(part: Part) -> FormReading:
    if not part.data:
        return FormReading(
            format=Format.EMPTY, doubts=(Doubt.EMPTY_FILE,), error="the file is empty"
        )
    if part.body:
        return FormReading(format=identify(part.data), doubts=(Doubt.NO_FORM,))
    return FormReading(
        format=identify(part.data),
        doubts=(Doubt.TOO_LARGE,),
        error=f"larger than what is read ({len(part.data) / 1e6:.0f} MB)",
    )
