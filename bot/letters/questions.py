"""What a circular's form asks, as letters say it: in their own words, or in those of its boxes."""

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion
from bot.consultation.question import FormBox, Question, four_boxes


def is_usual(circular: Circular) -> bool:
    """Whether it asks if a study group may consider texts for approval (Resolution 1, 9.4)."""
    return circular.question.roles == four_boxes().roles


def box_words(
    question: Question, opinion: Opinion, comments: Comments | None, language: str
) -> str | None:
    """An opinion in the words that stand beside the boxes which say so; None where none do.

    Args:
        question: what is asked.
        opinion: recorded.
        comments: recorded.
        language: ISO 639-1; English, or whatever there is, where the circular has no words in it.
    """
    fitting = [
        each.marked
        for each in question.meanings
        if each.opinion is opinion and each.comments is comments
    ] or [each.marked for each in question.meanings if each.opinion is opinion]
    if not fitting:
        return None
    marked = min(fitting, key=len)
    return "; ".join(_words(box, language) for box in question.boxes if box.role in marked)


def _words(box: FormBox, language: str) -> str:
    words = dict(box.words)
    return words.get(language) or words.get("en") or next(iter(words.values()))
