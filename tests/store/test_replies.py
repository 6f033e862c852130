"""Replies: one per message and circular, each with a reference that stays good."""

import datetime as dt

import pytest

from bot.consultation.record import Standing
from bot.errors import ReviewError
from bot.store.attachments import NewAttachment
from bot.store.replies import StoredReply
from bot.store.store import Store
from tests.store.samples import MINUTE, NOW, added, reply_to, taken

COMMENTS = NewAttachment(
    part="1.3",
    filename="comments.pdf",
    size=12,
    sha256="c0" * 32,
    format="pdf",
    texts=("Y.4241", "Y.4242"),
)


def test_a_reply_recorded_is_found_as_it_was_given(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        reply = tx.replies.add(reply_to(message_id))

    with store.snapshot() as tx:
        assert tx.replies.get(reply.id) == reply

    assert reply == StoredReply(
        id=reply.id,
        message_id=message_id,
        circular=106,
        state="CHE",
        entity=None,
        ordinal=1,
        reference="C106-CHE-1",
        received_at=NOW,
        recorded_at=NOW,
        sender="focal@admin.example",
        language="fr",
        standing=Standing.COUNTED,
        reasons=(),
        comments_missing=(),
        reasons_missing=(),
        needs_review=False,
        settled_by=None,
        settled_at=None,
        version=1,
    )


def test_references_count_up_per_circular_and_state(store: Store) -> None:
    with store.transaction() as tx:
        given = [
            tx.replies.add(reply_to(taken(tx, uid), circular=circular, state=state)).reference
            for uid, (circular, state) in enumerate(
                [(106, "CHE"), (106, "CHE"), (106, "FRA"), (107, "CHE"), (106, None), (106, None)]
            )
        ]

    assert given == [
        "C106-CHE-1", "C106-CHE-2", "C106-FRA-1", "C107-CHE-1", "C106-X1", "C106-X2",
    ]  # fmt: skip


def test_a_reply_is_added_once_per_message_and_circular(store: Store) -> None:
    with store.transaction() as tx:
        message_id = taken(tx)
        first = tx.replies.add(reply_to(message_id))
        again = tx.replies.add(reply_to(message_id, state="FRA"))
        other = tx.replies.add(reply_to(message_id, circular=107))

        assert again == first
        assert tx.replies.of_message(message_id) == [first, other]
        assert tx.replies.find("C106-FRA-1") is None


def test_a_reply_whose_state_is_found_keeps_its_old_reference_as_an_alias(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, 1, state="CHE")
        unknown = added(tx, 2, state=None)
        known = tx.replies.assign_state(unknown.id, "CHE")

        assert (unknown.reference, known.reference) == ("C106-X1", "C106-CHE-2")
        assert tx.replies.find("C106-X1") == known
        assert tx.replies.find(" c106-che-2 ") == known
        assert tx.replies.assign_state(known.id, "CHE") == known
        assert added(tx, 3, state=None).reference == "C106-X2"


def test_replies_of_a_state_come_in_the_order_of_their_receipt(store: Store) -> None:
    with store.transaction() as tx:
        late = tx.replies.add(reply_to(taken(tx, 1), received_at=NOW + MINUTE))
        early = tx.replies.add(reply_to(taken(tx, 2), received_at=NOW))
        other = tx.replies.add(reply_to(taken(tx, 3), state="FRA", received_at=NOW + 2 * MINUTE))

        assert tx.replies.of_state(106, "CHE") == [early, late]
        assert tx.replies.all(106) == [early, late, other]
        assert tx.replies.all(107) == []


@pytest.mark.parametrize(
    ("moment", "until", "expected"),
    [
        pytest.param(None, None, [0, 1, 2], id="everything"),
        pytest.param(NOW, None, [0, 1, 2], id="from the moment itself on"),
        pytest.param(NOW + MINUTE, None, [1, 2], id="later ones"),
        pytest.param(NOW, NOW + MINUTE, [0], id="before the end, which is the next beginning"),
        pytest.param(NOW + 3 * MINUTE, None, [], id="none yet"),
    ],
)
def test_what_came_in_since(
    store: Store, moment: dt.datetime | None, until: dt.datetime | None, expected: list[int]
) -> None:
    with store.transaction() as tx:
        ids = [
            tx.replies.add(reply_to(taken(tx, uid), recorded_at=NOW + uid * MINUTE)).id
            for uid in range(3)
        ]
        found = tx.replies.since(106, moment, until=until)

    assert [each.id for each in found] == [ids[index] for index in expected]


def test_what_waits_for_a_person_is_listed_oldest_first(store: Store) -> None:
    with store.transaction() as tx:
        tx.replies.add(reply_to(taken(tx, 1)))
        late = tx.replies.add(reply_to(taken(tx, 2), received_at=NOW + MINUTE, needs_review=True))
        early = tx.replies.add(reply_to(taken(tx, 3), circular=107, needs_review=True))

        assert tx.replies.waiting() == [early, late]
        assert tx.replies.waiting(106) == [late]
        assert tx.replies.waiting(limit=1, offset=1) == [late]
        assert tx.replies.count_waiting() == 2


def test_a_decision_changes_what_it_names_and_nothing_else(store: Store) -> None:
    with store.transaction() as tx:
        reply = added(tx)
        settled = tx.replies.update_standing(
            reply.id,
            standing=Standing.LATE,
            needs_review=False,
            comments_missing=["Y.4241"],
            settled_by="reviewer@mail.example",
            at=NOW + MINUTE,
            version=reply.version,
        )

    assert settled.standing is Standing.LATE
    assert settled.comments_missing == ("Y.4241",)
    assert settled.reasons == reply.reasons
    assert (settled.settled_by, settled.settled_at) == ("reviewer@mail.example", NOW + MINUTE)
    assert settled.version == reply.version + 1


def test_two_reviewers_never_overwrite_each_other(store: Store) -> None:
    with store.transaction() as tx:
        seen = added(tx)
        tx.replies.update_standing(
            seen.id, standing=Standing.REJECTED, needs_review=False, settled_by="first@mail.example",
            at=NOW, version=seen.version,
        )  # fmt: skip

    with (
        pytest.raises(ReviewError, match=r"C106-CHE-1 was changed by first@mail\.example"),
        store.transaction() as tx,
    ):
        tx.replies.update_standing(
            seen.id, standing=Standing.COUNTED, needs_review=False, settled_by="second@mail.example",
            at=NOW, version=seen.version,
        )  # fmt: skip

    with store.snapshot() as tx:
        kept = tx.replies.get(seen.id)
    assert kept is not None
    assert kept.standing is Standing.REJECTED


def test_a_reply_that_is_not_there_is_said_to_be_so(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(ReviewError, match="there is no reply 5"):
        tx.replies.assign_state(5, "CHE")


def test_attachments_are_kept_with_their_reply(store: Store) -> None:
    with store.transaction() as tx:
        reply = added(tx)
        tx.attachments.add(reply.id, [COMMENTS])
        tx.attachments.add(reply.id, [COMMENTS])
        (kept,) = tx.attachments.of_reply(reply.id)

        assert (kept.part, kept.filename, kept.texts) == ("1.3", "comments.pdf", COMMENTS.texts)
        assert tx.attachments.get(kept.id) == kept
        assert tx.attachments.of_circular(106) == [kept]
        assert tx.attachments.of_circular(107) == []
