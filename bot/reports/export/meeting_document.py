"""The document for the meeting: results, who said what of each text, and every reason and comment.

Resolution 1, 9.4: comments received along with the replies are collected and submitted to the meeting
as a temporary document. Names are of Member States alone; addresses of people stay out of it.
"""

import io
from collections.abc import Iterable, Sequence

from docx.document import Document as WordDocument

from bot.consultation.opinion import Opinion
from bot.consultation.outlook import THRESHOLD_PER_CENT
from bot.consultation.record import Standing
from bot.letters.tally_lines import per_cent, support
from bot.reports.arrivals_chart import arrivals_chart
from bot.reports.chart import tally_chart
from bot.reports.coverage_chart import coverage_chart
from bot.reports.export.closing_section import add_closing
from bot.reports.export.content import Contribution, EnclosedFile, Results, TextResult
from bot.reports.export.word_setting import Said, add_picture, add_table, add_text, new_document
from bot.reports.export.wording import (
    day_words,
    meeting_words,
    moment_words,
    opinion_words,
    outcome_words,
    state_of_play,
)

_NOBODY = "none"


def meeting_document(results: Results) -> bytes:
    """The .docx file."""
    circular = results.circular
    title = f"Results of the consultation of Member States by {circular.name}"
    document = new_document(title)
    document.core_properties.created = results.as_of.replace(tzinfo=None)
    _head(document, results, title)
    _summary(document, results)
    closed = results.closing is not None
    if closed:
        add_closing(document, results, 2)
    first = 3 if closed else 2
    for number, text in enumerate(results.texts, start=first):
        _text(document, text, number)
    _others(document, results, len(results.texts) + first)
    _replies(document, results, len(results.texts) + first + 1)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _head(document: WordDocument, results: Results, title: str) -> None:
    circular = results.circular
    add_text(document, Said(text="INTERNATIONAL TELECOMMUNICATION UNION", bold=True))
    add_text(document, "TELECOMMUNICATION STANDARDIZATION SECTOR")
    group = f"Study Group {circular.study_group}"
    if circular.study_group_title:
        group = f"{group}: {circular.study_group_title}"
    add_text(document, title, style="Title")
    add_table(
        document,
        (3.5, 13.5),
        (
            ("Document", "Temporary document, for consideration of the approval"),
            ("Study group", group),
            ("Meeting", meeting_words(circular.meeting)),
            ("Source", "Director, Telecommunication Standardization Bureau"),
            ("Reference", f"{circular.name} of {day_words(circular.date)}"),
            ("Replies until", moment_words(circular.deadline)),
            ("Contact", f"TSB, secretariat of Study Group {circular.study_group}"),
            ("Abstract", _abstract(results)),
        ),
        heading=False,
        size=10.5,
    )


def _abstract(results: Results) -> str:
    """The outcome in two sentences, as a temporary document has it in its head."""
    may = [each.draft.designation for each in results.texts if each.tally.threshold_met]
    comments = sum(len(each.contributions) for each in results.texts)
    return (
        f"Consideration of the approval may proceed for {len(may)} of {len(results.texts)} texts."
        f" This document has the replies of {len(results.tally.replied)} Member States, and"
        f" {comments} contributions of reasons and comments, by text."
    )


def _summary(document: WordDocument, results: Results) -> None:
    add_text(document, "1  Results", style="Heading 1")
    add_text(document, state_of_play(results.circular, results.as_of))
    add_text(document, _coverage(results))
    add_text(
        document,
        f"Consideration of the approval of a text may proceed if {THRESHOLD_PER_CENT} per cent or"
        " more of the replies support it, or if there are no replies (WTSA Resolution 1, 9.4).",
    )
    heading = (
        *("Draft text", "Replies", "Assign authority", "of these, with comments"),
        *("Do not assign", "Support", "Consideration may proceed"),
    )
    lines = [
        (
            Said(text=each.draft.designation, bold=True),
            str(each.tally.replies),
            str(each.tally.assigns),
            str(each.tally.with_comments),
            str(each.tally.does_not_assign),
            per_cent(each.tally),
            _may_proceed(each),
        )
        for each in results.texts
    ]
    add_table(
        document,
        (3.2, 1.8, 2.1, 2.5, 2.0, 2.1, 3.3),
        (heading, *lines),
        numbers=frozenset(range(1, 7)),
    )
    if results.texts:
        add_text(document, "", keep=True)
        said = "; ".join(
            f"{each.draft.designation}: {support(each.tally)}" for each in results.texts
        )
        add_picture(document, tally_chart(results.tally), width_cm=11.5, words=said)


def _coverage(results: Results) -> str:
    """How many replied, and what else there is."""
    replied = len(results.tally.replied)
    others = [
        f"{len(replies)} {words}"
        for standing, words in (
            (Standing.PENDING, "under review by the secretariat"),
            (Standing.LATE, "received late"),
            (Standing.NOT_COUNTED, "from others than Member States"),
        )
        if (replies := results.of_standing(standing))
    ]
    asked = sum(each.counts for each in results.states)
    said = f"{replied} of {asked} Member States have given an opinion on at least one text."
    return f"{said} Replies that are not in the count: {_listed(others)}." if others else said


def _may_proceed(result: TextResult) -> str:
    answer = "yes" if result.tally.threshold_met else "no"
    if not result.tally.replies:
        answer = "yes (no replies)"
    return answer if result.tally.decided else f"{answer}, but may change"


def _text(document: WordDocument, result: TextResult, number: int) -> None:
    draft = result.draft
    name = f"{number}  {draft.designation}"
    if draft.former_name:
        name = f"{name} ({draft.former_name})"
    add_text(document, name, style="Heading 1")
    document_name = f", {draft.document}" if draft.document else ""
    if draft.title:
        add_text(
            document,
            Said(text=draft.title, italic=True),
            f" ({draft.revision}{document_name})",
            keep=True,
        )
    add_text(document, Said(text=outcome_words(result.tally), bold=True), keep=True)
    named: list[tuple[str, Sequence[str]]] = [
        ("Assign authority, without comments", result.assigns),
        ("Assign authority, with comments", result.with_comments),
        ("Do not assign authority", result.does_not_assign),
    ]
    more: list[tuple[str, Sequence[str]]] = [
        ("Under review", result.pending),
        ("Left blank", result.blank),
        (
            "Outside of the percentage",
            [f"{state} ({opinion_words(opinion, None)})" for state, opinion in result.outside],
        ),
    ]
    named += [each for each in more if each[1]]
    add_table(
        document,
        (4.8, 1.4, 10.8),
        [(words, str(len(states)), ", ".join(states) or _NOBODY) for words, states in named],
        heading=False,
        numbers=frozenset({1}),
    )
    if result.contributions:
        add_text(document, "Reasons and comments", style="Heading 2", keep=True)
        for each in result.contributions:
            _contribution(document, each)
    else:
        add_text(document, "")
        add_text(document, Said(text="No reasons or comments were received.", italic=True))


def _contribution(document: WordDocument, each: Contribution) -> None:
    note = f", {opinion_words(each.opinion, None)}" if each.opinion else ""
    add_text(document, Said(text=each.name, bold=True), f" ({each.reference}{note})", keep=True)
    for words in each.words:
        for line in filter(None, (line.strip() for line in words.text.splitlines())):
            add_text(document, line, indent_cm=0.8)
    for file in each.files:
        add_text(document, _attached(file), style="List Bullet")
    if not (each.words or each.files):
        due = "Reasons" if each.opinion is Opinion.DOES_NOT_ASSIGN else "Comments"
        said = f"{due} have not been received." if each.missing else "See the reply."
        add_text(document, Said(text=said, italic=True), indent_cm=0.8)


def _attached(file: EnclosedFile) -> str:
    name = file.place.rpartition("/")[2]
    return f"Attachment: {name} ({_size(file.size)})"


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _others(document: WordDocument, results: Results, number: int) -> None:
    add_text(document, f"{number}  Comments that belong to no single text", style="Heading 1")
    for each in results.others:
        _contribution(document, each)
    if not results.others:
        add_text(document, Said(text="None were received.", italic=True))


def _replies(document: WordDocument, results: Results, number: int) -> None:
    add_text(document, f"{number}  Replies", style="Heading 1")
    waiting = [
        f"{each.name or 'a sender not yet identified'} ({each.reference})"
        for each in results.of_standing(Standing.PENDING)
    ]
    late = [
        f"{each.name or each.reference} ({moment_words(each.received_at)})"
        for each in results.of_standing(Standing.LATE)
    ]
    rows = [("With an opinion that stands", _named(results, results.tally.replied))]
    rows += [("Outside of the percentage", _named(results, results.tally.observers))]
    rows += [("Under review by the secretariat", waiting), ("Received late", late)]
    add_table(
        document,
        (4.8, 1.4, 10.8),
        [(words, str(len(names)), ", ".join(names) or _NOBODY) for words, names in rows],
        heading=False,
        numbers=frozenset({1}),
    )
    _pictures(document, results)
    add_text(document, "Member States without a reply", style="Heading 2", keep=True)
    regions: dict[str, list[str]] = {}
    for each in results.silent:
        regions.setdefault(each.region, []).append(each.name)
    if not regions:
        add_text(document, Said(text="None: every Member State has replied.", italic=True))
        return
    add_table(
        document,
        (4.8, 1.4, 10.8),
        [(region, str(len(names)), ", ".join(names)) for region, names in regions.items()],
        heading=False,
        numbers=frozenset({1}),
    )


def _pictures(document: WordDocument, results: Results) -> None:
    """When the replies came, and from where."""
    asked = sum(each.asked for each in results.regions)
    add_text(document, "Replies over time", style="Heading 2", keep=True)
    add_picture(
        document,
        arrivals_chart(results.arrivals, asked),
        width_cm=11.5,
        words=f"{results.arrivals.total} Member States had given an opinion by"
        f" {day_words(results.arrivals.today)}",
    )
    add_text(document, "Replies by region", style="Heading 2", keep=True)
    add_picture(
        document,
        coverage_chart(results.regions),
        width_cm=11.5,
        words="; ".join(f"{e.region}: {e.replied} of {e.asked}" for e in results.regions),
    )


def _named(results: Results, codes: Iterable[str]) -> list[str]:
    names = {each.iso3: each.name for each in results.states}
    return sorted(names.get(code, code) for code in codes)


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
