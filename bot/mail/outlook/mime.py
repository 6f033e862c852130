"""An Outlook item as the MIME message that it was, or would have been."""

import datetime as dt
import hashlib
import re
import struct
from collections.abc import Iterator

from bot.mail.fields import one_line, split_header
from bot.mail.outlook.item import (
    AUTHOR,
    BODY,
    CONTENT_ID,
    CONTENT_TYPE,
    DISPLAY_NAME,
    DISPLAY_TO,
    HEADERS,
    HTML,
    IN_REPLY_TO,
    INTERNET_CODE_PAGE,
    LONG_NAME,
    MESSAGE_CLASS,
    MESSAGE_ID,
    REFERENCES,
    RTF,
    SENDER,
    SHORT_NAME,
    SUBJECT,
    SUBMIT_TIME,
    TIME,
    File,
    Item,
    Properties,
)
from bot.mail.outlook.rich_text import decompressed

_SIGNED = "IPM.NOTE.SMIME"
_TYPE = re.compile(r"[a-zA-Z0-9!#$&^_.+-]{1,60}/[a-zA-Z0-9!#$&^_.+-]{1,80}")
#: A rich text body that may be a form: a table of it, or a check box.
_MAY_BE_FORM = re.compile(rb"\\trowd|FORMCHECKBOX")
_MOST_RICH_TEXT = 64 * 1024 * 1024
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def message_of_item(item: Item) -> bytes:
    """The whole message: its header as it came, or else made of the item's properties."""
    return b"\r\n".join((*_fields(item.properties), b"MIME-Version: 1.0", entity_of_item(item)))


def entity_of_item(item: Item, *, with_text: bool = True) -> bytes:
    """What the message consists of: a multipart entity, without the fields of the message.

    Args:
        item: the message.
        with_text: whether its texts are wanted, or only what is attached to it.
    """
    parts = [*(_texts(item.properties) if with_text else ()), *_rich_text(item.properties)]
    signed = item.properties.text(MESSAGE_CLASS).upper().startswith(_SIGNED)
    parts.extend(_part(file, signed=signed) for file in item.files)
    boundary = hashlib.sha256(b"\0".join(parts)).hexdigest()[:40].encode()
    lines = [b"Content-Type: multipart/mixed; boundary=" + boundary, b""]
    for part in parts:
        lines += [b"--" + boundary, part]
    return b"\r\n".join((*lines, b"--" + boundary + b"--", b""))


def _fields(properties: Properties) -> Iterator[bytes]:
    came = properties.text(HEADERS)
    if came.strip():
        raw = (
            re.sub(r"\r?\n", "\r\n", came.strip("\r\n\0")).encode("utf-8", "replace") + b"\r\n\r\n"
        )
        for key, line in split_header(raw, top=True).fields:
            # What it says of the parts is no longer so.
            if not key.startswith("content-") and key != "mime-version":
                yield key.encode("utf-8", "replace") + b": " + line.strip(b"\r\n")
        return
    for name, (shown, addresses) in (("From", AUTHOR), ("Sender", SENDER)):
        address = next((a for each in addresses if "@" in (a := properties.text(each))), "")
        if address:
            called = properties.text(shown).replace('"', "'")
            yield _field(name, f'"{called}" <{address}>')
    for name, identifier in (
        ("To", DISPLAY_TO),
        ("Subject", SUBJECT),
        ("Message-ID", MESSAGE_ID),
        ("References", REFERENCES),
        ("In-Reply-To", IN_REPLY_TO),
    ):
        if value := properties.text(identifier):
            yield _field(name, value)
    if (sent := _time(properties)) is not None:
        yield _field("Date", sent.strftime("%d %b %Y %H:%M:%S +0000"))


def _field(name: str, value: str) -> bytes:
    return f"{name}: {one_line(value)}".encode("utf-8", "replace")


def _time(properties: Properties) -> dt.datetime | None:
    found = properties.found.get(SUBMIT_TIME)
    if found is None or found.type != TIME or len(found.value) < 8:
        return None
    (ticks,) = struct.unpack_from("<Q", found.value)
    try:
        return _EPOCH + dt.timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def _texts(properties: Properties) -> Iterator[bytes]:
    """The plain text and the page, as alternatives of each other."""
    plain = properties.text(BODY)
    page = properties.binary(HTML)
    page_set = f"cp{properties.number(INTERNET_CODE_PAGE) or 65001}"
    if page is None and (words := properties.text(HTML)):
        page, page_set = words.encode("utf-8", "replace"), "cp65001"
    made = []
    if plain.strip():
        made.append(_text("plain", "utf-8", plain.encode("utf-8", "replace")))
    if page:
        made.append(_text("html", "utf-8" if page_set == "cp65001" else page_set, page))
    if len(made) < 2:
        yield from made
        return
    boundary = hashlib.sha256(b"\0".join(made)).hexdigest()[:40].encode()
    yield b"\r\n".join(
        (
            b"Content-Type: multipart/alternative; boundary=" + boundary,
            b"",
            *(line for part in made for line in (b"--" + boundary, part)),
            b"--" + boundary + b"--",
            b"",
        )
    )


def _text(kind: str, charset: str, data: bytes) -> bytes:
    head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: binary"
    return head.encode() + b"\r\n\r\n" + data


def _rich_text(properties: Properties) -> Iterator[bytes]:
    """A body in rich text that is no copy of the page and may be a form: as a file."""
    packed = properties.binary(RTF)
    data = None if packed is None else decompressed(packed, most=_MOST_RICH_TEXT)
    if data and b"\\fromhtml" not in data[:1000] and _MAY_BE_FORM.search(data):
        yield _attached("body.rtf", "application/rtf", "", data)


def _part(file: File, *, signed: bool) -> bytes:
    properties = file.properties
    name = next(
        (n for each in (LONG_NAME, SHORT_NAME, DISPLAY_NAME) if (n := properties.text(each))), ""
    )
    if file.message is not None:
        return b"Content-Type: message/rfc822\r\n\r\n" + message_of_item(file.message)
    if signed and file.data[:13].lower() == b"content-type:":
        # The whole signed entity, as it was sent, is kept as a file (MS-OXOSMIME 2.1.3).
        return file.data
    declared = properties.text(CONTENT_TYPE)
    kind = declared if _TYPE.fullmatch(declared) else "application/octet-stream"
    return _attached(name, kind, properties.text(CONTENT_ID), file.data)


def _attached(name: str, kind: str, content_id: str, data: bytes) -> bytes:
    called = one_line(name).replace("\\", "/").rpartition("/")[2].replace('"', "'")
    lines = [
        f"Content-Type: {kind}",
        "Content-Transfer-Encoding: binary",
        f'Content-Disposition: attachment; filename="{called}"',
    ]
    if content_id:
        lines.append(f"Content-ID: <{one_line(content_id)}>")
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + data
