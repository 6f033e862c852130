"""The record of opinions: lines are added, and nothing can be changed or taken away."""

import dataclasses

import pytest
from sqlalchemy import create_engine, text

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import OpinionRecord, Standing
from bot.errors import StoreError
from bot.store.opinions import OpinionsRecord
from bot.store.store import Store
from tests.store.samples import MINUTE, NOW, added, assigns

AMBIGUOUS = TextOpinion(
    text="Y.4242",
    opinion=None,
    comments=None,
    status=Status.AMBIGUOUS,
    reasons=("ambiguous-mark", "row-twice"),
    confidence=0.25,
)


def test_lines_come_back_in_their_order_as_they_were_given(store: Store) -> None:
    with store.transaction() as tx:
        reply = added(tx)
        tx.opinions.append(
            reply,
            [(assigns("Y.4241"), Standing.COUNTED), (AMBIGUOUS, Standing.PENDING)],
            at=NOW + MINUTE,
            who="worker",
        )
        records = tx.opinions.records(106)
        assert tx.opinions.last(106) == records[-1].seq
        assert tx.opinions.last(107) == 0

    assert records == [
        OpinionRecord(
            seq=records[0].seq + place,
            recorded_at=NOW + MINUTE,
            reply=reply.id,
            circular=106,
            state="CHE",
            received_at=NOW,
            opinion=opinion,
            standing=standing,
        )
        for place, (opinion, standing) in enumerate(
            [(assigns("Y.4241"), Standing.COUNTED), (AMBIGUOUS, Standing.PENDING)]
        )
    ]
    assert records[0].opinion.opinion is Opinion.ASSIGNS
    assert records[0].opinion.comments is Comments.NONE


def test_a_review_adds_its_own_lines_with_who_and_why(store: Store) -> None:
    with store.transaction() as tx:
        reply = added(tx, state=None)
        tx.opinions.append(reply, [(AMBIGUOUS, Standing.PENDING)], at=NOW, who="worker")
        known = tx.replies.assign_state(reply.id, "CHE")
        tx.opinions.append(
            known,
            [(assigns("Y.4242"), Standing.COUNTED)],
            at=NOW + MINUTE,
            who="reviewer@mail.example",
            why="the mark is a tick",
        )
        history = tx.opinions.of_reply(reply.id)

        assert [(each.record.state, each.who, each.why) for each in history] == [
            (None, "worker", ""),
            ("CHE", "reviewer@mail.example", "the mark is a tick"),
        ]
        assert [each.text for each in tx.opinions.records(106, state="CHE")] == ["Y.4242"]
        assert tx.opinions.records(107) == []


def test_no_rows_are_no_lines(store: Store) -> None:
    with store.transaction() as tx:
        tx.opinions.append(added(tx), [], at=NOW, who="worker")

        assert tx.opinions.records(106) == []


def test_the_record_has_no_method_that_changes_or_deletes() -> None:
    public = {name for name in vars(OpinionsRecord) if not name.startswith("_")}

    assert public == {"append", "records", "decided", "last", "of_reply"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
    ],
)
@pytest.mark.parametrize(
    ("table", "column"), [("opinions", "why"), ("audit", "who"), ("notes", "text")]
)
def test_the_database_refuses_changes_to_what_is_append_only(
    store: Store, url: str, table: str, column: str, statement: str
) -> None:
    with store.transaction() as tx:
        tx.opinions.append(added(tx), [(assigns(), Standing.COUNTED)], at=NOW, who="worker")
        tx.audit.append(at=NOW, who="worker", action="take", subject="message/1")
        tx.notes.add("bounce", at=NOW, text="user unknown")

    engine = create_engine(url)
    try:
        with (
            engine.connect() as connection,
            pytest.raises(Exception, match=f"{table} is append-only"),
        ):
            connection.execute(text(statement.format(table=table, column=column)))
    finally:
        engine.dispose()


def test_a_line_for_a_reply_that_is_not_there_is_refused(store: Store) -> None:
    with store.transaction() as tx:
        gone = dataclasses.replace(added(tx), id=99)

    with pytest.raises(StoreError), store.transaction() as tx:
        tx.opinions.append(gone, [(assigns(), Standing.COUNTED)], at=NOW, who="worker")
