"""The message's own text as a file for the readers, where it may hold a form."""

from collections.abc import Iterable, Sequence

from bot.mail.charsets import decode_text
from bot.mail.message import Part
from bot.mail.own_text import LONGEST_TEXT, is_page
from parsers.body.hint import may_be_form

#: What tells the readers of a page or text which of the two it is: a text may begin with "To:" as
#: a message does, were there not a line of its own with an invisible character.
_PAGE, _TEXT = b"<html><!-- -->", "\ufeff\u200b\n".encode()


def body_texts(parts: Sequence[Part], known: Iterable[str]) -> dict[str, bytes]:
    """The bodies of a message that may hold a form: path -> UTF-8, as the readers tell it.

    Where one of them is a page, the plain texts are not: they say the same without its tables.

    Args:
        parts: of one message.
        known: working names of draft texts.
    """
    names = tuple(known)
    pages: dict[str, bytes] = {}
    texts: dict[str, bytes] = {}
    for part in parts:
        if not part.body or not part.data:
            continue
        text = decode_text(part.data[:LONGEST_TEXT], part.charset)
        if not may_be_form(text, names):
            continue
        page = part.content_type.endswith(("/html", "xhtml+xml")) or is_page(part.data)
        (pages if page else texts)[part.path] = (_PAGE if page else _TEXT) + text.encode(
            "utf-8", "replace"
        )
    return pages or texts
