"""However the mail is spread over rounds, it comes to the same."""

import datetime as dt
import random
from pathlib import Path

import pytest

from bot.consultation.tally import CircularTally
from tests.acceptance.generated_mailbox import GeneratedMessage, MailboxMaker, wide_register
from tests.worker.workroom import Workroom, open_workroom

QUIET: dict[str, dict[str, object]] = {
    "reminders": {"days_before": []},
    "secretariat": {"digest_to": []},
}


def _workroom(folder: Path, model: Path, mail: list[list[GeneratedMessage]]) -> CircularTally:
    """The tally after a round for each delivery."""
    with open_workroom(folder, model, QUIET) as room:
        assert room.desk.settings.members.file is not None
        room.desk.settings.members.file.write_text(wide_register())
        room.clock.advance(room.circular.deadline + dt.timedelta(days=5) - room.now)
        for delivered in mail:
            for message in delivered:
                room.mailbox.deliver(message.raw, message.received_at)
            assert room.round().trouble == []
        _each_answered_once(room, [each for delivered in mail for each in delivered])
        return room.tally()


def _each_answered_once(room: Workroom, messages: list[GeneratedMessage]) -> None:
    assert len(room.submission.taken) == sum(each.answered for each in messages)
    assert len({raw for _, raw in room.submission.taken}) == len(room.submission.taken)


@pytest.mark.slow
def test_one_round_or_many_come_to_the_same_tally(tmp_path: Path, model_database: Path) -> None:
    with open_workroom(tmp_path / "unused", model_database) as room:
        circular = room.circular
    # Every other one is enough: the first and the last words of one State need not be together.
    messages = MailboxMaker(circular, 1).replies()[::2]
    chance = random.Random(1)
    cuts = sorted(chance.sample(range(1, len(messages)), 7))
    spread = [messages[a:b] for a, b in zip([0, *cuts], [*cuts, len(messages)], strict=True)]
    mixed = list(messages)
    chance.shuffle(mixed)

    at_once = _workroom(tmp_path / "once", model_database, [mixed])
    one_by_one = _workroom(tmp_path / "many", model_database, spread)
    assert at_once == one_by_one
    assert at_once.replied
