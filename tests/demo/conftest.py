"""The circular that the tests of the sample consultation use."""

import datetime as dt

import pytest

from bot.consultation.circular import Circular, DraftText, Meeting, Revision

TEXTS = (
    ("Y.4241", "Y.dt-SComCam"),
    ("Y.4242", "Y.energy-storage"),
    ("Y.4243", "Y.IoT-smartschool"),
    ("Y.4420", None),
    ("Y.4614", "Y.CL-EDM"),
    ("Y.4815", "Y.uas-dc-fr"),
    ("Y.4816", "Y.bsis-sec"),
    ("Y.4912", "Y.SNPG-ref"),
    ("Y.4512", "Y.SC-DESMS"),
    ("Y.4244", "Y.EPWS-fc"),
)


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
        contact_address="tsbsg20@itu.int",
        texts=tuple(
            DraftText(
                designation=designation,
                former_name=former,
                revision=Revision.NEW if former else Revision.REVISED,
                title="",
            )
            for designation, former in TEXTS
        ),
    )
