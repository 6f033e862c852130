"""Pictures of what was read: the pages with their boxes outlined, and each row enlarged."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import Progress

from bot.cli.console import errors, output
from bot.errors import ExportError

if TYPE_CHECKING:
    from bot.review.drawing import Asked
    from bot.review.evidence import FileSeen
    from bot.store.messages import StoredMessage
    from bot.wiring.desk import Desk
    from parsers.page_picture import Area


def write_pictures(opened: "Desk", messages: Iterable["StoredMessage"], folder: Path) -> None:
    """Writes PNGs into a folder, which is made where it is not there.

    Raises:
        ExportError: the folder cannot be written to.
    """
    from bot.review.drawing import Drawing, UndrawableError

    wanted = list(_wanted(opened, messages))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(Drawing()) as drawing, Progress(console=errors(), transient=True) as progress:
            for name, data, asked in progress.track(wanted, description="drawing"):
                try:
                    (folder / name).write_bytes(drawing.draw(data, asked))
                except UndrawableError as error:
                    errors().print(f"{name}: {error}", markup=False)
    except OSError as error:
        raise ExportError(
            f"{folder} cannot be written to: {error.strerror}", mend="name another folder"
        ) from error
    said = f"{len(wanted)} pictures in {folder}" if wanted else "nothing of it has pages to draw"
    output().print(f"\n{escape(said)}")


def _wanted(
    opened: "Desk", messages: Iterable["StoredMessage"]
) -> Iterator[tuple[str, bytes, "Asked"]]:
    """Name, the file's bytes, and what of it: every page with boxes, and every row."""
    from bot.mail.opening import open_message
    from bot.review.evidence import files_seen

    for message in messages:
        with opened.store.snapshot() as tx:
            files = [each for each in files_seen(tx.readings.of_message(message.id)) if each.drawn]
        if not files:
            continue
        parts = {each.path: each for each in open_message(opened.archive.get(message.sha256)).parts}
        for file in files:
            data = parts[file.part].data if file.part in parts else b""
            name = f"message-{message.id}-file-{file.number + 1}"
            crops: list[tuple[str, int, Area | None]] = [
                (f"page-{page}", page, None) for page in file.pages
            ]
            crops += [
                (f"row-{row.number + 1}-{_plain(row.text)}", *row.crop)
                for row in file.rows
                if row.crop is not None
            ]
            for what, page, area in crops if data else ():
                yield f"{name}-{what}.png", data, _asked(file, page, area)


def _asked(file: "FileSeen", page: int, crop: "Area | None") -> "Asked":
    from bot.review.drawing import Asked

    return Asked(
        sha256=file.sha256,
        page=page,
        scanned=file.scanned,
        outlines=file.outlines(page),
        crop=crop,
    )


def _plain(text: str) -> str:
    """A designation as part of a file's name: it was read off somebody's page."""
    return "".join(char if char.isalnum() else "-" for char in text)[:40]
