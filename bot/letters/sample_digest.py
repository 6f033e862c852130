"""The sample of the daily digest: a day on which everything happens, and a quiet one."""

import datetime as dt
from dataclasses import replace

from bot.consultation.circular import Circular
from bot.consultation.outlook import threshold_met
from bot.consultation.tally import CircularTally, TextTally
from bot.letters.contexts import (
    CameIn,
    CircularDigest,
    DigestContext,
    OwedShown,
    SettledShown,
    TextChange,
    WaitingShown,
)
from bot.letters.languages import language_of
from bot.letters.reasons import reasons

_TIMEZONE = "Europe/Zurich"


def sample_digest(circular: Circular, *, quiet: bool) -> DigestContext:
    """The digest of a circular a week before its deadline."""
    now = (circular.deadline - dt.timedelta(days=7)).replace(hour=5, minute=0)
    busy = DigestContext(
        day=now.date(),
        timezone=_TIMEZONE,
        since=now - dt.timedelta(days=1),
        circulars=(_circular_digest(circular, now),),
        waiting=_waiting(circular, now),
        bounces=(
            (
                "regulation@administration-is.example",
                "550 5.1.1 no such mailbox",
                f"{circular.name}: reply requested",
            ),
        ),
        unreachable=((circular.name, language_of("en").territory("IS")),),
        absences=(("office@administration-cl.example", "Out of office"),),
        not_counted=(
            f"C{circular.number}-X-1, standards@telecom-laboratories.example: Sector Member",
        ),
        trouble=("The mailbox could not be reached from 02:10 to 02:25.",),
        quiet=False,
    )
    if not quiet:
        return busy
    still = tuple(
        replace(each, came_in=(), missing=(), changes=(), settled=()) for each in busy.circulars
    )
    return replace(
        busy,
        circulars=still,
        waiting=(),
        bounces=(),
        unreachable=(),
        absences=(),
        not_counted=(),
        trouble=(),
        quiet=True,
    )


def _circular_digest(circular: Circular, now: dt.datetime) -> CircularDigest:
    names = language_of("en").territory
    number = circular.number
    return CircularDigest(
        circular=circular,
        tally=_tally(circular, now),
        days_left=(circular.deadline - now).days,
        came_in=(
            CameIn(
                reference=f"C{number}-FRA-1",
                state_name=names("FR"),
                received_at=now - dt.timedelta(hours=20),
                note="read without a person; all texts assigned",
            ),
            CameIn(
                reference=f"C{number}-KEN-2",
                state_name=names("KE"),
                received_at=now - dt.timedelta(hours=14, minutes=12),
                note=f"replaces 3 opinions of C{number}-KEN-1",
            ),
            CameIn(
                reference=f"C{number}-X-2",
                state_name=None,
                received_at=now - dt.timedelta(hours=11),
                note="waits for a person",
            ),
        ),
        late=(),
        missing=(
            OwedShown(
                state_name=names("JP"),
                comments=tuple(text.designation for text in circular.texts[:2]),
                reasons=(),
                asked_again=now.date() - dt.timedelta(days=1),
            ),
            OwedShown(
                state_name=names("BR"),
                comments=tuple(text.designation for text in circular.texts[3:4]),
                reasons=tuple(text.designation for text in circular.texts[2:3]),
            ),
        ),
        changes=_changes(circular, now),
        settled=(
            SettledShown(
                reference=f"C{number}-TUN-1",
                state_name=names("TN"),
                outcome="counted",
                by="reviewer@itu.example",
            ),
        ),
        letters={"acknowledgement": 3, "confirmation": 1, "reminder": 14},
        next_reminders=circular.deadline.date() - dt.timedelta(days=2),
        regions={
            "Africa": 54,
            "Americas": 35,
            "Arab States": 21,
            "Asia and the Pacific": 40,
            "Europe": 43,
        },
        without_reply={
            "Africa": tuple(map(names, ("DZ", "GH", "NG", "ZA"))),
            "Americas": tuple(map(names, ("AR", "CO", "PE"))),
            "Arab States": tuple(map(names, ("OM", "QA"))),
            "Asia and the Pacific": tuple(map(names, ("ID", "MN", "NZ", "VN"))),
            "Europe": tuple(map(names, ("DK", "FI", "IS"))),
        },
    )


def _changes(circular: Circular, now: dt.datetime) -> tuple[TextChange, ...]:
    """Of the first texts: one more reply each, and one text that meets the threshold now."""
    changed = _tally(circular, now).texts[:3]
    return tuple(
        TextChange(
            before=replace(
                each,
                assigns=each.assigns - 1,
                pending=each.pending + place % 2,
                threshold_met=place != len(changed) - 1,
            ),
            now=each,
        )
        for place, each in enumerate(changed)
    )


def _tally(circular: Circular, now: dt.datetime) -> CircularTally:
    texts = []
    for place, text in enumerate(circular.texts):
        assigns, denies, pending = 18 - place % 4, (place * 3) % 8, (2, 0, 1)[place % 3]
        met = threshold_met(assigns, assigns + denies)
        all_counted = assigns + denies + pending
        texts.append(
            TextTally(
                text=text.designation,
                assigns=assigns,
                does_not_assign=denies,
                with_comments=place % 3,
                blank=place % 2,
                pending=pending,
                threshold_met=met,
                decided=threshold_met(assigns, all_counted)
                == threshold_met(assigns + pending, all_counted)
                == met,
            )
        )
    return CircularTally(
        circular=circular.name,
        number=circular.number,
        as_of=now,
        deadline=circular.deadline,
        texts=tuple(texts),
        replied=(
            "AUS", "BRA", "CAN", "CHE", "CHL", "CHN", "DEU", "EGY", "FRA", "GBR", "IND", "JPN",
            "KAZ", "KEN", "KOR", "MAR", "MEX", "SEN", "SWE", "TUN", "USA",
        ),
        pending=("ITA",),
        late=(),
        not_counted=1,
        unknown=1,
        observers=(),
    )  # fmt: skip


def _waiting(circular: Circular, now: dt.datetime) -> tuple[WaitingShown, ...]:
    return (
        WaitingShown(
            message=41,
            reference=f"C{circular.number}-ITA-1",
            sender="regulation@administration-it.example",
            state_name=language_of("en").territory("IT"),
            subject=f"Reply to {circular.name}",
            since=now - dt.timedelta(days=2, hours=15),
            reasons=reasons(("ambiguous-mark", "written-remark")),
            link="https://review.example/replies/41",
        ),
        WaitingShown(
            message=57,
            reference=f"C{circular.number}-X-2",
            sender="ministry@post.example",
            state_name=None,
            subject="Consultation form",
            since=now - dt.timedelta(hours=11),
            reasons=reasons(("sender-not-registered",)),
            link=None,
        ),
    )
