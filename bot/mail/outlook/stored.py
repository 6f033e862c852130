"""A .msg file: an item in the storages and streams of a compound file (MS-OXMSG 2.2, MS-CFB)."""

import io
import struct
from collections.abc import Iterator

import olefile  # type: ignore[import-untyped]  # ships no py.typed

from bot.mail.archives import Allowance
from bot.mail.outlook.item import (
    CODE_PAGE,
    DATA,
    INTERNET_CODE_PAGE,
    DamagedError,
    File,
    Item,
    Properties,
    Property,
)

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_VALUE = "__substg1.0_"
_ATTACHED = "__attach_version1.0_"
#: Before the first property: of a whole file, of a message within it, of an attachment (2.4.1).
_HEADS = {"top": 32, "embedded": 24, "attachment": 8}
_ENTRY = struct.Struct("<HHI8s")
#: An embedded message is a storage and no stream.
_MESSAGE = f"{_VALUE}{DATA:04X}000D"
#: What olefile raises for damaged or hostile files, beside its own errors, which are OSErrors.
_DAMAGE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    ArithmeticError,
    struct.error,
)

Path = tuple[str, ...]


def looks_like_msg(data: bytes) -> bool:
    """Whether the bytes begin as a compound file does and name the stream that an item has."""
    return data.startswith(_COMPOUND) and _PROPERTIES.encode("utf-16-le") in data


def stored_item(data: bytes, allowance: Allowance, *, deepest: int) -> Item:
    """The item of a .msg file.

    Args:
        data: the file.
        allowance: of all streams together, spent as they are read.
        deepest: how many messages may be within one another.

    Raises:
        DamagedError: it cannot be read, or is more than is allowed.
    """
    try:
        with olefile.OleFileIO(
            io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT
        ) as compound:
            return _Storages(compound, allowance).item((), "top", deepest)
    except _DAMAGE as error:
        raise DamagedError from error


class _Storages:
    """The storages of an open file, listed once."""

    def __init__(self, compound: olefile.OleFileIO, allowance: Allowance) -> None:
        self._compound = compound
        self._allowance = allowance
        self._below: dict[Path, list[str]] = {}
        for path in compound.listdir(streams=True, storages=True):
            self._below.setdefault(tuple(path[:-1]), []).append(path[-1])

    def item(self, path: Path, kind: str, deepest: int) -> Item:
        if deepest <= 0:
            raise ValueError("messages within messages")
        properties = self._properties(path, kind, None)
        attached = sorted(name for name in self._below.get(path, ()) if name.startswith(_ATTACHED))
        files = tuple(self._file((*path, name), properties.code_page, deepest) for name in attached)
        return Item(properties=properties, files=files)

    def _file(self, path: Path, code_page: int | None, deepest: int) -> File:
        properties = self._properties(path, "attachment", code_page)
        if (*path, _MESSAGE)[-1] in self._below.get(path, ()) and (*path, _MESSAGE) in self._below:
            within = (*path, _MESSAGE)
            if _PROPERTIES in self._below[within]:
                return File(
                    properties=properties, message=self.item(within, "embedded", deepest - 1)
                )
            # An object of another program: its storage is no file.
            return File(properties=properties)
        return File(properties=properties, data=properties.binary(DATA) or b"")

    def _properties(self, path: Path, kind: str, code_page: int | None) -> Properties:
        found = dict(self._values(path))
        if _PROPERTIES in self._below.get(path, ()):
            raw = self._read((*path, _PROPERTIES))[_HEADS[kind] :]
            for type_, identifier, _, value in _ENTRY.iter_unpack(raw[: len(raw) // 16 * 16]):
                found.setdefault(identifier, Property(type=type_, value=value))
        said = Properties(found=found)
        pages = (said.number(each) for each in (CODE_PAGE, INTERNET_CODE_PAGE))
        return Properties(found=found, code_page=next((p for p in pages if p), code_page))

    def _values(self, path: Path) -> Iterator[tuple[int, Property]]:
        """The values that have a stream of their own (2.1.3)."""
        for name in self._below.get(path, ()):
            tag = name.removeprefix(_VALUE)
            if name == tag or len(tag) != 8 or (*path, name) in self._below:
                continue
            identifier, type_ = int(tag[:4], 16), int(tag[4:], 16)
            yield identifier, Property(type=type_, value=self._read((*path, name)))

    def _read(self, path: Path) -> bytes:
        where = list(path)
        if self._compound.get_type(where) != olefile.STGTY_STREAM:
            return b""
        size = self._compound.get_size(where)
        if size > self._allowance.left:
            raise ValueError("more than is allowed")
        self._allowance.spend(size)
        with self._compound.openstream(where) as stream:
            value = bytes(stream.read())
        if len(value) != size:
            raise ValueError("cut short")
        return value
