"""What a message's own words and files say of which consultation it bears on."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from bot.consultation.circular import Circular
from bot.intake.part_reading import PartReading
from bot.mail.message import Message
from parsers.designation import circular_numbers, designations

#: Of a document, in characters.
_LONGEST = 100_000


def numbers_of(message: Message) -> tuple[int, ...]:
    """The circulars that its subject and text name, quotations included; the subject's first."""
    return circular_numbers(f"{message.subject}\n{message.text}")


def working_names(circulars: Iterable[Circular]) -> dict[str, str]:
    """Former name -> designation of every text that had one."""
    return {
        text.former_name: text.designation
        for circular in circulars
        for text in circular.texts
        if text.former_name
    }


def texts_named(words: str, circulars: Sequence[Circular]) -> frozenset[str]:
    """The draft texts of any circular that somebody names, by number or by their working names."""
    texts = {text.designation for circular in circulars for text in circular.texts}
    names = working_names(circulars)
    found = (*designations(words), *designations(words, names))
    return frozenset(each.name for each in found if each.name in texts)


def circular_meant(
    message: Message,
    parts: Sequence[PartReading],
    circulars: Sequence[Circular],
    *,
    answered: int | None,
    received_at: dt.datetime,
) -> Circular | None:
    """The circular that a message without a readable form means; None where it cannot be told.

    By the number that it names, that of the letter of ours that it answers, the texts that it or
    its files name, or because no other one is open.

    Args:
        message: opened.
        parts: its leaves, read.
        circulars: those configured.
        answered: number of the circular of our letter that it answers; None where it answers none.
        received_at: when our server received it.
    """
    by_number = {circular.number: circular for circular in circulars}
    numbers = numbers_of(message)
    for number in numbers:
        if number in by_number:
            return by_number[number]
    if numbers:
        return None
    if answered in by_number:
        return by_number[answered]
    words = "\n".join((message.subject, message.text, *_of_files(parts)))
    by_text = _by_texts(texts_named(words, circulars), circulars)
    if by_text is not None:
        return by_text
    still_open = [each for each in circulars if each.in_time(received_at)]
    candidates = still_open or list(circulars)
    return candidates[0] if len(candidates) == 1 else None


def _of_files(parts: Sequence[PartReading]) -> Iterable[str]:
    for part in parts:
        yield part.filename or ""
        yield part.reading.letter[:_LONGEST]


def _by_texts(named: Collection[str], circulars: Sequence[Circular]) -> Circular | None:
    """The one circular that has more of these texts than any other."""
    counts = {
        circular.number: sum(text.designation in named for text in circular.texts)
        for circular in circulars
    }
    most = max(counts.values(), default=0)
    best = [circular for circular in circulars if counts[circular.number] == most]
    return best[0] if most and len(best) == 1 else None
