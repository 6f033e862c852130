"""Reasons and comments by text: which of a reply's words and files speak of which text.

What names a text speaks of it. What names none speaks of every text that the reply comments on or
does not assign. What a later reply took the place of is not submitted any more, and what waits for a
person is not yet: nobody's words go to a meeting under the name of a Member State that may not have
sent them.
"""

from collections.abc import Iterable

from bot.consultation.opinion import Comments, Opinion
from bot.consultation.record import Standing
from bot.reports.export.content import Contribution, ReplyResult, Row


def contributions(text: str, replies: Iterable[ReplyResult]) -> tuple[Contribution, ...]:
    """What replies bring on one text, by Member State and then as received.

    Args:
        text: designation.
        replies: the first received first.
    """
    found = (_contribution(text, each) for each in replies if _is_submitted(each))
    return tuple(sorted((each for each in found if each), key=lambda each: each.name))


def other_contributions(
    replies: Iterable[ReplyResult], shown: Iterable[Contribution]
) -> tuple[Contribution, ...]:
    """What replies bring that no text shows, and that is not superseded: nothing gets lost."""
    shown = list(shown)
    files = {file.id for each in shown for file in each.files}
    words = {(each.reference, said) for each in shown for said in each.words}
    found = []
    for reply in filter(_is_submitted, replies):
        # Of a text whose row waits or is superseded nothing is submitted.
        apart = {each.opinion.text for each in reply.rows if not _is_of_weight(each)}
        contribution = Contribution(
            name=reply.name,
            reference=reply.reference,
            opinion=None,
            words=tuple(
                each
                for each in reply.words
                if (reply.reference, each) not in words and not _all_in(each.texts, apart)
            ),
            files=tuple(
                each
                for each in reply.files
                if each.id not in files and not _all_in(each.texts, apart)
            ),
            missing=False,
        )
        if contribution.words or contribution.files:
            found.append(contribution)
    return tuple(sorted(found, key=lambda each: each.name))


def _contribution(text: str, reply: ReplyResult) -> Contribution | None:
    row = reply.row(text)
    if reply.standing is not Standing.COUNTED if row is None else not _is_of_weight(row):
        return None
    speaks = row is not None and _speaks(row)
    words = tuple(each for each in reply.words if text in each.texts or (speaks and not each.texts))
    files = tuple(each for each in reply.files if text in each.texts or (speaks and not each.texts))
    if not (words or files or speaks):
        return None
    return Contribution(
        name=reply.name,
        reference=reply.reference,
        opinion=row.opinion.opinion if row else None,
        words=words,
        files=files,
        missing=text in reply.comments_missing or text in reply.reasons_missing,
    )


def _is_submitted(reply: ReplyResult) -> bool:
    counted = reply.standing is Standing.COUNTED or any(each.stands for each in reply.rows)
    return reply.iso3 is not None and counted


def _is_superseded(row: Row) -> bool:
    opinion = row.opinion.opinion is not None
    return opinion and row.standing is Standing.COUNTED and not row.stands


def _is_of_weight(row: Row) -> bool:
    return row.standing is Standing.COUNTED and not _is_superseded(row)


def _all_in(texts: tuple[str, ...], apart: set[str]) -> bool:
    return bool(texts) and apart.issuperset(texts)


def _speaks(row: Row) -> bool:
    """Whether what the reply says without naming a text is said of this one too."""
    return (
        row.opinion.opinion is Opinion.DOES_NOT_ASSIGN or row.opinion.comments is Comments.ATTACHED
    )
