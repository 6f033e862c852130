"""Header fields: the block split, unfolded and decoded, however broken (RFC 5322, 2047, 2231).

Values stay in two forms: with their encoded-words, for structured fields (an address list must be
taken apart before it is decoded, since a decoded name may hold commas), and decoded, for reading.
"""

import binascii
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from bot.mail.charsets import decode_text
from bot.mail.transfer import decode_base64

#: A longer value is cut: no honest field comes near it, and it bounds the time spent on one.
LONGEST_VALUE = 64 * 1024
#: No honest message has more fields, or a longer header.
MOST_FIELDS = 2_000
LONGEST_HEADER = 1024 * 1024

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_BLANK_LINE = re.compile(rb"\n\r{0,2}\n")
_LONE_BLANK_LINE = re.compile(rb"\r\r")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[\s\x0b\x0c\x85\u2028\u2029]+")
_MAIN = re.compile(r"\s*([^\s;\"=(]+)")
_PARAMETER = re.compile(r';\s*+([^=;\s"]++)\s*+=\s*+("(?:[^"\\]|\\.)*+"?|[^;]*+)')
_ESCAPED = re.compile(r'\\(["\\])')
_PIECE = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_VOUCHING = frozenset(
    {
        "arc-authentication-results",
        "arc-message-signature",
        "arc-seal",
        "authentication-results",
        "dkim-signature",
    }
)
#: Fields that say that a block of lines is the header of a message and not of a letter's text.
TELLING = frozenset(
    [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "sender",
        "reply-to",
        "delivered-to",
        "in-reply-to",
        "references",
        "content-type",
        "authentication-results",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderBlock:
    """A header block taken apart.

    Attributes:
        fields: (name in lower case, unfolded raw value), in order.
        body: where the body begins.
        broken: a line that is no field stood among them, or a limit cut them.
    """

    fields: tuple[tuple[str, bytes], ...]
    body: int
    broken: bool = False

    def raw(self, name: str) -> bytes | None:
        """The first value of that field; None where it does not occur."""
        return next((value for key, value in self.fields if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameterised:
    """A value with parameters, as Content-Type has.

    Attributes:
        value: the part before the parameters, lower case; may be empty.
        parameters: name in lower case -> decoded value.
    """

    value: str
    parameters: dict[str, str]


def split_header(
    raw: bytes, *, top: bool = False, start: int = 0, end: int | None = None
) -> HeaderBlock:
    """Takes the header block off an entity; one without any field begins with its body.

    Args:
        raw: what holds the entity.
        top: of a whole message: a byte order mark, an mbox line or blank lines may stand above.
        start: where the entity begins.
        end: where it ends; None for the end of `raw`.
    """
    end = len(raw) if end is None else end
    at = _above(raw, start, end) if top else start
    # A lone CR ends a line only in a block that knows no LF: else a sender could smuggle a field
    # into the value of another one, past the server that removes forged fields.
    lone = _only_carriage_returns(raw, start, end)
    fields: list[tuple[str, list[bytes]]] = []
    broken = False
    size = 0
    while at < end:
        if size > LONGEST_HEADER or len(fields) > MOST_FIELDS:
            broken = True
            blank = (_LONE_BLANK_LINE if lone else _BLANK_LINE).search(raw, at - 1, end)
            at = blank.end() if blank else end
            break
        line, after = _line(raw, at, end, lone=lone)
        size += len(line)
        broken = broken or len(line) > LONGEST_VALUE
        if not line.strip(b"\r"):
            at = after
            break
        name = _NAME.match(line)
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif name:
            fields.append((_field_name(name), [line[name.end() :]]))
        elif not fields or not _NAME.match(raw, after, end):
            broken = broken or bool(fields)
            break
        else:
            broken = True
        at = after
    kept = fields[:MOST_FIELDS]
    values = tuple((name, b"".join(lines).strip()) for name, lines in kept)
    return HeaderBlock(
        fields=tuple((name, value[:LONGEST_VALUE]) for name, value in values),
        body=at,
        broken=broken or any(len(value) > LONGEST_VALUE for _, value in values),
    )


def _field_name(found: re.Match[bytes]) -> str:
    """The name in lower case; one that vouches for somebody stands right before its colon.

    With blanks between (RFC 5322, 4.5) a server may not know it for the field that it must remove.
    """
    name = found[1].decode("ascii").lower()
    return f"{name} " if name in _VOUCHING and found.end() - 1 > found.end(1) else name


def _above(raw: bytes, start: int, end: int) -> int:
    """Where the first field stands, past what may stand above it."""
    at = start + 3 if raw.startswith(b"\xef\xbb\xbf", start, end) else start
    head = raw[at : min(at + 64, end)]
    blank = at + len(head) - len(head.lstrip(b"\r\n"))
    name = _NAME.match(raw, blank, end)
    if name and name[1].decode("ascii").lower() in TELLING:
        return blank
    if raw[blank : min(blank + 6, end)].lstrip(b">").startswith(b"From "):
        return _line(raw, blank, end, lone=False)[1]
    return at


def _only_carriage_returns(raw: bytes, start: int, end: int) -> bool:
    feed = raw.find(b"\n", start, end)
    if feed < 0:
        return True
    blank = raw.find(b"\r\r", start, feed)
    return 0 <= blank < feed - 2


def _line(raw: bytes, at: int, end: int, *, lone: bool) -> tuple[bytes, int]:
    """A line without its end, cut where no honest field is as long, and where the next begins."""
    stop = raw.find(b"\r" if lone else b"\n", at, end)
    after = end if stop < 0 else stop + 1
    stop = end if stop < 0 else stop
    return raw[at : min(stop, at + LONGEST_VALUE + 1)].rstrip(b"\r"), after


def undecoded(raw: bytes, hint: str | None = None) -> str:
    """A raw value as text, its encoded-words left as they are.

    Args:
        raw: as split_header gives it.
        hint: the charset of the message's text, for names written in raw 8-bit.
    """
    if not raw.isascii():
        try:
            return one_line(raw.decode("utf-8"))
        except UnicodeDecodeError:
            return one_line(decode_text(raw, hint))
    return one_line(raw.decode("ascii"))


def one_line(text: str) -> str:
    """Without control characters, each run of white space as one space."""
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()


def decode_words(value: str) -> str:
    """Decodes encoded-words (RFC 2047) wherever they stand; bad ones stay as they are."""
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []
    at = 0

    def settle() -> None:
        # Words of one charset are joined as bytes first: many programs cut within a character.
        while pending:
            charset, data = pending.pop(0)
            while pending and pending[0][0] == charset:
                data += pending.pop(0)[1]
            pieces.append(decode_text(data, charset))

    while word := _WORD.search(value, at):
        end = value.find("?=", word.end())
        if end < 0:
            break
        between = value[at : word.start()]
        if between.strip() or not pending:
            settle()
            pieces.append(between)
        content = _word_content(value[word.end() : end], base64=word[2] in "bB")
        if content is None:
            settle()
            pieces.append(value[word.start() : end + 2])
        else:
            pending.append((word[1].partition("*")[0].lower(), content))
        at = end + 2
    settle()
    pieces.append(value[at:])
    return one_line("".join(pieces))


def _word_content(text: str, *, base64: bool) -> bytes | None:
    raw = text.encode("utf-8", "replace")
    if not base64:
        return binascii.a2b_qp(raw, header=True)
    data, sound = decode_base64(raw)
    return data if sound or data != raw else None


def parameters(value: str) -> Parameterised:
    """Takes a Content-Type or Content-Disposition apart (RFC 2045, 5.1; RFC 2231).

    Names in encoded-words, in pieces and in raw 8-bit are decoded; a missing semicolon, an open
    quotation mark and unquoted blanks in a file name are put up with.
    """
    main = _MAIN.match(value)
    rest = value[main.end() :] if main else value
    if rest and not rest.lstrip().startswith(";"):
        rest = ";" + rest
    simple: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(rest):
        name, text = match[1].lower(), _unquoted(match[1].lower(), match[2])
        piece = _PIECE.fullmatch(name)
        if piece and (piece[2] or piece[3]):
            numbered = pieces.setdefault(piece[1], {})
            numbered.setdefault(int(piece[2] or 0), (text, bool(piece[3])))
        else:
            simple.setdefault(name, decode_words(text) if "=?" in text else text)
    joined = {name: _joined(numbered) for name, numbered in pieces.items()}
    return Parameterised(value=main[1].lower() if main else "", parameters=simple | joined)


def _unquoted(name: str, text: str) -> str:
    if text.startswith('"'):
        # Only these two are unescaped: a file name may be a whole path of another system.
        return _ESCAPED.sub(r"\1", text[1:].removesuffix('"'))
    text = text.strip()
    if "name" in name:
        return text
    return re.split(r"[\s(]", text, maxsplit=1)[0].strip("'\"")


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    charset: str | None = None
    data = b""
    for position, (_, (text, extended)) in enumerate(sorted(numbered.items())):
        value = text
        if extended:
            if position == 0 and value.count("'") >= 2:
                charset, _, value = value.split("'", 2)
            data += unquote_to_bytes(value)
        else:
            data += value.encode("utf-8", "replace")
    text = one_line(decode_text(data, charset))
    return decode_words(text) if "=?" in text else text


def bare_name(name: str | None) -> str | None:
    """A file name without any folder and on one line; None where nothing is left of it."""
    if not name:
        return None
    last = one_line(re.split(r"[/\\]", name)[-1]).strip(" .\"'")
    return last[-200:] or None
