"""The register read again whenever its file changes, and gone without when it is wrong."""

from pathlib import Path

import pytest

from bot.demo.contacts import register_csv
from bot.errors import RegisterError
from bot.register.member_state import Iso3
from bot.worker.register_file import RegisterFile
from tests.worker.workroom import Workroom, open_workroom

BROKEN = "iso3,email\nXYZ,no-address\n"


def members(room: Workroom) -> Path:
    """The configured file."""
    path = room.desk.settings.members.file
    assert path is not None
    return path


def test_the_file_is_imported_when_it_is_new_and_when_it_changes(room: Workroom) -> None:
    assert room.register.focal_points(Iso3("CHE"))
    imports = _imports(room)
    assert room.register is room.register
    assert _imports(room) == imports

    with members(room).open("a") as file:
        file.write("VAT,,fr,,office@vatican.example,Focal point,yes,\n")
    assert room.register.known_address("office@vatican.example")
    assert _imports(room) == imports + 1


def test_a_line_that_is_taken_out_of_the_file_stays_in_the_register(room: Workroom) -> None:
    assert room.register.known_address(room.focal_point())
    kept = [line for line in register_csv().splitlines() if "telecom-ch" not in line]
    members(room).write_text("\n".join([*kept, ""]))
    assert room.register.known_address(room.focal_point())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(BROKEN, "XYZ", id="no such Member State"),
        pytest.param(None, "cannot be read", id="missing"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing_and_says_what_is_wrong(
    room: Workroom, content: str | None, words: str
) -> None:
    before = room.register
    if content is None:
        members(room).unlink()
    else:
        members(room).write_text(content)
    with pytest.raises(RegisterError, match=words):
        room.desk.register(room.now)
    assert room.desk.register_file.as_imported() == before


def test_without_a_file_the_register_is_what_was_imported_by_hand(
    room: Workroom, tmp_path: Path
) -> None:
    by_hand = RegisterFile(path=None, store=room.desk.store)
    assert by_hand.register(room.now).contacts == ()
    (tmp_path / "given.csv").write_text(register_csv())
    assert by_hand.import_file(tmp_path / "given.csv", room.now).added > 40
    assert by_hand.register(room.now).known_address(room.focal_point())


def test_the_worker_goes_on_with_the_register_as_it_was(room: Workroom) -> None:
    room.round()
    members(room).write_text(BROKEN)
    room.mailbox.deliver(room.reply())
    for _ in range(2):
        done = room.round()
        assert "XYZ" in done.trouble[0]
    assert [each.standing.value for each in room.replies()] == ["counted"]
    (told,) = room.troubles()
    assert (told.code, told.count, told.resolved_at) == ("register", 2, None)

    members(room).write_text(register_csv())
    assert room.round().trouble == []
    assert room.troubles()[0].resolved_at is not None


def test_without_any_register_messages_wait_for_it(tmp_path: Path, model_database: Path) -> None:
    with open_workroom(tmp_path, model_database) as room:
        members(room).write_text(BROKEN)
        room.mailbox.deliver(room.reply())
        done = room.round()
        assert (done.haul, room.messages(), room.replies()) == (None, [], [])
        assert len(done.trouble) == 1
        members(room).write_text(register_csv())
        room.round()
        assert [each.standing.value for each in room.replies()] == ["counted"]


def _imports(room: Workroom) -> int:
    with room.desk.store.snapshot() as tx:
        return len(tx.audit.of("register"))
