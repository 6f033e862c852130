"""What one round of the worker did."""

from dataclasses import dataclass, field

from bot.worker.deciding import Worked
from bot.worker.fetching import Haul
from bot.worker.sending import Sent


@dataclass(slots=True, kw_only=True)
class Round:
    """What one round did.

    Attributes:
        haul: from the mailbox; None where it was not visited.
        elsewhere: whether another worker visits it.
        calendar: whether this worker does what the calendar says, and tells people of trouble.
        worked: of the messages recorded.
        reminders, requests, digests: letters queued.
        closed: closing reports made.
        sent: letters handed over.
        trouble: what went wrong, one line each.
    """

    haul: Haul | None = None
    elsewhere: bool = False
    calendar: bool = True
    worked: Worked = field(default_factory=Worked)
    reminders: int = 0
    requests: int = 0
    digests: int = 0
    closed: int = 0
    sent: Sent = field(default_factory=Sent)
    trouble: list[str] = field(default_factory=list)

    @property
    def did_something(self) -> bool:
        """Whether there is anything to tell."""
        haul = self.haul
        return bool(
            (haul and (haul.taken or haul.again or haul.left or haul.gap))
            or self.worked.settled
            or self.worked.held
            or self.worked.failed
            or self.reminders
            or self.requests
            or self.digests
            or self.closed
            or self.sent.sent
            or self.sent.refused
            or self.sent.deferred
            or self.trouble
        )
