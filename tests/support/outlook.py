"""Outlook's own files for tests: compound files (MS-CFB), .msg (MS-OXMSG), winmail.dat (MS-OXTNEF)."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096

#: A storage's content: names -> bytes of a stream, or another storage.
Storage = Mapping[str, "bytes | Storage"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)


def compound(root: Storage) -> bytes:
    """A compound file; the siblings of a storage hang one off the other, as the format allows."""
    entries = [_Entry("Root Entry", 5)]
    _list(root, 0, entries)
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        if not data:
            return _END
        first = len(sectors)
        pieces = [
            data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)
        ]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    mini = b""
    mini_fat: list[int] = []
    starts: dict[int, int] = {}
    for index, entry in enumerate(entries):
        if entry.kind != 2:
            continue
        if len(entry.data) >= _CUTOFF:
            starts[index] = put(entry.data)
        elif entry.data:
            first, count = len(mini_fat), -(-len(entry.data) // _MINI)
            starts[index] = first
            mini += entry.data.ljust(count * _MINI, b"\0")
            mini_fat.extend([*range(first + 1, first + count), _END])
    root_start = put(mini)
    entries[0].data = mini
    packed_mini_fat = b"".join(struct.pack("<I", each) for each in mini_fat)
    mini_start = put(packed_mini_fat.ljust(-(-len(packed_mini_fat) // _SECTOR) * _SECTOR, b"\xff"))
    directory = b""
    siblings = {
        one: following
        for entry in entries
        for one, following in zip(entry.children, entry.children[1:], strict=False)
    }
    for index, entry in enumerate(entries):
        name = entry.name.encode("utf-16-le") + b"\0\0"
        start = root_start if index == 0 else starts.get(index, _END)
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ",
            name, len(name), entry.kind, 1, _FREE, siblings.get(index, _FREE),
            entry.children[0] if entry.children else _FREE, b"", 0, 0, 0,
            0 if entry.kind == 1 else start, len(entry.data),
        )  # fmt: skip
    directory_start = put(directory)
    count = 1
    while count * _SECTOR // 4 < len(fat) + count:
        count += 1
    fat_at = len(sectors)
    fat.extend([_FAT] * count)
    packed = b"".join(struct.pack("<I", each) for each in fat).ljust(count * _SECTOR, b"\xff")
    sectors.extend(packed[at : at + _SECTOR] for at in range(0, len(packed), _SECTOR))
    difat = [*range(fat_at, fat_at + count), *[_FREE] * (109 - count)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, count, directory_start, 0, _CUTOFF,
        mini_start, -(-len(packed_mini_fat) // _SECTOR), _END, 0,
    )  # fmt: skip
    return header + struct.pack("<109I", *difat) + b"".join(sectors)


def _list(storage: Storage, parent: int, entries: list[_Entry]) -> None:
    for name, content in storage.items():
        entries[parent].children.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content))
        else:
            entries.append(_Entry(name, 1))
            _list(content, len(entries) - 1, entries)


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file, or a message, to be attached."""

    name: str = ""
    data: bytes = b""
    message: "Note | None" = None
    content_id: str = ""
    content_type: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A message before it is stored or sent."""

    subject: str = "Reply to TSB Circular 106"
    body: str = ""
    html: bytes = b""
    rtf: bytes = b""
    headers: str = ""
    sender: str = "desk@reg.example"
    message_class: str = "IPM.Note"
    attached: Sequence[Attached] = ()


def _note_values(note: Note) -> dict[int, bytes]:
    texts = {
        0x001A: note.message_class, 0x0037: note.subject, 0x1000: note.body, 0x007D: note.headers,
        0x0042: "Regulatory Desk", 0x5D02: note.sender, 0x0E04: "director@example.org",
        0x1035: "<1@reg.example>",
    }  # fmt: skip
    values = {
        number << 16 | 0x1F: text.encode("utf-16-le") for number, text in texts.items() if text
    }
    if note.html:
        values[0x10130102] = note.html
    if note.rtf:
        values[0x10090102] = (
            struct.pack("<II4sI", len(note.rtf) + 12, len(note.rtf), b"MELA", 0) + note.rtf
        )
    return values


def _attached_values(each: Attached) -> dict[int, bytes]:
    texts = {0x3707: each.name, 0x3712: each.content_id, 0x370E: each.content_type}
    return {number << 16 | 0x1F: text.encode("utf-16-le") for number, text in texts.items() if text}


def msg(note: Note) -> bytes:
    """A .msg file."""
    return compound(_storage(note, head=32))


def _storage(note: Note, *, head: int) -> dict[str, "bytes | Storage"]:
    fixed = struct.pack("<HHIQ", 0x40, 0x0039, 6, 134_195_616_000_000_000)
    code_page = struct.pack("<HHIiI", 0x03, 0x3FDE, 6, 65001, 0)
    made: dict[str, bytes | Storage] = {
        "__properties_version1.0": bytes(head) + fixed + code_page,
        **{f"__substg1.0_{tag:08X}": value for tag, value in _note_values(note).items()},
    }
    for number, each in enumerate(note.attached):
        inner: dict[str, bytes | Storage] = {
            "__properties_version1.0": bytes(8),
            **{f"__substg1.0_{tag:08X}": value for tag, value in _attached_values(each).items()},
        }
        if each.message is None:
            inner["__substg1.0_37010102"] = each.data
        else:
            inner["__substg1.0_3701000D"] = _storage(each.message, head=24)
        made[f"__attach_version1.0_#{number:08X}"] = inner
    return made


def winmail(note: Note, *, old: bool = False) -> bytes:
    """A winmail.dat; `old` for one whose files have no MAPI properties."""
    made = struct.pack("<IH", 0x223E9F78, 1)
    made += _attribute(2, 0x00069007, struct.pack("<II", 1251, 0))
    made += _attribute(1, 0x00069003, _mapi(_note_values(note)))
    for each in note.attached:
        made += _attribute(2, 0x00069002, bytes(14))
        values = _attached_values(each)
        if each.message is not None:
            interface = bytes.fromhex("0703020000000000c000000000000046")
            values[0x3701000D] = interface + winmail(each.message)
        else:
            made += _attribute(2, 0x0006800F, each.data)
        if old:
            made += _attribute(2, 0x00018010, each.name.encode("cp1251") + b"\0")
        else:
            made += _attribute(2, 0x00069005, _mapi(values))
    return made


def _attribute(level: int, name: int, data: bytes) -> bytes:
    return (
        struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def _mapi(values: Mapping[int, bytes]) -> bytes:
    # A named property, and one of many values, to be stepped over.
    named = struct.pack("<HH16sIII", 0x001E, 0x8001, b"", 1, 4, 0x00410041) + struct.pack(
        "<II4s", 1, 3, b"ab"
    )
    many = struct.pack("<HHIII", 0x1003, 0x7001, 2, 7, 8)
    made = struct.pack("<I", len(values) + 2) + named + many
    for tag, value in values.items():
        made += struct.pack("<HHII", tag & 0xFFFF, tag >> 16, 1, len(value))
        made += value.ljust(-(-len(value) // 4) * 4, b"\0")
    return made
