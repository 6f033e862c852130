"""A circular's data as TOML (1.0.0): written for people to check and correct, read with care."""

from collections.abc import Iterator
from pathlib import Path

from bot.circulars.question_toml import dump_question, parse_question
from bot.circulars.toml_table import TomlTable
from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.consultation.question import four_boxes
from bot.errors import CircularError

#: Bytes of a file at the most: that of Circular 106 has 4 KB.
MOST_BYTES = 2_000_000


def load_circular(path: Path) -> Circular:
    """Reads a circular's data from a file.

    Raises:
        CircularError: the file cannot be read, or does not describe a circular; says which key.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CircularError(
            f"{path} cannot be read: {reason}",
            mend="make it with `tsbbot circular import`, or correct the list `circulars`",
        ) from error
    if len(data) > MOST_BYTES:
        raise CircularError(
            f"{path} is no circular's data: it has more than {MOST_BYTES // 1_000_000} MB"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CircularError(f"{path} is not UTF-8", mend="save it as UTF-8") from error
    return parse_circular(text, str(path))


def parse_circular(text: str, name: str) -> Circular:
    """Reads a circular's data.

    Args:
        text: TOML, as `dump_circular` writes it.
        name: of the file, for the errors.

    Raises:
        CircularError: the text does not describe a circular; says which key, what is wrong with it
            and what should stand there.
    """
    table = TomlTable.parse(text, name)
    meeting = table.table("meeting")
    first_day, last_day = meeting.day("first_day"), meeting.day("last_day")
    if last_day < first_day:
        raise meeting.error("last_day", f"{last_day} is before the first day {first_day}")
    circular = Circular(
        number=table.number("number", most=9999),
        study_group=table.number("study_group", most=99),
        study_group_title=table.text("study_group_title", empty=True),
        date=table.day("date"),
        deadline=table.minute("deadline"),
        meeting=Meeting(place=meeting.text("place"), first_day=first_day, last_day=last_day),
        reply_address=table.address("reply_address"),
        contact_address=table.address("contact_address") if "contact_address" in table else None,
        texts=tuple(_texts(table)),
        question=parse_question(table.table("question")) if "question" in table else four_boxes(),
    )
    meeting.refuse_others()
    table.refuse_others()
    return circular


def _texts(table: TomlTable) -> Iterator[DraftText]:
    seen: set[str] = set()
    for each in table.tables("texts"):
        designation = each.text("designation")
        if designation in seen:
            raise each.error("designation", f"{designation} stands there twice")
        seen.add(designation)
        yield DraftText(
            designation=designation,
            former_name=each.text("former_name") if "former_name" in each else None,
            revision=Revision(each.choice("revision", tuple(Revision))),
            title=each.text("title", empty=True),
            document=each.text("document") if "document" in each else None,
            ipr_note=each.text("ipr_note") if "ipr_note" in each else None,
        )
        each.refuse_others()


def dump_circular(circular: Circular) -> str:
    """Writes a circular's data; the same circular gives the same text, and reads back as itself."""
    lines = [
        f"# {circular.name}, as data: what is asked of Administrations, until when, and where replies go.",
        "# Made from the circular itself; check it against the circular before it is used.",
        "",
        f"number = {circular.number}",
        f"study_group = {circular.study_group}",
        f"study_group_title = {quoted(circular.study_group_title)}",
        f"date = {circular.date.isoformat()}",
        "",
        "# The last minute that counts, UTC: all of it is in time.",
        f"deadline = {circular.deadline.isoformat().replace('+00:00', 'Z')}",
        "",
        "# Where Administrations send the form, and the study group's secretariat.",
        f"reply_address = {quoted(circular.reply_address)}",
        *_optional("contact_address", circular.contact_address),
        "",
        "# The meeting that is to consider the approval.",
        "[meeting]",
        f"place = {quoted(circular.meeting.place)}",
        f"first_day = {circular.meeting.first_day.isoformat()}",
        f"last_day = {circular.meeting.last_day.isoformat()}",
        "",
    ]
    if circular.question != four_boxes():
        lines += dump_question(circular.question, quoted)
    lines += [
        "# The draft texts, in the order of the form.",
    ]
    for text in circular.texts:
        lines += [
            "[[texts]]",
            f"designation = {quoted(text.designation)}",
            *_optional("former_name", text.former_name),
            f"revision = {quoted(text.revision.value)}",
            f"title = {quoted(text.title)}",
            *_optional("document", text.document),
            *_optional("ipr_note", text.ipr_note),
            "",
        ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _optional(key: str, value: str | None) -> list[str]:
    return [] if value is None else [f"{key} = {quoted(value)}"]


_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


def quoted(value: str) -> str:
    """A basic string of TOML; what may not stand in it as itself is escaped."""
    return '"' + "".join(_escaped(char) for char in value) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    # Marks that steer direction are escaped as well: nobody could see them in the file.
    if (
        ord(char) < 0x20
        or 0x7F <= ord(char) < 0xA0
        or char
        in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"
    ):
        return f"\\u{ord(char):04X}"
    return char
