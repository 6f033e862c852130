"""A multipart body cut at its delimiters (RFC 2046, 5.1), also where they are damaged.

Not the standard library's parser: it recurses without bound (a message 1,500 multiparts deep ends
it) and raises over fields such as "From: <@". Places in one buffer are handed about rather than
copies of it, so that nesting costs no memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Of one multipart: what looks like a delimiter and is none. More of them is an attack.
_MOST_FALSE = 20_000
#: How far down a lost boundary is looked for.
_GUESSED_WITHIN = 16 * 1024

_TAIL = re.compile(rb"(--)?[ \t]*+(\r{0,2}\n|\r|\Z)")
_FIRST_DELIMITER = re.compile(
    rb"(?<![^\r\n])--([^\r\n]{1,200})(?:\r{0,2}\n|\r)content-[a-z-]{1,40}[ \t]*:", re.IGNORECASE
)
_FOLDED_FIELD = re.compile(rb"content-[a-z-]{1,40}[ \t]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Where the parts of a multipart are.

    Attributes:
        spans: (begin, end) of each part, its header included; empty where there is no delimiter.
        closed: whether the closing delimiter was there.
    """

    spans: tuple[tuple[int, int], ...]
    closed: bool


def cut(raw: bytes, start: int, end: int, boundary: bytes, *, most: int) -> Cuts:
    """Cuts a multipart's body, `raw[start:end]`.

    Parts after a closing delimiter that came too early are found too. A preamble that holds fields
    of a part is a part whose delimiter was lost.

    Args:
        raw: what holds the body.
        start: where the body begins.
        end: where it ends.
        boundary: as declared, not empty.
        most: of parts; the list is one longer where there are more.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = start if _FOLDED_FIELD.match(raw, start, end) else None
    closed = False
    line_end = b"\r\n"
    for at, after, closing, its_end in _delimiters(raw, start, end, boundary):
        if opened is not None:
            spans.append((opened, _before_line_end(raw, opened, at, line_end)))
            if len(spans) > most:
                return Cuts(spans=tuple(spans), closed=False)
        opened = None if closing else after
        line_end = its_end
        closed = closing
    if opened is not None and opened != start:
        spans.append((opened, end))
    return Cuts(spans=tuple(spans), closed=closed)


def guess_boundary(raw: bytes, start: int, end: int) -> bytes | None:
    """The boundary of a multipart that does not declare it rightly; None where there is none."""
    found = _FIRST_DELIMITER.search(raw, start, min(end, start + _GUESSED_WITHIN))
    return found[1].rstrip(b" \t") or None if found else None


def begins_with_delimiter(raw: bytes, start: int, end: int) -> bool:
    """Whether a body that is declared to be no multipart begins as one does."""
    head = raw[start : min(end, start + 512)].lstrip(b"\r\n \t")
    return _FIRST_DELIMITER.match(head) is not None


def _delimiters(
    raw: bytes, start: int, end: int, boundary: bytes
) -> Iterator[tuple[int, int, bool, bytes]]:
    """Each delimiter line: where it begins and ends, whether it is the closing one, its end."""
    mark = b"--" + boundary
    at = start
    false = 0
    while false < _MOST_FALSE:
        found = raw.find(mark, at, end)
        if found < 0:
            return
        at = found + len(mark)
        tail = _TAIL.match(raw, at, end)
        if tail is None or (found > start and raw[found - 1] not in b"\r\n"):
            false += 1
            continue
        at = tail.end()
        yield found, at, tail[1] is not None, tail[2]


def _before_line_end(raw: bytes, start: int, at: int, line_end: bytes) -> int:
    """The line end above a delimiter belongs to the delimiter.

    It is expected to be that of the delimiter which opened the part: a file may itself end with CR.
    """
    for each in (line_end, b"\n", b"\r"):
        if each and raw.endswith(each, start, at):
            return at - len(each)
    return at
