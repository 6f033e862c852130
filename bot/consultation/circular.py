"""A circular as data: its number, study group, deadline, meeting and draft texts."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from bot.consultation.question import Question, four_boxes

#: "By 2359 hours UTC" takes in that whole minute.
DEADLINE_MINUTE = dt.timedelta(minutes=1)


class Revision(StrEnum):
    """Whether a draft text is a new Recommendation or a revised one."""

    NEW = "new"
    REVISED = "revised"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftText:
    """One determined draft Recommendation.

    Attributes:
        designation: "Y.4241".
        former_name: "Y.dt-SComCam"; None for a text that had none.
        revision: new or revised.
        title: as in Annex 1; may be empty where it could not be found.
        document: "SG20-R12"; None where the circular names none.
        ipr_note: the TSB note on IPR statements; None where there is none.
    """

    designation: str
    former_name: str | None
    revision: Revision
    title: str
    document: str | None = None
    ipr_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The study group meeting that is to consider the approval."""

    place: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Circular:
    """A TSB Circular that starts a Member State consultation.

    Attributes:
        number: 106.
        study_group: 20.
        study_group_title: "Internet of things, digital twins ..."; may be empty.
        date: of the circular.
        deadline: the last minute that counts, UTC (23:59:00 for "2359 hours").
        meeting: where and when approval is considered.
        reply_address: "tsbdir@itu.int".
        contact_address: the study group secretariat's; None where the circular names none.
        texts: in the order of the form (Annex 2).
        question: what the form asks of each of them.
    """

    number: int
    study_group: int
    study_group_title: str
    date: dt.date
    deadline: dt.datetime
    meeting: Meeting
    reply_address: str
    contact_address: str | None
    texts: tuple[DraftText, ...]
    question: Question = field(default_factory=four_boxes)

    @property
    def name(self) -> str:
        """How people call it: "TSB Circular 106"."""
        return f"TSB Circular {self.number}"

    def in_time(self, received: dt.datetime) -> bool:
        """Whether a reply that our server received then counts."""
        return received < self.deadline + DEADLINE_MINUTE

    def text(self, designation: str) -> DraftText | None:
        """The draft text of that designation, or None where the circular has no such."""
        return next((text for text in self.texts if text.designation == designation), None)
