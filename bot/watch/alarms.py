"""Which troubles are told to people at once: once each, when they last, and again when they are over."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.store.troubles import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """A trouble of one kind, for as long as there is any of it.

    A mail server that fails says so in other words each time: what lasts is the kind.

    Attributes:
        code: which kind: "mailbox", "smtp", "database", ...
        text: in words, as it was last.
        since: when it began.
        told_at: when an alarm went out; None while none did.
    """

    code: str
    text: str
    since: dt.datetime
    told_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What is to be told.

    Attributes:
        code: the kind of trouble.
        text: in words.
        since: when it began.
        over: whether it is over.
    """

    code: str
    text: str
    since: dt.datetime
    over: bool

    @property
    def subject(self) -> str:
        """In one line."""
        return f"tsbbot: {self.code} {'works again' if self.over else 'has trouble'}"

    def words(self, now: dt.datetime) -> str:
        """The whole of it."""
        began = f"{self.since:%Y-%m-%d %H:%M} UTC"
        if self.over:
            lasted = max(1, round((now - self.since).total_seconds() / 60))
            return (
                f"This is over since {now:%Y-%m-%d %H:%M} UTC; it began at {began} and lasted"
                f" {lasted} minutes:\n\n{self.text}\n"
            )
        return (
            f"Since {began}:\n\n{self.text}\n\nNothing is lost; the program tries again. What else"
            " it has to say: tsbbot status\n"
        )


def follow(
    known: Sequence[Lasting], troubles: Iterable[Trouble], now: dt.datetime
) -> tuple[Lasting, ...]:
    """What lasts now, of what lasted before and the troubles that are open.

    One that was told stays until its end was told too (`alarms_due`).
    """
    before = {each.code: each for each in known}
    there: dict[str, Lasting] = {}
    for trouble in troubles:
        if trouble.code in there:
            continue
        begun = before.get(trouble.code)
        since = min(begun.since, trouble.first_at) if begun else min(trouble.first_at, now)
        there[trouble.code] = Lasting(
            code=trouble.code,
            text=trouble.text,
            since=since,
            told_at=begun.told_at if begun else None,
        )
    ended = [each for each in known if each.told_at is not None and each.code not in there]
    return (*there.values(), *ended)


def alarms_due(
    lasting: Sequence[Lasting],
    troubles: Iterable[Trouble],
    now: dt.datetime,
    *,
    after: dt.timedelta,
) -> tuple[Alarm, ...]:
    """What is to be told now.

    Args:
        lasting: of `follow`.
        troubles: that are open.
        now: the present moment.
        after: so long a trouble lasts before it is told: most mend themselves.
    """
    there = {trouble.code for trouble in troubles}
    due = []
    for each in lasting:
        over = each.code not in there
        begins = not over and each.told_at is None and now - each.since >= after
        if over or begins:
            due.append(Alarm(code=each.code, text=each.text, since=each.since, over=over))
    return tuple(due)


def told(lasting: Sequence[Lasting], alarm: Alarm, now: dt.datetime) -> tuple[Lasting, ...]:
    """What lasts, once an alarm has gone out."""
    if alarm.over:
        return tuple(each for each in lasting if each.code != alarm.code)
    return tuple(
        replace(each, told_at=now) if each.code == alarm.code else each for each in lasting
    )
