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
from parsers.document import NotReadableError
from parsers.office.conversion import to_pdf

#: Ending -> who writes that format, in the order in which a folder has them.
FORMATS: Final[Mapping[str, Callable[[Results], bytes]]] = MappingProxyType(
    {".docx": meeting_document, ".xlsx": workbook, ".csv": csv_file, ".json": json_file}
)
#: The Word document as pages, where LibreOffice is there to set it.
PDF: Final = ".pdf"
_OTHER_FORMATS = frozenset(
    {".doc", ".odt", ".rtf", ".xls", ".ods", ".txt", ".html", ".tsv", ".xml", ".zip"}
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
            mend=f"end it in {', '.join((*FORMATS, PDF))}, or name a folder",
        )
    return out.is_dir() or ending not in {*FORMATS, PDF}


def export_to(
    out: Path,
    circular: Circular,
    moment: dt.datetime,
    *,
    store: Store,
    archive: Archive,
    office: Office,
    register: Register,
    set_pages: Callable[[bytes], bytes] | None = to_pdf,
) -> Exported:
    """Writes what a consultation has come to.

    Args:
        out: a file in one of `FORMATS`, or a PDF; else a folder, made if need be, that gets a file
            of each (the PDF only where LibreOffice is there) and every attachment.
        circular: which consultation.
        moment: as of when.
        store: has the record.
        archive: has the messages.
        office: says who is outside of the percentage.
        register: says who there is, and their contacts.
        set_pages: makes a PDF of the Word document; None: a folder gets none.

    Raises:
        ExportError: the place cannot be written, the ending is none that is known, or it is a PDF
            and LibreOffice is not there or fails.
        StoreError: the database failed.
    """
    folder = is_folder(out)
    results = gather(
        circular, moment, store=store, archive=archive, office=office, register=register
    )
    unread = tuple(f"{each.reference}: {each.unread}" for each in results.replies if each.unread)
    if not folder:
        ending = out.suffix.lower()
        write_whole(out, _pages(results, set_pages) if ending == PDF else FORMATS[ending](results))
        return Exported(paths=(out,), attachments=None, missing=unread)
    make_folder(out)
    paths = []
    for ending, content in FORMATS.items():
        paths.append(out / f"circular-{circular.number}{ending}")
        write_whole(paths[-1], content(results))
    unset: tuple[str, ...] = ()
    if set_pages is not None:
        pages = out / f"circular-{circular.number}{PDF}"
        try:
            write_whole(pages, _pages(results, set_pages))
            paths.append(pages)
        except NotSetError as error:
            unset = (f"{pages.name}: {error.message}",)
    filed = write_attachments(out, results, archive)
    return Exported(
        paths=(*paths, filed.index),
        attachments=filed.count,
        missing=(*unread, *unset, *filed.missing),
    )


class NotSetError(ExportError):
    """The Word document cannot be made a PDF here."""


def _pages(results: Results, set_pages: Callable[[bytes], bytes] | None) -> bytes:
    try:
        return (set_pages or to_pdf)(meeting_document(results))
    except NotReadableError as error:
        raise NotSetError(
            f"no PDF can be made: {error}",
            mend="install LibreOffice, or export the .docx and print it from Word",
        ) from error
