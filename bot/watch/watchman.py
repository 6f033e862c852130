"""What is done after each round: the time noted, the heartbeat written, alarms sent."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.errors import StoreError, TsbbotError
from bot.store.store import Store
from bot.store.troubles import Trouble
from bot.watch.alarms import Alarm, Lasting, alarms_due, follow, told
from bot.watch.health import LAST_ROUND, Facts, facts
from bot.watch.heartbeat import write_heartbeat
from bot.watch.ways import Way

#: `tx.values`: what lasts, and what of it was told.
_LASTING = "lasting troubles"
#: The trouble of which no record can be kept.
_DATABASE = "database"


class Watchman:
    """Looks after one worker.

    What lasts is kept in the record, so that a restart tells nothing twice; and in mind, for the
    time in which it is the record that fails.
    """

    def __init__(
        self,
        store: Store,
        *,
        heartbeat: Path | None = None,
        ways: Sequence[Way] = (),
        after: dt.timedelta = dt.timedelta(minutes=15),
    ) -> None:
        """Names what is watched and who is told.

        Args:
            store: the worker's.
            heartbeat: the file; None: none is written.
            ways: by which alarms go out; none: nobody is told.
            after: so long a trouble lasts before it is told.
        """
        self._store = store
        self._heartbeat = heartbeat
        self._ways = tuple(ways)
        self._after = after
        self._lasting: tuple[Lasting, ...] = ()
        #: Whether the record knows less than this.
        self._unkept = False

    def after_round(
        self, trouble: Sequence[str], now: dt.datetime, *, alarms: bool = True
    ) -> tuple[str, ...]:
        """Does what is to be done after a round; nothing that fails here stops the worker.

        Args:
            trouble: of the round, one line each.
            now: when it ended.
            alarms: whether to tell people: of several workers one does.

        Returns:
            what failed here, one line each.
        """
        failed: list[str] = []
        known: Facts | None = None
        try:
            known, troubles = self._asked(now)
        except StoreError as error:
            failed.append(str(error))
            troubles = self._in_mind(str(error), now)
        if self._heartbeat is not None:
            try:
                write_heartbeat(self._heartbeat, now, list(trouble), known)
            except TsbbotError as error:
                failed.append(str(error))
        if self._ways and alarms:
            before = self._lasting
            self._lasting = follow(before, troubles, now)
            for alarm in alarms_due(self._lasting, troubles, now, after=self._after):
                if self._told(alarm, now, failed):
                    self._lasting = told(self._lasting, alarm, now)
            if self._unkept or self._lasting != before:
                self._keep()
        return tuple(failed)

    def _asked(self, now: dt.datetime) -> tuple[Facts, list[Trouble]]:
        with self._store.transaction() as tx:
            tx.values.set(LAST_ROUND, now.isoformat())
        with self._store.snapshot() as tx:
            known, troubles = facts(tx, now), tx.troubles.open()
            written = tx.values.get(_LASTING) if self._ways else None
        if not self._unkept:
            self._lasting = _read(written)
        return known, troubles

    def _in_mind(self, text: str, now: dt.datetime) -> list[Trouble]:
        """The troubles as they were, with that of the record."""
        there = {each.code: each for each in self._lasting}
        there.setdefault(_DATABASE, Lasting(code=_DATABASE, text=text, since=now))
        return [
            Trouble(
                id=0,
                code=each.code,
                text=text if each.code == _DATABASE else each.text,
                first_at=each.since,
                last_at=now,
                count=1,
                resolved_at=None,
            )
            for each in there.values()
        ]

    def _told(self, alarm: Alarm, now: dt.datetime, failed: list[str]) -> bool:
        """Whether at least one way brought it to people."""
        got_there = False
        for way in self._ways:
            try:
                way.tell(alarm.subject, alarm.words(now), now)
            except TsbbotError as error:
                failed.append(str(error))
            else:
                got_there = True
        return got_there

    def _keep(self) -> None:
        try:
            with self._store.transaction() as tx:
                tx.values.set(_LASTING, json.dumps([_plain(each) for each in self._lasting]))
        except StoreError:
            # It was said above, or is the next time.
            self._unkept = True
        else:
            self._unkept = False


def _plain(each: Lasting) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else value
        for name, value in asdict(each).items()
    }


def _read(written: str | None) -> tuple[Lasting, ...]:
    if not written:
        return ()
    return tuple(
        Lasting(
            code=each["code"],
            text=each["text"],
            since=dt.datetime.fromisoformat(each["since"]),
            told_at=dt.datetime.fromisoformat(each["told_at"]) if each["told_at"] else None,
        )
        for each in json.loads(written)
    )
