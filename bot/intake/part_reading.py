"""A part of a message with what its reader says of it."""

from dataclasses import dataclass
from enum import Enum, auto

from parsers.reading import Doubt, Format, FormReading, Mark

#: Doubts that say: nobody has read this file, and it may be a form.
UNREAD = frozenset(
    {
        Doubt.UNREADABLE,
        Doubt.ENCRYPTED,
        Doubt.SCAN,
        Doubt.FORMAT_NOT_READ,
        Doubt.TOO_LARGE,
        Doubt.TOOK_TOO_LONG,
    }
)
#: Pictures that stand in a signature far more often than they hold a form.
_PICTURES = frozenset({Format.PNG, Format.JPEG, Format.GIF})
#: Larger than any logo, in bytes: one that the HTML text shows, and one that is a file of its own.
#: A page sent as a fax takes 20 kB and more, a photograph of one that is pasted into a letter 100.
_SHOWN_LOGO_BYTES, _LOGO_BYTES = 100_000, 15_000


class Nature(Enum):
    """What a part is to the consultation."""

    #: Rows with boxes.
    FORM = auto()
    #: Rows of draft texts without any box: a form of which the boxes were deleted, or comments.
    ROWS_ONLY = auto()
    #: May be a form, but nobody has read it.
    UNREAD = auto()
    #: A file beside the form: comments, reasons, a covering letter.
    FILE = auto()
    #: The message's own text, a logo, a calendar entry, a signature: nothing to keep.
    ORNAMENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """One leaf of a message as read.

    Attributes:
        path: its place in the message, as `bot.mail.message.Part.path`.
        filename: decoded; None where it has none.
        content_type: as declared.
        size: bytes.
        sha256: of the bytes, hexadecimal.
        body: whether it is the message's own text.
        inline: whether the HTML text shows it by its Content-ID.
        reading: what the reader says.
    """

    path: str
    filename: str | None
    content_type: str
    size: int
    sha256: str
    body: bool
    inline: bool
    reading: FormReading

    @property
    def nature(self) -> Nature:
        """What it is to the consultation."""
        reading = self.reading
        if any(row.boxes for row in reading.rows):
            return Nature.FORM
        if UNREAD & set(reading.doubts):
            return Nature.ORNAMENT if self._is_logo else Nature.UNREAD
        if self.body or reading.format is Format.EMPTY or self._is_ornament:
            return Nature.ORNAMENT
        return Nature.ROWS_ONLY if reading.rows else Nature.FILE

    @property
    def answers(self) -> bool:
        """Whether a form says anything: one without any tick or doubt is as it was issued."""
        rows = self.reading.rows
        return any(
            row.doubts or any(box.mark is not Mark.EMPTY for _, box in row.boxes) for row in rows
        )

    @property
    def _is_logo(self) -> bool:
        largest = _SHOWN_LOGO_BYTES if self.inline else _LOGO_BYTES
        return self.reading.format in _PICTURES and self.size < largest

    @property
    def _is_ornament(self) -> bool:
        kind = self.content_type
        if kind.startswith("text/") and self.filename is None and "/" in self.path:
            return True  # The words of a message that was attached.
        return kind.startswith(("text/calendar", "text/vcard", "text/x-vcard")) or kind in {
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pgp-signature",
            "message/delivery-status",
            "message/disposition-notification",
            "text/rfc822-headers",
        }
