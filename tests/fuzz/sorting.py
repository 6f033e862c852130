"""Any messages taken the whole way: mailbox, archive, readers, decision, record, outbox.

Each of them must end recorded, left alone or quarantined; nothing may break the worker, be
recorded twice, or be answered that nobody vouches for.
"""

import contextlib
import dataclasses
import hashlib
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.mail.authentication.authenticity import Verdict, authenticity
from bot.mail.automatic import automatic
from bot.mail.opening import open_message
from bot.store.letters import NewLetter
from bot.store.tables.mailbox import MessageStatus
from bot.worker.worker import Round
from tests.fuzz.seed_mail import OWN_ID, OWN_KEY, REMINDED, SEALER, key_server
from tests.worker.workroom import Workroom, open_workroom

#: Messages in the mailbox of a round.
_BATCH = 50
#: So many go to one workplace: a Member State that replied a thousand times is no measure.
_A_DAY = 1000
#: Minutes after which a message that failed is tried again, until it is set aside.
_TRIES = (0, 1, 10)
_QUIET: dict[str, dict[str, object]] = {
    "reminders": {"days_before": []},
    "secretariat": {"digest_to": []},
    # Every answer is looked at: none is to be held back for its number.
    "limits": {"answers_per_sender_per_day": 1_000_000},
}


@dataclass(slots=True, kw_only=True)
class Sorted:
    """What became of them.

    Attributes:
        messages: how many were delivered.
        ends: "left alone", "settled", "held", "ignored", "quarantined", "the same bytes again" ->
            how many ended so.
        kinds: of those recorded, what they were taken for.
        quarantined: what failed -> an example's bytes.
        answered: letters that were queued.
        wrong: what must never be, with the bytes of the message.
        slowest: of one message, seconds (a batch is divided by what is in it).
        memory: the most that this process held so far, in MB: after the first day, and in the end.
    """

    messages: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    quarantined: dict[str, bytes] = field(default_factory=dict)
    answered: int = 0
    wrong: list[tuple[str, bytes]] = field(default_factory=list)
    slowest: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)


def sort_messages(
    messages: st.SearchStrategy[bytes],
    count: int,
    number: int,
    folder: Path,
    *,
    model: Path | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Sorted:
    """Delivers so many, and looks at what became of each.

    Args:
        messages: where they are drawn from.
        count: how many.
        number: of chance; the same draws the same messages.
        folder: empty; holds databases and archives meanwhile.
        model: a database with empty tables; None: one is made.
        told: is handed how many there were so far.
    """
    result = Sorted()
    for day, first in enumerate(range(0, count, _A_DAY)):
        with open_workroom(folder / str(day), model, _QUIET) as room:
            _write_to(room, REMINDED)
            _look_at_signatures(room)
            most = min(_A_DAY, count - first)
            for raws in _batches(messages, most, chance=number * 1_000 + day):
                _settle(room, raws, result)
                told(result.messages)
            result.answered += _answers(room, result)
        if day == 0:
            result.memory = (_most_memory(), 0.0)
    result.memory = (result.memory[0], _most_memory())
    return result


def _batches(messages: st.SearchStrategy[bytes], count: int, chance: int) -> list[list[bytes]]:
    """So many messages drawn, in batches."""
    drawn: list[bytes] = []

    @seed(chance)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(messages)
    def draw(raw: bytes) -> None:
        drawn.append(raw)

    draw()
    return [drawn[at : at + _BATCH] for at in range(0, len(drawn), _BATCH)]


def _write_to(room: Workroom, recipient: str) -> None:
    """A letter of ours, for what answers it or brings it back."""
    with room.desk.store.transaction() as tx:
        tx.letters.queue(
            NewLetter(
                key=OWN_KEY,
                header_id=OWN_ID,
                kind="reminder",
                circular=room.circular.number,
                recipient=recipient,
                language="en",
                subject="Reminder",
                raw=b"Subject: Reminder\r\n\r\nWords.\r\n",
                created_at=room.now,
            )
        )


def _look_at_signatures(room: Workroom) -> None:
    """The worker checks signatures and trusts a list, as it does where it is asked to."""
    decider = room.worker.decider
    office = dataclasses.replace(decider.office, sealers=frozenset({SEALER}))
    voucher = dataclasses.replace(decider.voucher, office=office, record=key_server())
    decider = dataclasses.replace(decider, office=office, voucher=voucher)
    room.worker = dataclasses.replace(room.worker, decider=decider)


def _settle(room: Workroom, raws: list[bytes], result: Sorted) -> None:
    """Delivers a batch, works until nothing is left to do, and says what became of each."""
    uids = {room.mailbox.deliver(raw): raw for raw in raws}
    for minutes in _TRIES:
        room.later(minutes=minutes)
        begun = time.monotonic()
        with _nothing_raised(raws, result):
            done = room.round()
            result.wrong += [(trouble, raws[0]) for trouble in _troubles(done)]
        result.slowest = max(result.slowest, (time.monotonic() - begun) / len(raws))
    validity = room.mailbox.uidvalidity
    account, name = room.desk.settings.mailbox.account, room.desk.settings.mailbox.folder
    seen: set[int] = set()
    with room.desk.store.snapshot() as tx:
        known = tx.entries.known_uids(account, name, validity, above=min(uids) - 1)
        taken = {
            place[3]: message
            for raw in set(raws)
            if (message := tx.messages.of_hash(hashlib.sha256(raw).hexdigest())) is not None
            for place in tx.entries.places(message.id)
        }
    for uid, raw in uids.items():
        result.messages += 1
        message = taken.get(uid)
        if uid not in known:
            result.wrong.append(("it is not recorded", raw))
        elif message is None:
            result.ends["left alone"] += 1
        elif message.id in seen:
            result.ends["the same bytes again"] += 1
        elif message.status is MessageStatus.RECEIVED:
            result.wrong.append(("it was recorded and never worked on", raw))
        else:
            seen.add(message.id)
            result.ends[message.status.value] += 1
            result.kinds[message.kind or "-"] += 1
            if message.status is MessageStatus.QUARANTINED:
                result.quarantined.setdefault(message.last_error or "-", raw)
        room.mailbox.remove(uid)


@contextlib.contextmanager
def _nothing_raised(raws: list[bytes], result: Sorted) -> Iterator[None]:
    """Whatever comes out of a round would have ended the worker."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - what is looked for
        result.wrong.append(
            (f"the worker ended: {type(error).__name__}: {error}", b"\n".join(raws))
        )


def _troubles(done: Round) -> list[str]:
    found = list(done.trouble)
    if done.haul is not None:
        found += [f"UID {uid} is a gap" for uid in done.haul.gap]
        found += [f"UID {uid} was not handed out" for uid in done.haul.unavailable]
    return found


def _answers(room: Workroom, result: Sorted) -> int:
    """Every letter answers a message that somebody vouches for and no machine wrote."""
    voucher = room.worker.decider.voucher
    office = voucher.office
    with room.desk.store.snapshot() as tx:
        letters = tx.letters.of_kind("acknowledgement")
        for letter in letters:
            assert letter.answers_message_id is not None
            message = tx.messages.get(letter.answers_message_id)
            assert message is not None
            raw = room.desk.archive.get(message.sha256)
            opened = open_message(raw)
            checked = voucher.checked(message, opened)
            said = authenticity(opened, office.authserv_id, office.sealers, checked)
            if said.verdict is not Verdict.PASS:
                result.wrong.append(("it was answered, and nobody vouches for it", raw))
            if automatic(opened, office.own_addresses) is not None:
                result.wrong.append(("it was answered, and a machine wrote it", raw))
            if letter.recipient.lower() in office.own_addresses:
                result.wrong.append(("we answered ourselves", raw))
        for address in tx.contacts.bounced():
            if address != REMINDED:
                result.wrong.append((f"{address} is marked, whom nothing was written to", b""))
    return len(letters)


def _most_memory() -> float:
    """Of this process, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
