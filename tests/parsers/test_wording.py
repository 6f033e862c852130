"""The words beside the boxes: each language's own, and others that mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.form_wording import WORDING
from parsers.reading import BoxRole
from parsers.wording import fold, language_of, role_of, roles_in

ASSIGNS, NO_COMMENTS, ATTACHED, DENIES = BoxRole

LABELS = [
    ("en", ASSIGNS, "assigns authority to Study Group 20 to consider this text for approval"),
    ("en", ASSIGNS, "grants authority to ITU-T Study Group 17"),
    ("en", NO_COMMENTS, "No comments or suggested changes"),
    ("en", NO_COMMENTS, "Without comments"),
    ("en", ATTACHED, "Comments and suggested changes are attached"),
    ("en", DENIES, "does not assign authority to Study Group 20"),
    ("en", DENIES, "does not grant authority"),
    ("fr", ASSIGNS, "autorise la Commission d'études 20 à examiner ce texte"),
    ("fr", ASSIGNS, "donne pouvoir à la Commission d’études 20"),
    ("fr", NO_COMMENTS, "Pas d'observation ni de proposition de modification"),
    ("fr", NO_COMMENTS, "Aucun commentaire"),
    ("fr", ATTACHED, "Des observations et propositions de modification sont jointes"),
    ("fr", DENIES, "n'autorise pas la Commission d'études 20 à examiner ce texte"),
    ("fr", DENIES, "n’autorise pas la Commission"),
    ("es", ASSIGNS, "autoriza a la Comisión de Estudio 20 a examinar este texto"),
    ("es", ASSIGNS, "otorga autoridad a la Comisión de Estudio 20"),
    ("es", NO_COMMENTS, "Sin comentarios ni propuestas de modificación"),
    ("es", ATTACHED, "Se adjuntan comentarios y propuestas de modificación"),
    ("es", DENIES, "no autoriza a la Comisión de Estudio 20"),
    ("ru", ASSIGNS, "уполномочивает 20-ю Исследовательскую комиссию рассмотреть этот текст"),
    ("ru", ASSIGNS, "предоставляет полномочия"),
    ("ru", NO_COMMENTS, "Замечаний и предлагаемых изменений нет"),
    ("ru", NO_COMMENTS, "Без замечаний"),
    ("ru", ATTACHED, "Замечания и предлагаемые изменения прилагаются"),
    ("ru", DENIES, "не уполномочивает 20-ю Исследовательскую комиссию"),
    ("ar", ASSIGNS, "تفوض لجنة الدراسات 20 للنظر في هذا النص"),
    ("ar", NO_COMMENTS, "لا توجد تعليقات أو تغييرات مقترحة"),
    ("ar", ATTACHED, "مرفق طيه تعليقات وتغييرات مقترحة"),
    ("ar", DENIES, "لا تفوض لجنة الدراسات 20"),
    ("zh", ASSIGNS, "授权第20研究组在本次会议上审议批准此案文"),
    ("zh", NO_COMMENTS, "没有意见或修改建议"),
    ("zh", NO_COMMENTS, "无意见"),
    ("zh", ATTACHED, "意见和修改建议附后"),
    ("zh", DENIES, "不授权第20研究组审议此案文"),
]


@pytest.mark.parametrize(("language", "role", "label"), LABELS)
def test_a_label_tells_its_box_and_its_language(language: str, role: BoxRole, label: str) -> None:
    assert role_of(label) == (role, language)
    assert role_of(f"  {label.upper()} ") == (role, language)


@pytest.mark.parametrize("language", sorted(WORDING))
def test_the_four_labels_of_a_form_are_told_apart(language: str) -> None:
    words = WORDING[language]
    labels = (words.assigns, words.no_comments, words.comments_attached, words.does_not_assign)
    assert [role_of(label) for label in labels] == [(role, language) for role in BoxRole]
    assert language_of(labels, "") == language


@pytest.mark.parametrize(
    "label", ["", "Yes", "Y.4241", "Study Group 20", "第20研究组", "Select one"]
)
def test_other_words_are_no_label(label: str) -> None:
    assert role_of(label) == (None, None)


def test_labels_that_run_together_are_all_seen() -> None:
    text = "assigns authority ... No comments ... does not assign authority"
    assert roles_in(text) == {ASSIGNS, NO_COMMENTS, DENIES}
    assert roles_in("does not assign authority") == {DENIES}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("With regard to the circular, I inform you of the position of the Administration", "en"),
        (
            "En réponse à la circulaire, les positions de notre Administration et du Ministère pour",
            "fr",
        ),
        ("En respuesta a la circular, los textos de la Administración para el Sector", "es"),
        ("Администрация связи сообщает", "ru"),
        ("تود الإدارة إبلاغكم", "ar"),
        ("本主管部门谨通知", "zh"),
        ("12.03.2026", None),
        ("Abc def", None),
    ],
)
def test_a_form_without_known_labels_gives_its_language_by_its_text(
    text: str, language: str | None
) -> None:
    assert language_of([], text) == language


def test_folding_takes_away_what_people_leave_out() -> None:
    assert fold("Études   d’ÉTÉ") == "etudes d'ete"
    assert fold("مُرفَق") == fold("مرفق")


@given(st.text(max_size=300))
def test_any_text_may_be_a_label(text: str) -> None:
    role, language = role_of(text)
    assert (role is None) == (language is None)
    assert role is None or role in roles_in(text)


def test_a_label_of_any_length_is_read_alike() -> None:
    label = "does not assign authority " + "to a very long name " * 200
    assert role_of(label) == (DENIES, "en")
