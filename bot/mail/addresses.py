"""Address fields taken apart: several mailboxes, groups, comments, quoted commas, raw names.

RFC 5322, 3.4, and what is sent instead of it. Taken apart first and decoded after, since a decoded
name may hold commas and brackets. Nothing here raises.
"""

import re
from dataclasses import dataclass, field

from bot.mail.fields import decode_words, one_line
from bot.mail.message import Address

#: Of one field; what is beyond is left out.
MOST_MAILBOXES = 500

_PLAIN = re.compile(r'[^"(<,;:\\]+')
_UNSAFE = re.compile(r"[\s<>\x00-\x1f\x7f]")
_PLAIN_LOCAL = re.compile(r"[^\s<>\x00-\x1f\x7f]+")
_QUOTED = re.compile(r'"[^<>\x00-\x1f\x7f]*"')


@dataclass(slots=True)
class _Mailbox:
    """What was collected of one mailbox so far."""

    phrase: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None

    def address(self) -> Address | None:
        phrase = "".join(self.phrase).strip()
        written = self.angle
        if written is None:
            # Without brackets: the last word with an "@" is the address, the rest is the name.
            words = phrase.split()
            found = next((word for word in reversed(words) if "@" in word), None)
            if found is None and not phrase:
                return None
            written = found or ""
            if found is not None:
                words.remove(found)
            phrase = " ".join(words)
        name = phrase or " ".join(self.comments)
        decoded = one_line(decode_words(name)).strip(" '\"")
        email = normal_email(written)
        return Address(name=decoded, email=email) if decoded or email else None


def parse_addresses(value: str) -> tuple[Address, ...]:
    """Every mailbox of a field's value, those of groups included, in order.

    Args:
        value: unfolded, its encoded-words not yet decoded.
    """
    found: list[Address] = []
    box = _Mailbox()
    at = 0
    while at < len(value) and len(found) < MOST_MAILBOXES:
        char = value[at]
        if char == '"':
            text, at = _quoted(value, at)
            # A quoted local part keeps its quotation marks, a quoted name does not.
            box.phrase.append(f'"{text}"' if value[at : at + 1] == "@" else text)
        elif char == "(":
            text, at = _comment(value, at)
            box.comments.append(text.strip())
        elif char == "<":
            if box.angle is not None:
                # Two addresses without a comma: which of them a mail program shows is not known.
                found += filter(None, [box.address()])
                box = _Mailbox()
            box.angle, at = _angle(value, at)
        elif char in ",;":
            found += filter(None, [box.address()])
            box = _Mailbox()
            at += 1
        elif char == ":":
            # A group's name ends here; its mailboxes follow.
            box = _Mailbox()
            at += 1
        else:
            plain = _PLAIN.match(value, at)
            box.phrase.append(plain[0] if plain else char)
            at = plain.end() if plain else at + 1
    if len(found) < MOST_MAILBOXES:
        found += filter(None, [box.address()])
    return tuple(found)


def normal_email(written: str) -> str:
    """An address with its domain in lower case and in ASCII; empty for one that is none."""
    text = written.strip().strip("<>").strip()
    if text.startswith("@") and ":" in text:
        # A source route (RFC 5322, 4.4) before the address.
        text = text.partition(":")[2]
    text = text.removeprefix("mailto:")
    local, at, domain = text.rpartition("@")
    domain = domain.strip(" .").lower()
    if not at or not local.strip() or not domain or len(domain) > 255:
        return ""
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    local = local.strip()
    if _UNSAFE.search(domain) or not (_PLAIN_LOCAL.fullmatch(local) or _QUOTED.fullmatch(local)):
        return ""
    return f"{local}@{domain}"


def _quoted(value: str, at: int) -> tuple[str, int]:
    out: list[str] = []
    at += 1
    while at < len(value):
        if value[at] == "\\" and at + 1 < len(value):
            out.append(value[at + 1])
            at += 2
            continue
        if value[at] == '"':
            return "".join(out), at + 1
        out.append(value[at])
        at += 1
    return "".join(out), at


def _comment(value: str, at: int) -> tuple[str, int]:
    """A comment, which may nest; an open one ends with the value."""
    out: list[str] = []
    depth = 0
    while at < len(value):
        char = value[at]
        if char == "\\" and at + 1 < len(value):
            out.append(value[at + 1])
            at += 2
            continue
        depth += (char == "(") - (char == ")")
        at += 1
        if depth == 0:
            break
        if not (char == "(" and depth == 1):
            out.append(char)
    return "".join(out), at


def _angle(value: str, at: int) -> tuple[str, int]:
    end = value.find(">", at)
    if end < 0:
        rest = re.split(r"[\s,;]", value[at + 1 :], maxsplit=1)[0]
        return rest, at + 1 + len(rest)
    return value[at + 1 : end], end + 1
