"""The message's own words: of its bodies, plain before HTML (RFC 2046, 5.1.4; RFC 3676)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.mail.charsets import decode_text
from bot.mail.html_text import text_of_html

#: Of all bodies together, in bytes; no letter is that long.
LONGEST_TEXT = 4 * 1024 * 1024

_LINE_END = re.compile(r"\r{0,2}\n|\r|\u2028|\u2029")
_QUOTES = re.compile(r">*")
_PAGE = re.compile(rb"[\s\xef\xbb\xbf]{0,64}<(?:!doctype html|html|\?xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One text that is the message's own.

    Attributes:
        data: after transfer decoding.
        charset: as declared; None where none was declared.
        page: whether it is HTML.
        flowed: "format=flowed" was declared.
        delete_space: "delsp=yes" was declared.
    """

    data: bytes
    charset: str | None
    page: bool
    flowed: bool = False
    delete_space: bool = False


def is_page(data: bytes) -> bool:
    """Whether bytes begin as an HTML page does, whatever they were declared to be."""
    return _PAGE.match(data) is not None


def preferred(bodies: list[Body]) -> list[Body]:
    """Those of a multipart/alternative that are read: the plain ones, unless they say nothing."""
    plain = [body for body in bodies if not body.page and body.data.strip()]
    return plain or bodies


def words_of(bodies: Iterable[Body]) -> str:
    """The words of all bodies, joined by blank lines; line ends are LF."""
    texts: list[str] = []
    left = LONGEST_TEXT
    for body in bodies:
        if left <= 0:
            break
        data = body.data[:left]
        left -= len(data)
        text = decode_text(data, body.charset)
        if body.page:
            text = text_of_html(text)
        else:
            text = _LINE_END.sub("\n", text)
            if body.flowed:
                text = unflow(text, delete_space=body.delete_space)
        if text.strip():
            texts.append(text.strip("\n"))
    return "\n\n".join(texts)


def unflow(text: str, *, delete_space: bool) -> str:
    """Joins the lines that a mail program cut (RFC 3676, 4); quotation depths stay apart.

    Args:
        text: with LF line ends.
        delete_space: the blank that marks a cut is not part of the words ("delsp=yes").
    """
    out: list[str] = []
    pending: list[str] = []
    pending_depth = 0
    for line in text.split("\n"):
        quotes = _QUOTES.match(line)
        depth = quotes.end() if quotes else 0
        content = line[depth:].removeprefix(" ")
        signature = content == "-- "
        if pending and (depth != pending_depth or signature):
            out.append(_quoted(pending_depth, "".join(pending)))
            pending = []
        if content.endswith(" ") and not signature:
            pending.append(content[:-1] if delete_space else content)
            pending_depth = depth
            continue
        out.append(_quoted(depth, "".join(pending) + content))
        pending = []
    if pending:
        out.append(_quoted(pending_depth, "".join(pending)))
    return "\n".join(out)


def _quoted(depth: int, content: str) -> str:
    return f"{'>' * depth} {content}" if depth else content
