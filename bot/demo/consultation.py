"""The sample consultation: the mailbox, and by hand what it comes to."""

import dataclasses
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from bot.consultation.circular import Circular
from bot.demo.clear_replies import clear_replies
from bot.demo.doubtful_replies import doubtful_replies
from bot.demo.other_mail import other_mail
from bot.demo.sample_message import Desk, Expected, SampleMessage

#: What stands at the end, by hand: row by row N assigns without comments, C with comments
#: attached, A without saying which, D does not assign; "?" waits for a person, "-" was left
#: blank, "." was not in the form. Nothing here is computed from the messages.
STANDING: Final = {
    "ARG": "NNNNNCNNNN",
    "AUS": "NNANNNNNNN",
    "BEL": "NNNNNNDNNN",
    "CAN": "NNNNNNDNNN",
    "CHE": "NNNNNNNNNN",
    "CHL": "NNNNNNNCNN",
    "CHN": "NNNNNNDNNN",
    "DEU": "NDNNNNDNNN",
    "DNK": "NNNNNNDNNN",
    "EGY": "NNNNNNDNNN",
    "FIN": "NNNNNNDNNN",
    "FRA": "NNNNNCNNNN",
    "GBR": "NNNNNNNNNN",
    "GHA": "NNNNNNNNNN",
    "IND": "NNNNNNNNNN",
    "ISL": "NNNNNNNNNN",
    "JPN": "CNNNCNNNNN",
    "KAZ": "NNNCNNNNNN",
    "KEN": "NNNNNNDNNN",
    "KOR": "N..N.....C",
    "MAR": "NNNNNNNNNN",
    "MEX": "NDNNNNNNNN",
    "NLD": "NNNNNNNNNN",
    "NOR": "NNNNNNNNNN",
    "NZL": "NNNNNNNNNN",
    "SEN": "NNNNNNNNNN",
    "THA": "----------",
    "TUR": "NNNNNNDNNN",
    "USA": "NNNNNNNNDN",
    "UZB": "NNNNNDNNNN",
    "ZAF": "NNN??NNNNN",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedTally:
    """What the sample comes to for one text, before any person has reviewed anything."""

    text: str
    assigns: int
    does_not_assign: int
    with_comments: int
    blank: int


def sample_mailbox(circular: Circular) -> tuple[SampleMessage, ...]:
    """Every message of the sample in the order in which it came in.

    Meant for a circular of about ten texts; the same circular gives the same bytes.
    """
    desk = Desk(circular=circular)
    messages = [*clear_replies(desk), *doubtful_replies(desk), *other_mail(desk)]
    switzerland = next(message for message in messages if message.name == "CHE")
    messages.append(
        dataclasses.replace(
            switzerland,
            name="CHE-again",
            received_at=switzerland.received_at + dt.timedelta(hours=1),
            about="the first reply, delivered a second time",
            expected=Expected.SEEN_ALREADY,
        )
    )
    return tuple(sorted(messages, key=lambda message: (message.received_at, message.name)))


def expected_tally(circular: Circular) -> tuple[ExpectedTally, ...]:
    """`STANDING` counted text by text, for a circular of ten texts at the most."""
    counts = [
        Counter(letters[place] for letters in STANDING.values())
        for place in range(len(circular.texts))
    ]
    return tuple(
        ExpectedTally(
            text=text.designation,
            assigns=count["N"] + count["C"] + count["A"],
            does_not_assign=count["D"],
            with_comments=count["C"],
            blank=count["-"],
        )
        for text, count in zip(circular.texts, counts, strict=True)
    )
