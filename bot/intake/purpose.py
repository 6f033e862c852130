"""What an acknowledgement is for."""

from enum import StrEnum


class Purpose(StrEnum):
    """Which acknowledgement: each answers one reply, once."""

    #: Everything was read and the sender is known.
    RECORDED = "recorded"
    #: Received; all or part of it waits for a person.
    UNDER_REVIEW = "under_review"
    #: Received after the deadline: recorded as late, not counted.
    LATE = "late"
    #: From one whose opinion is not asked: recorded, not counted.
    NOT_COUNTED = "not_counted"
    #: After review: what was settled.
    CONFIRMED = "confirmed"
    #: After review: files without a form that belong to the State's reply.
    SUPPLEMENTED = "supplemented"
