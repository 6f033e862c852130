"""Names of Recommendations and numbers of circulars, in the spellings of six languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.designation import Designation, circular_numbers, designations, plain, same_name

KNOWN = {"Y.dt-SComCam": "Y.4241", "X.sup-5Gsec": "X.1060"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Draft new Recommendation ITU-T Y.4241", ["Y.4241"], id="English"),
        pytest.param("ITU-T Y. 4241", ["Y.4241"], id="a space within"),
        pytest.param("Y.4241, Y.4242 and Y.4243", ["Y.4241", "Y.4242", "Y.4243"], id="several"),
        pytest.param("G.709.1 and X.1060", ["G.709.1", "X.1060"], id="with a part"),
        pytest.param("X.1060 Amd.1", ["X.1060 Amd.1"], id="amendment"),
        pytest.param("X.1060 (Amd. 1)", ["X.1060 Amd.1"], id="amendment in parentheses"),
        pytest.param("X.1060 Corrigendum 2", ["X.1060 Cor.2"], id="corrigendum"),
        pytest.param("新建议书ITU-T Y.4241草案", ["Y.4241"], id="Chinese without spaces"),
        pytest.param("Ｙ．４２４１", ["Y.4241"], id="full width"),
        pytest.param("مشروع التوصية الجديدة ITU-T Y.4241", ["Y.4241"], id="Arabic"),
        pytest.param("التوصية Y.٤٢٤١", ["Y.4241"], id="Arabic digits"),
        pytest.param("Рекомендация МСЭ-Т У.4241", ["Y.4241"], id="Cyrillic letter"),
        pytest.param("4241.Y", ["Y.4241"], id="turned round by right-to-left text"),
        pytest.param("Y.4241 (ex Y.4242)", ["Y.4241"], id="a former number is another text's"),
        pytest.param("Y.4241 and again Y.4241", ["Y.4241"], id="each once"),
        pytest.param("12 May 2026. A 4 page", [], id="a sentence's end"),
        pytest.param("v1.Y.42 or IPv4.4241", [], id="within another name"),
        pytest.param("Study Group 20", [], id="a study group"),
        pytest.param("Y.4241-bis", [], id="a longer name"),
    ],
)
def test_recommendations_that_a_text_names(text: str, names: list[str]) -> None:
    assert [found.name for found in designations(text)] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Y.4241 (ex Y.dt-SComCam)",
            Designation(name="Y.4241", former_name="Y.dt-SComCam"),
            id="English",
        ),
        pytest.param(
            "Y.4241 (anciennement Y.dt- SComCam)",
            Designation(name="Y.4241", former_name="Y.dt-SComCam"),
            id="broken at the hyphen",
        ),
        pytest.param(
            "Y.4241（原Y.dt-SComCam）",
            Designation(name="Y.4241", former_name="Y.dt-SComCam"),
            id="Chinese",
        ),
        pytest.param(
            "Draft new Recommendation Y.dt-SComCam", Designation(name="Y.4241"), id="alone, known"
        ),
        pytest.param("X.SUP-5gsec", Designation(name="X.1060"), id="alone, in other letters"),
    ],
)
def test_working_names(text: str, found: Designation) -> None:
    assert designations(text, KNOWN) == (found,)


def test_a_working_name_that_is_not_known_names_nothing() -> None:
    assert designations("Draft new Recommendation Y.other") == ()
    assert designations("Draft new Recommendation Y.other", KNOWN) == ()


def test_working_names_are_the_same_but_for_spelling() -> None:
    assert same_name("Y.dt-SComCam", "y.DT SComCam")
    assert same_name("Y.IoT-smartschool", "Y.loT-smartschool")
    assert not same_name("Y.dt-SComCam", "Y.dt-SComCar")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Member State response to TSB Circular 106:", (106,)),
        ("TSB Circular No. 106", (106,)),
        ("Réponse à la Circulaire TSB 106", (106,)),
        ("la Circulaire 106 du TSB", (106,)),
        ("Respuesta a la Circular TSB 106", (106,)),
        ("Ответ на Циркуляр 106 БСЭ", (106,)),
        ("Циркуляру БСЭ № 106", (106,)),
        ("الرد على الرسالة المعممة TSB 106", (106,)),
        ("الرسالة المعممة رقم ١٠٦", (106,)),
        ("对电信标准化局第106号通函的回复", (106,)),
        ("电信标准化局通函第106号", (106,)),
        ("Circular 106 and Circular 98", (106, 98)),
        ("circular motion of 3 km", ()),
        ("Collective letter 5/20", ()),
        ("", ()),
    ],
)
def test_circulars_that_a_text_names(text: str, numbers: tuple[int, ...]) -> None:
    assert circular_numbers(text) == numbers


@given(st.text(max_size=200))
def test_any_text_may_be_asked(text: str) -> None:
    for found in designations(text, KNOWN):
        assert found.name
    assert all(number >= 0 for number in circular_numbers(text))
    assert plain(plain(text)) == plain(text)
