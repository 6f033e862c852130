"""A circular of another kind, as data: whether Recommendations may be deleted, yes or no per item."""

from typing import Final

from bot.demo.word_package import word_package
from tests.support.word import EMPTY, TICKED, cell, p, t, tab, table, tr

DELETION: Final = """\
number = 118
study_group = 11
study_group_title = "Signalling requirements"
date = 2026-03-02
deadline = 2026-05-29T23:59:00Z
reply_address = "tsbdir@itu.int"

[meeting]
place = "Geneva"
first_day = 2026-06-22
last_day = 2026-06-26

[question]
name = "deletion"

[[question.boxes]]
role = "agrees"
words = { en = "Yes", fr = "Oui", ar = "نعم", zh = "是", ru = "Да", es = "Sí" }

[[question.boxes]]
role = "agrees-with-remarks"
words = { en = "Yes, with the attached remarks", fr = "Oui, avec les observations jointes" }

[[question.boxes]]
role = "objects"
words = { en = "No", fr = "Non", ar = "لا", zh = "否", ru = "Нет", es = "No se suprime" }

[[question.meanings]]
marked = ["agrees"]
counts = "for"
comments = "none"

[[question.meanings]]
marked = ["agrees-with-remarks"]
counts = "for"
comments = "attached"

[[question.meanings]]
marked = ["agrees", "agrees-with-remarks"]
counts = "for"
comments = "attached"

[[question.meanings]]
marked = ["objects"]
counts = "against"

[[texts]]
designation = "Q.711"
revision = "revised"
title = "Functional description of the signalling connection control part"

[[texts]]
designation = "Q.712"
revision = "revised"
title = "Definition and function of SCCP messages"

[[texts]]
designation = "Q.713"
revision = "revised"
title = "SCCP formats and codes"
"""

#: What a language's boxes say, in the order of the form.
WORDS: Final = {
    "en": ("Yes", "Yes, with the attached remarks", "No"),
    "fr": ("Oui", "Oui, avec les observations jointes", "Non"),
}
_LETTERS: Final = {
    "en": (
        "Subject: Member State response to TSB Circular 118",
        "With regard to the deletion of the Recommendations below, {name} informs you:",
        "Deletion of Recommendation ITU-T {text}",
        "For the Administration of {name}",
    ),
    "fr": (
        "Objet: Réponse des États Membres à la Circulaire TSB 118",
        "Au sujet de la suppression des Recommandations ci-dessous, {name} vous informe:",
        "Suppression de la Recommandation UIT-T {text}",
        "Pour l'Administration de {name}",
    ),
}


def deletion_form(
    ticks: dict[str, str],
    name: str,
    language: str = "en",
    words: tuple[str, ...] | None = None,
) -> bytes:
    """A Word form of that circular.

    Args:
        ticks: text -> a sign a box in the order of the form, "x" for a ticked one: "x..".
        name: of the Member State.
        language: "en" or "fr".
        words: beside the boxes, where they are other ones than the circular's.
    """
    subject, opening, heading, closing = _LETTERS[language]
    rows = [
        tr(
            cell(p(t(heading.format(text=text)))),
            cell(
                *(
                    p(TICKED if tick == "x" else EMPTY, tab(), t(label))
                    for tick, label in zip(signs, words or WORDS[language], strict=True)
                )
            ),
        )
        for text, signs in ticks.items()
    ]
    return word_package(
        p(t(subject))
        + p(t(opening.format(name=name)))
        + table(*rows)
        + p(t(closing.format(name=name)))
    )
