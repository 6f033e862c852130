"""What is fuzzed: each reader as a function of bytes, with files to begin from.

A target may raise nothing: what a reader says of bad files, it says as a value or as a
NotReadableError.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.mail.authentication.authenticity import authenticity
from bot.mail.authentication.signatures import check_signatures
from bot.mail.automatic import automatic
from bot.mail.bounces.letter_references import letter_references
from bot.mail.bounces.return_address import ReturnAddress
from bot.mail.opening import open_message, open_stored_message
from bot.mail.own_mark import message_id_for
from parsers.body.reader import read_page, read_text
from parsers.document import Document, NotReadableError
from parsers.identify import identify
from parsers.office.compound import streams
from parsers.office.odt import reader as odt
from parsers.office.rtf import reader as rtf
from parsers.pdf.reader import read_passages as read_pdf
from parsers.reading import Format
from parsers.registry import assemble
from parsers.word.reader import read_passages as read_word
from tests.parsers.body.test_forms_in_text import OTHERS, T, page, rows, text
from tests.parsers.office import test_odt
from tests.support import rtf as written_rtf
from tests.support import word as written_word
from tests.support.bounces import NAMING, SILENT, Returned
from tests.support.outlook import Attached, Note, msg, winmail
from tests.support.signing import BITS, KeyServer, key_pair, sealed, signed

FOUND = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A reader.

    Attributes:
        run: takes any bytes, and returns.
        seeds: files to begin from.
    """

    run: Callable[[bytes], object]
    seeds: Sequence[bytes]


def _document(reader: Callable[[bytes], Document], kind: Format) -> Callable[[bytes], object]:
    """The reader, and what is made of what it reads."""

    def run(data: bytes) -> object:
        with suppress(NotReadableError):
            return assemble(kind, reader(data))
        return None

    return run


def _part(name: str, reader: Callable[[bytes], Document]) -> Callable[[bytes], Document]:
    """A reader of packages, given one part of them: damage to a zip archive is soon explored."""

    def read(data: bytes) -> Document:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, data)
        return reader(packed.getvalue())

    return read


def _streams(data: bytes) -> object:
    with suppress(NotReadableError):
        return streams(data, "WordDocument", "Data")
    return None


def _mailed(data: bytes) -> object:
    head = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    return open_message(b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + head + data)


def _judged(data: bytes) -> object:
    """What a message says of itself: who vouches for it, what it reports on, what wrote it."""
    message, sealers = open_message(data), frozenset({"l.example"})
    keys = KeyServer(records={f"s1._domainkey.{name}.example": key_pair(BITS)[1] for name in "bl"})
    authenticity(message, "mx", sealers, check_signatures(data, message, sealers, keys))
    references = letter_references(message, _RETURNS)
    return automatic(message, {"tsbdir@itu.example"}, returned=references.returned is not None)


def _member(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


_BOXES = (written_word.TICKED, written_word.TICKED, written_word.EMPTY, written_word.EMPTY)
_WORD = written_word.form_about(written_word.rows("Y.4241", _BOXES))
_CONTROLS = (
    written_word.control("1", written_word.t("☒")),
    written_word.control("0", written_word.t("☐")),
    written_word.symbol("Wingdings", "F0A8"),
    written_word.t("[ ]"),
)
_OTHER_WORD = written_word.form_about(written_word.rows("Y.4241", _CONTROLS))
_ODT = test_odt.form(
    test_odt.rows("Y.4241", (test_odt.TICKED, test_odt.TICKED, test_odt.EMPTY, "☐"))
)
_RTF = written_rtf.form_about(
    written_rtf.rows("Y.4241", (written_rtf.TICKED, "[X]", written_rtf.EMPTY, r"\u9744 ?"))
)
_NOTE = Note(
    body="words",
    html=b"<p>words",
    rtf=rb"{\rtf1\trowd}",
    attached=(Attached(name="a.txt", data=b"data"), Attached(message=Note(body="inner"))),
)
_RETURNS = ReturnAddress(address="tsbdir@itu.example", pattern="tsbdir+b-{letter}@itu.example")
_OWN_ID = message_id_for("reminder/1", "itu.example")
_RETURNED = Returned(
    header_id=_OWN_ID, recipient="focal@regulator.example", to=_RETURNS.of(_OWN_ID)
)
_VOUCHED = (
    b"Authentication-Results: mx (a); dmarc=pass header.from=b.example;\r\n\tarc=pass\r\n"
    b"From: a@b.example\r\nSubject: Reply\r\nMessage-ID: <a@b.example>\r\n\r\nWords.\r\n"
)
_EML = (
    b"From: desk@reg.example\r\nSubject: =?utf-8?q?reply?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; '
    b"charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C6=20\r\n--b\r\n"
    b"Content-Type: application/zip; name*=utf-8''a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    b"From: x@y.example\r\n\r\nbegin 644 a\r\n#86)C\r\n`\r\nend\r\n--b--\r\n"
)
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox"
    b"[0 0 300 300]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    b"/Contents 5 0 R/Annots[4 0 R]>>endobj\n4 0 obj<</Type/Annot/Subtype/Widget/FT/Btn/T(a)/V/Yes"
    b"/AS/Yes/Rect[10 10 20 20]>>endobj\n5 0 obj<</Length 66>>stream\nBT /F1 12 Tf 20 200 Td (Y.4241 "
    b"[X] assigns) Tj ET 10 10 9 9 re S\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)

TARGETS: Mapping[str, Target] = {
    "identify": Target(run=identify, seeds=(_WORD, _ODT, _RTF, msg(_NOTE), _EML, _PDF)),
    "word": Target(
        run=_document(_part("word/document.xml", read_word), Format.DOCX),
        seeds=[_member(each, "word/document.xml") for each in (_WORD, _OTHER_WORD)],
    ),
    "package": Target(run=_document(read_word, Format.DOCX), seeds=(_WORD, _OTHER_WORD)),
    "pdf": Target(run=_document(read_pdf, Format.PDF), seeds=(_PDF,)),
    "odt": Target(
        run=_document(_part("content.xml", odt.read_natively), Format.ODT),
        seeds=(_member(_ODT, "content.xml"),),
    ),
    "rtf": Target(run=_document(rtf.read_natively, Format.RTF), seeds=(_RTF,)),
    "doc": Target(run=_streams, seeds=(msg(_NOTE),)),
    "page": Target(
        run=_document(read_page, Format.HTML),
        seeds=(page(f"<table>{rows('Y.4241', (T, T, '[ ]', '<input type=checkbox>'))}{OTHERS}"),),
    ),
    "text": Target(
        run=_document(read_text, Format.TEXT),
        seeds=(text(("Y.4241", ("[X]", "[ ]", "☐", "( x )"))).encode(),),
    ),
    "message": Target(run=open_message, seeds=(_EML,)),
    "trust": Target(
        run=_judged,
        seeds=[make(_RETURNED) for make in {**NAMING, **SILENT}.values()]
        + [
            _VOUCHED,
            sealed(signed(_VOUCHED, "b.example"), "l.example", "mx.l.example; dmarc=pass"),
        ],
    ),
    "msg": Target(run=open_stored_message, seeds=(msg(_NOTE),)),
    "tnef": Target(run=_mailed, seeds=(winmail(_NOTE), winmail(_NOTE, old=True))),
}
