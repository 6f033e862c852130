"""Taking and queuing, repeated in any order, come to the same: one record, one letter."""

import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.store import Store, open_store
from tests.store.samples import NOW, arrival, letter

#: (UID, content): the same content may lie under several UIDs, as a copied message does.
PLACES = st.tuples(st.integers(1, 5), st.sampled_from("abc"))
WORK = st.lists(st.tuples(st.sampled_from(["take", "leave", "queue"]), PLACES), max_size=25)

_SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class _UndoneError(Exception):
    """Ends an example's transaction without keeping it."""


@pytest.fixture(scope="module")
def open_once() -> Iterator[Store]:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/tsbbot.db") as store,
    ):
        yield store


@_SETTINGS
@given(WORK)
def test_repeats_in_any_order_make_one_record_and_one_letter(
    open_once: Store, work: list[tuple[str, tuple[int, str]]]
) -> None:
    ids: dict[str, int] = {}
    first: dict[int, str] = {}
    keys: set[str] = set()

    def run() -> None:
        with open_once.transaction() as tx:
            for action, (uid, content) in work:
                if action == "leave":
                    tx.entries.leave_alone("tsbdir@mail.example", "INBOX", 1, [uid], NOW)
                elif action == "queue":
                    assert (tx.letters.queue(letter(content)) is None) == (content in keys)
                    keys.add(content)
                else:
                    outcome = tx.messages.take(arrival(uid, content=content))
                    assert outcome.new == (content not in ids)
                    assert ids.setdefault(content, outcome.message_id) == outcome.message_id
                    first.setdefault(uid, content)
            looked_at = {uid for action, (uid, _) in work if action != "queue"}
            assert tx.entries.known_uids("tsbdir@mail.example", "INBOX", 1) == looked_at
            assert {each.id for each in tx.messages.due(NOW)} == set(ids.values())
            assert {each.key for each in tx.letters.due(NOW)} == keys
            for content, message_id in ids.items():
                uids = {uid for _, _, _, uid in tx.entries.places(message_id)}
                assert uids == {uid for uid, came in first.items() if came == content}
            raise _UndoneError

    with pytest.raises(_UndoneError):
        run()
