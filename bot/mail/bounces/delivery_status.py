"""What a bounce says of each recipient: RFC 3464 reports, and the plain words of older systems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.mail.addresses import normal_email
from bot.mail.bounces.failure_subject import is_failure_subject
from bot.mail.bounces.odd_bounces import odd_failures
from bot.mail.charsets import decode_text
from bot.mail.fields import split_header, undecoded
from bot.mail.message import Message
from bot.mail.own_mark import is_own_id
from bot.mail.threads import message_ids

#: Of one message; more recipients than that are none of ours.
MOST_REPORTS = 200
_LONGEST_REPORT = 256 * 1024
_LONGEST_WORDS = 64 * 1024
_MOST_GROUPS = 2_000

_LINE = re.compile(rb"[^\r\n]*[\r\n]*")

_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_HEADER_TYPES = frozenset({"text/rfc822-headers", "message/global-headers"})
_DAEMONS = frozenset(
    {"mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "mdaemon", "mailsystem"}
)
#: From here on a bounce repeats our letter.
_COPY = re.compile(
    r"^\W*(?:below this line is a copy|this is a copy of (?:the|your) message"
    r"|(?:original|returned|unsent) message (?:follows|below|headers?|text)"
    r"|the header of the original message|message header follows|original message headers?\b)",
    re.IGNORECASE | re.MULTILINE,
)
#: An address that begins a line, as all the plain notes give it.
_LISTED = re.compile(
    r"^[ \t]{0,16}<?([^\s<>:;,()\"：，；（）]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9])>?"
    r"(?=$|[\s:;,(])[^\S\n]*:?(.{0,500})$",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"\b(?:delivered|deliver(?:ing)?|delivery|message|send|sent)\b[^\n@]{0,80}?\bto:?\s{1,4}"
    r"<?([^\s<>:;,()\"]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9])",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d(?![\d.])")
_DELAY = re.compile(
    r"\bdelayed\b|will be retried|still (?:being )?(?:trying|retried)|not been delivered yet"
    r"|no action is required|do(?: not|n't) need to resend|temporar(?:y|ily)",
    re.IGNORECASE,
)
_MESSAGE_ID = re.compile(r"message-id:\s{0,80}(<[^<>\s]{1,998}>)", re.IGNORECASE)


class Action(StrEnum):
    """What became of a letter (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of a letter on its way to one recipient.

    Attributes:
        recipient: whom the letter was for, as we addressed it where that is said.
        action: what became of it.
        status: RFC 3463 code such as "5.1.1"; empty where none is given.
        diagnostic: the words of the system that refused it, on one line; may be empty.
        original_message_id: of the letter, with angle brackets; None where it cannot be told.
    """

    recipient: str
    action: Action
    status: str
    diagnostic: str
    original_message_id: str | None


def delivery_reports(message: Message) -> tuple[DeliveryReport, ...]:
    """One report for each recipient that a bounce names; empty for any other message."""
    original = reported_id(message)
    found: dict[str, DeliveryReport] = {}
    for part in message.parts:
        # Reports within an enclosed message are about somebody else's letters.
        if part.content_type in _STATUS_TYPES and not _enclosed(part.path):
            for report in _structured(part.data[:_LONGEST_REPORT], original):
                found.setdefault(report.recipient.casefold(), report)
    if not found and from_mail_system(message):
        for report in _worded(message, original) or _odd(message, original):
            found.setdefault(report.recipient.casefold(), report)
    return tuple(found.values())[:MOST_REPORTS]


def from_mail_system(message: Message) -> bool:
    """Whether it is a mail system that writes: a null return path, or a name that says so."""
    locals_ = {address.email.rpartition("@")[0].lower() for address in message.from_}
    return (
        null_return_path(message)
        or not _DAEMONS.isdisjoint(locals_)
        or any(each.startswith("microsoftexchange") for each in locals_)
        or bool(message.field("x-failed-recipients"))
        or ("postmaster" in locals_ and any(map(is_own_id, message.references)))
        or (is_failure_subject(message.subject) and _encloses_ours(message))
    )


def null_return_path(message: Message) -> bool:
    """Whether nobody is to be answered (RFC 5321, 4.5.5)."""
    return any(value.replace(" ", "") == "<>" for value in message.field("return-path")[:1])


def _encloses_ours(message: Message) -> bool:
    """Whether it brings a letter of ours back, or its header."""
    return any(is_own_id(each) for each in _enclosed_ids(message))


def _enclosed(path: str) -> bool:
    return "/" in path or "!" in path


def reported_id(message: Message) -> str | None:
    """The Message-ID of the letter that a bounce is about; None where it cannot be told."""
    ids = [*_enclosed_ids(message), *message.in_reply_to, *reversed(message.references)]
    # One of ours if there is one: a gateway may have enclosed another message before it.
    return next((each for each in ids if is_own_id(each)), ids[0] if ids else None)


def _enclosed_ids(message: Message) -> list[str]:
    said: list[str] = []
    for enclosed in message.attached:
        said += enclosed.field("message-id")
    for part in message.parts:
        if part.content_type in _HEADER_TYPES:
            raw = split_header(part.data[:_LONGEST_REPORT], top=True).raw("message-id")
            said.append(undecoded(raw or b""))
        elif part.content_type in _STATUS_TYPES or part.content_type.startswith("text/"):
            text = decode_text(part.data[:_LONGEST_REPORT], part.charset)
            said += _MESSAGE_ID.findall(text)
    return [each for value in said for each in message_ids(value)]


def _structured(data: bytes, original: str | None) -> Iterator[DeliveryReport]:
    """RFC 3464, 2: a group of fields for the message, then one for each recipient."""
    at = 0
    for _ in range(_MOST_GROUPS):
        if at >= len(data):
            return
        block = split_header(data, start=at)
        if not block.fields:
            # Blank lines, or a line that is no field.
            line = _LINE.match(data, at)
            at = line.end() if line else len(data)
            continue
        at = block.body
        values = {name: undecoded(value) for name, value in reversed(block.fields)}
        recipient = _typed_address(values.get("original-recipient", "")) or _typed_address(
            values.get("final-recipient", "")
        )
        if not recipient:
            continue
        status = _STATUS.search(values.get("status", ""))
        action = values.get("action", "").partition("(")[0].strip().lower()
        yield DeliveryReport(
            recipient=recipient,
            action=_action(action, status[1] if status else ""),
            status=status[1] if status else "",
            diagnostic=values.get("diagnostic-code", "").partition(";")[2].strip()[:1000],
            original_message_id=original,
        )


def _typed_address(value: str) -> str:
    """The address of "rfc822; a@b" (RFC 3464, 2.3.1), or of one without a type."""
    kind, semicolon, address = value.partition(";")
    return normal_email(address if semicolon else kind)


def _action(said: str, status: str) -> Action:
    try:
        return Action(said)
    except ValueError:
        return {"2": Action.DELIVERED, "4": Action.DELAYED}.get(status[:1], Action.FAILED)


def _odd(message: Message, original: str | None) -> list[DeliveryReport]:
    """What the words of old and odd systems say, which flufl.bounce knows."""
    return [
        DeliveryReport(
            recipient=email,
            action=Action.FAILED if for_good else Action.DELAYED,
            status="",
            diagnostic=" ".join(message.text[:1000].split()),
            original_message_id=original,
        )
        for email, for_good in odd_failures(message)
        if email not in {address.email for address in message.to}
    ]


def _worded(message: Message, original: str | None) -> list[DeliveryReport]:
    """qmail, Postfix, Exim, Sendmail, Exchange and their kin, in their own words."""
    words = message.text[:_LONGEST_WORDS]
    if copy := _COPY.search(words):
        words = words[: copy.start()]
    ours = {address.email for address in message.to}
    named = [
        (normal_email(each), "")
        for value in message.field("x-failed-recipients")
        for each in value.split(",")
    ]
    listed = list(_LISTED.finditer(words))[:MOST_REPORTS]
    ends = [*(match.start() for match in listed[1:]), len(words)]
    for match, end in zip(listed, ends, strict=False):
        paragraph = words[match.end() : end].partition("\n\n")[0]
        named.append((normal_email(match[1]), f"{match[2].strip()} {paragraph}"))
    if not any(email for email, _ in named):
        named += [(normal_email(match[1]), words) for match in _NAMED.finditer(words)]
    found: list[DeliveryReport] = []
    for email, reason in named:
        if not email or email in ours:
            continue
        said = " ".join((reason.strip() or words)[:2000].split())
        status = _STATUS.search(said)
        code = _REPLY_CODE.search(said)
        delayed = status[1].startswith("4") if status else code is not None and code[1] == "4"
        found.append(
            DeliveryReport(
                recipient=email,
                action=Action.DELAYED if delayed or _DELAY.search(said) else Action.FAILED,
                status=status[1] if status else "",
                diagnostic=said[:1000],
                original_message_id=original,
            )
        )
    return found
