"""Whatever happens in whatever order, and however long nothing runs: nobody is written to wrongly."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.consultation.record import Standing
from bot.intake.row_opinions import row_opinion
from bot.letters.contexts import SignInContext
from bot.store.letters import StoredLetter
from bot.store.messages import Arrival
from bot.store.replies import NewReply
from tests.support.intake import row
from tests.worker.workroom import Workroom, open_workroom

#: Eight o'clock in Geneva of a Thursday, five weeks before the deadline's.
BEGIN: Final = dt.datetime(2026, 3, 26, 7, 0, tzinfo=dt.UTC)
HOLIDAYS: Final = [dt.date(2026, 4, 3), dt.date(2026, 4, 6)]
FOCAL: Final = {
    "CHE": ("focal@ofcom.example", "second@ofcom.example"),
    "PER": ("focal@mtc.example",),
    "SEN": (),
}
OTHERS: Final = {
    "CHE": ("office@ofcom.example",),
    "PER": ("oficina@mtc.example", "mesa@mtc.example"),
    "SEN": ("bureau@artp.example",),
}
LINES: Final = [
    *(f"{state},,,,{each},Focal point,yes," for state, found in FOCAL.items() for each in found),
    *(f"{state},,,,{each},Office,no," for state, found in OTHERS.items() for each in found),
]
REGISTER: Final = "iso3,name,language,region,email,role,focal_point,domain\n" + "\n".join(LINES)

#: Any words will do for an acknowledgement.
SAMPLE: Final = SignInContext(link="https://review.example/", minutes=15)

STATES = st.sampled_from(sorted(FOCAL))
ADDRESSES = st.sampled_from(
    sorted(each for known in (FOCAL, OTHERS) for of in known.values() for each in of)
)
#: What a form says of the ten texts: all, two of them, comments that are not there, one in doubt.
FORMS = st.sampled_from(["NNNNNNNNNN", "NN", "CDNNNNNNNN", "XNNNNNNNNN"])
EVENTS = st.lists(
    st.tuples(
        # Hours in which nothing runs: a round each hour, or a week without any.
        st.sampled_from([1, 1, 3, 9, 14, 24, 24, 50, 170]),
        st.none() | st.tuples(STATES, FORMS) | ADDRESSES,
    ),
    max_size=10,
)


@contextmanager
def opened(model_database: Path) -> Iterator[Workroom]:
    sections: dict[str, dict[str, object]] = {
        "reminders": {"holidays": HOLIDAYS},
        "secretariat": {"digest_to": ["secretariat@itu.example"]},
    }
    with (
        TemporaryDirectory() as folder,
        open_workroom(Path(folder), model_database, sections, now=BEGIN) as room,
    ):
        assert room.desk.settings.members.file is not None
        room.desk.settings.members.file.write_text(REGISTER)
        yield room


def comes_in(room: Workroom, state: str, form: str, number: int) -> None:
    """A reply is recorded, and acknowledged."""
    standing = Standing.PENDING if "X" in form else Standing.COUNTED
    texts = [text.designation for text in room.circular.texts]
    rows = [
        row_opinion(row(letter, text), room.circular)
        for letter, text in zip(form, texts, strict=False)
    ]
    with room.desk.store.transaction() as tx:
        message = tx.messages.take(
            Arrival(
                account="tsbdir@mail.example",
                folder="INBOX",
                uidvalidity=1,
                uid=number,
                sha256=f"{number:064x}",
                size=10,
                received_at=room.now,
                recorded_at=room.now,
                sender="office@admin.example",
                subject="Reply",
                header_id=None,
            )
        ).message_id
        reply = tx.replies.add(
            NewReply(
                message_id=message,
                circular=room.circular.number,
                state=state,
                received_at=room.now,
                recorded_at=room.now,
                sender="office@admin.example",
                language="fr",
                standing=standing,
                reasons=("ambiguous-mark",) if "X" in form else (),
                comments_missing=tuple(t for t, c in zip(texts, form, strict=False) if c == "C"),
                reasons_missing=tuple(t for t, c in zip(texts, form, strict=False) if c == "D"),
                needs_review="X" in form,
            )
        )
        tx.opinions.append(reply, [(each, standing) for each in rows], at=room.now, who="w", why="")
        letter = tx.letters.queue(
            room.desk.writer.write(
                room.desk.letters.sign_in(SAMPLE),
                key=f"acknowledgement/{number}",
                kind="acknowledgement",
                recipient="office@admin.example",
                now=room.now,
                circular=room.circular.number,
                state=state,
                reply_id=reply.id,
            )
        )
        assert letter is not None
        tx.letters.mark_sent(letter.id, room.now)


def comes_back(room: Workroom, address: str) -> bool:
    """The last letter to an address bounces; whether there was one."""
    with room.desk.store.transaction() as tx:
        letters = [each for each in tx.letters.of_kind("reminder") if each.recipient == address]
        if not letters:
            return False
        tx.letters.mark_bounced(letters[-1].id, "550 no such user", room.now)
        tx.contacts.mark_bounced(address, "550 no such user", room.now)
    return True


def written(room: Workroom, kind: str) -> list[StoredLetter]:
    with room.desk.store.snapshot() as tx:
        return tx.letters.of_kind(kind)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=EVENTS)
def test_nobody_is_reminded_or_asked_wrongly_and_no_day_has_two_digests(
    model_database: Path, events: list[tuple[int, str | tuple[str, str] | None]]
) -> None:
    answered: dict[str, str] = {}
    bounced: set[str] = set()
    with opened(model_database) as room:
        for number, (hours, event) in enumerate(events, start=1):
            room.later(hours=hours)
            if isinstance(event, tuple):
                comes_in(room, *event, number)
                answered[event[0]] = _after(answered.get(event[0], ""), event[1])
            elif event is not None and comes_back(room, event):
                bounced.add(event)
            before = {each.id for each in written(room, "reminder")}
            asked = {each.id for each in written(room, "request")}
            for _ in range(2):
                room.desk.scheduler.remind(room.register, room.now)
                room.desk.scheduler.ask_again(room.now)
                room.desk.scheduler.digest(room.now)
            reminders = [each for each in written(room, "reminder") if each.id not in before]
            requests = [each for each in written(room, "request") if each.id not in asked]
            if reminders or requests:
                here = room.now.astimezone(room.desk.office.zone)
                assert 9 <= here.hour < 18
                assert here.weekday() < 5
                assert here.date() not in HOLIDAYS
                assert room.circular.in_time(room.now)
            for letter in reminders:
                state = letter.state or ""
                assert answered.get(state, "") in {"", "NN"}
                assert letter.recipient not in bounced
                focal = set(FOCAL[state])
                assert letter.recipient in focal or focal <= bounced
            for letter in requests:
                assert answered[letter.state or ""] == "CDNNNNNNNN"
        _hold(room, bounced)


def _after(before: str, form: str) -> str:
    """What a Member State has said once another form has come."""
    if "X" in (before + form):
        # Something of it waits, and nobody decides on it here.
        return "X"
    return before if form == "NN" and before else form


def _hold(room: Workroom, bounced: set[str]) -> None:
    """What is true of all letters together."""
    reminders = written(room, "reminder")
    assert len({each.key for each in reminders}) == len(reminders)
    days = [each.key.rsplit("/", 1)[0] for each in reminders if each.recipient not in bounced]
    assert all(days.count(each) <= 2 for each in days)
    requests = written(room, "request")
    assert len({each.reply_id for each in requests}) == len(requests)
    digests = written(room, "digest")
    zone = room.desk.office.zone
    assert len({each.created_at.astimezone(zone).date() for each in digests}) == len(digests)
