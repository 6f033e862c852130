"""What `tsbbot remind --dry-run` shows: the plan by day, and the letters that are due now."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from bot.cli.console import output
from bot.cli.session import whole

if TYPE_CHECKING:
    from bot.office import Office
    from bot.worker.calendar.reminder_calendar import CalendarLine
    from bot.worker.calendar.reminding import PlannedReminder
    from bot.worker.calendar.requesting import PlannedRequest

_STAGES = {"first": "first", "again": "further", "last": "last days"}


def show_calendar(lines: "Sequence[CalendarLine]", office: "Office") -> None:
    """The plan of every open circular."""
    if not lines:
        output().print("No reminder is planned: no circular is open, or \\[reminders] has no days.")
        return
    until = "24:00" if office.hours.closes is None else f"{office.hours.closes:%H:%M}"
    table = Table(
        title=f"Plan ({office.hours.opens:%H:%M} to {until}, {office.zone.key})",
        title_justify="left",
    )
    for column in ("circular", "day", "days left", "reminder", "Member States", ""):
        table.add_column(column)
    for line in lines:
        stands = "" if line.progress in {"sent", "missed"} else " as it stands"
        table.add_row(
            str(line.circular.number),
            f"{line.day.day:%a %-d %b %Y}",
            str(line.day.days_left),
            _STAGES[line.stage],
            f"{line.states}{stands}",
            "due now" if line.progress == "due" else line.progress.value,
        )
    output().print(table)


def show_due(planned: "Sequence[PlannedReminder]", office: "Office", moment: dt.datetime) -> None:
    """Who would be reminded now."""
    if not planned:
        closed = "" if office.hours.open_at(moment) else ": the secretariat is not at work"
        output().print(f"No reminder is due{closed}.")
        return
    table = Table(title=f"Reminders due on {whole(moment)}", title_justify="left")
    for column in ("circular", "Member State", "days left", "to", "still missing"):
        table.add_column(column)
    for each in planned:
        to = ", ".join(contact.email or "" for contact in each.contacts)
        missing = each.reminder.missing
        table.add_row(
            str(each.circular),
            each.reminder.state,
            str(each.reminder.days_left),
            escape(to) or "[wrong]nobody: no address that takes letters[/wrong]",
            ", ".join(missing) if each.reminder.replied else "everything",
        )
    output().print(table)


def show_requests(planned: "Sequence[PlannedRequest]", moment: dt.datetime) -> None:
    """Who would be asked for reasons or comments now; nothing where nobody would."""
    if not planned:
        return
    table = Table(title=f"Requests due on {whole(moment)}", title_justify="left")
    for column in ("reply", "to", "comments missing", "reasons missing"):
        table.add_column(column)
    for each in planned:
        table.add_row(
            each.owing.reply.reference,
            escape(each.after.recipient),
            ", ".join(each.owing.comments),
            ", ".join(each.owing.reasons),
        )
    output().print(table)
