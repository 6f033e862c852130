"""Forms as Word documents, of the project's own maker."""

import random

from bot.demo import form_letter
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking
from tests.corpus.forms import Form
from tests.corpus.truth import Answer

_DEMO = {
    Answer.ASSIGN_NC: form_letter.Answer.ASSIGN_NONE,
    Answer.ASSIGN_C: form_letter.Answer.ASSIGN_ATTACHED,
    Answer.ASSIGN: form_letter.Answer.ASSIGN_ONLY,
    Answer.BOTH_SUB: form_letter.Answer.ASSIGN_BOTH_OPTIONS,
    Answer.DENY: form_letter.Answer.DENY,
    Answer.BLANK: form_letter.Answer.BLANK,
    Answer.BOTH: form_letter.Answer.BOTH,
    Answer.DENY_NC: form_letter.Answer.DENY_AND_OPTION,
    Answer.SUB_ONLY: form_letter.Answer.OPTION_ONLY,
    Answer.STRUCK: form_letter.Answer.STRUCK,
    Answer.HIGHLIGHTED: form_letter.Answer.HIGHLIGHTED,
    Answer.DELETED: form_letter.Answer.DELETED,
}


def a_marking(chance: random.Random, *, printed: bool) -> WordMarking:
    """Draws what the boxes are; on paper none that would be letters for want of a font."""
    kinds = [each for each in WordMarking if not printed or each is not WordMarking.WINGDINGS_TEXT]
    return chance.choice(kinds)


def demo_word_file(
    chance: random.Random, form: Form, *, printed: bool = False
) -> tuple[dict[str, str], bytes]:
    """A form of the project's own maker; returns how it was made, and its bytes.

    On paper (`printed`) no table stands in a text box: what is longer than a page would be cut off.
    """
    marking = a_marking(chance, printed=printed)
    layout = chance.choice([each for each in Layout if not printed or each is not Layout.TEXT_BOX])
    data = make_word_form(
        form.circular,
        {row.designation: _DEMO[row.truth.answer] for row in form.rows},
        language=form.language,
        marking=marking,
        layout=layout,
        administration="Ruritania",
        rows=[row.designation for row in form.rows],
    )
    return {"maker": "demo", "layout": layout.value, "marking": marking.value}, data
