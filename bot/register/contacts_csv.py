"""The register as CSV: what `tsbbot members import` takes, and the way back."""

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from bot.errors import RegisterError
from bot.register.csv_values import folded, language_code, region_name, says_entity, yes_or_no
from bot.register.domains import clean_address, clean_domain, is_public
from bot.register.member_state import Contact, Iso3
from bot.register.states import LANGUAGES, REGIONS, member_states

#: The columns, in the order in which they are written; they are read in any order.
COLUMNS: Final = (
    "iso3",
    "name",
    "language",
    "region",
    "email",
    "role",
    "focal_point",
    "domain",
)
_DELIMITERS: Final = ",;\t"
# A spreadsheet takes a cell that starts so for a formula; names may come from strangers' mail.
_FORMULA: Final = ("=", "+", "-", "@")


def parse_contacts(text: str | bytes) -> tuple[Contact, ...]:
    """Reads the register.

    Args:
        text: CSV with a line of column names, in any order; commas, semicolons or tabs. Bytes are
            UTF-8, with or without a byte order mark (UTF-16 only with one). Blank lines and
            unknown columns are skipped, the same line twice is one. The region is for those who
            edit the file: what counts is the Member State's own.

    Raises:
        RegisterError: a line that cannot be taken, by its number, and how to mend it.
    """
    content = _decoded(text) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    lines = _lines(content)
    header = next(lines, None)
    if header is None:
        raise RegisterError(
            "the register is empty", mend=f"its first line names the columns: {','.join(COLUMNS)}"
        )
    columns = _columns(header)
    contacts = (_contact(_Line.of(columns, cells, number)) for number, cells in lines)
    return tuple(dict.fromkeys(contacts))


def write_contacts(contacts: Iterable[Contact]) -> str:
    """The register as CSV, in the order given; `parse_contacts` reads the same contacts from it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    states = member_states()
    for each in contacts:
        writer.writerow(
            (
                each.iso3 or "",
                _shielded(each.name),
                each.language or "",
                states[each.iso3].region if each.iso3 else "",
                each.email or "",
                _shielded(each.role),
                "yes" if each.focal_point else "no",
                each.domain or "",
            )
        )
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: Mapping[str, str]

    @classmethod
    def of(cls, columns: Sequence[str | None], cells: Sequence[str], number: int) -> "_Line":
        if any(cell.strip() for cell in cells[len(columns) :]):
            cls(number, {}).refuse(
                "more cells than columns", "quote a cell that holds the separator"
            )
        pairs = zip(columns, cells, strict=False)
        return cls(number, {name: cell.strip() for name, cell in pairs if name is not None})

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, what: str, mend: str) -> NoReturn:
        raise RegisterError(f"the register, line {self.number}: {what}", mend=mend)


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RegisterError(
            f"the register, line {line}: not UTF-8", mend="save the file as CSV UTF-8"
        ) from error


def _lines(content: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, each with the number at which it starts."""
    first = next((line for line in content.splitlines() if line.strip()), "")
    # A spreadsheet may say its separator in a line of its own.
    said = first.strip().removeprefix("sep=") if first.startswith("sep=") else ""
    delimiter = said or max(_DELIMITERS, key=first.count)
    if delimiter not in _DELIMITERS:
        raise RegisterError(
            f"the register, line 1: {delimiter!r} is no separator",
            mend="separate the columns by commas, semicolons or tabs",
        )
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            number, start = start, reader.line_num + 1
            blank = not any(cell.strip() for cell in cells)
            if not blank and not (said and number == 1):
                yield number, cells
    except csv.Error as error:
        raise RegisterError(
            f"the register, line {start}: {error}",
            mend="close each quotation mark, and double one that stands inside a cell",
        ) from error


def _columns(header: tuple[int, list[str]]) -> list[str | None]:
    number, cells = header
    line = _Line(number, {})
    known = {name.replace("_", ""): name for name in COLUMNS} | {"e-mail": "email", "mail": "email"}
    columns: list[str | None] = []
    for cell in cells:
        key = folded(cell).replace("_", "").replace(" ", "").replace("-", "")
        name = known.get(key)
        if name in columns and name is not None:
            line.refuse(f"the column {name!r} twice", "keep one of them")
        close = difflib.get_close_matches(key, known, n=1, cutoff=0.8)
        if name is None and close:
            # A misspelt column would be skipped in silence.
            line.refuse(f"no column {cell.strip()!r}", f"name it {known[close[0]]!r}")
        columns.append(name)
    for needed in ("iso3", "email"):
        if needed not in columns and not (needed == "email" and "domain" in columns):
            line.refuse(
                f"no column {needed!r}", f"the first line names the columns: {','.join(COLUMNS)}"
            )
    return columns


def _contact(line: _Line) -> Contact:
    iso3, email, domain = _iso3(line), _email(line), _domain(line)
    if iso3 is None:
        if not says_entity(line["role"]):
            line.refuse(
                "no iso3, and the role is none of those asked for information only",
                "give the Member State's code, or the role: Sector Member, Associate, Academia",
            )
        if email is None and domain is None:
            line.refuse("neither iso3, email nor domain", "give an address or a domain")
    _check_region(line)
    focal_point = yes_or_no(line["focal_point"])
    if focal_point is None:
        line.refuse(f"focal_point {line['focal_point']!r}", "write yes or no")
    if focal_point and email is None:
        line.refuse("a focal point without an address", "give its email, or write no")
    return Contact(
        iso3=iso3,
        name=_unshielded(line["name"]),
        email=email,
        role=_unshielded(line["role"]),
        focal_point=focal_point,
        domain=domain,
        language=_language(line),
    )


def _iso3(line: _Line) -> Iso3 | None:
    code = Iso3(line["iso3"].upper())
    if not code:
        return None
    states = member_states()
    if code not in states:
        meant = next((each for each in states.values() if code.lower() == each.iso2), None)
        line.refuse(
            f"{code!r} is no Member State",
            f"write {meant.iso3}" if meant else "iso3 is the three-letter code of ISO 3166-1",
        )
    return code


def _email(line: _Line) -> str | None:
    written = line["email"]
    email = clean_address(written) if written else None
    if written and email is None:
        line.refuse(f"{written!r} is no address", "one address a line, as regulation@example.org")
    return email


def _domain(line: _Line) -> str | None:
    written = line["domain"]
    domain = clean_domain(written) if written else None
    if written and domain is None:
        line.refuse(f"{written!r} is no domain", "one domain a line, as example.org")
    if domain and is_public(domain):
        line.refuse(f"anybody can have an address at {domain}", "leave the domain empty")
    return domain


def _language(line: _Line) -> str | None:
    written = line["language"]
    code = language_code(written) if written else None
    if written and code is None:
        line.refuse(f"{written!r} is no official language", f"one of {', '.join(LANGUAGES)}")
    return code


def _check_region(line: _Line) -> None:
    written = line["region"]
    if written and region_name(written) is None:
        line.refuse(f"no region {written!r}", f"one of {', '.join(REGIONS)}")


def _shielded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unshielded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
