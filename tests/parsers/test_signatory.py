import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.reading import Signatory
from parsers.signatory import signatory_of

HEAD = ["To:", "Director of the Bureau", "Fax:", "E-mail:", "tsbdir@itu.int"]


def read(*after: str, head: list[str] = HEAD) -> Signatory:
    return signatory_of([*head, *after], after)


@pytest.mark.parametrize(
    ("lines", "name", "title", "administration"),
    [
        pytest.param(
            ["Yours faithfully,", "A. Writer", "Head of Division", "Administration of Ruritania"],
            "A. Writer",
            "Head of Division",
            "Ruritania",
            id="English",
        ),
        pytest.param(
            [
                "Veuillez agréer, Madame, l'assurance de ma",
                "haute considération.",
                "A. Plume",
                "Directrice",
                "Administration de la Ruritanie",
            ],
            "A. Plume",
            "Directrice",
            "Ruritanie",
            id="French, a formula of two lines",
        ),
        pytest.param(
            [
                "Le saluda atentamente,",
                "A. Pluma",
                "Jefe de división",
                "Administración de Ruritania",
            ],
            "A. Pluma",
            "Jefe de división",
            "Ruritania",
            id="Spanish",
        ),
        pytest.param(
            ["С уважением,", "А. Перо", "Директор департамента", "Администрация Руритании"],
            "А. Перо",
            "Директор департамента",
            "Руритании",
            id="Russian",
        ),
        pytest.param(
            ["وتفضلوا بقبول فائق الاحترام،", "أ. قلم", "مدير الإدارة", "إدارة روريتانيا"],
            "أ. قلم",
            "مدير الإدارة",
            "روريتانيا",
            id="Arabic",
        ),
        pytest.param(
            ["此致敬礼", "毛笔", "司长", "主管部门：鲁里坦尼亚"],
            "毛笔",
            "司长",
            "鲁里坦尼亚",
            id="Chinese",
        ),
        pytest.param(
            ["Yours faithfully,", "Director", "Administration of Ruritania"],
            None,
            "Director",
            "Ruritania",
            id="a title alone is no name",
        ),
        pytest.param(
            [
                "Yours faithfully,",
                "[Name]",
                "[Official role/title]",
                "Administration of [Member State]",
            ],
            None,
            None,
            None,
            id="placeholders left as they were",
        ),
        pytest.param(
            ["Name: A. Writer", "Title: Counsellor", "Ruritania Administration"],
            "A. Writer",
            "Counsellor",
            "Ruritania",
            id="labels of their own",
        ),
        pytest.param(["Administration de"], None, None, None, id="a name that was not read"),
    ],
)
def test_who_signs_under_the_table(
    lines: list[str], name: str | None, title: str | None, administration: str | None
) -> None:
    found = read(*lines)
    assert (found.name, found.title, found.administration) == (name, title, administration)


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Date: Bern, 12 April 2026", "Bern", "12 April 2026"),
        ("Date: [Place,] 12.04.2026", None, "12.04.2026"),
        ("Fecha: Strelsau, 12 de abril de 2026", "Strelsau", "12 de abril de 2026"),
        ("التاريخ: بيرن، 12 أبريل 2026", "بيرن", "12 أبريل 2026"),
        ("日期：伯尔尼，2026年4月12日", "伯尔尼", "2026年4月12日"),
        ("Date: April 12, 2026", None, "April 12, 2026"),
        ("Date: [Place,] [Date]", None, None),
    ],
)
def test_place_and_date_of_the_letter(line: str, place: str | None, date: str | None) -> None:
    found = signatory_of([*HEAD, line], [])
    assert (found.place, found.date) == (place, date)


def test_the_senders_address_is_not_the_bureaus() -> None:
    assert read(head=[*HEAD, "E-mail:", "ict@ministry.example"]).email == "ict@ministry.example"
    assert read().email is None


def test_a_head_names_the_person_only_beside_a_title() -> None:
    assert read(head=[*HEAD, "From:", "A. Writer", "Minister of Posts", "Fax:"]).name == "A. Writer"
    assert read(head=[*HEAD, "From:", "Ruritania", "Fax:"]).name is None


@given(st.lists(st.text(max_size=60), max_size=12), st.integers(0, 12))
def test_any_letter_is_read_and_nothing_is_made_up(lines: list[str], under: int) -> None:
    found = signatory_of(lines, lines[under:])
    text = "\n".join(lines).replace("،", ",").replace("，", ",")
    values = (found.administration, found.name, found.title, found.place, found.date, found.email)
    assert all(value in text for value in values if value is not None)
