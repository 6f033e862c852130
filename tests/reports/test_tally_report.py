"""The tally as `tsbbot tally --json` prints it."""

import datetime as dt
import json

import pytest

from bot.consultation.tally import CircularTally, TextTally
from bot.reports.tally_report import moment, tally_as_json

DEADLINE = dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC)


def counted(*texts: TextTally) -> CircularTally:
    return CircularTally(
        circular="TSB Circular 106",
        number=106,
        as_of=DEADLINE - dt.timedelta(days=1, microseconds=1),
        deadline=DEADLINE,
        texts=texts,
        replied=("CHE",),
        pending=("FRA",),
        late=(),
        not_counted=3,
        unknown=1,
        observers=("PSE",),
    )


def text(assigns: int, denies: int) -> TextTally:
    return TextTally(
        text="Y.4241",
        assigns=assigns,
        does_not_assign=denies,
        with_comments=5,
        blank=1,
        pending=2,
        threshold_met=True,
        decided=True,
    )


def test_it_has_what_others_rely_on() -> None:
    assert tally_as_json(counted(text(33, 7))) == {
        "circular": "TSB Circular 106",
        "as_of": "2026-04-29T23:58:59Z",
        "deadline": "2026-04-30T23:59:00Z",
        "texts": [
            {
                "text": "Y.4241",
                "replies": 40,
                "assigns": 33,
                "does_not_assign": 7,
                "with_comments": 5,
                "blank": 1,
                "pending": 2,
                "share": 0.825,
                "threshold_met": True,
                "decided": True,
            }
        ],
        "replied": ["CHE"],
        "pending": ["FRA"],
        "late": [],
        "not_counted": 3,
        "unknown": 1,
        "observers": ["PSE"],
    }


@pytest.mark.parametrize(
    ("assigns", "denies", "share"),
    [
        pytest.param(0, 0, None, id="no reply has no share"),
        pytest.param(2, 1, 0.6667, id="to four places"),
        pytest.param(0, 3, 0.0, id="none"),
    ],
)
def test_the_share(assigns: int, denies: int, share: float | None) -> None:
    said = tally_as_json(counted(text(assigns, denies)))
    assert said["texts"][0]["share"] == share
    assert json.loads(json.dumps(said)) == said


def test_moments_are_in_utc_to_the_second() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    assert moment(dt.datetime(2026, 5, 1, 1, 59, 0, 5, tzinfo=zone)) == "2026-04-30T23:59:00Z"
