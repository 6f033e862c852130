"""What replies announce and have not brought."""

import datetime as dt

import pytest

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import OpinionRecord, Standing
from bot.reports.owing import owing
from bot.store.attachments import StoredAttachment
from bot.store.replies import StoredReply
from tests.support.intake import CIRCULAR

FIRST = dt.datetime(2026, 4, 9, 9, 0, tzinfo=dt.UTC)


def reply(number: int, **changes: object) -> StoredReply:
    values: dict[str, object] = {
        "id": number,
        "message_id": number,
        "circular": 106,
        "state": "CHE",
        "entity": None,
        "ordinal": number,
        "reference": f"C106-CHE-{number}",
        "received_at": FIRST + dt.timedelta(days=number),
        "recorded_at": FIRST + dt.timedelta(days=number),
        "sender": "focal@admin.example",
        "language": "en",
        "standing": Standing.COUNTED,
        "reasons": (),
        "comments_missing": ("Y.4241",) if number == 1 else (),
        "reasons_missing": ("Y.4242",) if number == 1 else (),
        "needs_review": False,
        "settled_by": None,
        "settled_at": None,
        "version": 1,
    }
    return StoredReply(**values | changes)  # type: ignore[arg-type]


def record(seq: int, of: StoredReply, text: str, opinion: Opinion) -> OpinionRecord:
    said = TextOpinion(
        text=text,
        opinion=opinion,
        comments=Comments.ATTACHED if opinion is Opinion.ASSIGNS else None,
        status=Status.CLEAR,
    )
    return OpinionRecord(
        seq=seq,
        recorded_at=of.recorded_at,
        reply=of.id,
        circular=106,
        state=of.state,
        received_at=of.received_at,
        opinion=said,
        standing=of.standing,
    )


def rows(of: StoredReply) -> list[OpinionRecord]:
    return [
        record(2 * of.id, of, "Y.4241", Opinion.ASSIGNS),
        record(2 * of.id + 1, of, "Y.4242", Opinion.DOES_NOT_ASSIGN),
    ]


def file(of: StoredReply, *texts: str) -> StoredAttachment:
    return StoredAttachment(
        id=1,
        reply_id=of.id,
        part="2",
        filename="comments.docx",
        size=1,
        sha256="0" * 64,
        format="docx",
        texts=texts,
    )


def due(
    replies: list[StoredReply],
    records: list[OpinionRecord],
    files: dict[int, list[StoredAttachment]] | None = None,
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    kept = files or {}
    found = owing(CIRCULAR, records, replies, lambda number: kept.get(number, []))
    return [(each.comments, each.reasons) for each in found]


def test_what_is_missing_is_due_text_by_text() -> None:
    first = reply(1)
    assert due([first], rows(first)) == [(("Y.4241",), ("Y.4242",))]


@pytest.mark.parametrize(
    ("texts", "still"),
    [
        pytest.param(("Y.4241",), [((), ("Y.4242",))], id="one that names a text"),
        pytest.param((), [], id="one that names none serves all"),
        pytest.param(("Y.4243",), [(("Y.4241",), ("Y.4242",))], id="one that names another"),
    ],
)
def test_a_later_file_of_the_same_member_state_brings_it(
    texts: tuple[str, ...], still: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    first, later = reply(1), reply(2)
    assert due([first, later], rows(first), {2: [file(later, *texts)]}) == still


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"state": "FRA"}, id="of another Member State"),
        pytest.param({"received_at": FIRST}, id="that came before it"),
        pytest.param({"standing": Standing.REJECTED}, id="of what was no reply"),
        pytest.param({"standing": Standing.PENDING}, id="of what waits"),
    ],
)
def test_another_file_does_not(changes: dict[str, object]) -> None:
    first, other = reply(1), reply(2, **changes)
    files = {2: [file(other)]}
    assert due([first, other], rows(first), files) == [(("Y.4241",), ("Y.4242",))]


def test_nothing_is_due_on_a_text_on_which_a_later_reply_stands() -> None:
    first, later = reply(1), reply(2)
    records = [*rows(first), record(9, later, "Y.4242", Opinion.ASSIGNS)]
    assert due([first, later], records) == [(("Y.4241",), ())]


@pytest.mark.parametrize("standing", [Standing.LATE, Standing.REJECTED, Standing.NOT_COUNTED])
def test_what_counts_for_nothing_owes_nothing(standing: Standing) -> None:
    first = reply(1, standing=standing)
    assert due([first], rows(first)) == []
