"""An Outlook item by its MAPI properties (MS-OXPROPS), whatever it was stored in."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from bot.mail.charsets import decode_text

#: Property types (MS-OXCDATA 2.11.1).
LONG, STRING_8, STRING, TIME, OBJECT, BINARY = 0x0003, 0x001E, 0x001F, 0x0040, 0x000D, 0x0102

MESSAGE_CLASS, SUBJECT, SUBMIT_TIME = 0x001A, 0x0037, 0x0039
HEADERS = 0x007D
BODY, RTF, HTML = 0x1000, 0x1009, 0x1013
MESSAGE_ID, REFERENCES, IN_REPLY_TO = 0x1035, 0x1039, 0x1042
DISPLAY_TO = 0x0E04
#: Name and address of the sender, and of the one whom the sender stands for.
SENDER = (0x0C1A, (0x5D01, 0x0C1F))
AUTHOR = (0x0042, (0x5D02, 0x0065))
DATA, SHORT_NAME, LONG_NAME, CONTENT_TYPE, CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
DISPLAY_NAME = 0x3001
INTERNET_CODE_PAGE, CODE_PAGE = 0x3FDE, 0x3FFD


class DamagedError(Exception):
    """What was stored cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property's value as it was stored.

    Attributes:
        type: as MS-OXCDATA numbers it.
        value: its bytes.
    """

    type: int
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """The properties of an item, an attachment.

    Attributes:
        found: identifier -> property.
        code_page: of 8-bit strings; None where nothing says it.
    """

    found: Mapping[int, Property]
    code_page: int | None = None

    def text(self, identifier: int) -> str:
        """A string; empty where there is none."""
        found = self.found.get(identifier)
        if found is None:
            return ""
        if found.type == STRING:
            return found.value.decode("utf-16-le", "replace").rstrip("\0")
        if found.type == STRING_8:
            page = "utf-8" if self.code_page == 65001 else f"cp{self.code_page or 1252}"
            return decode_text(found.value, page).rstrip("\0")
        return ""

    def binary(self, identifier: int) -> bytes | None:
        """Bytes; None where there are none."""
        found = self.found.get(identifier)
        return found.value if found is not None and found.type == BINARY else None

    def number(self, identifier: int) -> int | None:
        """A 32-bit number; None where there is none."""
        found = self.found.get(identifier)
        if found is None or found.type != LONG or len(found.value) < 4:
            return None
        (value,) = struct.unpack_from("<i", found.value)
        return int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is attached to an item.

    Attributes:
        properties: of the attachment.
        data: its bytes; empty for a message.
        message: the message that it is; None for a file.
    """

    properties: Properties
    data: bytes = b""
    message: "Item | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A message.

    Attributes:
        properties: its own.
        files: what is attached to it.
    """

    properties: Properties
    files: tuple[File, ...] = ()
