"""The archive of raw messages, on a real disk."""

import contextlib
import datetime as dt
import hashlib
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.edges.archive import Archive
from bot.errors import ArchiveError

RAW = b"From: Ministry <info@ministry.example>\r\nSubject: Reply\r\n\r\nWe assign.\r\n"
SHA256 = hashlib.sha256(RAW).hexdigest()
NOW = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive"


@pytest.fixture
def archive(folder: Path) -> Archive:
    return Archive(folder)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@contextlib.contextmanager
def _room_for(size: int) -> Iterator[None]:
    """The system refuses what makes a file longer, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_message_comes_back_under_its_hash(archive: Archive) -> None:
    assert archive.put(RAW) == SHA256
    assert archive.get(SHA256) == RAW
    assert SHA256 in archive


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(st.binary(max_size=2000))
def test_any_bytes_come_back_as_they_were(archive: Archive, raw: bytes) -> None:
    assert archive.get(archive.put(raw)) == raw


def test_a_message_is_a_plain_file_two_folders_down(archive: Archive, folder: Path) -> None:
    archive.put(RAW)
    assert archive.path(SHA256) == folder / SHA256[:2] / SHA256[2:4] / f"{SHA256}.eml"
    assert archive.path(SHA256).read_bytes() == RAW


def test_only_its_owner_can_read_it(archive: Archive, folder: Path) -> None:
    archive.put(RAW)
    assert archive.path(SHA256).stat().st_mode & 0o777 == 0o600
    for part in (folder.parent, folder, folder / SHA256[:2], folder / SHA256[:2] / SHA256[2:4]):
        assert part.stat().st_mode & 0o777 == 0o700


def test_the_same_bytes_again_change_nothing(archive: Archive, folder: Path) -> None:
    archive.put(RAW)
    before = archive.path(SHA256).stat()
    archive.put(RAW)
    assert archive.path(SHA256).stat().st_ino == before.st_ino
    assert _files(folder) == [archive.path(SHA256)]


def test_a_file_that_lost_its_end_is_replaced_by_the_same_message(archive: Archive) -> None:
    archive.put(RAW)
    archive.path(SHA256).write_bytes(RAW[:10])
    archive.put(RAW)
    assert archive.get(SHA256) == RAW


def test_a_damaged_file_is_never_handed_out(archive: Archive) -> None:
    archive.put(RAW)
    archive.path(SHA256).write_bytes(RAW.replace(b"assign", b"refuse"))
    with pytest.raises(ArchiveError, match="damaged"):
        archive.get(SHA256)


def test_what_is_not_there_is_said(archive: Archive) -> None:
    assert SHA256 not in archive
    with pytest.raises(ArchiveError, match="No such file"):
        archive.get(SHA256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "\n", "ä" * 64])
def test_only_a_hash_names_a_message(archive: Archive, name: str) -> None:
    archive.put(RAW)
    assert name not in archive
    with pytest.raises(ArchiveError) as error:
        archive.get(name)
    assert "\n" not in str(error.value)


def test_a_full_disk_is_an_error_of_one_line_and_leaves_nothing(
    archive: Archive, folder: Path
) -> None:
    with _room_for(20), pytest.raises(ArchiveError) as error:
        archive.put(RAW)
    assert str(folder) in str(error.value)
    assert "free space" in error.value.mend
    assert "\n" not in str(error.value)
    assert _files(folder) == []
    assert SHA256 not in archive


def test_a_message_that_did_not_fit_is_taken_once_there_is_room(archive: Archive) -> None:
    with _room_for(20), pytest.raises(ArchiveError):
        archive.put(RAW)
    assert archive.get(archive.put(RAW)) == RAW


@pytest.mark.parametrize("place", ["file/archive", "file"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="cannot take a message"):
        Archive(tmp_path / place).put(RAW)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o500)
    with pytest.raises(ArchiveError, match="Permission denied"):
        Archive(folder).put(RAW)


def test_sweeping_removes_what_was_never_finished_and_nothing_else(
    archive: Archive, folder: Path
) -> None:
    archive.put(RAW)
    old, young = folder / "incoming" / "old.part", folder / "incoming" / "young.part"
    for path, age in ((old, 25), (young, 23), (archive.path(SHA256), 1000)):
        path.touch()
        at = (NOW - dt.timedelta(hours=age)).timestamp()
        os.utime(path, (at, at))
    assert archive.sweep(NOW) == 1
    assert _files(folder) == sorted([young, archive.path(SHA256)])


def test_an_archive_that_is_not_there_yet_needs_no_sweeping(archive: Archive) -> None:
    assert archive.sweep(NOW) == 0
