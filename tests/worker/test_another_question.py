"""A circular that asks something else, beside a usual one: mail in, tally out, by its data alone."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.circulars.toml_file import parse_circular
from bot.consultation.tally import CircularTally, tally
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import Attachment
from bot.demo.sample_message import Desk
from bot.edges.clock import FixedClock
from tests.circulars.deletion_circular import DELETION, deletion_form
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import AtWork, Workplace
from tests.worker.fake_mailbox import RECEIVED, FakeMailbox
from tests.worker.fake_submission import FakeSubmission
from tests.worker.workroom import NOW

CIRCULAR = parse_circular(DELETION, "118.toml")


@pytest.fixture
def mailbox() -> FakeMailbox:
    return FakeMailbox()


@pytest.fixture
def at_work(tmp_path: Path, mailbox: FakeMailbox) -> Iterator[AtWork]:
    """A worker that reads in real processes, with both circulars configured."""
    usual = shipped_circulars()[-1]
    workplace = Workplace(tmp_path, usual, ServedMailbox("127.0.0.1", 9, "tsbdir", "unused"), 9)
    (tmp_path / "118.toml").write_text(DELETION, encoding="utf-8")
    config = workplace.config.read_text("utf-8")
    workplace.config.write_text(
        config.replace('["circular.toml"]', '["circular.toml", "118.toml"]'), encoding="utf-8"
    )
    outgoing = FakeSubmission()
    with workplace.at_work(FixedClock(NOW)) as opened:
        worker = dataclasses.replace(
            opened.worker, mailbox=lambda: mailbox, outgoing=lambda: outgoing
        )
        yield AtWork(desk=opened.desk, worker=worker)


def _reply(state: str, ticks: dict[str, str], language: str = "en") -> bytes:
    form = deletion_form(ticks, ADMINISTRATIONS[state].signs, language)
    files = [Attachment(filename="form.docx", data=form)]
    return Desk(circular=CIRCULAR).mail(state, "", RECEIVED, files, text="See the form.").raw


def _tally(at_work: AtWork) -> CircularTally:
    with at_work.desk.store.snapshot() as tx:
        records = tx.opinions.records(118)
    return tally(CIRCULAR, records, moment=NOW)


def test_replies_to_it_are_counted_by_its_data(at_work: AtWork, mailbox: FakeMailbox) -> None:
    mailbox.deliver(_reply("CHE", {"Q.711": "x..", "Q.712": "x..", "Q.713": "..x"}))
    mailbox.deliver(_reply("FRA", {"Q.711": "x..", "Q.712": "..x", "Q.713": "..x"}, "fr"))
    mailbox.deliver(_reply("DEU", {"Q.711": "x..", "Q.712": "x.x", "Q.713": "..."}))
    done = at_work.worker.once()

    assert done.trouble == []
    counted = _tally(at_work)
    assert [(e.assigns, e.does_not_assign, e.blank, e.pending) for e in counted.texts] == [
        (3, 0, 0, 0),
        (1, 1, 0, 1),
        (0, 2, 1, 0),
    ]
    assert [each.threshold_met for each in counted.texts] == [True, False, False]
    with at_work.desk.store.snapshot() as tx:
        references = [each.reference for each in tx.replies.all(118)]
        assert tx.replies.all(106) == []
    assert sorted(references) == ["C118-CHE-1", "C118-DEU-1", "C118-FRA-1"]


def test_the_usual_circular_beside_it_is_read_as_ever(
    at_work: AtWork, mailbox: FakeMailbox
) -> None:
    usual = Desk(circular=shipped_circulars()[-1])
    form = usual.word("CHE", "NNNNNNNNDD")
    files = [Attachment(filename="Annex 2.docx", data=form)]
    mailbox.deliver(usual.mail("CHE", "", RECEIVED, files).raw)
    mailbox.deliver(_reply("CHE", {"Q.711": "x..", "Q.712": "x..", "Q.713": "..x"}))
    at_work.worker.once()

    with at_work.desk.store.snapshot() as tx:
        (of_106,), (of_118,) = tx.replies.all(106), tx.replies.all(118)
        assert len(tx.opinions.of_reply(of_106.id)) == 10
        assert len(tx.opinions.of_reply(of_118.id)) == 3
    assert not of_106.needs_review
    assert not of_118.needs_review
