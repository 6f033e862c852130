"""The section of the meeting's document on the closing report: what was frozen, what was amended."""

from docx.document import Document as WordDocument

from bot.consultation.tally import TextTally
from bot.letters.tally_lines import support
from bot.reports.export.content import AmendmentResult, Results
from bot.reports.export.word_setting import Said, add_table, add_text
from bot.reports.export.wording import STANDING_WORDS, moment_words


def add_closing(document: WordDocument, results: Results, number: int) -> None:
    """Adds the section; the results have a closing report."""
    closing = results.closing
    assert closing is not None
    add_text(document, f"{number}  Closing report and amendments", style="Heading 1")
    add_text(
        document,
        f"The count was closed on {moment_words(closing.tally.as_of)}, after the deadline, with"
        f" the opinions of {len(closing.tally.replied)} Member States. What was decided since is"
        " listed as an amendment, with its reason.",
    )
    add_table(
        document,
        (3.2, 5.4, 3.0, 5.4),
        (
            ("Draft text", "Support at the deadline", "Proceeds", "Support now"),
            *(_line(each, results) for each in closing.tally.texts),
        ),
    )
    add_text(document, "")
    if not results.amendments:
        add_text(document, Said(text="There were no amendments.", italic=True))
    for place, each in enumerate(results.amendments, start=1):
        _amendment(document, each, place)


def _line(frozen: TextTally, results: Results) -> tuple[Said | str, ...]:
    now = next((e.tally for e in results.texts if e.tally.text == frozen.text), frozen)
    answer = "yes" if frozen.threshold_met else "no"
    return (
        Said(text=frozen.text, bold=True),
        support(frozen),
        answer if frozen.decided else f"{answer}, open",
        "unchanged" if support(now) == support(frozen) else support(now),
    )


def _amendment(document: WordDocument, result: AmendmentResult, place: int) -> None:
    amendment = result.amendment
    late = f", received late on {moment_words(amendment.received_at)}" if amendment.late else ""
    add_text(
        document,
        Said(text=f"Amendment {place}", bold=True),
        f" ({moment_words(amendment.at)}): {result.name or 'a sender not yet identified'}"
        f" ({result.reference}), {STANDING_WORDS[amendment.standing]}{late}."
        f" Reason: {amendment.why or 'none was given'}.",
    )
    for text in amendment.texts:
        turned = text.before.threshold_met != text.after.threshold_met
        add_text(
            document,
            f"{text.after.text}: {support(text.before)} before, {support(text.after)} after"
            + ("; this turns the outcome" if turned else ""),
            style="List Bullet",
        )
