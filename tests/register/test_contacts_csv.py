import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.contacts import ADMINISTRATIONS, register_csv
from bot.errors import RegisterError
from bot.register.contacts_csv import COLUMNS, parse_contacts, write_contacts
from bot.register.member_state import Contact, Iso3
from bot.register.states import LANGUAGES, member_states

PLAIN = (
    "iso3,name,language,region,email,role,focal_point,domain\n"
    "CHE,Office,fr,Europe,Regulation@Office.Example,Focal point,yes,office.example\n"
    "CHE,,,,,,no,second.example\n"
    "\n"
    ",Laboratories,en,,standards@laboratories.example,Sector Member,no,\n"
)
EXPECTED = (
    Contact(
        iso3=Iso3("CHE"),
        name="Office",
        email="regulation@office.example",
        role="Focal point",
        focal_point=True,
        domain="office.example",
        language="fr",
    ),
    Contact(
        iso3=Iso3("CHE"),
        name="",
        email=None,
        role="",
        focal_point=False,
        domain="second.example",
    ),
    Contact(
        iso3=None,
        name="Laboratories",
        email="standards@laboratories.example",
        role="Sector Member",
        focal_point=False,
        domain=None,
        language="en",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAIN, id="commas"),
        pytest.param(PLAIN.encode(), id="UTF-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="with a byte order mark"),
        pytest.param("\ufeff" + PLAIN, id="decoded with its byte order mark"),
        pytest.param(PLAIN.encode("utf-16"), id="UTF-16, as spreadsheets call Unicode"),
        pytest.param(PLAIN.replace(",", ";"), id="semicolons"),
        pytest.param(PLAIN.replace(",", "\t"), id="tabs"),
        pytest.param("sep=;\n" + PLAIN.replace(",", ";"), id="a line that says the separator"),
        pytest.param(PLAIN.replace("\n", "\r\n"), id="lines end with CR LF"),
        pytest.param("\n\n" + PLAIN + ",,,,,,,\n", id="blank lines"),
        pytest.param(PLAIN + PLAIN.splitlines()[1], id="the same line twice"),
        pytest.param(PLAIN.replace("focal_point", "Focal Point", 1), id="a column in words"),
        pytest.param(PLAIN.replace("email", "E-mail", 1), id="E-mail"),
        pytest.param(PLAIN.replace("CHE", " che "), id="code in small letters"),
    ],
)
def test_the_register_is_read_however_it_was_saved(text: str | bytes) -> None:
    assert parse_contacts(text) == EXPECTED


def test_columns_stand_in_any_order_and_optional_ones_may_be_missing() -> None:
    assert parse_contacts("phone,email,iso3\n1,a@office.example,PER\n") == (
        Contact(
            iso3=Iso3("PER"),
            name="",
            email="a@office.example",
            role="",
            focal_point=False,
            domain=None,
        ),
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((word, True) for word in ("yes", "TRUE", "1", "x", "oui", "Sí", "да", "نعم", "是")),
        *((word, False) for word in ("no", "False", "0", "", "non", "нет", "لا", "否")),
    ],
)
def test_yes_and_no_are_read_in_six_languages(cell: str, expected: bool) -> None:
    (contact,) = parse_contacts(f"iso3,email,focal_point\nPER,a@office.example,{cell}\n")
    assert contact.focal_point is expected


HEAD = "iso3,name,language,region,email,role,focal_point,domain\n"
REFUSED = [
    pytest.param("", "empty", id="empty"),
    pytest.param("name,email\n", "no column 'iso3'", id="no code column"),
    pytest.param("iso3,name\n", "no column 'email'", id="neither address nor domain column"),
    pytest.param("iso3,emial\n", "name it 'email'", id="a misspelt column"),
    pytest.param("iso3,email,email\n", "twice", id="a column twice"),
    pytest.param(HEAD + "CH,,,,a@b.example,,no,\n", "line 2: 'CH' is.*write CHE", id="alpha-2"),
    pytest.param(HEAD + "\nXXX,,,,a@b.example,,no,\n", "line 3: 'XXX'", id="no such State"),
    pytest.param(HEAD + "PER,,,,a at b,,no,\n", "'a at b' is no address", id="no address"),
    pytest.param(HEAD + 'PER,,,,"a@b.example, c@b.example",,no,\n', "one address", id="two"),
    pytest.param(HEAD + "PER,,,,,,no,nowhere\n", "'nowhere' is no domain", id="no domain"),
    pytest.param(HEAD + "PER,,,,,,no,gmail.com\n", "anybody can", id="a public provider"),
    pytest.param(HEAD + "PER,,,,,,no,gov.uk\n", "anybody can", id="a bare suffix"),
    pytest.param(HEAD + "PER,,,,a@b.example,,perhaps,\n", "write yes or no", id="neither"),
    pytest.param(HEAD + "PER,,de,,a@b.example,,no,\n", "no official language", id="language"),
    pytest.param(HEAD + "PER,,,Antarctica,a@b.example,,no,\n", "no region", id="region"),
    pytest.param(HEAD + "PER,,,,,,yes,\n", "without an address", id="unreachable focal point"),
    pytest.param(HEAD + ",,,,a@b.example,Focal point,no,\n", "no iso3", id="code forgotten"),
    pytest.param(HEAD + ",Labs,,,,Associate,no,\n", "neither iso3, email", id="nobody"),
    pytest.param(HEAD + "PER,,,,a@b.example,,no,,more\n", "more cells", id="too many cells"),
    pytest.param(HEAD + 'PER,"open,,,a@b.example\n', "line 2", id="an open quotation mark"),
    pytest.param(HEAD.encode() + b"PER,Per\xfa,,,a@b.example,,no,\n", "line 2: not UTF-8", id="1"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_cannot_be_taken_is_refused_with_its_line_and_a_remedy(
    text: str | bytes, message: str
) -> None:
    with pytest.raises(RegisterError, match=message) as refused:
        parse_contacts(text)
    assert refused.value.mend


def test_the_line_is_counted_where_a_cell_before_it_takes_two() -> None:
    text = HEAD + 'PER,"two\nlines",,,a@b.example,,no,\nPER,,,,nothing,,no,\n'
    with pytest.raises(RegisterError, match="line 4"):
        parse_contacts(text)


def test_the_sample_register_is_read() -> None:
    contacts = parse_contacts(register_csv())
    assert {each.iso3 for each in contacts} == {*ADMINISTRATIONS, None}
    assert parse_contacts(write_contacts(contacts)) == contacts


def test_a_name_from_a_strangers_mail_is_no_formula_in_a_spreadsheet() -> None:
    (contact,) = parse_contacts('iso3,name,email\nPER,"=A1",a@b.example\n')
    written = write_contacts([contact])
    assert written.splitlines()[0] == ",".join(COLUMNS)
    assert "'=A1" in written
    assert parse_contacts(written) == (contact,)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Z")))


@given(
    st.lists(
        st.builds(
            Contact,
            iso3=st.sampled_from(sorted(member_states())),
            name=NAMES,
            email=st.from_regex(r"[a-z]{1,8}@[a-z]{2,8}\.example", fullmatch=True),
            role=NAMES,
            focal_point=st.booleans(),
            domain=st.none() | st.from_regex(r"[a-z]{2,8}\.example", fullmatch=True),
            language=st.none() | st.sampled_from(LANGUAGES),
        ),
        max_size=4,
        unique=True,
    )
)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(contacts: list[Contact]) -> None:
    assert parse_contacts(write_contacts(contacts)) == tuple(contacts)
