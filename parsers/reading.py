"""What a reader says of one returned file: the boxes, the rows they stand in, and every doubt.

These are the values that leave this package. They carry no rule of the consultation: a row says
which of its boxes are marked, not what opinion follows from it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

#: `Box.kind` of a box on the picture of a page: it was seen, where others were read.
SCANNED_BOX: Final = "scanned-box"


class Mark(StrEnum):
    """What stands in a box."""

    EMPTY = "empty"
    MARKED = "marked"
    #: Neither can be said without a person: struck, scribbled, contradicting itself, unreadable.
    DOUBTFUL = "doubtful"


class BoxRole(StrEnum):
    """The four boxes of a draft text's row, in the order in which every form of the kind has them."""

    ASSIGNS = "assigns"
    NO_COMMENTS = "no-comments"
    COMMENTS_ATTACHED = "comments-attached"
    DOES_NOT_ASSIGN = "does-not-assign"


class Doubt(StrEnum):
    """Why a box, a row or a file needs a person: stable codes, shown to people through a table."""

    # of a box
    AMBIGUOUS_MARK = "ambiguous-mark"
    STRUCK_TEXT = "struck-text"
    HIGHLIGHTED_TEXT = "highlighted-text"
    TEXT_AND_PICTURE_DIFFER = "text-and-picture-differ"
    PICTURE_UNREADABLE = "picture-unreadable"
    FIELD_CONTRADICTS_ITSELF = "field-contradicts-itself"
    DRAWING_OVER_FORM = "drawing-over-form"
    # of a row
    STRAY_MARK = "stray-mark"
    BOX_COUNT = "box-count"
    LABELS_CONTRADICT_ORDER = "labels-contradict-order"
    ROW_TWICE = "row-twice"
    FORMER_NAME_DIFFERS = "former-name-differs"
    SEVERAL_TEXTS_IN_ROW = "several-texts-in-row"
    BOXES_WITHOUT_TEXT = "boxes-without-text"
    TEXT_DELETED = "text-deleted"
    WRITTEN_REMARK = "written-remark"
    # of a file
    NO_FORM = "no-form"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    SCAN = "scan"
    FORMAT_NOT_READ = "format-not-read"
    TOO_LARGE = "too-large"
    TOOK_TOO_LONG = "took-too-long"
    EMPTY_FILE = "empty-file"


class Format(StrEnum):
    """The formats that are told apart by content (never by name or declared type)."""

    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    TEXT = "text"
    TIFF = "tiff"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    HEIC = "heic"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    MSG = "msg"
    TNEF = "tnef"
    EML = "eml"
    SPREADSHEET = "spreadsheet"
    PRESENTATION = "presentation"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where on the paper something was read.

    Attributes:
        page: counted from 1; None where the format has no pages (Word).
        at: (left, top, right, bottom) in points (1/72 inch) from the page's top left corner as it
            is shown; None where the format has no geometry.
        path: the place in words, as "table 2, row 5, cell 2"; None where `at` says it.
    """

    page: int | None = None
    at: tuple[float, float, float, float] | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One check box as it was read, or one mark typed where a box had been.

    Attributes:
        mark: the verdict.
        kind: what it is made of: "legacy-field", "content-control", "character", "wingdings",
            "brackets", "typed", "acroform", "drawn-square", "annotation", ...
        how: the evidence in words, for people: "w:checked val=1", "X typed beside the empty box".
        label: the text nearest to it (what follows it, up to the next box), may be empty.
        place: where it stands.
        doubts: why `mark` is DOUBTFUL; empty otherwise.
        confidence: how likely it is, 0 to 1, that a person would see the same; below 1 only where
            a picture was judged.
    """

    mark: Mark
    kind: str
    how: str
    label: str = ""
    place: Place = field(default_factory=Place)
    doubts: tuple[Doubt, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReading:
    """What one draft text's row says.

    Attributes:
        designation: normalised, as "Y.4241" or "X.1060 Amd.1".
        former_name: the name in its parentheses, as "Y.dt-SComCam"; None where there is none.
        boxes: the boxes of the row by role: a `BoxRole`, or the word of a form that asks something
            else (`parsers.asked`); complete only where `doubts` is empty.
        doubts: why the row needs a person, those of its boxes included; empty for a row that
            a careful clerk would not look at twice.
        confidence: 0 to 1.
    """

    designation: str
    former_name: str | None = None
    boxes: tuple[tuple[str | None, Box], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who returned a form, as its letter says; None for what it does not say.

    Attributes:
        administration: "Switzerland", as written under the signature.
        name: of the person.
        title: the official role.
        place, date: as written, in the letter's language.
        email: the sender's own in the letter's head.
        signed: whether it bears a signature or a stamp; None where that cannot be told.
    """

    administration: str | None = None
    name: str | None = None
    title: str | None = None
    place: str | None = None
    date: str | None = None
    email: str | None = None
    signed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """What one file says.

    Attributes:
        format: by content.
        circular_number: the number that the form itself names; None where it names none.
        circular_numbers: every circular number found, the form's own first.
        language: ISO 639-1 code of the form's wording; None where it cannot be told.
        rows: one per draft text in document order.
        boxes: every box seen, whether of the form or not, in document order.
        letter: the text round the table (the form's letter and signature block), for finding the
            Administration; may be empty.
        signatory: who signed it, as its letter says.
        remarks: text under the table that is none of the form's own: reasons, comments.
        doubts: of the file as a whole (NO_FORM, UNREADABLE, SCAN, ...).
        error: one line for people where the file could not be read; None otherwise.
    """

    format: Format
    circular_number: int | None = None
    circular_numbers: tuple[int, ...] = ()
    language: str | None = None
    rows: tuple[RowReading, ...] = ()
    boxes: tuple[Box, ...] = ()
    letter: str = ""
    signatory: Signatory = field(default_factory=Signatory)
    remarks: str = ""
    doubts: tuple[Doubt, ...] = ()
    error: str | None = None
