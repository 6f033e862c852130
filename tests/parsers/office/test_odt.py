"""OpenDocument texts: every kind of box, and what was struck, deleted, hidden or drawn over it."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest

from bot.demo.form_letter import Answer
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking
from parsers.office import second_reading
from parsers.reading import Doubt, Format, FormReading
from parsers.registry import read
from tests.support.office import written
from tests.support.word import (
    ASSIGNS_ATTACHED,
    ASSIGNS_NONE,
    BLANK,
    DENIES,
    LABELS,
    circular,
    row_of,
    said,
)

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "form": "form", "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
) + (
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)  # fmt: skip
_STYLES = (
    '<office:automatic-styles><style:style style:name="struck" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="wing" style:family="text"><style:text-properties '
    'fo:font-family="Wingdings"/></style:style>'
    '<style:style style:name="hidden" style:family="text"><style:text-properties '
    'text:display="none"/></style:style><style:style style:name="yellow" style:family="text">'
    '<style:text-properties fo:background-color="#ffff00"/></style:style></office:automatic-styles>'
)


def fieldmark(value: str | None) -> str:
    inner = (
        ""
        if value is None
        else f'<field:param field:name="Checkbox_Checked" field:value="{value}"/>'
    )
    kind = "vnd.oasis.opendocument.field.FORMCHECKBOX"
    return f'<field:fieldmark text:name="f" field:type="{kind}">{inner}</field:fieldmark>'


def content_control(*, checked: bool, shown: str) -> str:
    return (
        f'<loext:content-control loext:checkbox="true" loext:checked="{str(checked).lower()}" '
        f'loext:checked-state="☒" loext:unchecked-state="☐">{shown}</loext:content-control>'
    )


def span(style: str, content: str) -> str:
    return f'<text:span text:style-name="{style}">{content}</text:span>'


TICKED, EMPTY = fieldmark("true"), fieldmark(None)


def rows(name: str, boxes: Sequence[str], labels: Sequence[str] = LABELS) -> str:
    lines = [
        f"<text:p>{box}<text:tab/>{escape(label)}</text:p>"
        for box, label in zip(boxes, labels, strict=True)
    ]
    return (
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Draft new '
        f"Recommendation ITU-T {name}</text:p></table:table-cell><table:table-cell>"
        f"{''.join(lines[:3])}</table:table-cell></table:table-row><table:table-row>"
        f"<table:covered-table-cell/><table:table-cell>{lines[3]}</table:table-cell></table:table-row>"
    )


def form(first: str, *, before: str = "", forms: str = "") -> bytes:
    others = rows("Y.4242", (TICKED, TICKED, EMPTY, EMPTY)) + rows(
        "Y.4243", (TICKED, EMPTY, TICKED, EMPTY)
    )
    content = (
        f"<office:document-content {_NAMES}>{_STYLES}<office:body><office:text>{forms}{before}"
        "<text:p>Subject: response to TSB Circular 106</text:p><table:table>"
        f'<table:table-column table:number-columns-repeated="2"/>{first}{others}</table:table>'
        "<text:p>Yours faithfully,</text:p></office:text></office:body></office:document-content>"
    )
    return package({"content.xml": content})


def package(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


@pytest.fixture(autouse=True)
def alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice, but in the tests that ask for it."""
    if "office" not in request.fixturenames:
        monkeypatch.setattr(second_reading, "office_program", lambda: None)


@pytest.mark.parametrize(
    ("ticked", "empty"),
    [
        pytest.param(fieldmark("true"), fieldmark("false"), id="Word's form field"),
        pytest.param(fieldmark("true"), fieldmark(None), id="a form field without a state"),
        pytest.param(
            content_control(checked=True, shown="☒"),
            content_control(checked=False, shown="☐"),
            id="content control",
        ),
        pytest.param("☑", "☐", id="ballot boxes"),
        pytest.param(span("wing", "\uf0fe"), span("wing", "\uf0a8"), id="Wingdings"),
        pytest.param("[<text:s/>x ]", "[<text:s text:c='3'/>]", id="brackets"),
        pytest.param(EMPTY + "<text:s/>X", EMPTY, id="X beside"),
        pytest.param(
            '<draw:control text:anchor-type="as-char" draw:control="on"/>',
            '<draw:control text:anchor-type="as-char" draw:control="off"/>',
            id="form control",
        ),
    ],
)
def test_a_box_is_read_whatever_it_is_made_of(ticked: str, empty: str) -> None:
    forms = (
        '<office:forms><form:form><form:checkbox form:id="on" form:current-state="checked"/>'
        '<form:checkbox form:id="off" form:state="unchecked"/></form:form></office:forms>'
    )
    reading = read(form(rows("Y.4241", (ticked, empty, ticked, empty)), forms=forms))
    assert (reading.format, reading.circular_number) == (Format.ODT, 106)
    assert _says(reading) == [ASSIGNS_ATTACHED, ASSIGNS_NONE, ASSIGNS_ATTACHED]


@pytest.mark.parametrize(
    ("boxes", "doubt"),
    [
        pytest.param(
            (span("struck", TICKED), TICKED, EMPTY, EMPTY), Doubt.STRUCK_TEXT, id="struck box"
        ),
        pytest.param(
            (TICKED, TICKED, EMPTY, EMPTY + span("struck", "does")), Doubt.STRUCK_TEXT, id="struck"
        ),
        pytest.param(
            (span("hidden", TICKED), TICKED, EMPTY, EMPTY), Doubt.AMBIGUOUS_MARK, id="hidden box"
        ),
        pytest.param(
            (EMPTY, EMPTY, EMPTY + span("yellow", "Please"), EMPTY),
            Doubt.HIGHLIGHTED_TEXT,
            id="highlighted",
        ),
        pytest.param(
            (fieldmark("perhaps"), TICKED, EMPTY, EMPTY),
            Doubt.FIELD_CONTRADICTS_ITSELF,
            id="neither ticked nor not",
        ),
        pytest.param(
            (content_control(checked=True, shown="☐"), TICKED, EMPTY, EMPTY),
            Doubt.FIELD_CONTRADICTS_ITSELF,
            id="a control that shows another state",
        ),
        pytest.param(
            (TICKED, TICKED, EMPTY, EMPTY + "<office:annotation><text:p>Sure?</text:p>"
             "</office:annotation>"),
            Doubt.WRITTEN_REMARK,
            id="a comment",
        ),
        pytest.param(
            (TICKED, TICKED, '<draw:line text:anchor-type="char" svg:width="2cm"/>' + EMPTY, EMPTY),
            Doubt.DRAWING_OVER_FORM,
            id="a line drawn over it",
        ),
        pytest.param(
            (TICKED, TICKED, EMPTY, '<draw:control draw:control="gone"/>'),
            Doubt.DRAWING_OVER_FORM,
            id="a control that nobody knows",
        ),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_for_a_person(boxes: tuple[str, ...], doubt: Doubt) -> None:
    assert doubt in row_of(read(form(rows("Y.4241", boxes)))).doubts


def test_what_a_revision_deleted_is_for_a_person() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>and not'
        "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    boxes = (TICKED, TICKED, EMPTY, EMPTY + '<text:change text:change-id="c"/>')
    reading = read(form(rows("Y.4241", boxes), before=changes))
    assert row_of(reading).doubts == (Doubt.TEXT_DELETED,)
    assert "and not" not in reading.letter


def test_a_drawing_that_belongs_to_the_page_may_lie_over_the_table() -> None:
    line = '<draw:line text:anchor-type="page" svg:width="9cm"/>'
    reading = read(form(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY)), before=line))
    assert _says(reading) == [None, None, None]


@pytest.mark.parametrize(
    ("parts", "doubt"),
    [
        pytest.param({}, Doubt.UNREADABLE, id="no content"),
        pytest.param({"content.xml": "<office:"}, Doubt.UNREADABLE, id="damaged"),
        pytest.param({"content.xml": "<a/>"}, Doubt.NO_FORM, id="another XML"),
        pytest.param(
            {"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
            Doubt.UNREADABLE,
            id="entities",
        ),
        pytest.param(
            {"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "\x01"},
            Doubt.ENCRYPTED,
            id="password",
        ),
        pytest.param({"content.xml": "<a>" * 5000 + "</a>" * 5000}, Doubt.UNREADABLE, id="deep"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(parts: dict[str, str], doubt: Doubt) -> None:
    assert read(package(parts)).doubts == (doubt,)


@pytest.mark.integration
@pytest.mark.parametrize("marking", [WordMarking.LEGACY_CHECKED, WordMarking.CONTENT_CONTROL])
def test_libreoffice_and_we_read_the_same(office: None, marking: WordMarking) -> None:
    answers = {
        "Y.4241": Answer.ASSIGN_NONE,
        "Y.4242": Answer.ASSIGN_ATTACHED,
        "Y.4243": Answer.DENY,
        "Y.4420": Answer.BLANK,
    }
    made = make_word_form(circular(), answers, marking=marking, layout=Layout.OFFICIAL)
    reading = read(written({"form": made}, "odt")["form"])
    assert _says(reading) == [ASSIGNS_NONE, ASSIGNS_ATTACHED, DENIES, BLANK]


def _says(reading: FormReading) -> list[set[str | None] | None]:
    return [said(each) for each in reading.rows]
