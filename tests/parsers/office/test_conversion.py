"""The program that converts: held as hostile as what it reads, and gone with its file."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from parsers.document import NotReadableError
from parsers.office import conversion
from parsers.reading import Doubt, Format
from parsers.registry import read
from parsers.sandbox import ReadingLimits, Sandbox
from tests.support.office import written
from tests.support.word import ASSIGNS_NONE, EMPTY, TICKED, form_about, row_of, rows, said

FORM = form_about(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY)))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
RTF = rb"{\rtf1\ansi Dear Sir\par}"


def _made_by_us() -> set[str]:
    return {each.name for each in Path(tempfile.gettempdir()).glob("tsbbot-office-*")}


@pytest.fixture
def stubborn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of LibreOffice: starts another one, and neither ever ends."""
    note = tmp_path / "processes"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $$ $! > {note}\nwait\n")
    program.chmod(0o700)
    monkeypatch.setattr(conversion, "office_program", lambda: str(program))
    # Seen from outside of a space of processes of its own, their numbers would be others.
    monkeypatch.setattr(conversion, "_confined", tuple)
    return note


def test_without_libreoffice_the_file_says_so_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "office_program", lambda: None)
    with pytest.raises(
        NotReadableError, match="LibreOffice, which reads it, is not installed"
    ) as e:
        conversion.to_docx(RTF, Format.RTF)
    assert e.value.doubt is Doubt.FORMAT_NOT_READ


def test_a_conversion_that_does_not_end_is_ended_with_all_that_it_started(stubborn: Path) -> None:
    with pytest.raises(NotReadableError) as raised:
        conversion.to_docx(RTF, Format.RTF, seconds=0.5)
    assert raised.value.doubt is Doubt.TOOK_TOO_LONG
    for number in map(int, stubborn.read_text().split()):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
        )
        # Gone, or dead and not yet buried by whoever took it over.
        assert state.stdout.strip()[:1] in ("", "Z")
    assert not any(name.startswith(f"tsbbot-office-{os.getpid()}-") for name in _made_by_us())


def test_what_a_killed_process_left_behind_is_removed(stubborn: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = Path(tempfile.gettempdir()) / f"tsbbot-office-{gone.pid}-x"
    alive = Path(tempfile.gettempdir()) / f"tsbbot-office-{os.getpid()}-x"
    for each in (left, alive):
        each.mkdir()
    try:
        with pytest.raises(NotReadableError):
            conversion.to_docx(RTF, Format.RTF, seconds=0.1)
        assert not left.exists()
        assert alive.exists()
    finally:
        alive.rmdir()


def test_a_file_that_only_looks_like_a_word_document_is_unreadable() -> None:
    assert read(COMPOUND).doubts == (Doubt.UNREADABLE,)


@pytest.mark.integration
def test_the_program_has_no_network(office: None, tmp_path: Path) -> None:
    if "unshare" not in " ".join(conversion._confined()):
        pytest.skip("this system lets nobody take the network away (user namespaces are off)")
    code = "import socket; print(sorted(name for _, name in socket.if_nameindex()))"
    seen = subprocess.run(
        [*conversion._confined(), sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert seen.stdout.strip() == "['lo']"


@pytest.mark.integration
def test_the_program_runs_within_the_limits_of_a_reading_process(office: None) -> None:
    before = _made_by_us()
    with Sandbox(ReadingLimits(memory_mb=2048, processes=1, seconds=60)) as sandbox:
        reading = sandbox.read(written({"form": FORM}, "doc")["form"])
    assert said(row_of(reading)) == ASSIGNS_NONE
    # Those of other runs of the tests may come and go.
    left = {Path(tempfile.gettempdir()) / name for name in _made_by_us() - before}
    assert not left & set(conversion._left_behind(Path(tempfile.gettempdir())))
