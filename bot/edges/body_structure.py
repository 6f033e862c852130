"""What parts a message has, from the server's BODYSTRUCTURE (RFC 3501, 7.4.2), without its content.

The tree comes as imapclient takes it apart: nested tuples of bytes, whole numbers and None.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.mail.fields import bare_name, parameters

#: Deeper nesting is unreadable: no honest message comes near it.
_DEEPEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafPart:
    """A part that holds no other parts; as declared, so a hint and never a fact.

    Attributes:
        path: "1.2" as IMAP counts (RFC 3501, 6.4.5), "1.2/1" inside an attached message.
        type: "application", lower case.
        subtype: "pdf", lower case.
        filename: decoded (RFC 2047, 2231), without any folder; None where there is none.
        size: octets as transferred, so encoded; None where the server does not say.
        disposition: "attachment", "inline", lower case; None where there is none.
    """

    path: str
    type: str
    subtype: str
    filename: str | None
    size: int | None
    disposition: str | None

    @property
    def content_type(self) -> str:
        """Both halves: "application/pdf"."""
        return f"{self.type}/{self.subtype}"


def leaf_parts(structure: object) -> tuple[LeafPart, ...] | None:
    """Every leaf in order, those of attached messages (message/rfc822) included.

    Args:
        structure: as imapclient returns it.

    Returns:
        None where it keeps to no grammar: then only the message itself can tell.
    """
    try:
        return tuple(_leaves(structure, prefix="", position="", depth=0))
    except _UnreadableError:
        return None


class _UnreadableError(Exception):
    """The structure is not one."""


def _leaves(node: object, *, prefix: str, position: str, depth: int) -> Iterator[LeafPart]:
    if not isinstance(node, (tuple, list)) or not node or depth > _DEEPEST:
        raise _UnreadableError
    children = _children(node)
    if children:
        for number, child in enumerate(children, 1):
            below = f"{position}.{number}" if position else str(number)
            yield from _leaves(child, prefix=prefix, position=below, depth=depth + 1)
        return
    # A part that is no multipart is number 1 of its message.
    position = position or "1"
    type_, subtype = _word(node, 0), _word(node, 1)
    if type_ is None or subtype is None:
        raise _UnreadableError
    # Then follow its envelope and the structure of its body.
    if type_ == "message" and isinstance(_at(node, 7), tuple) and isinstance(_at(node, 8), tuple):
        inner = f"{prefix}{position}/"
        yield from _leaves(node[8], prefix=inner, position="", depth=depth + 1)
        return
    disposition, given = _disposition(_at(node, 9 if type_ == "text" else 8))
    name = given.get("filename") or _parameters(_at(node, 2)).get("name")
    size = _at(node, 6)
    yield LeafPart(
        path=prefix + position,
        type=type_,
        subtype=subtype,
        filename=bare_name(name),
        size=size if isinstance(size, int) else None,
        disposition=disposition,
    )


def _children(node: Sequence[object]) -> Sequence[object]:
    """The parts of a multipart, which imapclient puts in a list but inside attached messages."""
    first = node[0]
    if isinstance(first, list):
        return first
    parts: list[object] = []
    for item in node:
        if not isinstance(item, tuple):
            break
        parts.append(item)
    return parts


def _disposition(found: object) -> tuple[str | None, dict[str, str]]:
    """Of a text it stands one later than of other leaves: the number of lines is before it."""
    if isinstance(found, bytes):
        # pymap gives the whole field as one string.
        field = parameters(_text(found))
        return field.value or None, field.parameters
    if not isinstance(found, tuple) or not found:
        return None, {}
    return _word(found, 0), _parameters(_at(found, 1))


def _parameters(found: object) -> dict[str, str]:
    """Decodes a list of names and values; names in pieces (RFC 2231) are put together."""
    if not isinstance(found, tuple):
        return {}
    pairs = zip(found[::2], found[1::2], strict=False)
    written = "".join(f"; {_text(name)}={_quoted(_text(value))}" for name, value in pairs)
    return parameters(f"x{written}").parameters


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return "" if value is None else str(value)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _word(node: Sequence[object], index: int) -> str | None:
    value = _at(node, index)
    return value.decode("latin-1").lower() if isinstance(value, bytes) else None


def _at(node: Sequence[object], index: int) -> object:
    return node[index] if index < len(node) else None
