"""A leaf of a message before it is known what it is: what it declares, and its bytes."""

import re
from dataclasses import dataclass, replace

from bot.mail.charsets import decode_text
from bot.mail.fields import TELLING, Parameterised, bare_name, parameters, split_header, undecoded
from bot.mail.message import Part
from bot.mail.own_text import Body, is_page
from bot.mail.transfer import Uuencoded, cut_uuencoded

_MESSAGE_TYPES = frozenset({"message/rfc822", "message/global", "message/news"})
#: What looks like a message and is none: the header of one, sent alone.
_HEADER_TYPES = frozenset({"text/rfc822-headers", "message/global-headers"})
_MESSAGE_NAMES = (".eml", ".mht", ".mhtml", ".mime")
#: Fields that only a message that was on its way has.
_TRAVELLED = frozenset({"from", "received", "return-path", "message-id"})
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_TEXT_TYPES = frozenset({"text/plain", "text/enriched"}) | _PAGE_TYPES
#: How files begin that come as nameless text by mistake.
_FILE = re.compile(
    rb"\s{0,16}%PDF-|PK\x03\x04|\xd0\xcf\x11\xe0|\{\\rtf|II[*+]\x00|MM\x00[*+]|\x89PNG|\xff\xd8\xff"
    rb"|GIF8|7z\xbc\xaf|Rar!|\x78\x9f\x3e\x22|%!PS|.{4}ftyp",
    re.DOTALL,
)
_HEADER_WITHIN = 64 * 1024
#: Longer texts are not searched for files written into them.
_LONGEST_SEARCHED = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What has no parts of its own by its declaration.

    Attributes:
        path: as that of a Part.
        declared: its Content-Type, or what it has by default.
        filename: without any folder; None where there is none.
        data: transfer decoded.
        attached: "Content-Disposition: attachment" was declared.
        content_id: without angle brackets; None where there is none.
    """

    path: str
    declared: Parameterised
    filename: str | None
    data: bytes
    attached: bool = False
    content_id: str | None = None

    def is_message(self) -> bool:
        """Whether it is an enclosed message, whatever type it declares."""
        kind = self.declared.value
        if kind in _HEADER_TYPES or _FILE.match(self.data):
            return False
        if kind in _MESSAGE_TYPES:
            return bool(self.data.strip())
        if self.is_letter_text():
            # A text that begins with "From:" and "Subject:" is a letter forwarded by hand.
            return False
        block = split_header(self.data, top=True, end=min(len(self.data), _HEADER_WITHIN))
        names = {name for name, _ in block.fields} & TELLING
        named = (self.filename or "").lower().endswith(_MESSAGE_NAMES)
        return len(names) >= (1 if named else 3) and not names.isdisjoint(_TRAVELLED)

    def is_letter_text(self) -> bool:
        """Whether it is a text for reading rather than a file."""
        return (
            self.declared.value in _TEXT_TYPES
            and self.filename is None
            and not self.attached
            and _FILE.match(self.data) is None
        )

    def is_signature(self) -> bool:
        """Whether it is a signature or certificates alone, which hold no letter."""
        name = (self.filename or "").lower()
        return (
            self.declared.value.endswith("pkcs7-signature")
            or name.endswith((".p7s", ".p7b", ".p7c"))
            or self.declared.parameters.get("smime-type", "").lower() == "certs-only"
        )

    def body(self) -> Body:
        """As one of the message's own texts."""
        declared = self.declared.parameters
        return Body(
            data=self.data,
            charset=declared.get("charset"),
            page=self.declared.value in _PAGE_TYPES or is_page(self.data),
            flowed=declared.get("format", "").lower() == "flowed",
            delete_space=declared.get("delsp", "").lower() == "yes",
        )

    def part(self, *, body: bool) -> Part:
        """As it is handed on."""
        return Part(
            path=self.path,
            content_type=self.declared.value,
            filename=self.filename,
            data=self.data,
            body=body,
            content_id=self.content_id,
            charset=self.declared.parameters.get("charset"),
        )

    def without_uuencoded(self) -> tuple["Leaf", tuple["Leaf", ...], bool]:
        """Itself and the files that are uuencoded into it, and whether those were whole.

        The blocks are taken out of a text for reading; a file is left as it is.
        """
        if self.declared.value != "text/plain" or len(self.data) > _LONGEST_SEARCHED:
            return self, (), True
        rest, files, whole = cut_uuencoded(self.data)
        if not files:
            return self, (), True
        leaf = replace(self, data=rest) if self.is_letter_text() else self
        return leaf, tuple(_file(self, number, each) for number, each in enumerate(files)), whole

    def member(self, name: str, data: bytes) -> "Leaf":
        """A file of the archive that this is."""
        return Leaf(
            path=f"{self.path}!{name}", declared=_OCTETS, filename=bare_name(name), data=data
        )


_OCTETS = parameters("application/octet-stream")


def declared_name(disposition: Parameterised, content_type: Parameterised) -> str | None:
    """The file name that a part declares (RFC 2183, 2.3; RFC 2045, 5 "name"), bare."""
    return bare_name(disposition.parameters.get("filename") or content_type.parameters.get("name"))


def content_id_of(raw: bytes | None) -> str | None:
    """A Content-ID without its angle brackets; None where there is none."""
    return undecoded(raw or b"").strip("<> ") or None


def _file(leaf: Leaf, number: int, found: Uuencoded) -> Leaf:
    name = bare_name(decode_text(found.name)) or f"{number + 1}"
    return leaf.member(name, found.data)
