"""Database and archive in one file: whole, of one moment, found out where it was changed."""

import datetime as dt
import hashlib
import json
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.edges.archive import Archive
from bot.errors import BackupError, StoreError, TsbbotError
from bot.keeping.backup import Backup, write_backup
from bot.keeping.backup_file import BackupFile
from bot.keeping.restoring import Restored, restore_backup
from bot.store.store import Store, open_store
from tests.keeping.records import everything, raw_message, record
from tests.store.samples import NOW
from tests.support.postgresql import Postgresql


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Of the installation that is backed up."""
    return Archive(tmp_path / "archive")


@pytest.fixture
def backup(store: Store, archive: Archive, tmp_path: Path) -> Backup:
    """Of a record with three replies."""
    for number in range(1, 4):
        record(store, archive, number)
    return write_backup(tmp_path / "one.backup", store, archive, NOW)


def brought_back(backup: Backup, folder: Path, *, replace: bool = False) -> Restored:
    """The backup restored into a folder."""
    folder.mkdir(exist_ok=True)
    with BackupFile(backup.path) as file:
        return restore_backup(
            file,
            f"sqlite:///{folder}/tsbbot.db",
            Archive(folder / "archive"),
            replace=replace,
            now=NOW,
        )


def test_a_restored_record_is_the_one_that_was_backed_up(
    store: Store, backup: Backup, archive: Archive, tmp_path: Path
) -> None:
    restored = brought_back(backup, tmp_path / "new")
    assert restored.messages == 3
    with open_store(f"sqlite:///{tmp_path}/new/tsbbot.db") as copy:
        assert everything(copy) == everything(store)
        with copy.snapshot() as tx, store.snapshot() as of_old:
            assert tx.audit.verify() is None
            assert tx.audit.head() == of_old.audit.head()
    assert sorted(Archive(tmp_path / "new" / "archive").names()) == sorted(archive.names())


def test_the_restored_record_goes_on_where_it_was(backup: Backup, tmp_path: Path) -> None:
    brought_back(backup, tmp_path / "new")
    archive = Archive(tmp_path / "new" / "archive")
    with open_store(f"sqlite:///{tmp_path}/new/tsbbot.db") as copy:
        record(copy, archive, 4)
        with copy.snapshot() as tx:
            assert [each.reference for each in tx.replies.all(106)][-1] == "C106-CHE-4"
            assert tx.audit.verify() is None


@pytest.mark.integration
@pytest.mark.parametrize("replace", [False, True], ids=["empty", "replaced"])
def test_an_installation_moves_into_postgresql(
    store: Store, backup: Backup, tmp_path: Path, postgresql: Postgresql, replace: bool
) -> None:
    archive = Archive(tmp_path / "other")
    url = postgresql.url(postgresql.new_database())
    if replace:
        with open_store(url) as before:
            record(before, archive, 9, state="FRA")
    with BackupFile(backup.path) as file:
        restore_backup(file, url, archive, replace=replace, now=NOW)
    with open_store(url) as copy:
        assert everything(copy) == everything(store)
        record(copy, archive, 4)
        with copy.snapshot() as tx:
            assert [each.state for each in tx.replies.all(106)] == ["CHE"] * 4
            assert tx.audit.verify() is None


def test_the_file_is_for_its_owner_alone_and_names_the_moment(
    store: Store, archive: Archive, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    written = write_backup(folder, store, archive, NOW)
    assert written.path == folder / "tsbbot-20260401T070000Z.backup"
    assert stat.S_IMODE(written.path.stat().st_mode) == 0o600
    assert list(folder.iterdir()) == [written.path]
    assert written.size == written.path.stat().st_size
    with pytest.raises(BackupError, match="is there already"):
        write_backup(folder, store, archive, NOW)


def test_no_secret_of_the_database_is_in_it(
    store: Store, backup: Backup, url: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(backup.path) as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist())
    assert b"correct-horse" not in inside
    assert url.encode() not in inside


def test_a_folder_that_is_not_there_is_said(store: Store, archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written"):
        write_backup(tmp_path / "nowhere" / "one.backup", store, archive, NOW)


def test_what_the_archive_lacks_is_listed_and_the_rest_is_kept(
    store: Store, archive: Archive, tmp_path: Path
) -> None:
    for number in (1, 2):
        record(store, archive, number)
    lost = next(iter(archive.names()))
    archive.path(lost).write_bytes(b"something else")
    written = write_backup(tmp_path / "one.backup", store, archive, NOW)
    assert written.manifest.missing == (lost,)
    assert len(written.manifest.messages) == 1
    brought_back(written, tmp_path / "new")


def test_a_damaged_message_is_mended_by_restoring(
    backup: Backup, archive: Archive, url: str, store: Store
) -> None:
    name = next(iter(archive.names()))
    archive.path(name).write_bytes(b"x" * archive.path(name).stat().st_size)
    store.close()
    with BackupFile(backup.path) as file:
        restore_backup(file, url, archive, replace=True, now=NOW)
    archive.get(name)


# Changed behind our back.


def again(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The backup with some of its files changed, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def forged(name: str, data: bytes) -> bytes:
    """An opinion turned, and its table's hash corrected: only the audit trail is as it was."""
    if name == "tables/audit.jsonl":
        return data.replace(b'"who":"worker"', b'"who":"nobody"', 1)
    return data


def with_true_hashes(path: Path, target: Path) -> Path:
    """As somebody would who knows how the file is made."""
    with zipfile.ZipFile(path) as old:
        manifest = json.loads(old.read("manifest.json"))
        for table in manifest["tables"]:
            data = old.read(f"tables/{table['name']}.jsonl")
            table["sha256"] = hashlib.sha256(data).hexdigest()
            table["rows"] = data.count(b"\n")
    return again(
        path,
        target,
        lambda name, data: json.dumps(manifest).encode() if name == "manifest.json" else data,
    )


CHANGES = [
    pytest.param(
        lambda name, data: data.replace(b"assigns", b"refuses") if "opinions" in name else data,
        "the table opinions was changed",
        id="an opinion",
    ),
    pytest.param(
        lambda name, data: data + b"." if name.endswith(".eml") else data,
        "was changed",
        id="a message",
    ),
    pytest.param(
        lambda name, data: None if name.endswith(".eml") else data, "not those", id="lost messages"
    ),
    pytest.param(
        lambda name, data: None if name == "manifest.json" else data,
        "has no manifest.json",
        id="no list",
    ),
    pytest.param(
        lambda name, data: b"[]" if name == "manifest.json" else data,
        "list of contents cannot be read",
        id="another list",
    ),
    pytest.param(
        lambda name, data: (
            data.replace(b'"version": 1', b'"version": 2') if name == "manifest.json" else data
        ),
        "backup of form 2",
        id="a later form",
    ),
]


@pytest.mark.parametrize(("change", "said"), CHANGES)
def test_a_changed_backup_is_found_and_touches_nothing(
    backup: Backup,
    tmp_path: Path,
    change: Callable[[str, bytes], bytes | None],
    said: str,
) -> None:
    other = again(backup.path, tmp_path / "other.backup", change)
    new = tmp_path / "new"
    with pytest.raises(BackupError, match=said), BackupFile(other) as file:
        restore_backup(
            file, f"sqlite:///{new}/tsbbot.db", Archive(new / "archive"), replace=True, now=NOW
        )
    assert not new.exists()


def test_one_changed_by_somebody_who_corrects_the_hashes_breaks_the_audit_trail(
    backup: Backup, tmp_path: Path
) -> None:
    other = with_true_hashes(
        again(backup.path, tmp_path / "a.backup", forged), tmp_path / "other.backup"
    )
    with BackupFile(other) as file:
        file.check()
        with pytest.raises(StoreError, match="audit trail of the backup was changed at entry 1"):
            file.rehearse(NOW)


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.9, 0.999], ids=str)
def test_a_file_cut_short_is_damaged(backup: Backup, tmp_path: Path, cut: float) -> None:
    whole = backup.path.read_bytes()
    other = tmp_path / "other.backup"
    other.write_bytes(whole[: int(len(whole) * cut)])
    with pytest.raises(BackupError, match="damaged"):
        BackupFile(other)


def test_a_flipped_byte_anywhere_is_found_or_of_no_meaning(backup: Backup, tmp_path: Path) -> None:
    whole = backup.path.read_bytes()
    other = tmp_path / "other.backup"
    found = 0
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        other.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            with BackupFile(other) as file:
                file.check()
        except BackupError:
            found += 1
    assert found > 100


# Where it may go.


def test_a_record_that_is_there_is_not_overwritten_unless_told(
    backup: Backup, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    brought_back(backup, new)
    with open_store(f"sqlite:///{new}/tsbbot.db") as store:
        record(store, Archive(new / "archive"), 7)
    with pytest.raises(TsbbotError, match=r"holds 1 messages|is not empty"):
        brought_back(backup, new)
    restored = brought_back(backup, new, replace=True)
    assert restored.strange == 1
    assert restored.kept is not None
    with open_store(f"sqlite:///{restored.kept}") as store, store.snapshot() as tx:
        assert len(tx.replies.all(106)) == 4
    with open_store(f"sqlite:///{new}/tsbbot.db") as store, store.snapshot() as tx:
        assert len(tx.replies.all(106)) == 3
    assert stat.S_IMODE((new / "tsbbot.db").stat().st_mode) == 0o600


def test_a_database_in_use_is_not_replaced(backup: Backup, tmp_path: Path) -> None:
    new = tmp_path / "new"
    brought_back(backup, new)
    with open_store(f"sqlite:///{new}/tsbbot.db") as store, store.snapshot() as tx:
        tx.values.get("x")
        with pytest.raises(StoreError, match="is in use"):
            brought_back(backup, new, replace=True)
        assert len(tx.replies.all(106)) == 3
    assert not list(new.glob("*restoring*"))


def test_a_file_that_is_no_database_is_kept_when_replaced(backup: Backup, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "tsbbot.db").write_bytes(b"no database at all" * 1000)
    with pytest.raises(TsbbotError, match="is not empty"):
        brought_back(backup, new)
    restored = brought_back(backup, new, replace=True)
    assert restored.kept is not None
    assert restored.kept.read_bytes().startswith(b"no database")


_RESTORING = """
import sys, datetime as dt
from pathlib import Path
from bot.edges.archive import Archive
from bot.keeping.backup_file import BackupFile
from bot.keeping.restoring import restore_backup

def told(what, done, of):
    print(what, done, flush=True)

with BackupFile(Path(sys.argv[1])) as file:
    print("ready", flush=True)
    restore_backup(file, sys.argv[2], Archive(Path(sys.argv[3])), replace=True,
                   now=dt.datetime(2026, 4, 1, tzinfo=dt.UTC), progress=told)
print("done", flush=True)
"""


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_what_was(
    store: Store, url: str, archive: Archive, tmp_path: Path
) -> None:
    for number in range(1, 60):
        record(store, archive, number)
    backup = write_backup(tmp_path / "one.backup", store, archive, NOW)
    record(store, archive, 1000, state="FRA")
    before = everything(store)
    store.close()
    places = ["ready", "checked 40", "messages 0", "messages 30", "messages 59"]
    for place in places:
        command = [sys.executable, "-c", _RESTORING, str(backup.path), url, str(tmp_path / "other")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            for line in program.stdout:
                if line.strip() == place:
                    break
            program.kill()
        with open_store(url) as as_it_was:
            assert everything(as_it_was) == before, place
            as_it_was.check()
    # And the next one goes through.
    with BackupFile(backup.path) as file:
        restore_backup(file, url, Archive(tmp_path / "other"), replace=True, now=NOW)
    with open_store(url) as restored, restored.snapshot() as tx:
        assert len(tx.replies.all(106)) == 59


# While a worker goes on.

_RECORDING = """
import itertools, sys
from pathlib import Path
from bot.edges.archive import Archive
from bot.store.store import open_store
from tests.keeping.records import record

with open_store(sys.argv[1]) as store:
    for number in itertools.count(1):
        record(store, Archive(Path(sys.argv[2])), number)
        print(number, flush=True)
"""


@pytest.mark.slow
def test_a_backup_taken_while_messages_are_recorded_is_of_one_moment(
    url: str, store: Store, archive: Archive, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", _RECORDING, url, str(tmp_path / "archive")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        for line in worker.stdout:
            if int(line) >= 5:
                break
        backups = [
            write_backup(
                tmp_path / f"{number}.backup", store, archive, NOW + dt.timedelta(hours=number)
            )
            for number in range(4)
        ]
        worker.kill()
    sizes = []
    for number, each in enumerate(backups):
        assert each.manifest.missing == ()
        folder = tmp_path / f"new{number}"
        brought_back(each, folder)
        with open_store(f"sqlite:///{folder}/tsbbot.db") as copy, copy.snapshot() as tx:
            replies = tx.replies.all(106)
            assert len(replies) == len(tx.opinions.records(106)) == len(tx.messages.kept_raw())
            assert tx.audit.head()[0] == 2 * len(replies)
            assert tx.audit.verify() is None
            restored = Archive(folder / "archive")
            assert sorted(restored.names()) == sorted(tx.messages.kept_raw())
            assert all(restored.get(name) for name in restored.names())
        sizes.append(len(replies))
    assert sizes == sorted(sizes)
    assert sizes[0] >= 5


def test_a_message_of_any_bytes_comes_back_as_it_was(
    store: Store, archive: Archive, backup: Backup, tmp_path: Path
) -> None:
    brought_back(backup, tmp_path / "new")
    restored = Archive(tmp_path / "new" / "archive")
    for number in range(1, 4):
        raw = raw_message(number)
        assert restored.get(archive.put(raw)) == raw
