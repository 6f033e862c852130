"""Signing in: a link by mail, good once and for a quarter of an hour; sessions that the server ends."""

import datetime as dt
from dataclasses import dataclass, field

from bot.letters.contexts import SignInContext
from bot.review.attempts import Attempts
from bot.review.people import STRANGER, People, Person, Role
from bot.review.seals import Seals, key_of, new_secret
from bot.wiring.desk import Desk

#: For how long a link is good.
LINK = dt.timedelta(minutes=15)
#: A session that nobody used for so long is over.
IDLE = dt.timedelta(hours=8)
#: However busy, a session does not last longer.
LONGEST = dt.timedelta(days=7)
#: How closely it is noted when a session was used: not every page is worth a write.
_NOTED = dt.timedelta(minutes=5)
_SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """The door of the review page.

    Attributes:
        desk: where links go out, and sessions are kept.
        people: who is listed.
        seals: of cookies and forms.
        base_url: before the address of a link.
        by_caller: attempts of one network address.
        by_address: links asked for for one mail address, listed or not.
    """

    desk: Desk
    people: People
    seals: Seals
    base_url: str
    by_caller: Attempts = field(
        default_factory=lambda: Attempts(20, dt.timedelta(minutes=15), names=10_000)
    )
    by_address: Attempts = field(
        default_factory=lambda: Attempts(5, dt.timedelta(hours=1), names=10_000)
    )

    def send_link(self, address: str, now: dt.datetime) -> None:
        """Mails a link to a person who is listed; does nothing, and says nothing, for others.

        It is called once the page was answered, so that the answer takes as long for everybody.
        """
        person = self.people.find(address)
        allowed = self.by_address.allow(address.strip().lower()[:320], now)
        if person.role is Role.STRANGER or not allowed:
            return
        link = self.new_link(person, now)
        letter = self.desk.letters.sign_in(
            SignInContext(link=link, minutes=int(LINK.total_seconds() // 60))
        )
        with self.desk.store.transaction() as tx:
            tx.letters.queue(
                self.desk.writer.write(
                    letter,
                    key=f"sign-in/{key_of(link)}",
                    kind="sign-in",
                    recipient=person.address,
                    now=now,
                )
            )

    def new_link(self, person: Person, now: dt.datetime) -> str:
        """A link that lets that person in once."""
        secret = new_secret()
        with self.desk.store.transaction() as tx:
            tx.sign_ins.forget(now - LONGEST)
            tx.sign_ins.add_link(key_of(secret), who=person.address, expires_at=now + LINK)
        return f"{self.base_url}/sign-in/{secret}"

    def let_in(self, secret: str, now: dt.datetime) -> str | None:
        """Uses a link up: the cookie of the session that begins; None where it is not good."""
        with self.desk.store.transaction() as tx:
            who = tx.sign_ins.use_link(key_of(secret), now)
            if who is None or self.people.find(who).role is Role.STRANGER:
                return None
            session = new_secret()
            tx.sign_ins.begin(key_of(session), who=who, at=now)
            tx.audit.append(at=now, who=who, action="sign in", subject="review")
        return self.seals.sealed(session, _SESSION)

    def person(self, cookie: str, now: dt.datetime) -> Person:
        """Whose session a cookie is of; a stranger's where it is over, or none."""
        secret = self.seals.opened(cookie, _SESSION)
        if secret is None:
            return STRANGER
        key = key_of(secret)
        with self.desk.store.snapshot() as tx:
            session = tx.sign_ins.session(key)
        if (
            session is None
            or session.ended_at is not None
            or now - session.seen_at > IDLE
            or now - session.began_at > LONGEST
        ):
            return STRANGER
        if now - session.seen_at > _NOTED:
            with self.desk.store.transaction() as tx:
                tx.sign_ins.seen(key, now)
        # Who was taken off the list is out at once.
        return self.people.find(session.who)

    def let_out(self, cookie: str, now: dt.datetime) -> None:
        """Ends the session of a cookie."""
        secret = self.seals.opened(cookie, _SESSION)
        if secret is not None:
            with self.desk.store.transaction() as tx:
                tx.sign_ins.end(key_of(secret), now)
