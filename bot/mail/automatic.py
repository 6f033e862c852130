"""Whether a machine wrote a message, of which kind, and how sure that is (RFC 3834, 3464, 8098).

Signs are weighed, since each of them also stands in mail that people wrote: an odd gateway says
"Precedence: bulk" of everything, a group's address adds List-Id to a real reply. What is not
certain is for a person; what is certain and carries a document is not certain.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.mail.absence import is_absence_subject, is_answer_subject, mentions_absence
from bot.mail.bounces.delivery_status import (
    Action,
    delivery_reports,
    from_mail_system,
    null_return_path,
)
from bot.mail.bounces.failure_subject import is_failure_subject
from bot.mail.message import Message, Part
from bot.mail.own_mark import LETTER_FIELD, is_own_id


class AutomaticKind(StrEnum):
    """What kind of machine wrote it; where several fit, the first of these."""

    #: A letter of ours that came back as it was.
    OWN = "own"
    #: A letter was not delivered, for good.
    BOUNCE = "bounce"
    #: A letter is late, and still being tried.
    DELAY = "delay"
    #: Delivered, or read (RFC 8098).
    RECEIPT = "receipt"
    ABSENCE = "absence"
    LIST = "list"
    #: From an address that takes no answer.
    NO_REPLY = "no_reply"
    OTHER = "other_automatic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """A message that a machine wrote, or seems to have written.

    Attributes:
        kind: what it is.
        evidence: what shows it, for people: "Auto-Submitted: auto-replied".
        certain: whether it may be put aside without a person; never answered either way.
    """

    kind: AutomaticKind
    evidence: tuple[str, ...]
    certain: bool


class _Weight(IntEnum):
    #: Only beside another sign.
    SUPPORT = 1
    #: Automatic, or a real letter that came through an odd gateway.
    STRONG = 2
    PROOF = 3


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: AutomaticKind
    weight: _Weight
    evidence: str


def automatic(
    message: Message, own_addresses: Collection[str] = (), *, returned: bool = False
) -> Automatic | None:
    """What a machine's message is; None for one that a person seems to have written.

    Args:
        message: as opened, or its header alone (then bounces are known by their header only).
        own_addresses: that our letters are sent from.
        returned: whether it came to the return address of a letter, which people do not write to.
    """
    signs = [sign for read in _READ for sign in read(message)]
    signs += _own(message, own_addresses)
    if returned:
        said = "to the return address of a letter"
        signs.append(_Sign(AutomaticKind.OTHER, _Weight.STRONG, said))
    if not any(sign.weight >= _Weight.STRONG for sign in signs):
        return None
    kinds = {sign.kind for sign in signs}
    kind = next(each for each in AutomaticKind if each in kinds)
    proved = any(sign.weight is _Weight.PROOF for sign in signs)
    agreed = sum(sign.weight is _Weight.STRONG for sign in signs) >= 2
    return Automatic(
        kind=kind,
        evidence=tuple(sign.evidence for sign in signs),
        certain=(proved or agreed) and not _may_be_a_reply(message, kind),
    )


def _may_be_a_reply(message: Message, kind: AutomaticKind) -> bool:
    """Machines send no forms: a document makes any sign but a mail system's own doubtful."""
    if kind in {AutomaticKind.OWN, AutomaticKind.BOUNCE, AutomaticKind.DELAY}:
        # They enclose the letter that they are about; a form beside it is another matter.
        return any(_is_document(part) for part in message.parts if "/" not in part.path)
    answers = kind is AutomaticKind.LIST and bool(message.in_reply_to or message.references)
    return answers or any(_is_document(part) for part in message.parts)


def _is_document(part: Part) -> bool:
    kind = part.content_type
    if part.body or not part.data or kind in _NO_DOCUMENTS:
        return False
    if kind.startswith(("text/", "message/")):
        return part.filename is not None
    return not (kind.startswith("image/") and part.content_id is not None)


_NO_DOCUMENTS = frozenset(
    {
        "application/ics",
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "message/global-delivery-status",
        "text/calendar",
        "text/rfc822-headers",
    }
)


def _own(message: Message, own_addresses: Collection[str]) -> Iterator[_Sign]:
    own = {address.casefold() for address in own_addresses}
    from_us = any(address.email.casefold() in own for address in message.from_)
    marked = bool(message.field(LETTER_FIELD))
    named = message.message_id is not None and is_own_id(message.message_id)
    if marked or named:
        sure = _Weight.PROOF if marked + named + from_us >= 2 else _Weight.STRONG
        said = f"{LETTER_FIELD} field" if marked else f"Message-ID {message.message_id}"
        yield _Sign(AutomaticKind.OWN, sure, said)


def _report(message: Message) -> Iterator[_Sign]:
    """RFC 3464 and 8098 reports, and bounces in plain words."""
    types = [each.lower() for each in message.field("content-type")]
    declared = any(each.startswith("multipart/report") for each in types)
    proof = _Weight.PROOF if declared or from_mail_system(message) else _Weight.STRONG
    own = {part.content_type for part in message.parts if "/" not in part.path}
    if "message/disposition-notification" in own or any(
        "disposition-notification" in each for each in types
    ):
        yield _Sign(AutomaticKind.RECEIPT, proof, "a disposition notification (RFC 8098)")
    elif any("feedback-report" in each for each in types):
        yield _Sign(AutomaticKind.OTHER, proof, "a feedback report (RFC 5965)")
    elif reports := delivery_reports(message):
        actions = {report.action for report in reports}
        kind = next(_BY_ACTION[each] for each in _BY_ACTION if each in actions)
        said = f"delivery report: {reports[0].recipient} {reports[0].action} {reports[0].status}"
        yield _Sign(kind, proof, said.strip())
    elif any("delivery-status" in each for each in types) and declared:
        yield _Sign(AutomaticKind.BOUNCE, proof, "a delivery report (RFC 3464)")
    elif message.field("x-failed-recipients") or message.field("x-ms-exchange-message-is-ndr"):
        yield _Sign(AutomaticKind.BOUNCE, _Weight.PROOF, "a field of a non-delivery report")


_BY_ACTION = {
    Action.FAILED: AutomaticKind.BOUNCE,
    Action.DELAYED: AutomaticKind.DELAY,
    Action.DELIVERED: AutomaticKind.RECEIPT,
    Action.RELAYED: AutomaticKind.RECEIPT,
    Action.EXPANDED: AutomaticKind.RECEIPT,
}


def _mail_system(message: Message) -> Iterator[_Sign]:
    if null_return_path(message):
        yield _Sign(AutomaticKind.OTHER, _Weight.STRONG, "Return-Path: <>")
    if is_failure_subject(message.subject) and not delivery_reports(message):
        weight = _Weight.STRONG if from_mail_system(message) else _Weight.SUPPORT
        yield _Sign(AutomaticKind.BOUNCE, weight, f"Subject: {message.subject[:60]}")
    for address in message.from_[:5]:
        local = address.email.rpartition("@")[0].lower()
        if local in {"mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon"}:
            # Its reports say more exactly what it writes about.
            kind = AutomaticKind.OTHER if delivery_reports(message) else AutomaticKind.BOUNCE
            yield _Sign(kind, _Weight.PROOF, f"From: {address.email}")
        elif local == "postmaster":
            # In a small Administration a person may write as postmaster.
            yield _Sign(AutomaticKind.OTHER, _Weight.SUPPORT, f"From: {address.email}")
        elif local.translate(_NO_SIGNS).startswith(_NO_REPLY):
            yield _Sign(AutomaticKind.NO_REPLY, _Weight.STRONG, f"From: {address.email}")


_NO_SIGNS = str.maketrans("", "", "-_.+")
_NO_REPLY = (
    "noreply",
    "noresponse",
    "donotreply",
    "dontreply",
    "nepasrepondre",
    "nepasrépondre",
    "noresponder",
    "noresponda",
    "naoresponder",
    "nichtantworten",
    "keineantwort",
)


def _submitted(message: Message) -> Iterator[_Sign]:
    """Auto-Submitted (RFC 3834, 5) and what was written before there was such a field."""
    for value in message.field("auto-submitted"):
        keyword = value.replace("(", ";").partition(";")[0].strip().lower()
        if keyword and keyword != "no":
            weight = _Weight.STRONG if keyword == "auto-generated" else _Weight.PROOF
            yield _Sign(AutomaticKind.OTHER, weight, f"Auto-Submitted: {keyword[:40]}")
    for name in _AUTOREPLY_FIELDS:
        for value in message.field(name):
            if value.strip().lower() not in {"no", "none", "false", "0", ""}:
                yield _Sign(AutomaticKind.ABSENCE, _Weight.PROOF, f"{name}: {value[:40]}")
    for name in ("precedence", "x-precedence", "preference"):
        for value in message.field(name):
            kind = _BY_PRECEDENCE.get(value.strip().lower().replace("-", "_"))
            if kind is not None:
                yield _Sign(kind, _Weight.STRONG, f"{name}: {value[:40]}")
    for value in message.field("x-auto-response-suppress"):
        # A wish about answers, set on the ordinary mail of whole organisations.
        yield _Sign(AutomaticKind.OTHER, _Weight.SUPPORT, f"X-Auto-Response-Suppress: {value[:40]}")


_AUTOREPLY_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-vacation",
    "x-ms-exchange-inbox-rules-oof",
)
_BY_PRECEDENCE = {
    "auto_reply": AutomaticKind.ABSENCE,
    "list": AutomaticKind.LIST,
    "bulk": AutomaticKind.OTHER,
    "junk": AutomaticKind.OTHER,
}


def _absence(message: Message) -> Iterator[_Sign]:
    if is_answer_subject(message.subject):
        return
    if is_absence_subject(message.subject):
        wished = message.field("x-auto-response-suppress")
        weight = _Weight.PROOF if wished else _Weight.STRONG
        yield _Sign(AutomaticKind.ABSENCE, weight, f"Subject: {message.subject[:60]}")
    elif mentions_absence(message.subject):
        yield _Sign(AutomaticKind.ABSENCE, _Weight.SUPPORT, f"Subject: {message.subject[:60]}")


def _list(message: Message) -> Iterator[_Sign]:
    """RFC 2919, RFC 2369, and what list programs wrote before."""
    for name in ("list-id", "list-unsubscribe", "mailing-list", "x-mailing-list", "list-post"):
        for value in message.field(name)[:1]:
            yield _Sign(AutomaticKind.LIST, _Weight.STRONG, f"{name}: {value[:60]}")


def _calendar(message: Message) -> Iterator[_Sign]:
    for part in message.parts:
        if part.content_type in {"text/calendar", "application/ics"} and "/" not in part.path:
            answered = b"METHOD:REPLY" in part.data[:65536].upper()
            weight = _Weight.PROOF if answered else _Weight.STRONG
            yield _Sign(AutomaticKind.OTHER, weight, "a calendar object (RFC 5546)")
            return


_READ: tuple[Callable[[Message], Iterator[_Sign]], ...] = (
    _report,
    _mail_system,
    _submitted,
    _absence,
    _list,
    _calendar,
)
