"""What replies announce and have not brought: comments and reasons, text by text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.tally import standing_opinions
from bot.store.attachments import StoredAttachment
from bot.store.replies import StoredReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """What one reply owes.

    Attributes:
        reply: which.
        comments: designations whose comments are said to be attached, and are not.
        reasons: designations not assigned, without reasons.
    """

    reply: StoredReply
    comments: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.comments, *self.reasons)


def owing(
    circular: Circular,
    records: Sequence[OpinionRecord],
    replies: Sequence[StoredReply],
    attachments: Callable[[int], Sequence[StoredAttachment]],
) -> tuple[Owing, ...]:
    """What is still due, in the order of the replies.

    Of a reply that counts only the texts on which it stands, and for which no later reply of the
    same Member State brought a file: one that names no text serves all.

    Args:
        circular: which.
        records: of it.
        replies: to it.
        attachments: those of a reply, by its id.
    """
    standing = standing_opinions(circular, records)
    found = []
    for reply in replies:
        if not (reply.comments_missing or reply.reasons_missing):
            continue
        if reply.standing is Standing.COUNTED and reply.state is not None:
            brought = [
                each.texts for later in _later(reply, replies) for each in attachments(later.id)
            ]
            due = {
                text
                for text in (*reply.comments_missing, *reply.reasons_missing)
                if (record := standing.get((reply.state, text)))
                and record.reply == reply.id
                and not any(not texts or text in texts for texts in brought)
            }
        elif reply.standing is Standing.PENDING:
            due = {*reply.comments_missing, *reply.reasons_missing}
        else:
            continue
        owed = Owing(
            reply=reply,
            comments=tuple(text for text in reply.comments_missing if text in due),
            reasons=tuple(text for text in reply.reasons_missing if text in due),
        )
        if owed.texts:
            found.append(owed)
    return tuple(found)


def _later(reply: StoredReply, replies: Sequence[StoredReply]) -> Iterator[StoredReply]:
    """What the same Member State sent after it, unless that was no reply or waits still."""
    for each in replies:
        follows = (each.received_at, each.id) > (reply.received_at, reply.id)
        if follows and each.state == reply.state and each.standing is Standing.COUNTED:
            yield each
