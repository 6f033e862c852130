"""What every step of the worker knows of the consultation and of itself."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.consultation.circular import Circular
from bot.consultation.working_hours import MONDAY_TO_FRIDAY, WorkingHours
from bot.mail.bounces.return_address import ReturnAddress
from bot.mail.message import Address

_MIDNIGHT = 24


@dataclass(frozen=True, kw_only=True)
class Office:
    """The secretariat as the program serves it.

    Attributes:
        circulars: whose replies are read, by number.
        sender: of our letters.
        observers: ISO codes recorded outside of the percentage (Res. 99).
        return_pattern: of the return address of each letter; empty: they return to the sender.
        authserv_id: whose Authentication-Results are believed.
        sealers: domains whose ARC seals are trusted, lower case.
        require_authenticity: whether a sender without it waits for a person.
        confirm_scans: whether what was read off a picture waits for a person.
        digest_to: who gets the digest.
        digest_at: (hour, minute) in `zone`.
        zone: the secretariat's.
        days_before: the days of the reminders.
        reminder_hour, reminder_until: not before the one, nor from the other on, in `zone`.
        working_days: days of the week, 0 being Monday; on others nothing goes that nobody asked for.
        holidays: further days on which nothing goes.
        ask_again_days: until a sender is asked once more for what is missing; 0: never.
        base_url: of the review page; empty where there is none.
        answers_a_day: letters to one address in 24 hours.
        answers_in_all: answers to all addresses together in 24 hours.
        message_bytes: a larger message is not fetched.
        attachment_bytes: a larger part is not read.
    """

    circulars: tuple[Circular, ...]
    sender: Address
    observers: frozenset[str] = frozenset()
    return_pattern: str = ""
    authserv_id: str = ""
    sealers: frozenset[str] = frozenset()
    require_authenticity: bool = True
    confirm_scans: bool = True
    digest_to: tuple[str, ...] = ()
    digest_at: tuple[int, int] = (7, 0)
    zone: ZoneInfo
    days_before: tuple[int, ...] = ()
    reminder_hour: int = 9
    reminder_until: int = 18
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[dt.date] = frozenset()
    ask_again_days: int = 0
    base_url: str = ""
    answers_a_day: int = 20
    answers_in_all: int = 1000
    message_bytes: int = 60_000_000
    attachment_bytes: int = 40_000_000

    @cached_property
    def hours(self) -> WorkingHours:
        """When reminders go."""
        return WorkingHours(
            timezone=self.zone,
            opens=dt.time(self.reminder_hour),
            closes=dt.time(self.reminder_until) if self.reminder_until < _MIDNIGHT else None,
            days=self.working_days,
            holidays=self.holidays,
        )

    @cached_property
    def own_addresses(self) -> frozenset[str]:
        """Addresses that our letters come from and replies go to."""
        return frozenset({self.sender.email.lower()} - {""})

    @cached_property
    def returns(self) -> ReturnAddress:
        """Where letters return to that cannot be delivered."""
        return ReturnAddress(address=self.sender.email, pattern=self.return_pattern)

    def circular(self, number: int) -> Circular | None:
        """The circular of that number; None where it is not configured."""
        return next((each for each in self.circulars if each.number == number), None)
