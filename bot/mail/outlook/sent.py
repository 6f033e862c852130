"""A winmail.dat: an item as Exchange sends it to those who it thinks have Outlook (MS-OXTNEF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.mail.archives import Allowance
from bot.mail.outlook.item import (
    BODY,
    DATA,
    LONG_NAME,
    MESSAGE_CLASS,
    OBJECT,
    STRING_8,
    SUBJECT,
    DamagedError,
    File,
    Item,
    Properties,
    Property,
)

_SIGNATURE = b"\x78\x9f\x3e\x22"
_ATTRIBUTE = struct.Struct("<BII")
#: Attributes (2.1.3.2); the ones that older programs wrote, and those that hold MAPI properties.
_OLD = {0x00018004: SUBJECT, 0x0002800C: BODY, 0x00078008: MESSAGE_CLASS}
_CODE_PAGE, _MESSAGE_PROPERTIES = 0x00069007, 0x00069003
_FILE_BEGINS, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = (
    0x00069002,
    0x00018010,
    0x0006800F,
    0x00069005,
)
_MANY = 0x1000
_NAMED = 0x8000
#: Bytes of values of fixed size (MS-OXCDATA 2.11.1), padded to four.
_FIXED = {
    0x0000: 0, 0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8,
    0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")  # IID_IMessage
_MOST = 100_000


def looks_like_tnef(data: bytes) -> bool:
    """Whether the bytes begin as a TNEF stream does (2.1.2)."""
    return data.startswith(_SIGNATURE)


def sent_item(data: bytes, allowance: Allowance, *, deepest: int) -> Item:
    """The item of a TNEF stream.

    Args:
        data: the stream.
        allowance: of all values together, spent as they are read.
        deepest: how many messages may be within one another.

    Raises:
        DamagedError: it is cut short or otherwise cannot be read, or is more than is allowed.
    """
    try:
        return _Stream(data, allowance).item(deepest)
    except (struct.error, ValueError) as error:
        raise DamagedError from error


@dataclass(slots=True)
class _File:
    found: dict[int, Property] = field(default_factory=dict)
    data: bytes = b""


class _Stream:
    """One stream while it is read."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        self._data = data
        self._allowance = allowance
        self._page: int | None = None

    def item(self, deepest: int) -> Item:
        if deepest <= 0:
            raise ValueError("messages within messages")
        own: dict[int, Property] = {}
        files: list[_File] = []
        for name, value in self._attributes():
            if name == _CODE_PAGE and len(value) >= 4:
                (self._page,) = struct.unpack_from("<i", value)
            elif name in _OLD:
                own.setdefault(_OLD[name], Property(type=STRING_8, value=value))
            elif name == _MESSAGE_PROPERTIES:
                own.update(self._properties(value))
            elif name == _FILE_BEGINS:
                files.append(_File())
            elif files and name == _FILE_TITLE:
                files[-1].found.setdefault(LONG_NAME, Property(type=STRING_8, value=value))
            elif files and name == _FILE_DATA:
                files[-1].data = value
            elif files and name == _FILE_PROPERTIES:
                files[-1].found.update(self._properties(value))
        return Item(
            properties=Properties(found=own, code_page=self._page),
            files=tuple(self._file(each, deepest) for each in files),
        )

    def _file(self, each: _File, deepest: int) -> File:
        properties = Properties(found=each.found, code_page=self._page)
        held = each.found.get(DATA)
        if held is not None and held.type == OBJECT and held.value.startswith(_MESSAGE):
            inner = held.value[len(_MESSAGE) :]
            if looks_like_tnef(inner):
                message = _Stream(inner, self._allowance).item(deepest - 1)
                return File(properties=properties, message=message)
        return File(properties=properties, data=each.data or properties.binary(DATA) or b"")

    def _attributes(self) -> Iterator[tuple[int, bytes]]:
        at = len(_SIGNATURE) + 2
        for _ in range(_MOST):
            if at + _ATTRIBUTE.size > len(self._data):
                if at < len(self._data):
                    raise ValueError("cut short")
                return
            _, name, size = _ATTRIBUTE.unpack_from(self._data, at)
            at += _ATTRIBUTE.size
            if at + size > len(self._data):
                raise ValueError("cut short")
            yield name, self._taken(self._data, at, size)
            at += size + 2  # a checksum
        raise ValueError("too many attributes")

    def _taken(self, data: bytes, at: int, size: int) -> bytes:
        if size > self._allowance.left:
            raise ValueError("more than is allowed")
        self._allowance.spend(size)
        return data[at : at + size]

    def _properties(self, data: bytes) -> dict[int, Property]:
        """MAPI properties as an attribute holds them (2.1.3.4)."""
        found: dict[int, Property] = {}
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, _MOST)):
            type_, identifier = struct.unpack_from("<HH", data, at)
            at += 4
            if identifier >= _NAMED:
                at = _after_name(data, at)
            number = 1
            kind = type_ & ~_MANY
            if type_ & _MANY or kind not in _FIXED:
                (number,) = struct.unpack_from("<I", data, at)
                at += 4
            for index in range(min(number, _MOST)):
                if at > len(data):
                    raise ValueError("cut short")
                if kind in _FIXED:
                    begin, size, step = at, _FIXED[kind], _FIXED[kind]
                else:
                    (size,) = struct.unpack_from("<I", data, at)
                    begin, step = at + 4, 4 + (size + 3) // 4 * 4
                if begin + size > len(data):
                    raise ValueError("cut short")
                if index == 0 and identifier < _NAMED:
                    value = self._taken(data, begin, size)
                    found[identifier] = Property(type=kind, value=value)
                at += step
        return found


def _after_name(data: bytes, at: int) -> int:
    """Where a property's value begins whose identifier is a name (2.1.3.4)."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    at += 20
    if kind == 0:
        return at + 4
    (size,) = struct.unpack_from("<I", data, at)
    return at + 4 + (int(size) + 3) // 4 * 4
