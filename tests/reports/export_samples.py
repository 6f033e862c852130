"""Consultations in short, for the tests of the export: replies noted as a clerk would note them."""

import datetime as dt
from typing import Any

from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.consultation.record import OpinionRecord, Standing
from bot.register.member_state import Contact, Iso3
from bot.register.register import Register
from bot.reports.export.compiling import Record, Written, results_of
from bot.reports.export.content import Results
from bot.store.attachments import StoredAttachment
from bot.store.replies import StoredReply
from tests.consultation.record_lines import NOON, line

TEXTS = ("Y.1", "Y.2")
LATER = NOON + dt.timedelta(days=30)

#: Names, words and files as they come in the six languages, and one that comes in none.
LANGUAGES = ("Замечания", "تعليقات", "评论意见", "Comments", "Précisions d'été", "Señalización")


def make_circular(**changes: Any) -> Circular:
    values: dict[str, Any] = {
        "number": 106,
        "study_group": 20,
        "study_group_title": "Internet of things",
        "date": dt.date(2026, 2, 13),
        "deadline": dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC),
        "meeting": Meeting(
            place="Geneva", first_day=dt.date(2026, 5, 12), last_day=dt.date(2026, 5, 21)
        ),
        "reply_address": "tsbdir@example.org",
        "contact_address": None,
        "texts": tuple(
            DraftText(
                designation=name, former_name=None, revision=Revision.NEW, title=f"Title of {name}"
            )
            for name in TEXTS
        ),
    }
    return Circular(**values | changes)


def make_reply(number: int, state: str | None, **changes: Any) -> StoredReply:
    """Reply `number`, received so many seconds after noon, recorded as its lines are."""
    received = NOON + dt.timedelta(seconds=number)
    values: dict[str, Any] = {
        "id": number,
        "message_id": number,
        "circular": 106,
        "state": state,
        "entity": None,
        "ordinal": number,
        "reference": f"C106-{state}-{number}" if state else f"C106-X{number}",
        "received_at": received,
        "recorded_at": NOON + dt.timedelta(seconds=number * 10),
        "sender": "focal@admin.example",
        "language": "en",
        "standing": Standing.COUNTED,
        "reasons": (),
        "comments_missing": (),
        "reasons_missing": (),
        "needs_review": False,
        "settled_by": None,
        "settled_at": None,
        "version": 1,
    }
    return StoredReply(**values | changes)


def make_file(number: int, reply: int, name: str | None, **changes: Any) -> StoredAttachment:
    values: dict[str, Any] = {
        "id": number,
        "reply_id": reply,
        "part": "2",
        "filename": name,
        "size": 2048,
        "sha256": "0" * 64,
        "format": "docx",
        "texts": (),
    }
    return StoredAttachment(**values | changes)


def says(
    reply: int, state: str | None, letters: str, standing: Standing = Standing.COUNTED
) -> list[OpinionRecord]:
    """The lines of a reply: a letter of `record_lines` for each text; "." leaves the row out."""
    return [
        line(reply * 10 + place, state, letter, standing, text=text, reply=reply, received=reply)
        for place, (text, letter) in enumerate(zip(TEXTS, letters, strict=True))
        if letter != "."
    ]


def make_register(**emails: str) -> Register:
    """A focal point each: `make_register(CHE="focal@admin.example")`."""
    return Register(
        contacts=tuple(
            Contact(
                iso3=Iso3(code),
                name="Office",
                email=email,
                role="Ministry",
                focal_point=True,
                domain=None,
            )
            for code, email in emails.items()
        )
    )


def make_results(
    *lines: list[OpinionRecord],
    replies: tuple[StoredReply, ...] = (),
    files: tuple[StoredAttachment, ...] = (),
    written: dict[int, Written] | None = None,
    register: Register | None = None,
    moment: dt.datetime = LATER,
    circular: Circular | None = None,
    **record: Any,
) -> Results:
    """What an export says; a reply of which nothing is told is as its lines have it."""
    records = [each for some in lines for each in some]
    told = {each.id for each in replies}
    states = {each.reply: each.state for each in records}
    plain = tuple(make_reply(number, states[number]) for number in states if number not in told)
    every = sorted((*replies, *plain), key=lambda each: each.received_at)
    values: dict[str, Any] = {"held": (), "bounced": frozenset()} | record
    return results_of(
        circular or make_circular(),
        Record(
            records=records,
            replies=every,
            files=files,
            messages={each.message_id: "a" * 64 for each in every},
            written=written or {},
            **values,
        ),
        register=register or Register(),
        observers={"PSE"},
        moment=moment,
    )
