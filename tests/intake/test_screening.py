"""What is taken from the mailbox, and what is left as it was."""

import datetime as dt

import pytest

from bot.intake.part_reading import PartReading
from bot.intake.screening import Known, Leaf, Screening, is_registered, keep, screen
from bot.mail.message import Message
from parsers.reading import Doubt, Format
from tests.support.intake import (
    CIRCULAR,
    ENTITY,
    OTHER,
    OURS,
    REGISTER,
    STRANGER,
    SWISS,
    contact,
    document,
    form,
    message,
    part,
    register,
    unread,
)

OUR_LETTER = "<reminder@itu.example>"
KNOWN = Known(
    circulars=(CIRCULAR, OTHER),
    register=REGISTER,
    own_ids=frozenset({OUR_LETTER}),
    own_addresses=frozenset({OURS}),
)
TEXT = Leaf(content_type="text/plain", filename=None, size=100, attached=False)
FILE = Leaf(content_type="application/pdf", filename="a.pdf", size=100, attached=True)
LIST = [("list-id", "<news.example>"), ("precedence", "bulk")]
OWN = [("x-tsb-letter", "reminder")]
#: By the header alone: no part has been fetched.
HEADERS = [
    pytest.param(message(files=()), [TEXT], Screening.TAKE, id="our number in the subject"),
    pytest.param(
        message(subject="Re:", in_reply_to=OUR_LETTER, files=()),
        [TEXT],
        Screening.TAKE,
        id="an answer to our letter",
    ),
    pytest.param(message(subject="Hello", files=()), [TEXT], Screening.LOOK, id="nothing said"),
    pytest.param(message(subject="Hello", files=()), None, Screening.LOOK, id="no outline"),
    pytest.param(
        message(subject="TSB Circular 9", files=()), [FILE], Screening.LOOK, id="another number"
    ),
    pytest.param(
        message(subject="News", headers=LIST, files=()), [TEXT], Screening.LEAVE, id="a newsletter"
    ),
    pytest.param(
        message(headers=LIST, files=()), [TEXT], Screening.LEAVE, id="a newsletter that names it"
    ),
    pytest.param(
        message(headers=LIST, files=()), [FILE], Screening.LOOK, id="a newsletter with a file"
    ),
    pytest.param(
        message(sender=OURS, headers=OWN, files=()), [TEXT], Screening.LEAVE, id="our own letter"
    ),
    pytest.param(
        message(sender=OURS, headers=OWN, files=()),
        [TEXT, FILE],
        Screening.LOOK,
        id="our own letter with a file",
    ),
    pytest.param(message(sender=OURS, files=()), [TEXT], Screening.LOOK, id="the office's own"),
    pytest.param(
        message(headers=[("x-autoreply", "yes")], files=()),
        [TEXT],
        Screening.TAKE,
        id="an absence that names it",
    ),
]


@pytest.mark.parametrize(("header", "leaves", "expected"), HEADERS)
def test_by_header_and_outline(
    header: Message, leaves: list[Leaf] | None, expected: Screening
) -> None:
    assert screen(header, leaves, KNOWN) is expected


@pytest.mark.parametrize(
    ("days", "named", "expected"),
    [
        pytest.param(366, False, Screening.LEAVE, id="years before the first circular"),
        pytest.param(365, False, Screening.LOOK, id="by a clock that is a year slow"),
        pytest.param(-1, False, Screening.LOOK, id="after it"),
        pytest.param(3650, True, Screening.TAKE, id="by no clock, but it names the circular"),
    ],
)
def test_what_came_long_before_any_circular_is_not_looked_into(
    days: int,
    named: bool,
    expected: Screening,
) -> None:
    first = min(CIRCULAR.date, OTHER.date) - dt.timedelta(days=days)
    received = dt.datetime.combine(first, dt.time(12), dt.UTC)
    header = message(**({} if named else {"subject": "Hello"}), files=())  # type: ignore[arg-type]
    assert screen(header, [FILE], KNOWN, received) is expected


def hello(text: str = "Hello.", **details: object) -> Message:
    """A message whose subject says nothing."""
    return message(text, **{"subject": "Hello", **details})  # type: ignore[arg-type]


PDF_LETTER = document("Our Administration assigns authority to Study Group 20 for Y.4241.")
TAKEN = [
    pytest.param(hello(sender=STRANGER), (form(),), id="a stranger's form"),
    pytest.param(hello(sender=STRANGER), (form(path="2!in.docx"),), id="in an archive"),
    pytest.param(hello(sender=STRANGER), (form(path="2/2"),), id="in an attached message"),
    pytest.param(hello(sender=STRANGER), (form(number=None),), id="a form without its number"),
    pytest.param(hello(sender=STRANGER), (form("D", number=99),), id="the form of another one"),
    pytest.param(hello("", sender=STRANGER), (part(unread()),), id="a scan from nobody known"),
    pytest.param(
        hello("", sender=STRANGER), (part(unread(kind=Format.TIFF)),), id="a fax as a TIFF"
    ),
    pytest.param(
        hello(sender=STRANGER),
        (part(unread(Doubt.FORMAT_NOT_READ, Format.DOC), filename="Circular_106.doc"),),
        id="an old Word file whose name hints",
    ),
    pytest.param(
        hello("Answer of the Administration of Peru", sender=STRANGER),
        (part(unread(kind=Format.JPEG)),),
        id="a photograph whose letter hints",
    ),
    pytest.param(hello("On Circular 106", sender=STRANGER), (), id="a number in the text"),
    pytest.param(
        hello("Y.4241\tassigns authority\tX\nY.4242\tdoes not assign authority", sender=STRANGER),
        (),
        id="the form pasted into the letter",
    ),
    pytest.param(hello("We agree with Y.4241"), (), id="a registered sender names a text"),
    pytest.param(hello("We agree with Y.dt-SComCam"), (), id="by its former name"),
    pytest.param(hello(), (part(unread()),), id="a registered sender's scan"),
    pytest.param(
        hello(),
        (part(unread(kind=Format.JPEG), size=900_000, inline=True),),
        id="a photo pasted in",
    ),
    pytest.param(
        hello(), (part(unread(Doubt.ENCRYPTED, Format.PDF)),), id="a registered sender's secret"
    ),
    pytest.param(
        hello(flaws=("encrypted-archive",)), (part(document(kind=Format.ZIP)),), id="a locked zip"
    ),
    pytest.param(hello(flaws=("part-too-large",)), (), id="a file too large to open"),
    pytest.param(hello(sender=STRANGER), (part(PDF_LETTER),), id="a stranger's letter as PDF"),
    pytest.param(
        hello(), (part(document("Reply to Circular 106")),), id="a registered sender's letter"
    ),
    pytest.param(
        hello("Answer of our Administration of Switzerland"),
        (part(document(kind=Format.SPREADSHEET)),),
        id="an answer as a spreadsheet",
    ),
    pytest.param(hello(sender=OURS), (form(),), id="a filled form that the office sent on"),
    pytest.param(
        message(sender=OURS, subject="Fax: Circular 106"), (part(unread()),), id="a fax sent on"
    ),
    pytest.param(hello(headers=[("list-id", "<l.example>")]), (form(),), id="a form by a list"),
    pytest.param(hello(sender=ENTITY), (form(),), id="a Sector Member's form"),
]


@pytest.mark.parametrize(("what", "parts"), TAKEN)
def test_what_may_be_a_reply_is_never_left_alone(
    what: Message, parts: tuple[PartReading, ...]
) -> None:
    assert keep(what, parts, KNOWN)


LEFT = [
    pytest.param(hello(files=()), (), id="a registered sender about something else"),
    pytest.param(hello("News of Y.4241", sender=STRANGER, files=()), (), id="news of a text"),
    pytest.param(hello("See Y.9999 and G.711", files=()), (), id="texts of others"),
    pytest.param(
        hello("On Circular 106", headers=LIST, files=()), (), id="a newsletter on the circular"
    ),
    pytest.param(
        hello("On Circular 106", headers=[("auto-submitted", "auto-replied")], files=()),
        (),
        id="a machine on the circular",
    ),
    pytest.param(
        hello("Invoice 106", sender=STRANGER), (part(document("Invoice 106")),), id="an invoice"
    ),
    pytest.param(
        hello(sender=STRANGER),
        (form("-", number=99, texts=("G.711",)),),
        id="another circular as it was issued",
    ),
    pytest.param(hello(sender=OURS), (form("---"),), id="the circular that we sent"),
    pytest.param(
        message("Dear colleague, ...", sender=OURS, files=()), (), id="the office's own letter"
    ),
    pytest.param(
        hello(sender=STRANGER),
        (part(unread(kind=Format.JPEG), filename="photo.jpg"),),
        id="a stranger's photograph",
    ),
    pytest.param(
        hello(sender=STRANGER),
        (part(unread(Doubt.FORMAT_NOT_READ, Format.DOC), filename="cv.doc"),),
        id="a stranger's old Word file",
    ),
    pytest.param(
        hello("x" * 500, sender=STRANGER),
        (part(unread(), filename="offer.pdf"),),
        id="a scan with a long letter",
    ),
    pytest.param(
        hello(), (part(unread(kind=Format.PNG), size=9_000, inline=True),), id="a signature's logo"
    ),
    pytest.param(hello(), (part(unread(kind=Format.GIF), size=4_000),), id="a logo as a file"),
    pytest.param(hello(), (part(document("a programme")),), id="a document about something else"),
    pytest.param(
        hello(),
        (part(document(kind=Format.SPREADSHEET), filename="budget.xlsx"),),
        id="a spreadsheet",
    ),
    pytest.param(
        hello(flaws=("encrypted-archive",), sender=STRANGER),
        (part(document(kind=Format.ZIP)),),
        id="a stranger's locked zip",
    ),
    pytest.param(hello(flaws=("broken-mime",), files=()), (), id="a letter a little broken"),
    pytest.param(
        message("", sender=OURS, headers=OWN, files=()), (), id="our own letter, looked into"
    ),
]


@pytest.mark.parametrize(("what", "parts"), LEFT)
def test_what_has_nothing_to_do_with_it_is_left_alone(
    what: Message, parts: tuple[PartReading, ...]
) -> None:
    assert not keep(what, parts, KNOWN)


def test_a_domain_of_registered_addresses_is_known_but_no_public_one() -> None:
    known = register(contact("PER", "focal@ministry.example"), contact("COL", "focal@gmail.com"))
    assert is_registered(known, "colleague@ministry.example")
    assert is_registered(known, "focal@gmail.com")
    assert not is_registered(known, "another@gmail.com")
    assert is_registered(known, SWISS)
