"""What a question costs does not grow with what the database holds."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.consultation.record import Standing
from bot.store.store import Store, open_store
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from tests.store.samples import MINUTE, NOW, added, arrival, assigns, letter, reply_to, taken

QUESTIONS: dict[str, Callable[[Transaction], object]] = {
    "the UIDs of a folder": lambda tx: tx.entries.known_uids("a", "INBOX", 1),
    "where a message was found": lambda tx: tx.entries.places(1),
    "taking a message": lambda tx: tx.messages.take(arrival(1)),
    "what is due": lambda tx: tx.messages.due(NOW),
    "claiming what is due": lambda tx: tx.messages.claim(NOW, NOW + MINUTE),
    "a message by whatever name": lambda tx: tx.messages.find("1"),
    "settling a message": lambda tx: tx.messages.settle(
        1, status=MessageStatus.HELD, kind="reply", at=NOW
    ),
    "a message that failed": lambda tx: tx.messages.fail(1, error="", next_try_at=None, at=NOW),
    "messages that wait": lambda tx: tx.messages.waiting(),
    "recording a reply": lambda tx: tx.replies.add(reply_to(2)),
    "a reply by its reference": lambda tx: tx.replies.find("C106-CHE-1"),
    "replies of a message": lambda tx: tx.replies.of_message(1),
    "replies of a State": lambda tx: tx.replies.of_state(106, "CHE"),
    "replies since": lambda tx: tx.replies.since(106, NOW, until=NOW + MINUTE),
    "replies that wait": lambda tx: tx.replies.waiting(),
    "assigning a State": lambda tx: tx.replies.assign_state(1, "FRA"),
    "a reply's standing": lambda tx: tx.replies.update_standing(
        1, standing=Standing.LATE, needs_review=False, at=NOW
    ),
    "a reply's attachments": lambda tx: tx.attachments.of_reply(1),
    "the record of a State": lambda tx: tx.opinions.records(106, state="CHE"),
    "the record of a circular": lambda tx: tx.opinions.records(106),
    "the end of a circular's record": lambda tx: tx.opinions.last(106),
    "the record of a reply": lambda tx: tx.opinions.of_reply(1),
    "queuing a letter": lambda tx: tx.letters.queue(letter("new")),
    "letters that are due": lambda tx: tx.letters.due(NOW),
    "claiming a letter": lambda tx: tx.letters.claim(NOW, NOW + MINUTE),
    "a letter sent": lambda tx: tx.letters.mark_sent(1, NOW),
    "whether a letter exists": lambda tx: tx.letters.exists("key"),
    "letters of ours": lambda tx: tx.letters.own(["<a@b.example>", "<c@d.example>"]),
    "letters about a reply": lambda tx: tx.letters.of_reply(1),
    "letters that answer a message": lambda tx: tx.letters.of_message(1),
    "letters of a kind about a circular": lambda tx: tx.letters.of_kind("reminder", 106),
    "the last letter of a kind": lambda tx: tx.letters.last("digest"),
    "letters to an address": lambda tx: tx.letters.sent_since("focal@admin.example", NOW),
    "answers of a day": lambda tx: tx.letters.at_least_since("acknowledgement", 5, NOW),
    "evidence": lambda tx: tx.readings.of_message(1),
    "notes since": lambda tx: tx.notes.since(NOW),
    "notes about a message": lambda tx: tx.notes.of_message(1),
    "noting a trouble": lambda tx: tx.troubles.note("smtp", "refused", NOW),
    "troubles that last": lambda tx: tx.troubles.open(),
    "what was done to something": lambda tx: tx.audit.of("message/1"),
    "the head of the trail": lambda tx: tx.audit.head(),
    "a value": lambda tx: tx.values.get("heartbeat"),
}


@contextmanager
def _statements(store: Store) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store._engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('costs')}/tsbbot.db") as store:
        with store.transaction() as tx:
            added(tx, 1)
            taken(tx, 2)
            tx.letters.queue(letter("key"))
        yield store


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_answers(small_store: Store, question: str) -> None:
    with _statements(small_store) as seen, small_store.transaction() as tx:
        QUESTIONS[question](tx)
    asked = [(sql, values) for sql, values in seen if not sql.startswith(("PRAGMA", "BEGIN"))]

    with small_store.snapshot() as tx:
        plans = [
            (sql, str(row[3]))
            for sql, values in asked
            for row in tx.values._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]

    assert asked
    assert [plan for plan in plans if _walks(plan[1])] == []


def _walks(plan: str) -> bool:
    """Whether a step reads a whole table, or a whole index where that is not in the order asked."""
    # The head of the audit trail is read backwards along its key and stopped at the first.
    return plan.startswith("SCAN") and plan not in {
        "SCAN audit",
        "SCAN troubles USING INDEX uq_troubles_open",
    }


def _fill(path: Path, count: int) -> None:
    """That many messages that were worked through, each with its reply, opinion and letter."""
    with open_store(f"sqlite:///{path}") as store, store.transaction() as tx:
        reply = added(tx, 1)
        tx.opinions.append(reply, [(assigns(), Standing.COUNTED)], at=NOW, who="worker")
        tx.letters.queue(letter("key 1", reply_id=reply.id))
        tx.messages.settle(1, status=MessageStatus.SETTLED, kind="reply", at=NOW)
        tx.audit.append(at=NOW, who="worker", action="take", subject="message/1")
    # In SQL: twenty thousand by the door that the worker takes would be most of a minute.
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    changes = {
        "messages": {"id": "i", "sha256": "hex(i) || sha256"},
        "mailbox_entries": {"uid": "i", "message_id": "i"},
        "replies": {
            "id": "i", "message_id": "i", "ordinal": "i", "reference": "'C106-CHE-' || i",
            "state": "char(65 + i % 26, 65 + i / 26 % 26, 65)",
        },
        "reply_references": {"reference": "'C106-CHE-' || i", "reply_id": "i"},
        "opinions": {"seq": "i", "reply_id": "i"},
        "letters": {
            "id": "i", "key": "'key ' || i", "header_id": "hex(i) || header_id", "reply_id": "i",
            "correspondent": "'focal' || i || '@admin.example'", "status": "'sent'",
        },
        "audit": {"seq": "2 * i + seq", "subject": "'message/' || i"},
    }  # fmt: skip
    with sqlite3.connect(path) as connection:
        for table, change in changes.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(change.get(name, f'"{name}"') for name in names)
            connection.execute(
                f"INSERT INTO {table} {numbers} SELECT {values} FROM {table} JOIN n ORDER BY i"
            )
        connection.execute("UPDATE ordinals SET last = ?", (count,))
    connection.close()


def _steps_of_one_message(path: Path) -> int:
    """Steps of SQLite's machine (in tens) that one message takes from arrival to outbox."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with open_store(f"sqlite:///{path}") as store, store.transaction() as tx:
        driver = tx.values._connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(count, 10)
        message_id = taken(tx, 10_000_000)
        (message,) = tx.messages.due(NOW)
        assert message.id == message_id
        reply = tx.replies.add(reply_to(message_id))
        tx.opinions.append(reply, [(assigns(), Standing.COUNTED)], at=NOW, who="worker")
        tx.letters.queue(letter("new", reply_id=reply.id))
        tx.messages.settle(message_id, status=MessageStatus.SETTLED, kind="reply", at=NOW)
        tx.audit.append(at=NOW, who="worker", action="take", subject="message/new")
        tx.finish()
        driver.set_progress_handler(None, 0)
    return steps


@pytest.mark.slow
def test_a_message_costs_the_same_among_a_hundred_and_among_fifty_thousand(
    tmp_path: Path,
) -> None:
    for count in (100, 50_000):
        _fill(tmp_path / f"{count}.db", count)

    few = _steps_of_one_message(tmp_path / "100.db")
    many = _steps_of_one_message(tmp_path / "50000.db")

    assert few > 10
    assert many <= few * 1.1
