"""Files of this machine, read as if they had come by mail."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.consultation.circular import Circular
from bot.mail.message import OpeningLimits, Part
from bot.mail.opening import open_message, open_stored_message
from bot.reports.file_report import FileReport, file_report
from bot.worker.reading.part_reader import PartReader, reader_of, working_names
from parsers.identify import identify
from parsers.reading import Format
from parsers.sandbox import ReadingLimits, Sandbox


def read_files(
    files: Iterable[Path], circulars: tuple[Circular, ...], *, processes: int, most_bytes: int
) -> Iterator[FileReport]:
    """Reads files, several at once, and yields their reports in the order given.

    A file that cannot be read still gets its report, with the error.

    Args:
        files: forms or whole messages.
        circulars: that they may answer.
        processes: files read at once.
        most_bytes: a larger file is not read.
    """
    begun: list[FileReport | tuple[str, str, tuple[str, ...]]] = []

    def parts() -> Iterator[tuple[Part, ...]]:
        for path in files:
            opened = _opened(path, most_bytes)
            if isinstance(opened, FileReport):
                begun.append(opened)
                yield ()
                continue
            kind, found, flaws = opened
            begun.append((str(path), kind, flaws))
            yield found

    limits = ReadingLimits(processes=processes)
    with Sandbox(limits, reader_of(circulars)) as sandbox:
        reader = PartReader(sandbox=sandbox, known=working_names(circulars), most_bytes=most_bytes)
        for readings in reader.read_all(parts()):
            what = begun.pop(0)
            if isinstance(what, FileReport):
                yield what
                continue
            name, kind, flaws = what
            yield file_report(name, kind, readings, circulars, flaws=flaws)


def _opened(
    path: Path, most_bytes: int
) -> FileReport | tuple[str, tuple[Part, ...], tuple[str, ...]]:
    try:
        size = path.stat().st_size
        if size > most_bytes:
            return _failed(path, "too-large", f"larger than what is read ({size / 1e6:.0f} MB)")
        data = path.read_bytes()
    except OSError as error:
        return _failed(path, "unreadable", f"{path} cannot be read ({error.strerror})")
    kind = identify(data)
    if kind is Format.EML:
        message = open_message(data, OpeningLimits(part_bytes=most_bytes))
        return kind.value, message.parts, message.flaws
    if kind is Format.MSG:
        stored = open_stored_message(data, OpeningLimits(part_bytes=most_bytes))
        if stored is not None:
            return kind.value, stored.parts, stored.flaws
    if kind in (Format.ZIP, Format.TNEF):
        message = open_message(_as_message(data), OpeningLimits(part_bytes=most_bytes))
        return kind.value, message.parts, message.flaws
    part = Part(
        path="1",
        content_type="application/octet-stream",
        filename=path.name,
        data=data,
    )
    return kind.value, (part,), ()


def _failed(path: Path, reason: str, error: str) -> FileReport:
    return FileReport(file=str(path), format="unknown", reasons=(reason,), error=error)


def _as_message(data: bytes) -> bytes:
    """An archive as the only part of a message, so that it is unpacked as those that come by mail."""
    boundary = hashlib.sha256(data).hexdigest()[:32]
    head = (
        f"Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n--{boundary}\r\n"
        "Content-Type: application/zip\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    )
    return head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
