"""LibreOffice as a converter: a document of another format in, a .docx out.

The one place of this package that starts a program and writes files. The program is held as what it
reads, hostile: a profile of its own that forbids macros and links, no network where the system lets
us take it away, no more time than the limit, and the memory of the process that reads. Where that
process is killed, the program goes with it.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from parsers.document import NotReadableError
from parsers.reading import Doubt, Format

#: Seconds that a conversion may take; a form takes two.
LONGEST: Final = 45.0
#: Bytes of a conversion's result, or of any file that it writes, at most.
LARGEST: Final = 100_000_000
_PROGRAMS: Final = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SUFFIXES: Final = {Format.DOC: "doc", Format.ODT: "odt", Format.RTF: "rtf"}
#: LibreOffice's own names of what reads each. It would read a damaged document as plain text, and
#: find no form in it, were it not told.
_FILTERS: Final = {Format.DOC: "MS Word 97", Format.ODT: "writer8", Format.RTF: "Rich Text Format"}
_FOLDER: Final = "tsbbot-office-"
#: No macro runs, no link is followed, nothing is fetched.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@cache
def office_program() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_docx(
    data: bytes, kind: Format, *, reading: str | None = None, seconds: float = LONGEST
) -> bytes:
    """Converts a .doc, .odt or .rtf.

    Args:
        data: the file.
        kind: its format, told by content.
        reading: LibreOffice's name of the filter that reads it; None for the format's usual one.
        seconds: wall-clock.

    Raises:
        NotReadableError: FORMAT_NOT_READ, where LibreOffice is not installed; TOOK_TOO_LONG,
            TOO_LARGE; UNREADABLE, where LibreOffice makes nothing of the file.
    """
    program = office_program()
    if program is None:
        raise NotReadableError(
            Doubt.FORMAT_NOT_READ,
            f"a .{_SUFFIXES[kind]} document, and LibreOffice, which reads it, is not installed; "
            "a person has to read it",
        )
    return _converted(
        program,
        data,
        suffix=_SUFFIXES[kind],
        reading=reading or _FILTERS[kind],
        writing=("docx", "MS Word 2007 XML"),
        seconds=seconds,
    )


def to_pdf(data: bytes, *, seconds: float = LONGEST) -> bytes:
    """Sets a .docx as pages.

    Args:
        data: the file.
        seconds: wall-clock.

    Raises:
        NotReadableError: as `to_docx`.
    """
    program = office_program()
    if program is None:
        raise NotReadableError(
            Doubt.FORMAT_NOT_READ, "LibreOffice, which makes PDF of it, is not installed"
        )
    return _converted(
        program,
        data,
        suffix="docx",
        reading="MS Word 2007 XML",
        writing=("pdf", "writer_pdf_Export"),
        seconds=seconds,
    )


def _converted(
    program: str,
    data: bytes,
    *,
    suffix: str,
    reading: str,
    writing: tuple[str, str],
    seconds: float,
) -> bytes:
    """The result of one conversion; `writing` is its suffix and LibreOffice's name of its filter."""
    _sweep()
    prefix = f"{_FOLDER}{os.getpid()}-"
    # What the program still writes while it is being killed must not stop the cleaning up.
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"form.{suffix}"
        source.write_bytes(data)
        source.chmod(0o400)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run(
            (
                *_confined(),
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                f"--infilter={reading}",
                "--convert-to",
                ":".join(writing),
                "--outdir",
                str(folder / "out"),
                str(source),
            ),
            folder,
            seconds,
        )
        return _result(folder / "out" / f"form.{writing[0]}")


def _run(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Runs a command in a session of its own, and ends all of that session with it."""
    process = subprocess.Popen(  # noqa: S603  (a fixed command; the file's name is ours)
        command,
        cwd=folder,
        # No proxy, no display, no settings of anybody's.
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LC_ALL": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise NotReadableError(
            Doubt.TOOK_TOO_LONG, f"converting it took more than {seconds:g} seconds"
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _result(made: Path) -> bytes:
    try:
        with made.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise NotReadableError(
            Doubt.UNREADABLE, "LibreOffice cannot read the file; it is damaged or protected"
        ) from error
    if len(data) > LARGEST:
        raise NotReadableError(
            Doubt.TOO_LARGE, f"the document converts to more than {LARGEST // 1_000_000} MB"
        )
    return data


@cache
def _confined() -> tuple[str, ...]:
    """What is put before a command to confine it: as much of it as the system allows.

    A network and processes of its own, all of which die with the process that asked for them, and
    no file larger than the limit.
    """
    confined: tuple[str, ...] = ()
    for name, *options in (
        ("setpriv", "--pdeathsig", "KILL"),
        ("prlimit", f"--fsize={LARGEST}"),
        ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=KILL"),
    ):
        path = shutil.which(name)
        if path is not None and _works((*confined, path, *options)):
            confined = (*confined, path, *options)
    return confined


def _works(command: Sequence[str]) -> bool:
    true = shutil.which("true")
    if true is None:
        return False
    done = subprocess.run(  # noqa: S603  (fixed commands)
        (*command, true),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def _sweep() -> None:
    """Removes what processes left behind that were killed while they converted."""
    for left in _left_behind(Path(tempfile.gettempdir())):
        shutil.rmtree(left, ignore_errors=True)


def _left_behind(folder: Path) -> Iterator[Path]:
    for each in folder.glob(f"{_FOLDER}*"):
        number = each.name.removeprefix(_FOLDER).partition("-")[0]
        if number.isascii() and number.isdigit() and not _alive(int(number)):
            yield each


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
