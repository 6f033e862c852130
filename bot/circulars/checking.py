"""What is odd about a circular's data: nothing that stops it, all that a person should look at."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator

from bot.circulars.question_toml import LANGUAGES
from bot.consultation.circular import Circular, DraftText, Revision
from bot.consultation.question import four_boxes
from parsers.designation import designations
from parsers.reading import FormReading

#: Resolution 1, 9.4.1: a consultation lasts longer than that.
_SHORTEST = dt.timedelta(days=30)
_GROUP = re.compile(r"^(?:SG|COM|CE|ИК)\s?(\d{1,2})\s?-", re.IGNORECASE)


def oddities(
    circular: Circular, *, now: dt.datetime, others: Collection[Circular] = ()
) -> tuple[str, ...]:
    """One line each, the gravest first; empty where nothing is odd.

    Args:
        circular: to be looked at.
        now: aware.
        others: that are configured beside it.
    """
    return (
        *_times(circular, now),
        *_texts(circular),
        *_addresses(circular),
        *_question(circular),
        *_beside(circular, now, others),
    )


def form_oddities(circular: Circular, reading: FormReading) -> tuple[str, ...]:
    """What is odd about the form in the circular's own document, as a reader sees it.

    Args:
        circular: made of it.
        reading: of the same file.
    """
    if not reading.rows:
        return ("no form with boxes was found in it: check that Annex 2 is there",)
    rows = {row.designation: row for row in reading.rows}
    found = []
    for text in circular.texts:
        row = rows.pop(text.designation, None)
        if row is None:
            found.append(f"{text.designation} has no row in its form")
        elif row.doubts:
            found.append(f"{text.designation}: its row is doubtful ({', '.join(row.doubts)})")
    found += [f"its form has a row {name}, which is none of its texts" for name in rows]
    return tuple(found)


def _times(circular: Circular, now: dt.datetime) -> Iterator[str]:
    deadline = circular.deadline
    if not circular.in_time(now):
        days = (now.date() - deadline.date()).days
        yield f"its deadline is past ({days} days ago): every new reply is late"
    if deadline.date() <= circular.date:
        yield "its deadline is not after its own date"
    elif deadline.date() - circular.date < _SHORTEST:
        yield f"it leaves {(deadline.date() - circular.date).days} days from its date to the deadline"
    if circular.date > now.date():
        yield f"its date {circular.date} is still to come"
    if circular.meeting.first_day <= deadline.date():
        yield "its meeting begins before the deadline is past"
    if (deadline.hour, deadline.minute) != (23, 59):
        yield f"its deadline is at {deadline:%H:%M} UTC, and not at the end of a day"


def _texts(circular: Circular) -> Iterator[str]:
    formers = Counter(each.former_name for each in circular.texts if each.former_name)
    usual = circular.question == four_boxes()
    for text in circular.texts:
        named = [each.name for each in designations(text.designation)]
        if named != [text.designation]:
            yield f"{text.designation} is not written as forms are read: no row of it will be found"
        if text.former_name is None and text.revision is Revision.NEW and usual:
            yield (
                f"{text.designation} is new and has no former name: rows that give the working name"
                " alone will not be found"
            )
        if text.former_name and formers[text.former_name] > 1:
            yield f"{text.designation} has a former name that another text has too"
        if not text.title:
            yield f"{text.designation} has no title"
        yield from _document(text, circular)


def _document(text: DraftText, circular: Circular) -> Iterator[str]:
    if text.document is None:
        return
    match = _GROUP.match(text.document)
    if match and int(match[1]) != circular.study_group:
        yield f"{text.designation}: {text.document} is of another study group"


def _addresses(circular: Circular) -> Iterator[str]:
    if circular.contact_address is None:
        yield "it has no contact address: letters name only the reply address for questions"
    if not circular.study_group_title:
        yield "its study group has no title"


def _question(circular: Circular) -> Iterator[str]:
    if circular.question == four_boxes():
        return
    yield (
        "it asks something of its own: letters speak of assigning authority unless your folder of"
        " templates has words of its own"
    )
    for box in circular.question.boxes:
        spoken = {language for language, _ in box.words}
        lacking = [language for language in LANGUAGES if language not in spoken]
        if lacking:
            yield f'box "{box.role}" has no words in {", ".join(lacking)}: such forms go to a person'


def _beside(circular: Circular, now: dt.datetime, others: Collection[Circular]) -> Iterator[str]:
    own = {text.designation for text in circular.texts}
    for other in others:
        if other == circular:
            continue
        if other.number == circular.number:
            yield f"another configured circular has the number {circular.number} too"
        shared = sorted(own & {text.designation for text in other.texts})
        if shared and other.in_time(now) and circular.in_time(now):
            yield (
                f"{', '.join(shared)} is also asked by {other.name}, which is open: a form without"
                " its circular's number goes to a person"
            )
