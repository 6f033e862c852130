"""One message: what was read beside what it was read from, and everything that happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.consultation.circular import Circular
from bot.consultation.opinion import TextOpinion
from bot.consultation.record import Standing
from bot.errors import ArchiveError
from bot.intake.review import VERDICTS
from bot.mail.authentication.authenticity import Authenticity, authenticity
from bot.mail.message import Message
from bot.register.register import Register
from bot.register.states import member_states
from bot.review.evidence import FileSeen, RowSeen, files_seen
from bot.review.visit import NotThereError, Visit
from bot.store.attachments import StoredAttachment
from bot.store.audit import AuditEntry
from bot.store.messages import StoredMessage
from bot.store.opinions import DecidedOpinion
from bot.store.replies import StoredReply
from bot.store.transaction import Transaction
from bot.worker.decisions.undoing import can_be_taken_back, last_words

_MOST_TEXT = 20_000
_HEADERS = (
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "date",
    "subject",
    "message-id",
    "in-reply-to",
    "authentication-results",
)
#: What a page says after something was done; nothing else is taken from an address.
DONE: Mapping[str, str] = {
    "settled": "Recorded: nothing of it waits any more.",
    "waits": "Recorded; some of it still waits.",
    "rejected": "Rejected: it counts for nothing.",
    "undone": "Taken back: everything stands as before, and no confirmation goes out.",
    "asked": "The question is in the outbox; the reply waits on.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One text of the circular: what is recorded of it, and what it was read from.

    Attributes:
        number: its place in the circular, which names the fields of the form.
        text: designation.
        title: of the draft; may be empty.
        opinion, standing: the last word; None where the reply does not have the text.
        seen: (file, row) of every form that has it.
    """

    number: int
    text: str
    title: str
    opinion: TextOpinion | None
    standing: Standing | None
    seen: tuple[tuple[FileSeen, RowSeen], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyShown:
    """A reply on its page.

    Attributes:
        reply: as it stands.
        circular: that it answers; None where that is not configured.
        rows: of the circular, in its order.
        history: everything ever recorded of it.
        grounds: why the program took it for whose it took it.
        attachments: kept with it.
        trail: entries of the audit trail.
        undoable: whether the last decision can be taken back.
    """

    reply: StoredReply
    circular: Circular | None
    rows: tuple[RowShown, ...]
    history: tuple[DecidedOpinion, ...]
    grounds: tuple[str, ...]
    attachments: tuple[StoredAttachment, ...]
    trail: tuple[AuditEntry, ...]
    undoable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderShown:
    """What is known of whom a message is from.

    Attributes:
        address: of From.
        vouched: what the receiving server says of it; None where the message is gone.
        registered: Member States (or other entities) that have the address.
        domain: Member States that have its domain, or an address at it.
    """

    address: str
    vouched: Authenticity | None
    registered: tuple[str, ...]
    domain: tuple[str, ...]


def message(visit: Visit) -> Response:
    """The page of a message and the replies that it holds."""
    with visit.desk.store.snapshot() as tx:
        stored = tx.messages.get(visit.number("message"))
        if stored is None:
            raise NotThereError
        files = files_seen(tx.readings.of_message(stored.id))
        replies = tuple(
            _reply(tx, visit, reply, files) for reply in tx.replies.of_message(stored.id)
        )
        values: dict[str, object] = {
            "message": stored,
            "files": files,
            "replies": replies,
            "letters": tx.letters.of_message(stored.id),
            "notes": tx.notes.of_message(stored.id),
            "places": tx.entries.places(stored.id),
            "trail": tx.audit.of(f"message/{stored.id}"),
            **_neighbours(tx, stored.id),
        }
    opened, gone = _opened(visit, stored)
    register = visit.desk.register_file.as_imported()
    return visit.house.pages.show(
        visit,
        "message.html",
        {
            **values,
            "opened": opened,
            "gone": gone,
            "headers": _headers(opened),
            "text": opened.text[:_MOST_TEXT] if opened else "",
            "text_cut": bool(opened) and len(opened.text) > _MOST_TEXT if opened else False,
            "sender": _sender(visit, stored, opened, register),
            "verdicts": tuple(VERDICTS),
            "states": _states(),
            "circulars": visit.desk.office.circulars,
            "waits": stored.status.value in {"held", "quarantined"},
            "done": DONE.get(visit.query.get("done", "")),
        },
    )


def _opened(visit: Visit, stored: StoredMessage) -> tuple[Message | None, str]:
    try:
        return visit.house.opened.get(stored.sha256), ""
    except ArchiveError as error:
        return None, str(error)


def _headers(opened: Message | None) -> tuple[tuple[str, str], ...]:
    if opened is None:
        return ()
    return tuple((name, value) for name, value in opened.headers if name in _HEADERS)[:40]


def _reply(
    tx: Transaction, visit: Visit, reply: StoredReply, files: Sequence[FileSeen]
) -> ReplyShown:
    circular = visit.desk.office.circular(reply.circular)
    words = {row.text: (row, standing) for row, standing in last_words(tx, reply)}
    history = tuple(tx.opinions.of_reply(reply.id))
    first = next((each.why for each in history if each.who == "worker"), "")
    texts = circular.texts if circular else ()
    rows = tuple(
        RowShown(
            number=number,
            text=text.designation,
            title=text.title,
            opinion=words[text.designation][0] if text.designation in words else None,
            standing=words[text.designation][1] if text.designation in words else None,
            seen=tuple(
                (file, row) for file in files for row in file.rows if row.text == text.designation
            ),
        )
        for number, text in enumerate(texts)
    )
    return ReplyShown(
        reply=reply,
        circular=circular,
        rows=rows,
        history=history,
        grounds=tuple(each for each in first.split("; ") if each),
        attachments=tuple(tx.attachments.of_reply(reply.id)),
        trail=tuple(tx.audit.of(f"reply/{reply.id}")),
        undoable=can_be_taken_back(tx, reply),
    )


def _sender(
    visit: Visit, stored: StoredMessage, opened: Message | None, register: Register
) -> SenderShown:
    domain, office = stored.sender.rpartition("@")[2], visit.desk.office
    entries = (register.domain_entry(domain), register.contact_domain(domain))
    states = {code: None for entry in entries if entry for code in entry.states}
    return SenderShown(
        address=stored.sender,
        vouched=authenticity(opened, office.authserv_id, office.sealers) if opened else None,
        registered=tuple(
            each.iso3 or each.name or "asked for information only"
            for each in register.contacts_at(stored.sender)
        ),
        domain=tuple(states),
    )


def _states() -> tuple[tuple[str, str], ...]:
    """(code, name) by name."""
    return tuple(
        sorted(
            ((code, each.name()) for code, each in member_states().items()),
            key=lambda pair: pair[1],
        )
    )


def _neighbours(tx: Transaction, message_id: int) -> dict[str, object]:
    """What comes before and after it in the queue; the head of it for what does not wait."""
    order = tx.queue.order()
    if message_id not in order:
        return {
            "before": None,
            "after": order[0] if order else None,
            "place": None,
            "of": len(order),
        }
    at = order.index(message_id)
    return {
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
        "place": at + 1,
        "of": len(order),
    }
