"""What a circular's form asks of each text, as data: its boxes, and what the marked ones come to."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from bot.consultation.opinion import (
    CONTRADICTION,
    Comments,
    Opinion,
    RowMeaning,
    Status,
    opinion_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBox:
    """One box of each row.

    Attributes:
        role: a short word of its own, "agrees".
        words: (ISO 639-1 language, what stands beside it), at least one.
    """

    role: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one set of marked boxes comes to.

    Attributes:
        marked: their roles, at least one.
        opinion: ASSIGNS counts as support of the text, DOES_NOT_ASSIGN as none.
        comments: None where not said.
    """

    marked: frozenset[str]
    opinion: Opinion
    comments: Comments | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        name: how people call it, "deletion".
        boxes: in the order of the form.
        meanings: of the sets of marked boxes; any other set contradicts itself, and none at all is
            a row left blank.
    """

    name: str
    boxes: tuple[FormBox, ...]
    meanings: tuple[Meaning, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of its boxes, in the order of the form."""
        return tuple(each.role for each in self.boxes)

    def meaning(self, marked: Collection[str]) -> RowMeaning:
        """What a row comes to whose boxes are marked so, none of them doubtful."""
        if not marked:
            return RowMeaning(None, None, Status.BLANK, None)
        for each in self.meanings:
            if each.marked == frozenset(marked):
                return RowMeaning(each.opinion, each.comments, Status.CLEAR, None)
        return RowMeaning(None, None, Status.AMBIGUOUS, CONTRADICTION)


_USUAL = "authority to consider"


@cache
def four_boxes() -> Question:
    """The usual question: whether a study group may consider a text for approval (TAP).

    What the marked boxes come to is `opinion_of`, written out. The words are those of the six
    languages' forms; they vary between circulars, and the usual form is read by its structure.
    """
    roles = tuple(role for role, _ in _WORDS)
    meanings = []
    for number in range(1, 2 ** len(roles)):
        marked = [bool(number >> place & 1) for place in range(len(roles))]
        said = opinion_of(
            assigns=marked[0],
            no_comments=marked[1],
            comments_attached=marked[2],
            does_not_assign=marked[3],
        )
        if said.opinion is not None:
            held = frozenset(
                role for role, is_marked in zip(roles, marked, strict=True) if is_marked
            )
            meanings.append(Meaning(marked=held, opinion=said.opinion, comments=said.comments))
    return Question(
        name=_USUAL,
        boxes=tuple(FormBox(role=role, words=words) for role, words in _WORDS),
        meanings=tuple(sorted(meanings, key=lambda each: (each.opinion.value, len(each.marked)))),
    )


_WORDS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "assigns",
        (
            ("en", "assigns authority to ITU-T Study Group ... to consider this text for approval"),
            (
                "fr",
                "autorise la Commission d'études ... à examiner ce texte en vue de son approbation",
            ),
            (
                "es",
                "autoriza a la Comisión de Estudio ... a examinar este texto con miras a su aprobación",
            ),
            (
                "ru",
                "предоставляет ...-й Исследовательской комиссии полномочия рассмотреть данный текст",
            ),
            (
                "ar",
                "تفوض لجنة الدراسات ... لقطاع تقييس الاتصالات للنظر في هذا النص بغية الموافقة عليه",
            ),
            ("zh", "授权ITU-T第...研究组审议此案文以予批准"),
        ),
    ),
    (
        "no-comments",
        (
            ("en", "No comments or suggested changes"),
            ("fr", "Pas de commentaire ni de proposition de modification"),
            ("es", "Sin comentarios ni cambios propuestos"),
            ("ru", "Замечаний или предлагаемых изменений нет"),
            ("ar", "لا توجد تعليقات أو تغييرات مقترحة"),
            ("zh", "无意见或修改建议"),
        ),
    ),
    (
        "comments-attached",
        (
            ("en", "Comments and suggested changes are attached"),
            ("fr", "Commentaires et propositions de modification joints à la présente"),
            ("es", "Se adjuntan comentarios y cambios propuestos"),
            ("ru", "Замечания и предлагаемые изменения прилагаются"),
            ("ar", "مرفق طيه تعليقات وتغييرات مقترحة"),
            ("zh", "随附意见和修改建议"),
        ),
    ),
    (
        "does-not-assign",
        (
            ("en", "does not assign authority to ITU-T Study Group ... to consider this text"),
            ("fr", "n'autorise pas la Commission d'études ... de l'UIT-T à examiner ce texte"),
            ("es", "no autoriza a la Comisión de Estudio ... del UIT-T a examinar este texto"),
            (
                "ru",
                "не предоставляет ...-й Исследовательской комиссии полномочия рассмотреть этот текст",
            ),
            ("ar", "لا تفوض لجنة الدراسات ... لقطاع تقييس الاتصالات للنظر في هذا النص"),
            ("zh", "不授权ITU-T第...研究组审议此案文"),
        ),
    ),
)
