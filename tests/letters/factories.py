"""Circulars, contexts and strategies for the tests of letters."""

import datetime as dt
import re
from typing import Any

from hypothesis import strategies as st

from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.question import FormBox, Meaning, Question, four_boxes
from bot.consultation.reminder_plan import Stage
from bot.consultation.tally import CircularTally, TextTally
from bot.intake.purpose import Purpose
from bot.letters.contexts import (
    AcknowledgementContext,
    CameIn,
    Capacity,
    CircularDigest,
    DigestContext,
    OwedShown,
    QuestionContext,
    ReminderContext,
    RequestContext,
    RowShown,
    SettledShown,
    SignInContext,
    TextChange,
    WaitingShown,
)

UTC = dt.UTC
DEADLINE = dt.datetime(2026, 4, 30, 23, 59, tzinfo=UTC)
TEXTS = (("Y.4241", "Y.dt-SComCam"), ("Y.4420", None), ("X.1060 Amd.1", None))


def make_circular(**changes: Any) -> Circular:
    values: dict[str, Any] = {
        "number": 106,
        "study_group": 20,
        "study_group_title": "Internet of things",
        "date": dt.date(2026, 2, 13),
        "deadline": DEADLINE,
        "meeting": Meeting(
            place="Geneva", first_day=dt.date(2026, 5, 12), last_day=dt.date(2026, 5, 21)
        ),
        "reply_address": "tsbdir@itu.int",
        "contact_address": "tsbsg20@itu.int",
        "texts": tuple(
            DraftText(
                designation=designation,
                former_name=former,
                revision=Revision.NEW,
                title="Framework of monitoring",
            )
            for designation, former in TEXTS
        ),
    }
    return Circular(**values | changes)


def make_row(text: str = "Y.4241", **changes: Any) -> RowShown:
    values: dict[str, Any] = {
        "text": text,
        "former_name": None,
        "status": Status.CLEAR,
        "opinion": Opinion.ASSIGNS,
        "comments": Comments.NONE,
    }
    return RowShown(**values | changes)


def make_acknowledgement(**changes: Any) -> AcknowledgementContext:
    values: dict[str, Any] = {
        "purpose": Purpose.RECORDED,
        "circular": make_circular(),
        "reference": "C106-CHE-1",
        "state_name": "Switzerland",
        "received_at": dt.datetime(2026, 4, 1, 7, 5, tzinfo=UTC),
        "rows": (make_row(),),
    }
    return AcknowledgementContext(**values | changes)


def make_reminder(**changes: Any) -> ReminderContext:
    values: dict[str, Any] = {
        "circular": make_circular(),
        "state_name": "Switzerland",
        "days_left": 14,
        "missing": ("Y.4241", "Y.4420"),
        "replied": False,
    }
    return ReminderContext(**values | changes)


def make_text_tally(**changes: Any) -> TextTally:
    values: dict[str, Any] = {
        "text": "Y.4241",
        "assigns": 33,
        "does_not_assign": 7,
        "with_comments": 5,
        "blank": 0,
        "pending": 2,
        "threshold_met": True,
        "decided": True,
    }
    return TextTally(**values | changes)


def make_tally(*texts: TextTally) -> CircularTally:
    return CircularTally(
        circular="TSB Circular 106",
        number=106,
        as_of=DEADLINE,
        deadline=DEADLINE,
        texts=texts or (make_text_tally(),),
        replied=("CHE",),
        pending=(),
        late=(),
        not_counted=0,
        unknown=0,
        observers=(),
    )


def make_circular_digest(**changes: Any) -> CircularDigest:
    values: dict[str, Any] = {
        "circular": make_circular(),
        "tally": make_tally(),
        "days_left": 7,
        "came_in": (),
        "late": (),
        "missing": (),
        "without_reply": {},
    }
    return CircularDigest(**values | changes)


def make_waiting(**changes: Any) -> WaitingShown:
    values: dict[str, Any] = {
        "message": 41,
        "reference": "C106-ITA-1",
        "sender": "regulation@administration-it.example",
        "state_name": "Italy",
        "subject": "Reply",
        "since": dt.datetime(2026, 4, 22, 23, 30, tzinfo=UTC),
        "reasons": ("a mark is doubtful",),
        "link": None,
    }
    return WaitingShown(**values | changes)


def make_digest(**changes: Any) -> DigestContext:
    values: dict[str, Any] = {
        "day": dt.date(2026, 4, 23),
        "timezone": "Europe/Zurich",
        "since": dt.datetime(2026, 4, 22, 5, 0, tzinfo=UTC),
        "circulars": (make_circular_digest(),),
        "waiting": (),
        "bounces": (),
        "absences": (),
        "not_counted": (),
        "trouble": (),
        "quiet": False,
    }
    return DigestContext(**values | changes)


# Strategies: every combination of content, and whatever strings the mail may bring.

#: What no letter may show of the program that made it; strings of the tests' own leave it out.
PLACEHOLDER = re.compile(r"{%|%}|\bNone\b|[Uu]ndefined|Purpose\.|Status\.|Markup\(")

foreign = st.text(max_size=40).filter(lambda text: not PLACEHOLDER.search(text)) | st.sampled_from(
    [
        "Reply\r\nBcc: everybody@example.org",
        "<script>alert(1)</script> & \"quotes\" 'all'",
        "\u202egnp.exe",
        "تعليقات.docx",
        "意见.docx",
        "{{ 7 * 7 }}",
        "x" * 500,
    ]
)
moments = st.datetimes(
    min_value=dt.datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=dt.datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
numbers = st.integers(min_value=0, max_value=200)
designations = st.lists(st.sampled_from([name for name, _ in TEXTS] + ["Z.9"]), unique=True).map(
    tuple
)
capitals = st.none() | st.sampled_from(["CH", "US", "NP", "GH", "CL", "EG"])
states = st.none() | st.sampled_from(["Switzerland", "Côte d'Ivoire", "中国", "مصر"]) | foreign


def lists(each: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=3).map(tuple)


rows = st.builds(
    RowShown,
    text=st.sampled_from([name for name, _ in TEXTS]),
    former_name=st.none() | st.just("Y.dt-SComCam"),
    status=st.sampled_from(Status),
    opinion=st.none() | st.sampled_from(Opinion),
    comments=st.none() | st.sampled_from(Comments),
    comments_unsaid=st.booleans(),
    superseded=st.booleans(),
)
#: Yes or no, in the six languages.
YES_OR_NO = Question(
    name="deletion",
    boxes=(
        FormBox(
            role="agrees",
            words=(
                ("en", "Yes"),
                ("fr", "Oui"),
                ("es", "Sí"),
                ("ru", "Да"),
                ("zh", "是"),
                ("ar", "نعم"),
            ),
        ),
        FormBox(
            role="objects",
            words=(
                ("en", "No"),
                ("fr", "Non"),
                ("es", "No"),
                ("ru", "Нет"),
                ("zh", "否"),
                ("ar", "لا"),
            ),
        ),
    ),
    meanings=(
        Meaning(marked=frozenset({"agrees"}), opinion=Opinion.ASSIGNS),
        Meaning(marked=frozenset({"objects"}), opinion=Opinion.DOES_NOT_ASSIGN),
    ),
)
circulars = st.builds(
    make_circular,
    question=st.sampled_from([four_boxes(), YES_OR_NO]),
    deadline=moments,
    contact_address=st.none() | st.just("tsbsg20@itu.int"),
    meeting=st.builds(
        lambda place, day, length: Meeting(
            place=place, first_day=day, last_day=day + dt.timedelta(days=length)
        ),
        st.sampled_from(["Geneva", "Geneva, Switzerland", "Nairobi"]),
        st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2035, 1, 1)),
        st.integers(min_value=0, max_value=40),
    ),
)
acknowledgements = st.builds(
    AcknowledgementContext,
    purpose=st.sampled_from(Purpose),
    circular=circulars,
    reference=st.just("C106-CHE-1"),
    state_name=states,
    received_at=moments,
    rows=lists(rows),
    absent=designations,
    comments_missing=designations,
    reasons_missing=designations,
    attachments=lists(foreign),
    decided_by_person=st.booleans(),
    iso2=capitals,
    open=st.booleans(),
    outside=st.booleans(),
    capacity=st.none() | st.sampled_from(Capacity),
)
reminders = st.builds(
    ReminderContext,
    circular=circulars,
    state_name=states.map(lambda name: name or "Switzerland"),
    days_left=st.integers(min_value=-1, max_value=200),
    missing=designations,
    replied=st.booleans(),
    stage=st.sampled_from(Stage),
    last_written=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)),
    comments_missing=designations,
    reasons_missing=designations,
    iso2=capitals,
)
requests = st.builds(
    RequestContext,
    circular=circulars,
    reference=st.just("C106-CHE-1"),
    state_name=states.map(lambda name: name or "Switzerland"),
    received_at=moments,
    comments_missing=designations,
    reasons_missing=designations,
    iso2=capitals,
)
questions = st.builds(
    QuestionContext,
    circular=circulars,
    reference=st.none() | st.just("C106-CHE-1"),
    state_name=states,
    received_at=moments,
    unclear=designations,
    comments_missing=designations,
    reasons_missing=designations,
    no_form=st.booleans(),
    remark=lists(lists(foreign)),
    iso2=capitals,
    open=st.booleans(),
)
sign_ins = st.builds(
    SignInContext, link=st.just("https://review.example/sign-in/abc"), minutes=numbers
)
text_tallies = st.builds(
    TextTally,
    text=st.sampled_from([name for name, _ in TEXTS]) | st.just("A" * 40),
    assigns=numbers,
    does_not_assign=numbers,
    with_comments=numbers,
    blank=numbers,
    pending=numbers,
    threshold_met=st.booleans(),
    decided=st.booleans(),
)
tallies = st.lists(text_tallies, max_size=5).map(lambda texts: make_tally(*texts))
circular_digests = st.builds(
    CircularDigest,
    circular=circulars,
    tally=tallies,
    days_left=st.integers(min_value=-40, max_value=90),
    came_in=lists(
        st.builds(
            CameIn,
            reference=st.just("C106-CHE-1"),
            state_name=states,
            received_at=moments,
            note=foreign,
        )
    ),
    late=lists(st.tuples(foreign, moments)),
    missing=lists(
        st.builds(
            OwedShown,
            state_name=foreign,
            comments=designations,
            reasons=designations,
            asked_again=st.none() | st.just(dt.date(2026, 4, 20)),
        )
    ),
    without_reply=st.dictionaries(st.sampled_from(["Africa", "Europe"]), lists(foreign)),
    regions=st.dictionaries(st.sampled_from(["Africa", "Europe"]), numbers),
    changes=lists(st.builds(TextChange, before=text_tallies, now=text_tallies)),
    settled=lists(
        st.builds(
            SettledShown,
            reference=st.just("C106-CHE-1"),
            state_name=states,
            outcome=st.just("counted"),
            by=foreign,
        )
    ),
    letters=st.dictionaries(st.sampled_from(["reminder", "request", "question"]), numbers),
    next_reminders=st.none() | st.just(dt.date(2026, 4, 28)),
    observers=lists(foreign),
    chart=st.none() | st.just(b"\x89PNG"),
)
digests = st.builds(
    DigestContext,
    day=st.just(dt.date(2026, 4, 23)),
    timezone=st.sampled_from(["Europe/Zurich", "UTC", "Asia/Tokyo"]),
    since=st.none() | moments,
    circulars=lists(circular_digests),
    waiting=lists(
        st.builds(
            WaitingShown,
            message=numbers,
            reference=st.just("C106-X-1"),
            sender=foreign,
            state_name=states,
            subject=foreign,
            since=moments,
            reasons=lists(foreign),
            link=st.none() | st.just("https://review.example/replies/41"),
        )
    ),
    bounces=lists(st.tuples(foreign, foreign, foreign)),
    unreachable=lists(st.tuples(foreign, foreign)),
    absences=lists(st.tuples(foreign, foreign)),
    not_counted=lists(foreign),
    trouble=lists(foreign),
    quiet=st.booleans(),
)
