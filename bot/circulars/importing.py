"""Making a circular's data from its text, with everything that could not be found said in words."""

import re
from dataclasses import dataclass

from bot.circulars.annexes import split
from bot.circulars.draft_texts import draft_texts
from bot.circulars.findings import Findings
from bot.circulars.letterhead import circular_date, circular_number, reply_and_contact, study_group
from bot.circulars.source_text import text_of
from bot.circulars.timetable import consultation_deadline, consultation_meeting
from bot.consultation.circular import Circular


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was made of a circular's text.

    Attributes:
        circular: None where something is missing without which there is no consultation.
        missing: what could not be found, a sentence each; may be titles only.
        notes: what does not agree or was concluded, a sentence each, for the eye of whoever imports.
    """

    circular: Circular | None
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def import_circular(text: str) -> ImportResult:
    """Makes a circular's data from its text, in any of the six languages.

    Args:
        text: of the whole circular with its annexes, as `bot.circulars.source_text` gives it.
    """
    found = Findings()
    parts = split(_tidy(text))
    number = circular_number(parts, found)
    group, group_title = study_group(parts, found)
    date = circular_date(parts, found)
    deadline = consultation_deadline(parts, date, found)
    meeting = consultation_meeting(parts, deadline, found)
    texts = draft_texts(parts, found)
    reply_address, contact_address = reply_and_contact(parts, found)
    if (
        number is None
        or group is None
        or date is None
        or deadline is None
        or meeting is None
        or reply_address is None
        or not texts
    ):
        circular = None
    else:
        circular = Circular(
            number=number,
            study_group=group,
            study_group_title=group_title,
            date=date,
            deadline=deadline,
            meeting=meeting,
            reply_address=reply_address,
            contact_address=contact_address,
            texts=texts,
        )
    return ImportResult(circular=circular, missing=tuple(found.missing), notes=tuple(found.notes))


def import_file(data: bytes) -> ImportResult:
    """Makes a circular's data from the file that TSB issues.

    Args:
        data: of a Word file, a PDF or plain text.

    Raises:
        CircularError: it is none of them, or cannot be read.
    """
    return import_circular(text_of(data))


_DIGITS = {
    ord(char): str(n)
    for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
    for n, char in enumerate(row)
}
# No-break hyphens and the marks that steer direction or allow a break are nobody's spelling.
_SIGNS = {0x2010: "-", 0x2011: "-"} | dict.fromkeys(
    (
        0xAD,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x202A,
        0x202B,
        0x202C,
        0x202D,
        0x202E,
        0x2066,
        0x2067,
        0x2068,
        0x2069,
        0xFEFF,
    )
)


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def _tidy(text: str) -> str:
    plain = _CONTROLS.sub("", text.translate(_DIGITS | _SIGNS))
    return "\n".join(
        re.sub(r"[^\S\n]+", " ", line).strip() for line in re.split(r"\r\n?|\n|\x0b|\x0c", plain)
    )
