"""The export as an Excel workbook (ECMA-376): a sheet a table, its headings fixed and filtered.

Every string is written as a string: what looks like a formula or a link in a sender's name stays
the text that it is.
"""

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # it ships no py.typed

from bot.reports.export.content import Results
from bot.reports.export.tables import Cell, Table, Tone, tables
from bot.reports.export.wording import meeting_words, printable, state_of_play

#: Characters that a cell of Excel holds; the library drops longer strings altogether.
LONGEST: Final = 32_767
_CUT: Final = " [... cut]"
#: Above the headings of each sheet: what it is of, as of when, and an empty line.
_HEAD: Final = 3

# Pale shades of the chart's colours, told apart by their lightness and by what the cell says.
_FILLS: Final = {
    Tone.ASSIGNS: "#d6e9f5",
    Tone.COMMENTS: "#b3dcd0",
    Tone.DENIES: "#f8d9a0",
    Tone.WAITS: "#e3e3e3",
}
_HEADING: Final = {"bold": True, "font_color": "#ffffff", "bg_color": "#1d4e79", "border": 1}


def workbook(results: Results) -> bytes:
    """The .xlsx file; the same results give the same bytes."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "remove_timezone": True})
    book.set_properties(
        {
            "title": f"Replies to {results.circular.name}",
            # Else it would be the moment of writing.
            "created": results.as_of.astimezone(dt.UTC).replace(tzinfo=None),
        }
    )
    circular = results.circular
    group = f"{circular.name}, Study Group {circular.study_group}"
    head = (
        f"{group}, meeting {meeting_words(circular.meeting)}",
        state_of_play(circular, results.as_of),
    )
    styles = _Styles(book)
    for table in tables(results):
        _sheet(book, table, head, styles)
    book.close()
    return written.getvalue()


@dataclass(slots=True)
class _Styles:
    """The formats of a workbook, each made once."""

    book: Any
    made: dict[tuple[Tone, str], Any] = field(default_factory=dict)

    def cell(self, tone: Tone, number: str = "") -> Any:
        """The format of a cell with that tone, and that number format."""
        if (tone, number) not in self.made:
            style: dict[str, object] = {
                "text_wrap": True,
                "valign": "top",
                "border": 1,
                "border_color": "#bfbfbf",
            }
            if tone in _FILLS:
                style["bg_color"] = _FILLS[tone]
            if tone is Tone.APART:
                style |= {"italic": True, "font_color": "#595959"}
            if number:
                style["num_format"] = number
            self.made[tone, number] = self.book.add_format(style)
        return self.made[tone, number]


def _sheet(book: Any, table: Table, head: tuple[str, str], styles: _Styles) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.write_string(0, 0, printable(head[0]), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, printable(head[1]), book.add_format({"font_color": "#595959"}))
    heading = book.add_format({**_HEADING, "text_wrap": True, "valign": "vcenter"})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEAD, place, column.heading, heading)
    for line, row in enumerate(table.rows, start=_HEAD + 1):
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell, styles)
    sheet.freeze_panes(_HEAD + 1, table.fixed)
    sheet.autofilter(_HEAD, 0, _HEAD + max(len(table.rows), 1), len(table.columns) - 1)
    _for_paper(sheet)


def _write(sheet: Any, line: int, place: int, cell: Cell, styles: _Styles) -> None:
    match cell.value:
        case None | "":
            sheet.write_blank(line, place, None, styles.cell(cell.tone))
        case str():
            text = printable(cell.value)
            if len(text) > LONGEST:
                text = text[: LONGEST - len(_CUT)] + _CUT
            sheet.write_string(line, place, text, styles.cell(cell.tone))
        case dt.datetime():
            moment = cell.value.astimezone(dt.UTC)
            sheet.write_datetime(line, place, moment, styles.cell(cell.tone, "yyyy-mm-dd hh:mm"))
        case int():
            sheet.write_number(line, place, cell.value, styles.cell(cell.tone))
        case float():
            sheet.write_number(line, place, cell.value, styles.cell(cell.tone, "0.00%"))


def _for_paper(sheet: Any) -> None:
    """A4 across, as wide as a page, headings on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.set_footer("&L&A&RPage &P of &N")
