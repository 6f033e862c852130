from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.contacts import ADMINISTRATIONS, SECTOR_MEMBER, Administration, register_csv
from bot.register.attribution import (
    DOUBT_WORDS,
    GROUND_WORDS,
    AttributionDoubt,
    GroundKind,
    Standing,
)
from bot.register.contacts_csv import parse_contacts
from bot.register.look_alikes import resembled
from bot.register.matching import attribute
from bot.register.member_state import Contact, Iso3
from bot.register.register import Register
from tests.register.letters import letter_of

REGIONAL = "desk@regional.example"


def line(iso3: str | None, email: str | None, domain: str | None) -> Contact:
    return Contact(
        iso3=Iso3(iso3) if iso3 else None,
        name="",
        email=email,
        role="" if iso3 else "Sector Member",
        focal_point=False,
        domain=domain,
    )


REGISTER = Register(
    contacts=(
        *parse_contacts(register_csv()),
        line("PER", None, "regional.example"),
        line("CHL", None, "regional.example"),
        line("PER", "peru@regional.example", None),
        line("COL", "joint@offices.example", None),
        line("ARG", "joint@offices.example", None),
        line(None, None, "laboratory.example"),
        line("NOR", "adviser@telecom-se.example", None),
    )
)
D = AttributionDoubt


@pytest.mark.parametrize("sample", ADMINISTRATIONS.values(), ids=ADMINISTRATIONS.keys())
def test_a_registered_sender_whose_form_names_its_administration_is_certain(
    sample: Administration,
) -> None:
    found = attribute(
        REGISTER,
        sender=sample.focal_point.upper(),
        letter=letter_of(sample.signs, sample.language),
    )
    assert (found.state, found.certain, found.doubts) == (sample.iso3, True, ())
    assert found.standing is (Standing.OBSERVER if sample.iso3 == "PSE" else Standing.MEMBER_STATE)
    assert found.grounds[0].kind is GroundKind.REGISTERED_ADDRESS


CERTAIN = [
    pytest.param({"sender": "other@telecom-ch.example"}, "CHE", id="a registered domain"),
    pytest.param(
        {"sender": "other@mail.telecom-ch.example"}, "CHE", id="below a registered domain"
    ),
    pytest.param({"sender": "peru@regional.example"}, "PER", id="an address at a shared domain"),
    pytest.param(
        {"sender": "regulation@telecom-ch.example", "letter": letter_of(None)},
        "CHE",
        id="a form that names nobody",
    ),
    pytest.param(
        {
            "sender": "regulation@telecom-ch.example",
            "sender_name": "Regulation (regulation@telecom-ch.example)",
            "reply_to": ["desk@telecom-ch.example", "desk@sub.telecom-ch.example", ""],
        },
        "CHE",
        id="a name and a Reply-To of its own",
    ),
    pytest.param(
        {
            "sender": "regulation@telecom-ch.example",
            "extra_texts": ["We read with interest the proposal of Japan.", ""],
        },
        "CHE",
        id="a message that mentions another",
    ),
]


@pytest.mark.parametrize(("given", "state"), CERTAIN)
def test_registered_evidence_that_nothing_contradicts_is_certain(
    given: dict[str, Any], state: str
) -> None:
    found = attribute(REGISTER, **given)
    assert (found.state, found.certain, found.doubts) == (state, True, ())


SWISS = "regulation@telecom-ch.example"
DOUBTFUL = [
    pytest.param(
        {"sender": SWISS, "letter": letter_of("France")},
        "CHE",
        {D.ADMINISTRATION_DIFFERS},
        id="the form names another",
    ),
    pytest.param(
        {"sender": SWISS, "letter": letter_of("Frence")},
        "CHE",
        {D.ADMINISTRATION_DIFFERS},
        id="the form names another, misspelt",
    ),
    pytest.param(
        {"sender": SWISS, "letter": letter_of("Switzerland", place_date="Paris, France")},
        "CHE",
        {D.SEVERAL_ADMINISTRATIONS},
        id="the form names two",
    ),
    pytest.param(
        {"sender": SWISS, "extra_texts": ["On behalf of the Administration of Peru"]},
        "CHE",
        {D.MESSAGE_NAMES_ANOTHER},
        id="the message is of another",
    ),
    pytest.param(
        {"sender": REGIONAL}, None, {D.SEVERAL_STATES_REGISTERED}, id="a domain of two States"
    ),
    pytest.param(
        {"sender": REGIONAL, "letter": letter_of("Peru")},
        "PER",
        {D.SEVERAL_STATES_REGISTERED},
        id="a domain of two States, the form names one",
    ),
    pytest.param(
        {"sender": "joint@offices.example"},
        None,
        {D.SEVERAL_STATES_REGISTERED},
        id="an address of two States",
    ),
    pytest.param(
        {"sender": "adviser@telecom-se.example"},
        "NOR",
        {D.REGISTER_CONTRADICTS},
        id="an address of one State at the domain of another",
    ),
    pytest.param(
        {"sender": SWISS, "sender_name": "director@telecom-fr.example"},
        "CHE",
        {D.DISPLAY_NAME_ADDRESS},
        id="a name that shows another address",
    ),
    pytest.param(
        {"sender": SWISS, "sender_name": "director@\u200btelecom-fr\u00ad.example"},
        "CHE",
        {D.DISPLAY_NAME_ADDRESS},
        id="a name that shows another address, parted by what cannot be seen",
    ),
    pytest.param(
        {"sender": SWISS, "reply_to": ["regulation@elsewhere.example"]},
        "CHE",
        {D.REPLY_TO_ELSEWHERE},
        id="answers go elsewhere",
    ),
    pytest.param(
        {"sender": SWISS, "reply_to": ["regulation@telecom-fr.example"]},
        "CHE",
        {D.REPLY_TO_ELSEWHERE},
        id="answers go to another State",
    ),
    pytest.param(
        {"sender": "regulation@telecom-qb.example", "letter": letter_of("the United Kingdom")},
        "GBR",
        {D.LOOK_ALIKE_DOMAIN, D.SENDER_NOT_REGISTERED},
        id="a look-alike domain",
    ),
    pytest.param(
        {"sender": "someone@unknown.example", "letter": letter_of("Peru")},
        "PER",
        {D.SENDER_NOT_REGISTERED},
        id="nobody registered, the form says",
    ),
    pytest.param(
        {"sender": "someone@gmail.com", "letter": letter_of("Administration of Switzerlnd")},
        "CHE",
        {D.SENDER_NOT_REGISTERED},
        id="a near miss proposes",
    ),
    pytest.param(
        {"sender": "someone@mcit.gov.eg"},
        "EGY",
        {D.SENDER_NOT_REGISTERED},
        id="the country of the domain says",
    ),
    pytest.param(
        {"sender": "someone@mintic.gov.co"},
        "COL",
        {D.SENDER_NOT_REGISTERED},
        id="a generic country domain below its government",
    ),
    pytest.param(
        {"sender": "someone@startup.co"}, None, {D.SENDER_NOT_REGISTERED}, id="a generic domain"
    ),
    pytest.param(
        {"sender": "someone@mcit.gov.eg", "letter": letter_of("Peru")},
        None,
        {D.SENDER_NOT_REGISTERED},
        id="form and domain disagree",
    ),
    pytest.param(
        {"sender": "someone@offices.example", "letter": "Administration of Korea"},
        None,
        {D.SENDER_NOT_REGISTERED},
        id="an ambiguous name",
    ),
    pytest.param({"sender": ""}, None, {D.NO_SENDER}, id="no sender"),
    pytest.param(
        {"sender": "", "letter": letter_of("Peru")}, "PER", {D.NO_SENDER}, id="only a form"
    ),
]


@pytest.mark.parametrize(("given", "state", "doubts"), DOUBTFUL)
def test_anything_less_or_a_contradiction_goes_to_a_person(
    given: dict[str, Any], state: str | None, doubts: set[AttributionDoubt]
) -> None:
    found = attribute(REGISTER, **given)
    assert (found.state, found.certain) == (state, False)
    assert set(found.doubts) == doubts
    assert (found.standing is Standing.UNKNOWN) == (state is None)


@pytest.mark.parametrize("sender", [SECTOR_MEMBER, "anyone@laboratory.example"])
def test_an_entity_that_is_not_asked_is_known_as_such(sender: str) -> None:
    found = attribute(REGISTER, sender=sender, letter=letter_of("Telecom Laboratories"))
    assert (found.state, found.standing, found.certain) == (None, Standing.NOT_ASKED, True)
    named = attribute(REGISTER, sender=sender, letter=letter_of("France"))
    assert (named.standing, named.certain) == (Standing.NOT_ASKED, False)
    assert named.doubts == (D.ENTITY_NAMES_ADMINISTRATION,)


KNOWN = {"telecom-gb.example", "minicom.example", "mail.gov.example", "abc.example"}


@pytest.mark.parametrize(
    ("domain", "other"),
    [
        ("telecom-qb.example", "telecom-gb.example"),
        ("telecomgb.example", "telecom-gb.example"),
        ("telceom-gb.example", "telecom-gb.example"),
        ("mail.telecom-qb.example", "telecom-gb.example"),
        ("te1ecom-gb.example", "telecom-gb.example"),
        ("telecorn-gb.example", "telecom-gb.example"),
        ("telecom-gb.test", "telecom-gb.example"),
        ("telecom-gb.example.attacker.test", "telecom-gb.example"),
        ("minіcom.example".encode("idna").decode(), "minicom.example"),
        ("mïnicom.example".encode("idna").decode(), "minicom.example"),
        ("telecom-gb.example", None),
        ("sub.telecom-gb.example", None),
        ("abd.example", None),
        ("unrelated.example", None),
        ("xn--\u0000.example", None),
        ("", None),
    ],
)
def test_a_domain_that_looks_like_a_registered_one_is_seen(domain: str, other: str | None) -> None:
    assert resembled(domain, KNOWN) == other


def test_every_code_has_its_words_for_people() -> None:
    assert set(DOUBT_WORDS) == set(AttributionDoubt)
    assert set(GROUND_WORDS) == set(GroundKind)


SENDERS = (
    st.sampled_from(
        (
            *(each.focal_point for each in list(ADMINISTRATIONS.values())[:8]),
            *(
                "x@telecom-ch.example",
                REGIONAL,
                SECTOR_MEMBER,
                "a@gmail.com",
                "b@gov.eg",
                "",
                "@",
                "a@",
            ),
            *("adviser@telecom-se.example", "x@telecom-qb.example", "y@evil.test", "z@xn--a.com"),
        )
    )
    | st.emails()
)
NAMED = st.sampled_from(("Switzerland", "France", "Peru", "Korea", "Frence", None))
LETTERS = NAMED.map(letter_of) | st.just("") | st.text(max_size=60)


@given(SENDERS, st.text(max_size=30), st.lists(SENDERS, max_size=2), LETTERS, LETTERS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_certain_unless_it_is_registered_and_without_contradiction(
    sender: str, name: str, reply_to: list[str], letter: str, body: str
) -> None:
    found = attribute(
        REGISTER,
        sender=sender,
        sender_name=name,
        reply_to=reply_to,
        letter=letter,
        extra_texts=[body],
    )
    assert found.certain == (not found.doubts)
    assert (found.state is None) == (found.standing in {Standing.NOT_ASKED, Standing.UNKNOWN})
    if found.certain:
        registered = {GroundKind.REGISTERED_ADDRESS, GroundKind.REGISTERED_DOMAIN}
        owners = {each.state for each in found.grounds if each.kind in registered}
        assert owners == {found.state}
        if found.state is not None:
            signed = {each.state for each in found.grounds if each.kind is GroundKind.NAMED_IN_FORM}
            assert signed <= {found.state}
