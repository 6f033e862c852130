import pytest

from bot.register.domains import clean_address, clean_domain, is_public
from bot.register.member_state import Contact, Iso3
from bot.register.register import Register

PERU, CHILE = Iso3("PER"), Iso3("CHL")


def contact(
    iso3: str | None, email: str | None = None, domain: str | None = None, **details: object
) -> Contact:
    values: dict[str, object] = {"name": "", "role": "", "focal_point": False, **details}
    return Contact(
        iso3=Iso3(iso3) if iso3 else None,
        email=email,
        domain=domain,
        **values,  # type: ignore[arg-type]  # names and types of Contact
    )


REGISTER = Register(
    contacts=(
        contact("PER", "focal@mtc.example", "mtc.example", focal_point=True, language="en"),
        contact("PER", "second@mtc.example"),
        contact("PER", "focal@mtc.example", "deep.mtc.example", focal_point=True),
        contact("CHL", "focal@gmail.com", "gmail.com", focal_point=True),
        contact("CHL", None, "regional.example"),
        contact("PER", None, "regional.example"),
        contact(None, "labs@labs.example", "labs.example", role="Sector Member"),
        contact("XXX", "who@nowhere.example"),
    )
)


def test_a_focal_point_is_written_to_once() -> None:
    assert [each.email for each in REGISTER.focal_points(PERU)] == ["focal@mtc.example"]
    assert REGISTER.focal_points(Iso3("BOL")) == ()


def test_an_address_is_known_whatever_its_case() -> None:
    assert REGISTER.known_address(" Focal@MTC.example")
    assert REGISTER.known_address("labs@labs.example")
    assert not REGISTER.known_address("other@mtc.example")
    assert not REGISTER.known_address("who@nowhere.example"), "no such Member State"


@pytest.mark.parametrize(
    ("domain", "registered", "states"),
    [
        ("mtc.example", "mtc.example", ("PER",)),
        ("mail.mtc.example", "mtc.example", ("PER",)),
        ("a.deep.mtc.example", "deep.mtc.example", ("PER",)),
        ("regional.example", "regional.example", ("CHL", "PER")),
        ("labs.example", "labs.example", ()),
    ],
)
def test_the_longest_registered_domain_counts(
    domain: str, registered: str, states: tuple[str, ...]
) -> None:
    entry = REGISTER.domain_entry(domain)
    assert entry is not None
    assert (entry.domain, entry.states, entry.not_asked) == (registered, states, not states)


@pytest.mark.parametrize(
    "domain", ["gmail.com", "example", "notmtc.example", "mtc.example.test", ""]
)
def test_a_domain_of_everybody_or_nobody_is_no_evidence(domain: str) -> None:
    assert REGISTER.domain_entry(domain) is None


def test_a_letter_is_written_in_the_language_of_its_contact() -> None:
    assert REGISTER.language_of(PERU, "focal@mtc.example") == "en"
    assert REGISTER.language_of(PERU) == "en", "that of the focal point"
    assert REGISTER.language_of(CHILE) == "es", "its own"


def test_public_providers_and_bare_suffixes_are_nobodys() -> None:
    assert all(map(is_public, ("gmail.com", "gov.uk", "com", "gob.pe", "qq.com")))
    assert not any(map(is_public, ("admin.ch", "mtc.gob.pe", "telecom.example")))


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("@MTC.Example.", "mtc.example"),
        ("*.mtc.example", "mtc.example"),
        ("минсвязь.рф", "xn--b1akbpgy3fwa.xn--p1ai"),
        ("a b.example", None),
        ("-a.example", None),
        ("..example", None),
        ("", None),
    ],
)
def test_domains_are_brought_to_one_form(written: str, cleaned: str | None) -> None:
    assert clean_domain(written) == cleaned


@pytest.mark.parametrize(
    "written", ["", "a@", "@b.example", "a@b", "a@b@c.example", "a b@c.example"]
)
def test_what_is_no_address_is_none(written: str) -> None:
    assert clean_address(written) is None
