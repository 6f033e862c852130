"""The text of a circular as TSB issues it: a Word file, a PDF or plain text."""

import codecs
import re

from bot.circulars.pdf_text import pdf_text
from bot.errors import CircularError
from parsers.document import NotReadableError
from parsers.identify import identify
from parsers.reading import Format
from parsers.word.reader import read_passages

#: Bytes of a file and characters of its text at the most; Circular 106 has 150 KB and 25,000.
MOST_BYTES = 50_000_000
MOST_CHARACTERS = 2_000_000
_MEND = "take the circular's Word file (.docx), its PDF or plain text"
#: Formats in which a circular may lie about, and how to bring them to one that is read here.
_OTHERS = {
    Format.DOC: "an old Word file",
    Format.ODT: "an OpenDocument text",
    Format.RTF: "a rich text file",
    Format.HTML: "a web page",
}
#: No text holds these; tabs, line ends, page ends and the end mark of old systems are none.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def text_of(data: bytes) -> str:
    """The text of a circular's file, in reading order, a paragraph or table cell a line.

    What the file is, is told by its content, never by its name.

    Args:
        data: of a .docx, a PDF with text, or plain text (UTF-8, UTF-16, Windows-1252).

    Raises:
        CircularError: it is none of them, is damaged or protected, or has no text.
    """
    if len(data) > MOST_BYTES:
        raise CircularError(
            f"the file has {len(data) // 1_000_000} MB, too much for a circular", mend=_MEND
        )
    kind = identify(data)
    if kind is Format.EMPTY:
        raise CircularError("the file is empty", mend=_MEND)
    if kind is Format.DOCX:
        text = _word_text(data)
    elif kind is Format.PDF:
        text = pdf_text(data, most_characters=MOST_CHARACTERS)
    elif kind in _OTHERS:
        raise CircularError(
            f"the file is {_OTHERS[kind]}, which is not read here",
            mend="save it as a Word document (.docx)",
        )
    else:
        # A text that begins with a label ("To:") looks like a message, and is none.
        text = _plain_text(data)
    if len(text) > MOST_CHARACTERS:
        raise CircularError("the file has more text than any circular", mend=_MEND)
    if not text.strip():
        raise CircularError("the file holds no text", mend=_MEND)
    return text


def _word_text(data: bytes) -> str:
    try:
        return read_passages(data).text
    except NotReadableError as error:
        raise CircularError(f"the Word file cannot be read: {error}", mend=_MEND) from error


def _plain_text(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text.removeprefix("\ufeff")
    raise CircularError("the file is neither Word, PDF nor plain text", mend=_MEND)


def _encodings(data: bytes) -> tuple[str, ...]:
    """In which encodings a text may be, the surest first."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    # UTF-16 without its mark: nearly every other byte of a Latin text is zero.
    head = data[:400]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) // 2:
            return (encoding,)
    return ("utf-8", "cp1252")
