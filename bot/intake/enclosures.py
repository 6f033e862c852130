"""What came beside the form: files and written words, and which texts they speak of."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from bot.intake.effects import KeptFile
from bot.intake.explanations import texts_explained
from bot.intake.own_words import own_words
from bot.intake.part_reading import PartReading
from parsers.designation import designations, plain

__all__ = ["kept_files", "own_words", "texts_explained"]

#: A document that names more texts than this speaks of the consultation, not of some texts.
_MOST_NAMED = 5
#: Of a document, in characters; what comments are about stands at their beginning.
_LONGEST = 200_000


def kept_files(files: Sequence[PartReading], texts: Collection[str]) -> tuple[KeptFile, ...]:
    """The attachments beside the form, tied to the texts that they name.

    Args:
        files: parts that are no form.
        texts: designations of the circular.
    """
    return tuple(
        KeptFile(
            path=each.path,
            filename=each.filename,
            sha256=each.sha256,
            size=each.size,
            format=each.reading.format.value,
            texts=_texts_of(each, texts),
        )
        for each in files
    )


def _texts_of(file: PartReading, texts: Collection[str]) -> tuple[str, ...]:
    by_content = dict.fromkeys(
        (
            *(row.designation for row in file.reading.rows),
            *(each.name for each in designations(file.reading.letter[:_LONGEST])),
        )
    )
    for found in (
        _in_name(file.filename or "", texts),
        tuple(each for each in by_content if each in texts),
    ):
        if found and len(found) <= _MOST_NAMED:
            return found
    return ()


def _in_name(filename: str, texts: Collection[str]) -> tuple[str, ...]:
    """The texts that a file's name gives, however it writes them: "Y4241_comments.docx"."""
    name = plain(filename)
    found: list[tuple[int, str]] = []
    # The longer name first: that of an amendment contains that of what it amends.
    for text in sorted(texts, key=lambda each: (-len(each), each)):
        while match := _written(text).search(name):
            found.append((match.start(), text))
            name = name[: match.start()] + " " * len(match.group()) + name[match.end() :]
    return tuple(dict.fromkeys(text for _, text in sorted(found)))


@lru_cache(maxsize=256)
def _written(text: str) -> re.Pattern[str]:
    pieces = re.findall(r"[A-Za-z]+|\d+", text)
    return re.compile(
        r"(?<![A-Za-z0-9])" + r"[\s._-]{0,2}".join(pieces) + r"(?![0-9])", re.IGNORECASE
    )
