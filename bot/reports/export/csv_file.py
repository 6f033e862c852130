"""The export as CSV (RFC 4180): one line per Member State and text, for other programs and Excel."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.reports.export.content import Results
from bot.reports.export.wording import printable
from bot.reports.tally_report import moment

#: Stable: other programs read these names.
COLUMNS = (
    "circular",
    "as_of",
    "text",
    "iso3",
    "member_state",
    "region",
    "in_percentage",
    "basis",
    "opinion",
    "comments",
    "change_pending",
    "reference",
    "received_at",
)
# Where a cell begins so, Excel and LibreOffice take it for a formula; the wide forms too, in some
# locales; tab and line ends are passed over before it is looked at.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def csv_file(results: Results) -> bytes:
    """The .csv file: in the circular's order of texts, each by region and Member State."""
    lines = [
        (
            str(results.circular.number),
            moment(results.as_of),
            position.text,
            state.iso3,
            state.name,
            state.region,
            "yes" if state.counts else "no",
            position.basis.value,
            position.opinion.value if position.opinion else "",
            position.comments.value if position.comments else "",
            "yes" if position.change_pending else "no",
            position.reference or "",
            moment(position.received_at) if position.received_at else "",
        )
        for place, _ in enumerate(results.texts)
        for state in results.states
        for position in (state.positions[place],)
    ]
    return written(COLUMNS, lines)


def written(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of cells in UTF-8 with a byte order mark, without which Excel takes it for Latin-1."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell as text: an apostrophe before what a spreadsheet would take for a formula."""
    text = printable(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
