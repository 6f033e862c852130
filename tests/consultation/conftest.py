"""A consultation of two texts, and a record that is written as a sentence."""

import datetime as dt

import pytest

from bot.consultation.circular import Circular, DraftText, Meeting, Revision


@pytest.fixture(scope="session")
def circular() -> Circular:
    return Circular(
        number=106,
        study_group=20,
        study_group_title="Internet of things",
        date=dt.date(2026, 2, 13),
        deadline=dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC),
        meeting=Meeting(
            place="Geneva", first_day=dt.date(2026, 5, 12), last_day=dt.date(2026, 5, 21)
        ),
        reply_address="tsbdir@itu.int",
        contact_address=None,
        texts=tuple(
            DraftText(designation=name, former_name=None, revision=Revision.NEW, title="")
            for name in ("Y.1", "Y.2")
        ),
    )
