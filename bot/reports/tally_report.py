"""The tally as others read it (`tsbbot tally --json`)."""

import datetime as dt
from typing import Any

from bot.consultation.tally import CircularTally


def tally_as_json(counted: CircularTally) -> dict[str, Any]:
    """The object that `tsbbot tally --json` prints."""
    return {
        "circular": counted.circular,
        "as_of": moment(counted.as_of),
        "deadline": moment(counted.deadline),
        "texts": [
            {
                "text": each.text,
                "replies": each.replies,
                "assigns": each.assigns,
                "does_not_assign": each.does_not_assign,
                "with_comments": each.with_comments,
                "blank": each.blank,
                "pending": each.pending,
                "share": None if each.share is None else round(each.share, 4),
                "threshold_met": each.threshold_met,
                "decided": each.decided,
            }
            for each in counted.texts
        ],
        "replied": list(counted.replied),
        "pending": list(counted.pending),
        "late": list(counted.late),
        "not_counted": counted.not_counted,
        "unknown": counted.unknown,
        "observers": list(counted.observers),
    }


def moment(value: dt.datetime) -> str:
    """UTC in ISO 8601 with a Z, to the second."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
