"""Where the export's folder has each attachment: by text, and within it by reply.

    attachments/01-Y.4241/C106-CHE-1_comments.docx      names that text alone
    attachments/00-several-texts/C106-EGY-1_reply.pdf   names several or none
    attachments/90-late/...                             of what does not go to the meeting, by why

The number of a text is its place in the circular, so that folders stand in that order.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from bot.consultation.circular import Circular
from bot.reports.export.file_names import folded, safe_name, unique_name
from bot.store.attachments import StoredAttachment

#: The folder of all of them, beside the tables.
FOLDER: Final = "attachments"

_SEVERAL = "00-several-texts"


class Apart(StrEnum):
    """Why a reply's attachments do not go to the meeting: the folder that they are in."""

    UNDER_REVIEW = "80-under-review"
    SUPERSEDED = "85-superseded"
    LATE = "90-late"
    NOT_COUNTED = "91-not-counted"
    NOT_A_REPLY = "92-not-a-reply"


def places(
    circular: Circular, files: Iterable[tuple[StoredAttachment, str, Apart | None]]
) -> dict[int, str]:
    """Id of an attachment -> its path within the export's folder, with "/" between.

    Args:
        circular: whose texts give the order.
        files: each with the reference of its reply, and why that stands apart (None: it does not),
            in the order in which names are given.
    """
    texts = {text.designation: number for number, text in enumerate(circular.texts, start=1)}
    # Two digits, or as many as the number of texts has: the names sort as the texts do.
    width = max(2, len(str(len(texts))))
    taken: set[str] = set()
    placed: dict[int, str] = {}
    for file, reference, apart in files:
        folder = apart.value if apart else _SEVERAL
        if apart is None and len(file.texts) == 1 and file.texts[0] in texts:
            designation = file.texts[0]
            name = safe_name(designation, format_="").removesuffix(".bin")
            folder = f"{texts[designation]:0{width}}-{name}"
        name = f"{reference}_{safe_name(file.filename, format_=file.format)}"
        inside = unique_name(f"{FOLDER}/{folder}/{name}", taken)
        taken.add(folded(inside))
        placed[file.id] = inside
    return placed
