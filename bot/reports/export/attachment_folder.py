"""The attachments of an export on disk, with an index that says whose each is and for which text.

An export over an earlier one takes away what it wrote itself and nobody changed since, so that no
comment that was rejected or superseded meanwhile stays in its old place; all else is left alone.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from bot.edges.archive import Archive
from bot.errors import ArchiveError
from bot.mail.opening import open_message
from bot.reports.export.content import EnclosedFile, ReplyResult, Results
from bot.reports.export.csv_file import written
from bot.reports.export.destination import cannot_write, make_folder, write_whole
from bot.reports.export.placing import FOLDER
from bot.reports.export.wording import STANDING_WORDS
from bot.reports.tally_report import moment

#: Of the index, which stands in the folder itself.
INDEX: Final = "index.csv"
COLUMNS: Final = (
    "file",
    "texts",
    "from",
    "reference",
    "received_at",
    "standing",
    "sent_as",
    "size",
    "sha256",
    "missing_because",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of the attachments.

    Attributes:
        index: the file that lists them.
        count: files written.
        missing: those that could not be had, one line each with why.
    """

    index: Path
    count: int
    missing: tuple[str, ...]


def write_attachments(out: Path, results: Results, archive: Archive) -> Filed:
    """Writes every attachment of the results below a folder, and the index after all of them.

    Args:
        out: the export's folder, which is there.
        results: say what and where.
        archive: has the messages with their bytes.

    Raises:
        ExportError: the place cannot be written.
    """
    make_folder(out / FOLDER)
    before = _ours(out)
    lines: list[tuple[str, ...]] = []
    kept: set[str] = set()
    missing: list[str] = []
    for reply in results.replies:
        for file, data in _contents(reply.files, archive):
            if isinstance(data, bytes):
                place = out / PurePosixPath(file.place)
                make_folder(place.parent)
                write_whole(place, data)
                kept.add(file.place)
                lines.append(_line(reply, file, ""))
            else:
                lines.append(_line(reply, file, data))
                missing.append(f"{file.place}: {data}")
    _take_away(out, {name: sha for name, sha in before.items() if name not in kept})
    index = out / FOLDER / INDEX
    write_whole(index, written(COLUMNS, sorted(lines)))
    return Filed(index=index, count=len(kept), missing=tuple(missing))


def _contents(
    files: Iterable[EnclosedFile], archive: Archive
) -> Iterator[tuple[EnclosedFile, bytes | str]]:
    """Each file with its bytes, or with why they cannot be had; a message is opened once."""
    parts: dict[str, bytes] = {}
    opened = ""
    for file in files:
        if file.message != opened or not opened:
            try:
                message = open_message(archive.get(file.message))
            except ArchiveError as error:
                yield file, str(error)
                continue
            parts = {part.path: part.data for part in message.parts}
            opened = file.message
        data = parts.get(file.part)
        if data is None or hashlib.sha256(data).hexdigest() != file.sha256:
            yield file, f"its message holds no such file any more: {file.part}"
        else:
            yield file, data


def _line(reply: ReplyResult, file: EnclosedFile, missing: str) -> tuple[str, ...]:
    return (
        file.place,
        ", ".join(file.texts),
        reply.name,
        reply.reference,
        moment(reply.received_at),
        STANDING_WORDS[reply.standing],
        file.filename or "",
        str(file.size),
        file.sha256,
        missing,
    )


def _ours(out: Path) -> dict[str, str]:
    """Path below the folder -> SHA-256 of what an earlier export wrote there; empty without one."""
    try:
        text = (out / FOLDER / INDEX).read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        # Not an index that we wrote: nothing is ours.
        return {}
    try:
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error:
        return {}
    return {
        name: line.get("sha256") or ""
        for line in lines
        if (name := line.get("file") or "") and _is_below(name)
    }


def _is_below(name: str) -> bool:
    """Whether a path from an index, which anybody may have written, stays in our folder."""
    path = PurePosixPath(name)
    return len(path.parts) == 3 and path.parts[0] == FOLDER and ".." not in path.parts


def _take_away(out: Path, files: dict[str, str]) -> None:
    """Removes files that are still as they were written, and folders that are empty then."""
    for name, sha256 in files.items():
        path = out / PurePosixPath(name)
        try:
            if path.is_symlink() or not path.is_file():
                continue
            if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                path.unlink()
                if not any(path.parent.iterdir()):
                    path.parent.rmdir()
        except OSError as error:
            raise cannot_write(path, error) from error
