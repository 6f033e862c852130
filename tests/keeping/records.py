"""A record with something in every table, and raw messages to it."""

import datetime as dt

from bot.consultation.record import Standing
from bot.edges.archive import Archive
from bot.register.member_state import Contact
from bot.store.attachments import NewAttachment
from bot.store.messages import Arrival
from bot.store.readings import PartReading
from bot.store.replies import NewReply
from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from tests.store.samples import NOW, assigns, letter

#: What must be gone after a purge; no address of the register.
SENDER = "Focal.Point@admin.example"


def raw_message(number: int) -> bytes:
    """A message; no two are the same."""
    return f"From: {SENDER}\r\nSubject: Reply {number}\r\n\r\nBody {number} \u00e9\r\n".encode()


def record(
    store: Store,
    archive: Archive,
    number: int,
    *,
    circulars: tuple[int, ...] = (106,),
    state: str = "CHE",
    needs_review: bool = False,
    received_at: dt.datetime = NOW,
) -> int:
    """A message that is a reply to those circulars, with all that hangs on one; its id."""
    raw = raw_message(number)
    sha256 = archive.put(raw)
    with store.transaction() as tx:
        message_id = tx.messages.take(
            Arrival(
                account="tsbdir@mail.example",
                folder="INBOX",
                uidvalidity=1,
                uid=number,
                sha256=sha256,
                size=len(raw),
                received_at=received_at,
                recorded_at=received_at,
                sender=SENDER,
                subject=f"The subject of {number}",
                header_id=f"<{number}@admin.example>",
            )
        ).message_id
        tx.readings.keep(
            message_id,
            [
                PartReading(
                    part="1", filename="evidence.docx", sha256=sha256, format="docx",
                    document={"said": ["the evidence", 1.5, None]},
                )
            ],
        )  # fmt: skip
        for circular in circulars:
            reply = tx.replies.add(
                NewReply(
                    message_id=message_id,
                    circular=circular,
                    state=state,
                    received_at=received_at,
                    recorded_at=received_at,
                    sender=SENDER,
                    language="fr",
                    standing=Standing.PENDING if needs_review else Standing.COUNTED,
                    needs_review=needs_review,
                    attachments=(
                        NewAttachment(
                            part="2", filename="comments.pdf", size=10, sha256=sha256, format="pdf"
                        ),
                    ),
                )
            )
            standing = Standing.PENDING if needs_review else Standing.COUNTED
            tx.opinions.append(reply, [(assigns(), standing)], at=received_at, who="worker")
            key = f"acknowledgement/{circular}/{number}/{SENDER}"
            queued = tx.letters.queue(
                letter(
                    key, kind="acknowledgement", circular=circular, recipient=SENDER,
                    reply_id=reply.id, answers_message_id=message_id, created_at=received_at,
                    raw=f"To: {SENDER}\r\n\r\nThe body of a letter {number}\r\n".encode(),
                )
            )  # fmt: skip
            assert queued is not None
            tx.letters.mark_sent(queued.id, received_at)
            tx.contacts.merge([contact(state)], received_at)
        tx.notes.add(
            "absence", at=received_at, text=f"Away, says {SENDER}", message_id=message_id,
            address=SENDER,
        )  # fmt: skip
        tx.messages.settle(message_id, status=MessageStatus.SETTLED, kind="reply", at=received_at)
        tx.audit.append(at=received_at, who="worker", action="decide", subject=f"message/{number}")
    return message_id


def contact(state: str) -> Contact:
    """A line of the register."""
    return Contact(
        iso3=state,  # type: ignore[arg-type]  # a code like any other
        name="Administration",
        email=f"registered@{state.lower()}.example",
        role="focal point",
        focal_point=True,
        domain=None,
        language="fr",
    )


def everything(store: Store) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    with store.snapshot() as tx:
        return {
            name: [dict(row) for row in tx.contents.rows(name)] for name in tx.contents.tables()
        }
