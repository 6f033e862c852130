"""How long each page takes over a database of 50,000 messages: `python -m tests.review.bench`.

No test: what it measures hangs on the machine. It prints the median and the slowest of each page.
"""

import argparse
import contextlib
import datetime as dt
import hashlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.register.states import member_states
from bot.store.letters import NewLetter
from bot.store.messages import Arrival
from bot.store.readings import PartReading
from bot.store.replies import NewReply
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from parsers.registry import read
from tests.review.hall import REVIEWER, Hall, Visitor, open_hall

#: Of a hundred messages: replies, and of these what waits; the rest is other mail.
_REPLIES, _WAITING = 20, 4
_AT_ONCE = 1000
_RUNS = 15


def main() -> None:
    """Fills a database, asks for every page, and prints how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="kept; left out: a temporary one")
    args = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = args.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        hall = stack.enter_context(open_hall(folder))
        visitor = stack.enter_context(hall.visitor())
        began = time.perf_counter()
        if not hall.room.messages():
            fill(hall, args.messages)
        print(f"{args.messages} messages recorded in {time.perf_counter() - began:.0f} s")
        measure(visitor.sign_in(REVIEWER), hall)


def fill(hall: Hall, count: int) -> None:
    """Records so many messages; a real one, with its form, first."""
    hall.contradictory()
    hall.scanned()
    raw = hall.room.reply("CHE")
    document = asdict(read(b"".join(_forms(raw))))
    with contextlib.suppress(StopIteration):
        numbers = iter(range(count))
        while True:
            with hall.room.desk.store.transaction() as tx:
                for _ in range(_AT_ONCE):
                    _message(tx, hall, next(numbers), document)


def _forms(raw: bytes) -> Iterator[bytes]:
    from bot.mail.opening import open_message  # noqa: PLC0415 - to fill alone

    yield from (part.data for part in open_message(raw).parts if not part.body)


def _message(tx: Transaction, hall: Hall, number: int, document: object) -> None:
    now = hall.room.now - dt.timedelta(minutes=number % 20_000)
    codes = sorted(member_states())
    sender = f"office-{number % 3000}@ministry-{number % 400}.example"
    taken = tx.messages.take(
        Arrival(
            account="tsbdir@mail.example",
            folder="INBOX",
            uidvalidity=7,
            uid=number + 1000,
            sha256=hashlib.sha256(f"bench {number}".encode()).hexdigest(),
            size=50_000,
            received_at=now,
            recorded_at=now,
            sender=sender,
            subject=f"Reply number {number} to TSB Circular 106",
            header_id=f"<{number}@bench.example>",
        )
    )
    place = number % 100
    waits = place < _WAITING
    reasons = (
        ("sender-not-registered",),
        ("contradiction",),
        ("struck-text", "late"),
        ("no-form",),
    )
    why = reasons[place] if waits else ()
    tx.messages.settle(
        taken.message_id,
        status=MessageStatus.HELD if waits else MessageStatus.SETTLED,
        kind="reply" if place < _REPLIES else "other",
        reasons=why,
        at=now,
    )
    tx.audit.append(at=now, who="worker", action="decide", subject=f"message/{taken.message_id}")
    if place >= _REPLIES:
        return
    reply = tx.replies.add(
        NewReply(
            message_id=taken.message_id,
            circular=106,
            state=codes[number % len(codes)],
            received_at=now,
            recorded_at=now,
            sender=sender,
            language="en",
            standing=Standing.PENDING if waits else Standing.COUNTED,
            reasons=why,
            needs_review=waits,
        )
    )
    rows = [
        (
            TextOpinion(
                text=text.designation,
                opinion=Opinion.ASSIGNS,
                comments=Comments.NONE,
                status=Status.CLEAR,
            ),
            reply.standing,
        )
        for text in hall.room.circular.texts
    ]
    tx.opinions.append(reply, rows, at=now, who="worker", why="the sender's address is registered")
    tx.readings.keep(
        taken.message_id,
        [
            PartReading(
                part="2", filename="form.docx", sha256="0" * 64, format="docx", document=document
            )
        ],
    )
    tx.letters.queue(
        NewLetter(
            key=f"bench/{number}",
            header_id=f"<bench.{number}@itu.example>",
            kind="acknowledgement",
            circular=106,
            state=reply.state,
            reply_id=reply.id,
            answers_message_id=taken.message_id,
            recipient=sender,
            language="en",
            subject="TSB Circular 106: reply recorded",
            raw=b"x" * 8000,
            created_at=now,
        )
    )


def measure(visitor: Visitor, hall: Hall) -> None:
    """Asks for every page several times, and once more after something was decided."""
    for path in (
        "/",
        "/circulars/106/tally.png",
        "/queue",
        "/queue?page=40",
        "/queue?reason=contradiction&circular=106",
        "/messages/1",
        "/messages/2",
        "/messages/2/files/0/pages/1.png",
        "/messages/2/files/0/rows/1.png",
        "/messages/500",
        "/members",
        "/members/CHE",
        "/letters",
        "/letters?page=100&kind=acknowledgement",
        "/letters/40",
        "/trail",
        "/trail?page=500",
        "/search?q=C106-CHE-1",
        "/search?q=ministry-77",
        "/search?q=number 4999",
        "/search?q=nowhere at all",
        "/search?q=Switzerland",
        "/keys",
        "/sign-in",
    ):
        took = []
        for _ in range(_RUNS):
            began = time.perf_counter()
            answer = visitor.get(path)
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status_code in {200, 303}, (path, answer.text)
        print(
            f"{path:45} median {statistics.median(took):6.0f} ms   first {took[0]:6.0f} ms",
            flush=True,
        )
    reply = hall.reply("C106-ZAF-1")
    visitor.post(
        f"/replies/{reply.id}/decision",
        action="correct",
        version=str(reply.version),
        fields={"row-0": "assigns,none"},
    )
    began = time.perf_counter()
    visitor.get("/")
    print(f"{'/ after a decision':45} {(time.perf_counter() - began) * 1000:6.0f} ms")
    began = time.perf_counter()
    visitor.get("/trail?check=1")
    print(f"{'/trail?check=1':45} {(time.perf_counter() - began) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
