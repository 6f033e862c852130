"""What a reader saw, as a page shows it: pages with their boxes outlined, or rows drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.readings import PartReading
from parsers.page_picture import Area, Outline
from parsers.reading import Mark

#: Formats whose pages can be drawn.
DRAWN = frozenset({"pdf", "tiff", "png", "jpeg", "gif", "heic"})
_ROLES = {
    "assigns": "assigns authority",
    "no-comments": "no comments",
    "comments-attached": "comments attached",
    "does-not-assign": "does not assign",
}
#: Round a row's boxes, in points, so that its text is seen too.
_ABOVE, _BELOW, _LEFT, _RIGHT = 10.0, 14.0, 260.0, 40.0
#: A3 and more: what lies outside of it is no place on a page.
_FAR = 20_000.0
_MOST_ROWS, _MOST_BOXES = 200, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSeen:
    """A box.

    Attributes:
        role: in words; "box" where it has none.
        mark: "marked", "empty" or "doubtful".
        how: the evidence in words.
        label: the text beside it.
        page: from 1; None where the format has no pages.
        at: where on it; None likewise.
        where: the place in words.
        number: of the boxes of its file, from 1: what its outline is named by.
        doubts: codes.
    """

    role: str
    mark: str
    how: str
    label: str
    page: int | None
    at: Area | None
    where: str
    number: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSeen:
    """A row of a form.

    Attributes:
        number: its place in the reading, from 0.
        text: designation.
        boxes: in order.
        doubts: codes.
        crop: page and part of it that show the row; None where it cannot be drawn.
    """

    number: int
    text: str
    boxes: tuple[BoxSeen, ...]
    doubts: tuple[str, ...]
    crop: tuple[int, Area] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """One file of a message, as it was read.

    Attributes:
        number: its place among the readings, from 0.
        part: path in the message.
        sha256: of its bytes.
        filename: None where it has none.
        format: by content.
        language: of the form; None where that was not told.
        doubts: codes.
        error: None where it could be read.
        rows: of the form.
        strays: boxes of no row.
        signatory: who signed, as its letter says: (what, as written) pairs.
        remarks: written under the table.
        letter: round the table.
        drawn: whether its pages can be shown.
        scanned: whether places are those of a scan brought upright.
    """

    number: int
    part: str
    sha256: str
    filename: str | None
    format: str
    language: str | None
    doubts: tuple[str, ...]
    error: str | None
    rows: tuple[RowSeen, ...]
    strays: tuple[BoxSeen, ...]
    signatory: tuple[tuple[str, str], ...]
    remarks: str
    letter: str
    drawn: bool
    scanned: bool

    @property
    def boxes(self) -> tuple[BoxSeen, ...]:
        """Every box, those of no row last."""
        return (*(box for row in self.rows for box in row.boxes), *self.strays)

    @property
    def pages(self) -> tuple[int, ...]:
        """Pages with boxes; the first where there is none."""
        found = sorted({box.page for box in self.boxes if box.page is not None and box.at})
        return tuple(found) or ((1,) if self.drawn else ())

    def on(self, page: int) -> tuple[BoxSeen, ...]:
        """The boxes on a page."""
        return tuple(box for box in self.boxes if box.page == page and box.at)

    def outlines(self, page: int) -> tuple[Outline, ...]:
        """The same to be drawn."""
        return tuple(
            Outline(at=box.at, mark=Mark(box.mark), name=str(box.number))
            for box in self.on(page)
            if box.at
        )


def files_seen(readings: Sequence[PartReading]) -> tuple[FileSeen, ...]:
    """Every file that was read, in the order of the message."""
    return tuple(_file(number, each) for number, each in enumerate(readings))


def _file(number: int, reading: PartReading) -> FileSeen:
    document: Mapping[str, Any] = reading.document if isinstance(reading.document, dict) else {}
    counter = iter(range(1, _MOST_BOXES + 1))
    rows = tuple(
        _row(place, row, counter) for place, row in enumerate(document.get("rows", [])[:_MOST_ROWS])
    )
    placed = {(box.page, box.at, box.where) for row in rows for box in row.boxes}
    strays = tuple(
        box
        for box in _boxes([(None, each) for each in document.get("boxes", [])], counter)
        if (box.page, box.at, box.where) not in placed
    )
    kinds = {each.get("kind") for each in document.get("boxes", [])}
    return FileSeen(
        number=number,
        part=reading.part,
        sha256=reading.sha256,
        filename=reading.filename,
        format=reading.format,
        language=document.get("language"),
        doubts=reading.doubts,
        error=document.get("error"),
        rows=rows,
        strays=strays,
        signatory=signatory_pairs(document.get("signatory") or {}),
        remarks=str(document.get("remarks") or ""),
        letter=str(document.get("letter") or ""),
        drawn=reading.format in DRAWN,
        scanned="scanned-box" in kinds or (reading.format in DRAWN and reading.format != "pdf"),
    )


def signatory_pairs(signatory: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """What a letter says of who signed it, for people; what it does not say is left out.

    Args:
        signatory: `parsers.reading.Signatory` as JSON values; of an old reading empty.
    """
    said = [(name, str(value)) for name, value in signatory.items() if isinstance(value, str)]
    signed = signatory.get("signed")
    if isinstance(signed, bool):
        said.append(("signed or stamped", "yes" if signed else "not that could be seen"))
    return tuple(said)


def _row(number: int, row: Mapping[str, Any], counter: Iterator[int]) -> RowSeen:
    boxes = tuple(_boxes(row.get("boxes", []), counter))
    return RowSeen(
        number=number,
        text=str(row.get("designation") or ""),
        boxes=boxes,
        doubts=tuple(row.get("doubts", ())),
        crop=_crop(boxes),
    )


def _boxes(pairs: Sequence[Sequence[Any]], counter: Iterator[int]) -> Iterator[BoxSeen]:
    for role, box in pairs:
        number = next(counter, None)
        if number is None:
            return
        place = box.get("place") or {}
        at = _area(place.get("at"))
        page = place.get("page")
        yield BoxSeen(
            role=_ROLES.get(str(role), "box"),
            mark=_mark(box.get("mark")),
            how=str(box.get("how") or ""),
            label=str(box.get("label") or ""),
            page=page if isinstance(page, int) and page > 0 else None,
            at=at,
            where=str(place.get("path") or (f"page {page}" if page else "")),
            number=number,
            doubts=tuple(box.get("doubts", ())),
        )


def _mark(said: object) -> str:
    return said if said in {Mark.MARKED, Mark.EMPTY} else Mark.DOUBTFUL.value  # type: ignore[return-value]


def _area(at: object) -> Area | None:
    if not isinstance(at, (list, tuple)) or len(at) != 4:
        return None
    left, top, right, bottom = (float(each) for each in at)
    if not (0 <= left < right < _FAR and 0 <= top < bottom < _FAR):
        return None
    return left, top, right, bottom


def _crop(boxes: Sequence[BoxSeen]) -> tuple[int, Area] | None:
    """The part of the page that shows a row: round its boxes, on the page that most stand on."""
    placed = [(box.page, box.at) for box in boxes if box.page is not None and box.at is not None]
    if not placed:
        return None
    page = placed[0][0]
    areas = [at for where, at in placed if where == page]
    return page, (
        max(0.0, min(at[0] for at in areas) - _LEFT),
        max(0.0, min(at[1] for at in areas) - _ABOVE),
        max(at[2] for at in areas) + _RIGHT,
        max(at[3] for at in areas) + _BELOW,
    )
