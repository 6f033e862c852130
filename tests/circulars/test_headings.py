"""Headings of draft texts in six languages, and what only looks like one."""

import pytest

from bot.circulars.headings import document_name, former_name, headings
from bot.consultation.circular import Revision

NEW, REVISED = Revision.NEW, Revision.REVISED


@pytest.mark.parametrize(
    ("line", "designation", "former", "revision", "document"),
    [
        (
            "1\tDraft new Recommendation ITU-T Y.4241 (ex Y.dt-SComCam) (SG20-R12)",
            "Y.4241",
            "Y.dt-SComCam",
            NEW,
            "SG20-R12",
        ),
        ("Draft revised Recommendation ITU-T Y.4420", "Y.4420", None, REVISED, None),
        ("Determined draft new Recommendation Y.4241", "Y.4241", None, NEW, None),
        ("Draft Recommendation ITU-T Y.4241 (new)", "Y.4241", None, None, None),
        (
            "Draft new Recommendation ITU-T Y.4241\n(ex Y.dt-\nSComCam)",
            "Y.4241",
            "Y.dt-SComCam",
            NEW,
            None,
        ),
        (
            "Draft new Amendment 1 to Recommendation ITU-T X.1060 (SG17 – R 4)",
            "X.1060 Amd.1",
            None,
            NEW,
            "SG17-R 4",
        ),
        (
            "Draft new Corrigendum 2 to revised Recommendation ITU-T G.709",
            "G.709 Cor.2",
            None,
            NEW,
            None,
        ),
        ("|_| Draft new Recommendation ITU-T Q.3646.1", "Q.3646.1", None, NEW, None),
        ("Projet de nouvelle Recommandation UIT-T Y.4241 (ex Y.abc)", "Y.4241", "Y.abc", NEW, None),
        ("Proyecto de Recomendación revisada UIT-T Y.4420", "Y.4420", None, REVISED, None),
        ("Проект новой Рекомендации МСЭ-Т У.4241 (ранее Y.abc)", "Y.4241", "Y.abc", NEW, None),
        ("مشروع التوصية المراجعة ITU-T Y.4420", "Y.4420", None, REVISED, None),
        ("ITU-T Y.4241（原Y.abc）新建议书草案（SG20-R12）", "Y.4241", "Y.abc", NEW, "SG20-R12"),
        ("新建议书草案 ITU-T Y.4241（原Y.abc）", "Y.4241", "Y.abc", NEW, None),
    ],
)
def test_a_heading_gives_what_it_has(
    line: str,
    designation: str,
    former: str | None,
    revision: Revision | None,
    document: str | None,
) -> None:
    (found,) = headings(f"before\n{line}\nafter")

    assert found.designation == designation
    assert found.former_name == former
    assert found.revision is revision
    assert found.document == document


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("It follows the draft new Recommendation ITU-T Y.4241", id="in a sentence"),
        pytest.param("Draft new Recommendations ITU-T Y.4241 and Y.4242", id="several"),
        pytest.param("Recommendation ITU-T Y.4241 describes", id="no draft"),
        pytest.param("Draft new Question 4/20", id="no Recommendation"),
    ],
)
def test_what_runs_on_in_a_text_is_no_heading(line: str) -> None:
    assert headings(line) == []


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("ex Y.dt- SComCam", "Y.dt-SComCam"),
        ("ex  Y.CL-EDM", "Y.CL-EDM"),
        ("formerly Y.abc", "Y.abc"),
        ("Y.abc سابقاً", "Y.abc"),
        ("原Y.abc", "Y.abc"),
        ("SG20-R12", None),
        ("example", None),
    ],
)
def test_a_former_name_is_told_from_other_parentheses(group: str, name: str | None) -> None:
    assert former_name(group) == name


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("SG20-R12", "SG20-R12"),
        ("SG20 – R12", "SG20-R12"),
        ("COM 17-R 45", "COM 17-R 45"),
        ("TD1234/P", "TD1234/P"),
        ("ИК20-R12", "ИК20-R12"),
        ("ex Y.abc", None),
        ("IoT", None),
    ],
)
def test_a_document_is_told_from_other_parentheses(group: str, name: str | None) -> None:
    assert document_name(group) == name
