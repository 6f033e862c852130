"""An export where it was asked for: one file in the format of its ending, or a folder of all."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.consultation.circular import Circular
from bot.edges.archive import Archive
from bot.errors import ExportError
from bot.office import Office
from bot.register.register import Register
from bot.reports.export.attachment_folder import write_attachments
from bot.reports.export.content import Results
from bot.reports.export.csv_file import csv_file
from bot.reports.export.destination import make_folder, write_whole
from bot.reports.export.gathering import gather
from bot.reports.export.json_file import json_file
from bot.reports.export.meeting_document import meeting_document
from bot.reports.export.workbook import workbook
from bot.store.store import Store

#: Ending -> who writes that format, in the order in which a folder has them.
FORMATS: Final[Mapping[str, Callable[[Results], bytes]]] = MappingProxyType(
    {".docx": meeting_document, ".xlsx": workbook, ".csv": csv_file, ".json": json_file}
)
_OTHER_FORMATS = frozenset(
    {".pdf", ".doc", ".odt", ".rtf", ".xls", ".ods", ".txt", ".html", ".tsv", ".xml", ".zip"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written.

    Attributes:
        paths: the files; of attachments the index alone.
        attachments: how many were written; None where none were asked for.
        missing: what could not be had, one line each: words or files of messages that the archive
            cannot give.
    """

    paths: tuple[Path, ...]
    attachments: int | None
    missing: tuple[str, ...]


def is_folder(out: Path) -> bool:
    """Whether an export there is a folder of everything.

    Raises:
        ExportError: the ending is that of another format, which nobody wants as a folder's name.
    """
    ending = out.suffix.lower()
    if ending in _OTHER_FORMATS and not out.is_dir():
        raise ExportError(
            f"{out.name} would be in a format that is not written",
            mend=f"end it in {', '.join(FORMATS)}, or name a folder",
        )
    return out.is_dir() or ending not in FORMATS


def export_to(
    out: Path,
    circular: Circular,
    moment: dt.datetime,
    *,
    store: Store,
    archive: Archive,
    office: Office,
    register: Register,
) -> Exported:
    """Writes what a consultation has come to.

    Args:
        out: a file in one of `FORMATS`; else a folder, made if need be, that gets a file of each
            and every attachment.
        circular: which consultation.
        moment: as of when.
        store: has the record.
        archive: has the messages.
        office: says who is outside of the percentage.
        register: says who there is, and their contacts.

    Raises:
        ExportError: the place cannot be written, or the ending is none that is known.
        StoreError: the database failed.
    """
    folder = is_folder(out)
    results = gather(
        circular, moment, store=store, archive=archive, office=office, register=register
    )
    unread = tuple(f"{each.reference}: {each.unread}" for each in results.replies if each.unread)
    if not folder:
        write_whole(out, FORMATS[out.suffix.lower()](results))
        return Exported(paths=(out,), attachments=None, missing=unread)
    make_folder(out)
    paths = []
    for ending, content in FORMATS.items():
        paths.append(out / f"circular-{circular.number}{ending}")
        write_whole(paths[-1], content(results))
    filed = write_attachments(out, results, archive)
    return Exported(
        paths=(*paths, filed.index), attachments=filed.count, missing=(*unread, *filed.missing)
    )
