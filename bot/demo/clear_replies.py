"""The sample's replies that can be read and counted without a person."""

import datetime as dt
from collections.abc import Iterator

from bot.demo.comments import pdf_document, word_document
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import (
    DOCX_TYPE,
    OCTETS_TYPE,
    PDF_TYPE,
    ZIP_TYPE,
    Attachment,
    make_message,
)
from bot.demo.pdf_forms import PdfLayout, PdfMarking
from bot.demo.sample_message import Desk, SampleMessage
from bot.demo.word_forms import Layout
from bot.demo.word_marking import WordMarking
from bot.demo.word_package import zip_archive

_ALL = "NNNNNNNNNN"


def clear_replies(desk: Desk) -> Iterator[SampleMessage]:
    """Word in every marking, PDF, and the ways in which a form may be wrapped up."""
    yield from _word_replies(desk)
    yield from _pdf_replies(desk)
    yield from _partial_replies(desk)
    yield from _wrapped_replies(desk)


def _form(data: bytes, filename: str = "Annex 2.docx", content_type: str = DOCX_TYPE) -> Attachment:
    return Attachment(filename=filename, data=data, content_type=content_type)


# Member State, days before the deadline, row by row, what the boxes are, how the rows stand.
_PLAIN_WORD = (
    ("CHE", 58, _ALL, WordMarking.LEGACY_CHECKED, Layout.OFFICIAL),
    ("GBR", 36, _ALL, WordMarking.SQUARE_BRACKETS, Layout.ONE_COLUMN),
    ("AUS", 34, "NNANNNNNNN", WordMarking.ROUND_BRACKETS, Layout.TWO_COLUMN),
    ("SEN", 31, _ALL, WordMarking.WINGDINGS_TEXT, Layout.NESTED_TABLE),
    ("MAR", 29, _ALL, WordMarking.TRACKED_INSERTION, Layout.OFFICIAL),
    ("IND", 38, _ALL, WordMarking.LEGACY_CHECKED, Layout.TWO_COLUMN),
)


def _word_replies(desk: Desk) -> Iterator[SampleMessage]:
    second, fourth, fifth, sixth, seventh = map(desk.designation, (1, 3, 4, 5, 6))
    first = desk.designation(0)
    for state, days, letters, marking, layout in _PLAIN_WORD:
        yield desk.mail(
            state,
            f"Word form, {marking.value}, {layout.value}",
            desk.before(days=days, hours=12),
            [_form(desk.word(state, letters, marking, layout))],
        )
    yield desk.mail(
        "FRA",
        "in French, content controls; comments on one text as a PDF beside the form",
        desk.before(days=52, hours=9),
        [
            _form(desk.word("FRA", "NNNNNCNNNN", WordMarking.CONTENT_CONTROL)),
            pdf_document(f"Observations {sixth}.pdf", f"Observations relatives au projet {sixth}"),
        ],
    )
    yield desk.mail(
        "MEX",
        "in Spanish, crossed ballot boxes; refuses one text, reasons in the message",
        desk.before(days=49, hours=3),
        [_form(desk.word("MEX", "NDNNNNNNNN", WordMarking.BALLOT_CROSS, Layout.TWO_COLUMN))],
        text=f"Motivos relativos a {second}: el alcance se solapa con trabajos en curso.",
    )
    yield desk.mail(
        "KAZ",
        "in Russian, Wingdings symbols; comments on one text as a Word file beside the form",
        desk.before(days=47, hours=17),
        [
            _form(desk.word("KAZ", "NNNCNNNNNN", WordMarking.WINGDINGS_SYMBOL)),
            word_document(f"Замечания {fourth}.docx", f"Замечания по тексту {fourth}"),
        ],
    )
    yield desk.mail(
        "EGY",
        "in Arabic, legacy fields; refuses one text, reasons in the message",
        desk.before(days=45, hours=14),
        [_form(desk.word("EGY", "NNNNNNDNNN", WordMarking.LEGACY_CHECKED_VALUE))],
        text=f"أسباب الرأي بشأن {seventh}: المتطلبات الأمنية غير كاملة.",
    )
    yield desk.mail(
        "CHN",
        "in Chinese, content controls; refuses one text, reasons in the message",
        desk.before(days=44, hours=20),
        [_form(desk.word("CHN", "NNNNNNDNNN", WordMarking.CONTENT_CONTROL))],
        text=f"关于{seventh}的理由：安全要求尚不完整。",
    )
    yield desk.mail(
        "CAN",
        "fields ticked by default, an extra column of numbers; reasons in a file of their own",
        desk.before(days=41, hours=5),
        [
            _form(desk.word("CAN", "NNNNNNDNNN", WordMarking.LEGACY_DEFAULT, Layout.NUMBERED)),
            word_document(f"Reasons {seventh}.docx", f"Reasons for the opinion on {seventh}"),
        ],
    )
    yield desk.mail(
        "JPN",
        "ticked ballot boxes; comments on two texts in one file",
        desk.before(days=39, hours=22),
        [
            _form(desk.word("JPN", "CNNNCNNNNN", WordMarking.BALLOT_TICK, Layout.TWO_COLUMN)),
            pdf_document("Comments.pdf", f"Comments on {first}", f"Comments on {fifth}"),
        ],
    )
    yield desk.mail(
        "DEU",
        "X typed in place of the box; reasons under the table of the form",
        desk.before(days=37, hours=10),
        [
            _form(
                desk.word(
                    "DEU",
                    "NDNNNNDNNN",
                    WordMarking.TYPED_X,
                    remarks=f"Reasons for {second}: the scope overlaps with other work.\n"
                    f"Reasons for {seventh}: the threat model is missing.",
                )
            )
        ],
    )
    yield desk.mail(
        "KEN",
        "X typed beside the box; refuses one text, reasons in the message",
        desk.before(days=33, hours=11),
        [_form(desk.word("KEN", "NNNNNNDNNN", WordMarking.X_BESIDE))],
        text=f"Reasons for our opinion on {seventh}: the requirements are not mature.",
    )
    yield desk.mail(
        "ARG",
        "tick characters; says that comments are attached, and they are not",
        desk.before(days=32, hours=2),
        [_form(desk.word("ARG", "NNNNNCNNNN", WordMarking.TICK))],
    )
    yield desk.mail(
        "UZB",
        "in Russian, Wingdings 2, rows in content controls; refuses one text without reasons",
        desk.before(days=29, hours=18),
        [_form(desk.word("UZB", "NNNNNDNNNN", WordMarking.WINGDINGS_2, Layout.ROW_CONTROLS))],
    )


def _pdf_replies(desk: Desk) -> Iterator[SampleMessage]:
    seventh, eighth, ninth = map(desk.designation, (6, 7, 8))
    official, one_column = PdfLayout.OFFICIAL, PdfLayout.ONE_COLUMN

    def pdf(state: str, letters: str, marking: PdfMarking, layout: PdfLayout) -> Attachment:
        return _form(desk.pdf(state, letters, marking, layout), "reply.pdf", PDF_TYPE)

    yield desk.mail(
        "USA",
        "digital PDF, crosses drawn; refuses one text, reasons in the message",
        desk.before(days=28, hours=1),
        [pdf("USA", "NNNNNNNNDN", PdfMarking.DRAWN_CROSS, official)],
        text=f"Reasons for our opinion on {ninth}: the architecture is not stable.",
    )
    yield desk.mail(
        "BEL",
        "digital PDF in French with fields; refuses one text, reasons in the message",
        desk.before(days=27, hours=13),
        [pdf("BEL", "NNNNNNDNNN", PdfMarking.FIELD, official)],
        text=f"Motifs relatifs à {seventh}: le modèle de menace fait défaut.",
    )
    yield desk.mail(
        "CHL",
        "digital PDF in Spanish in one column, ticks of a symbol font; comments beside it",
        desk.before(days=26, hours=4),
        [
            pdf("CHL", "NNNNNNNCNN", PdfMarking.DINGBAT_TICK, one_column),
            pdf_document(f"Comentarios {eighth}.pdf", f"Comentarios sobre {eighth}"),
        ],
    )
    yield desk.mail(
        "NLD",
        "digital PDF, the letter X in the boxes",
        desk.before(days=25, hours=15),
        [pdf("NLD", _ALL, PdfMarking.TYPED_X, official)],
    )


def _partial_replies(desk: Desk) -> Iterator[SampleMessage]:
    second, last = desk.designation(1), desk.designation(9)
    some = list(dict.fromkeys(desk.designation(place) for place in (0, 3, 9)))
    yield desk.mail(
        "KOR",
        "answers three texts only, with comments on one",
        desk.before(days=24, hours=21),
        [
            _form(desk.word("KOR", "NNNNNNNNNC", rows=some)),
            word_document(f"Comments {last}.docx", f"Comments on {last}"),
        ],
    )
    yield desk.mail(
        "NOR",
        "refuses one text, reasons in the message; corrected later",
        desk.before(days=40, hours=8),
        [_form(desk.word("NOR", "NDNNNNNNNN"))],
        text=f"Reasons for our opinion on {second}: the scope is not clear.",
    )
    yield desk.mail(
        "NOR",
        "the same sender corrects that one text and leaves the others as they were",
        desk.before(days=20, hours=8),
        [_form(desk.word("NOR", _ALL, rows=[second]))],
        name="NOR-correction",
        text=f"Please replace our earlier opinion on {second}.",
        in_reply_to=desk.message_id("NOR", ADMINISTRATIONS["NOR"].focal_point),
    )


def _wrapped_replies(desk: Desk) -> Iterator[SampleMessage]:
    seventh = desk.designation(6)
    reasons = f"Reasons for our opinion on {seventh}: the requirements are not mature."
    yield desk.mail(
        "FIN",
        "a Word file that is called .pdf and declared as one",
        desk.before(days=9, hours=16),
        [_form(desk.word("FIN", "NNNNNNDNNN"), "reply.pdf", PDF_TYPE)],
        text=reasons,
    )
    yield desk.mail(
        "DNK",
        "a Word file that is called .dat and declared as nothing in particular",
        desk.before(days=9, hours=12),
        [_form(desk.word("DNK", "NNNNNNDNNN"), "reply.dat", OCTETS_TYPE)],
        text=reasons,
    )
    yield desk.mail(
        "TUR",
        "the form inside a zip archive",
        desk.before(days=8, hours=19),
        [
            Attachment(
                filename="reply.zip",
                data=zip_archive({"replies/form.docx": desk.word("TUR", "NNNNNNDNNN")}),
                content_type=ZIP_TYPE,
            )
        ],
        text=reasons,
    )
    yield _forwarded(desk)
    yield desk.mail(
        "ISL",
        "without a Message-ID",
        desk.before(days=5, hours=6),
        [_form(desk.word("ISL", _ALL))],
        with_id=False,
    )
    yield desk.mail(
        "NZL",
        "in the last half minute before the deadline passes: counts",
        desk.circular.deadline + dt.timedelta(seconds=30),
        [_form(desk.word("NZL", _ALL))],
    )


def _forwarded(desk: Desk) -> SampleMessage:
    office = f"minister@{ADMINISTRATIONS['GHA'].domain}"
    received = desk.before(days=8, hours=3)
    inner = make_message(
        sender=office,
        subject=f"Signed form, TSB Circular {desk.circular.number}",
        text="Signed as agreed. Please send it on.",
        received=received - dt.timedelta(hours=5),
        recipient=ADMINISTRATIONS["GHA"].focal_point,
        message_id=desk.message_id("gha-inner", office),
        attachments=[_form(desk.word("GHA", _ALL))],
    )
    return desk.mail(
        "GHA",
        "the focal point forwards a message that holds the form",
        received,
        [Attachment(filename="signed.eml", data=inner, content_type="message/rfc822")],
        subject=f"Fwd: Signed form, TSB Circular {desk.circular.number}",
    )
