"""The draft texts of a circular: the form's, completed from Annex 1 and compared with the subject."""

from bot.circulars.annexes import Annexes
from bot.circulars.findings import Findings
from bot.circulars.headings import Heading, headings
from bot.circulars.phrases import joined
from bot.circulars.summaries import TextSummary, summaries
from bot.consultation.circular import DraftText, Revision
from parsers.designation import Designation, designations, same_name


def draft_texts(parts: Annexes, found: Findings) -> tuple[DraftText, ...]:
    """The draft texts in the order of the form; empty where the form shows none."""
    of_form = _one_each(headings(parts.form))
    of_annex = summaries(parts.summaries)
    of_subject = designations(parts.subject)
    if not of_form:
        found.missing.append(
            'no draft text was found in the form ("Draft new Recommendation ITU-T Y.4241 (ex ...)")'
        )
        return ()
    known = {each.designation for each in of_form}
    _compare("the subject", [each.name for each in of_subject], known, found)
    _compare("Annex 1", list(of_annex), known, found)
    names = {each.name: each for each in of_subject}
    return tuple(
        _text(heading, of_annex.get(heading.designation), names.get(heading.designation), found)
        for heading in of_form
    )


def _one_each(found: list[Heading]) -> list[Heading]:
    """The last heading of each text: a subject that names one stands before the form's table."""
    last = {each.designation: each for each in found}
    return sorted(last.values(), key=lambda each: each.start)


def _compare(where: str, there: list[str], in_form: set[str], found: Findings) -> None:
    if not there:
        found.notes.append(f"{where} names no draft text that could be compared with the form")
        return
    found.notes.extend(
        f"{name} stands in {where}, but not in the form" for name in there if name not in in_form
    )
    found.notes.extend(
        f"{name} stands in the form, but not in {where}"
        for name in sorted(in_form)
        if name not in there
    )


def _text(
    heading: Heading, summary: TextSummary | None, subject: Designation | None, found: Findings
) -> DraftText:
    name = heading.designation
    other = summary.heading if summary else None
    former = heading.former_name or (other.former_name if other else None)
    for where, theirs in (
        ("Annex 1", other.former_name if other else None),
        ("the subject", subject.former_name if subject else None),
    ):
        if theirs and not (former and same_name(former, theirs)):
            found.notes.append(
                f"{name} was {former or 'nothing else'} formerly by the form, {theirs} by {where}"
            )
    revision = heading.revision or (other.revision if other else None)
    if other and other.revision and revision is not other.revision:
        found.notes.append(f"{name} is {revision} by the form, {other.revision} by Annex 1")
    if revision is None:
        revision = Revision.NEW if former else Revision.REVISED
        found.notes.append(
            f"{name} is said to be neither new nor revised: {revision} is taken, since it has "
            + ("a former name" if former else "no former name")
        )
    if not summary or not summary.title:
        found.missing.append(f"the title of {name} was not found in Annex 1")
    return DraftText(
        designation=name,
        former_name=former,
        revision=revision,
        title=joined(summary.title) if summary else "",
        document=other.document if other else None,
        ipr_note=joined(summary.note) if summary and summary.note else None,
    )
