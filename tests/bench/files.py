"""The files that are read: made anew from a seed, the same for every contender."""

import random
from collections.abc import Mapping

from bot.circulars.shipped import shipped_circulars
from bot.demo.form_letter import Answer
from bot.demo.pdf_forms import PdfLayout, PdfMarking, make_pdf_form
from bot.demo.scanned_forms import make_scanned_form
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking

_ANSWERS = (Answer.ASSIGN_NONE, Answer.ASSIGN_NONE, Answer.ASSIGN_ATTACHED, Answer.DENY)
_WORD = (Layout.OFFICIAL, Layout.ROW_CONTROLS)


def make_files(seed: int, count: int) -> Mapping[str, list[bytes]]:
    """Kind -> files; three pages each where the kind has pages.

    Args:
        seed: of the answers, markings and layouts.
        count: of each kind; a fourth of it of scans, which take longer.
    """
    chance = random.Random(seed)
    circular = shipped_circulars()[-1]

    def answers() -> dict[str, Answer]:
        return {text.designation: chance.choice(_ANSWERS) for text in circular.texts}

    return {
        "Word form": [
            make_word_form(
                circular,
                answers(),
                marking=chance.choice(list(WordMarking)),
                layout=chance.choice(_WORD),
                administration="Switzerland",
            )
            for _ in range(count)
        ],
        "digital PDF": [
            make_pdf_form(
                circular,
                answers(),
                marking=chance.choice(list(PdfMarking)),
                layout=PdfLayout.OFFICIAL,
                administration="Switzerland",
            )
            for _ in range(count)
        ],
        "scanned PDF": [
            make_scanned_form(
                circular, answers(), administration="Switzerland", seed=chance.randrange(10**6)
            )
            for _ in range(max(2, count // 4))
        ],
    }
