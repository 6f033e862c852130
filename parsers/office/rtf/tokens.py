"""The tokens of RTF: groups, control words, and text as bytes (RTF 1.9.1, "RTF Syntax")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Open:
    """A group begins."""


@dataclass(frozen=True, slots=True)
class Close:
    """A group ends."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control word or symbol; `number` is None where it has no parameter."""

    word: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    r"""Characters, in the code page of their font; `escaped` for one that was written as \'hh."""

    data: bytes
    escaped: bool = False


Token = Open | Close | Control | Text


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file, in order; what is none is skipped."""
    at = 0
    while (match := _TOKEN.search(data, at)) is not None:
        at = match.end()
        if (text := match["text"]) is not None:
            yield Text(text)
        elif match["brace"] is not None:
            yield Open() if match["brace"] == b"{" else Close()
        elif match["hex"] is not None:
            yield Text(bytes.fromhex(match["hex"].decode()), escaped=True)
        elif match["word"] is not None:
            number = None if match["number"] is None else int(match["number"])
            if match["word"] == b"bin":
                # So many raw bytes follow; they are of pictures.
                at += max(0, number or 0)
                continue
            yield Control(match["word"].decode(), number)
        else:
            yield from _symbol(match["symbol"])


def _symbol(symbol: bytes) -> Iterator[Token]:
    if symbol in b"\\{}":
        yield Text(symbol)
    elif symbol == b"~":
        yield Control("~")
    elif symbol == b"_":
        yield Control("_")
    elif symbol in b"\r\n":
        yield Control("par")
    elif symbol == b"\t":
        yield Control("tab")
    elif symbol == b"*":
        yield Control("*")
