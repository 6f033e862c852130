"""A message opened: every part by its content, whatever its name, type or disposition say.

RFC 5322 and RFC 2045-2049, and what is sent instead of them. Nothing here raises; what a limit cut
or damage hid is said in the message's `flaws`.
"""

from dataclasses import dataclass, field, replace

from bot.mail.archives import Allowance, looks_like_zip, members
from bot.mail.envelope import headers_of, message_of
from bot.mail.fields import HeaderBlock, Parameterised, parameters, split_header, undecoded
from bot.mail.leaf import Leaf, content_id_of, declared_name
from bot.mail.message import AttachedMessage, Message, OpeningLimits, Part
from bot.mail.multipart import Cuts, begins_with_delimiter, cut, guess_boundary
from bot.mail.outlook.item import DamagedError
from bot.mail.outlook.mime import entity_of_item, message_of_item
from bot.mail.outlook.sent import looks_like_tnef, sent_item
from bot.mail.outlook.stored import looks_like_msg, stored_item
from bot.mail.own_text import Body, preferred, words_of
from bot.mail.signed_content import Sealed, sealed, signed_content
from bot.mail.transfer import decode_base64, decode_transfer

_DEFAULT_LIMITS = OpeningLimits()
_NO_CUTS = Cuts(spans=(), closed=False)
_ENCRYPTED_TEXT = b"-----BEGIN PGP MESSAGE-----"


def open_message(raw: bytes, limits: OpeningLimits = _DEFAULT_LIMITS) -> Message:
    """Opens a whole message; any bytes give one, empty at the least."""
    opening = _Opening(limits=limits, allowance=Allowance(limits.expanded_bytes))
    block = split_header(raw, top=True)
    bodies = opening.entity(_Place(raw=raw, end=len(raw), path="1"), block)
    return message_of(
        block,
        text=words_of(bodies),
        parts=tuple(opening.parts),
        attached=tuple(opening.attached),
        flaws=tuple(opening.flaws),
    )


def open_stored_message(data: bytes, limits: OpeningLimits = _DEFAULT_LIMITS) -> Message | None:
    """Opens a message as Outlook saves it (.msg); None for bytes that are none, or damaged."""
    try:
        item = stored_item(data, Allowance(limits.expanded_bytes), deepest=limits.depth)
    except DamagedError:
        return None
    return open_message(message_of_item(item), limits)


def open_header(raw: bytes) -> Message:
    """Opens a header block alone, as IMAP gives it before the body is fetched; no parts."""
    block = split_header(raw, top=True)
    return message_of(block, flaws=("broken-mime",) if block.broken else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an entity stands.

    Attributes:
        raw: what holds it.
        end: where it ends in there.
        path: its own, if it is a leaf.
        below: what the number of a part of it is put after, to make that part's path.
        depth: how many containers are around it.
        own: whether it is the message's own, not within an enclosed message.
        default: the type that it has without declaring one (RFC 2046, 5.1.5).
    """

    raw: bytes
    end: int
    path: str
    below: str = ""
    depth: int = 0
    own: bool = True
    default: str = "text/plain"


@dataclass(slots=True, kw_only=True)
class _Opening:
    """One message on its way to being opened, and what was found so far."""

    limits: OpeningLimits
    allowance: Allowance
    parts: list[Part] = field(default_factory=list)
    attached: list[AttachedMessage] = field(default_factory=list)
    flaws: dict[str, None] = field(default_factory=dict)

    def entity(self, place: _Place, block: HeaderBlock) -> list[Body]:
        """Opens one entity and all that is in it; gives the texts that are the message's own."""
        if block.broken:
            self._flaw("broken-mime")
        declared = parameters(undecoded(block.raw("content-type") or b""))
        if "/" not in declared.value:
            declared = parameters(place.default)
        if declared.value == "multipart/encrypted":
            self._flaw("encrypted-message")
        raw, cuts = self._cuts(place, block, declared)
        if not cuts.spans:
            return self._leaf(place, block, declared)
        if self._too_deep(place.depth):
            return []
        if not cuts.closed:
            self._flaw("broken-mime")
        default = "message/rfc822" if declared.value == "multipart/digest" else "text/plain"
        bodies: list[Body] = []
        for number, (start, end) in enumerate(cuts.spans, start=1):
            if self._full():
                break
            path = f"{place.below}{number}"
            part = replace(
                place,
                raw=raw,
                end=end,
                path=path,
                below=f"{path}.",
                depth=place.depth + 1,
                default=default,
            )
            bodies += self.entity(part, split_header(raw, start=start, end=end))
        return preferred(bodies) if declared.value == "multipart/alternative" else bodies

    def _cuts(
        self, place: _Place, block: HeaderBlock, declared: Parameterised
    ) -> tuple[bytes, Cuts]:
        """What the parts stand in, and where; no cut at all for a leaf."""
        raw, start, end, most = place.raw, block.body, place.end, self.limits.parts
        multipart = declared.value.startswith("multipart/")
        if not multipart and not (
            declared.value == "text/plain" and begins_with_delimiter(raw, start, end)
        ):
            return raw, _NO_CUTS
        boundary = declared.parameters.get("boundary", "").encode("utf-8", "replace")
        if multipart and boundary:
            cuts = cut(raw, start, end, boundary, most=most)
            if cuts.spans:
                return raw, cuts
        self._flaw("broken-mime")
        if guessed := guess_boundary(raw, start, end):
            return raw, cut(raw, start, end, guessed, most=most)
        if boundary and b"base64" in (block.raw("content-transfer-encoding") or b"").lower():
            # RFC 2045, 6.4 forbids to encode a multipart; some gateways do it all the same.
            decoded, _ = decode_base64(raw[start:end])
            return decoded, cut(decoded, 0, len(decoded), boundary, most=most)
        return raw, _NO_CUTS

    def _leaf(self, place: _Place, block: HeaderBlock, declared: Parameterised) -> list[Body]:
        if declared.value.startswith("multipart/"):
            # Without any delimiter it is what it would be without that declaration.
            declared = parameters("text/plain")
        disposition = parameters(undecoded(block.raw("content-disposition") or b""))
        leaf = Leaf(
            path=place.path,
            declared=declared,
            filename=declared_name(disposition, declared),
            data=self._data(place, block),
            attached=disposition.value == "attachment",
            content_id=content_id_of(block.raw("content-id")),
        )
        if block.body >= place.end and leaf.filename is None:
            return []
        return self._content(leaf, place)

    def _data(self, place: _Place, block: HeaderBlock) -> bytes:
        """A leaf's bytes; none of one that is too large, since half a file may be misread."""
        # Encoding takes a third more room; what is far beyond that is not even decoded.
        if place.end - block.body <= self.limits.part_bytes * 3 // 2 + 4096:
            encoding = undecoded(block.raw("content-transfer-encoding") or b"")
            data, sound = decode_transfer(place.raw[block.body : place.end], encoding)
            if not sound:
                self._flaw("broken-mime")
            if len(data) <= self.limits.part_bytes:
                return data
        self._flaw("part-too-large")
        return b""

    def _content(self, leaf: Leaf, place: _Place) -> list[Body]:
        """A leaf by its content: sealed, a message, an archive, a text, a file."""
        if self._full():
            return []
        within = replace(place, depth=place.depth + 1, own=False)
        seal = sealed(leaf.data)
        if seal is not None and not leaf.is_signature():
            opened = self._unsealed(leaf, place, seal)
            if opened is not None:
                return opened
        elif leaf.is_message() and not self._too_deep(place.depth):
            self._message(leaf, within)
            return []
        elif (looks_like_zip(leaf.data) and self._archive(leaf, within)) or (
            looks_like_msg(leaf.data) and self._stored_message(leaf, within)
        ):
            return []
        elif looks_like_tnef(leaf.data):
            sent = self._winmail(leaf, place)
            if sent is not None:
                return sent
        leaf, files, whole = leaf.without_uuencoded()
        if not whole:
            self._flaw("broken-mime")
        own = place.own and leaf.is_letter_text()
        if leaf.is_letter_text() and _ENCRYPTED_TEXT in leaf.data:
            self._flaw("encrypted-message")
        self.parts.append(leaf.part(body=own))
        for file in files:
            self._content(file, within)
        return [leaf.body()] if own else []

    def _unsealed(self, leaf: Leaf, place: _Place, seal: Sealed) -> list[Body] | None:
        """What an opaque signature is around; None where it cannot be had."""
        if seal is Sealed.ENCRYPTED:
            self._flaw("encrypted-message")
            return None
        content = signed_content(leaf.data)
        if content is None:
            self._flaw("opaque-signature")
            return None
        if self._too_deep(place.depth):
            return None
        inner = replace(
            place,
            raw=content,
            end=len(content),
            path=f"{leaf.path}.1",
            below=f"{leaf.path}.",
            depth=place.depth + 1,
            default="text/plain",
        )
        return self.entity(inner, split_header(content))

    def _message(self, leaf: Leaf, within: _Place) -> None:
        block = split_header(leaf.data, top=True)
        self.attached.append(AttachedMessage(path=leaf.path, headers=headers_of(block)))
        inner = replace(
            within,
            raw=leaf.data,
            end=len(leaf.data),
            path=f"{leaf.path}/1",
            below=f"{leaf.path}/",
            default="text/plain",
        )
        self.entity(inner, block)

    def _stored_message(self, leaf: Leaf, within: _Place) -> bool:
        """Opens a .msg; False where a person is to see it as it came."""
        deepest = self.limits.depth - within.depth + 1
        if self._too_deep(within.depth - 1):
            return False
        try:
            item = stored_item(leaf.data, self.allowance, deepest=deepest)
        except DamagedError:
            self._flaw("broken-archive")
            return False
        self._message(replace(leaf, data=message_of_item(item)), within)
        return True

    def _winmail(self, leaf: Leaf, place: _Place) -> list[Body] | None:
        """What a winmail.dat holds, as parts of this message; None where it cannot be had."""
        if self._too_deep(place.depth):
            return None
        try:
            item = sent_item(leaf.data, self.allowance, deepest=self.limits.depth - place.depth)
        except DamagedError:
            self._flaw("broken-archive")
            return None
        # Its text stands in the message as well, unless the gateway took it for a waste of room.
        said = any(part.body and part.data.strip() for part in self.parts)
        content = entity_of_item(item, with_text=not said)
        inner = replace(
            place,
            raw=content,
            end=len(content),
            path=f"{leaf.path}.1",
            below=f"{leaf.path}.",
            depth=place.depth + 1,
            default="text/plain",
        )
        return self.entity(inner, split_header(content))

    def _archive(self, leaf: Leaf, within: _Place) -> bool:
        """Opens an archive; False where it is a document or a person is to see it as it came."""
        listing = members(
            leaf.data, allowance=self.allowance, most_bytes_each=self.limits.part_bytes
        )
        if listing is None or self._too_deep(within.depth - 1):
            return False
        whole = False
        damaged = False
        for member in listing:
            if self._full():
                break
            if member.data is None:
                self._flaw(member.flaw or "broken-archive")
                damaged = True
                continue
            self._content(leaf.member(member.name, member.data), within)
            whole = True
        return whole and not damaged

    def _flaw(self, code: str) -> None:
        self.flaws[code] = None

    def _full(self) -> bool:
        if len(self.parts) + len(self.attached) < self.limits.parts:
            return False
        self._flaw("too-many-parts")
        return True

    def _too_deep(self, depth: int) -> bool:
        if depth < self.limits.depth:
            return False
        self._flaw("nested-too-deep")
        return True
