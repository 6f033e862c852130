"""A document as the readers hand it on: passages of text and boxes, with their place in tables.

Word knows paragraphs and cells, a PDF knows positions; both are brought to this one shape, so that
finding a form's rows (`parsers.form`) is written once and knows no format.
"""

from dataclasses import dataclass

from parsers.reading import Box, Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place in a table.

    Attributes:
        table: counts the document's tables from 0, nested ones included; the innermost counts.
        row: from 0.
        column: from 0, in grid columns.
        origin_row: the first row of the cell where it is merged downwards (w:vMerge); else `row`.
        outer: the cell that holds the whole table, where that is nested; None where it is not.
    """

    table: int
    row: int
    column: int
    origin_row: int
    outer: "Cell | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph, or in a PDF one block of lines that belong together.

    Attributes:
        items: text and boxes in reading order; the label of a box is the text after it.
        cell: None outside of tables.
        doubts: what about this passage makes the row that it stands in doubtful (struck or
            highlighted text, a drawing over it, deleted text).
    """

    items: tuple[str | Box, ...]
    cell: Cell | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def text(self) -> str:
        """The text without the boxes."""
        return " ".join(item for item in self.items if isinstance(item, str))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes without the text."""
        return tuple(item for item in self.items if isinstance(item, Box))
