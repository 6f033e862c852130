"""Rich Text: form fields with their state, and what a pen, a revision or a cut made of the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document, NotReadableError
from parsers.office import second_reading
from parsers.office.conversion import to_docx
from parsers.office.rtf import reader
from parsers.reading import Doubt, Format, FormReading
from parsers.registry import assemble, read
from tests.support.rtf import EMPTY, TICKED, form, form_about, form_field, row, rows, written
from tests.support.word import ASSIGNS_ATTACHED, ASSIGNS_NONE, BLANK, DENIES, LABELS, row_of, said

#: What LibreOffice writes of a form field: no state at all.
STATELESS = r"{\field{\*\fldinst { FORMCHECKBOX }}{\fldrslt {}}}"


@pytest.fixture(autouse=True)
def alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice, but in the tests that ask for it."""
    if "office" not in request.fixturenames:
        monkeypatch.setattr(second_reading, "office_program", lambda: None)


def _said(first: str) -> set[str | None] | None:
    reading = read(form_about(first))
    assert said(row_of(reading, "Y.4243")) == ASSIGNS_ATTACHED
    return said(row_of(reading))


def test_a_form_names_its_circular_and_its_letter() -> None:
    reading = read(form_about(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY))))
    assert (reading.format, reading.circular_number, reading.language) == (Format.RTF, 106, "en")
    assert reading.letter.startswith("Subject: Member State response")
    assert reading.remarks == "Yours faithfully,"
    assert [len(each.boxes) for each in reading.rows] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("ticked", "empty"),
    [
        pytest.param(form_field(1), form_field(0), id="a state"),
        pytest.param(form_field(25, 1), form_field(25, 0), id="an undefined state: the default"),
        pytest.param(form_field(None, 1), form_field(None, 0), id="the default alone"),
        pytest.param(form_field(1, 0), form_field(0, 1), id="a state over the default"),
        pytest.param(r"{\f1 \'fe}", r"{\f1 \'a8}", id="Wingdings"),
        pytest.param(r"{\f1 \u-3842\'fe}", r"{\f1 \u-3928\'a8}", id="Wingdings by Unicode"),
        pytest.param(r"\u9746\'3f", r"\u9744 ?", id="ballot boxes"),
        pytest.param(r"[X]", r"[ ]", id="brackets"),
        pytest.param(EMPTY + " X ", EMPTY, id="X beside"),
        pytest.param(STATELESS + " X ", STATELESS, id="X beside a field that lost its state"),
        pytest.param("X", STATELESS, id="X in the place of a field, others without state"),
        pytest.param(
            r"{\field{\*\fldinst SYMBOL 254 \\f \"Wingdings\" \\s 11}{\fldrslt\f1 \'fe}}",
            r"{\field{\*\fldinst SYMBOL 168 \\f \"Wingdings\" \\s 11}{\fldrslt\f1 \'a8}}".replace(
                r"\"", '"'
            ),
            id="symbol fields",
        ),
    ],
)
def test_a_box_is_read_whatever_it_is_made_of(ticked: str, empty: str) -> None:
    assert _said(rows("Y.4241", (ticked, ticked, empty, empty))) == ASSIGNS_NONE
    assert _said(rows("Y.4241", (empty, empty, empty, ticked))) == DENIES


@pytest.mark.parametrize(
    ("boxes", "doubt"),
    [
        pytest.param((STATELESS,) * 4, Doubt.FIELD_CONTRADICTS_ITSELF, id="fields without state"),
        pytest.param(
            (form_field(7), EMPTY, EMPTY, EMPTY),
            Doubt.FIELD_CONTRADICTS_ITSELF,
            id="neither ticked nor not",
        ),
        pytest.param(
            (rf"{{\strike {TICKED}}}", TICKED, EMPTY, EMPTY), Doubt.STRUCK_TEXT, id="struck"
        ),
        pytest.param(
            (TICKED, TICKED.replace(" FORM", r"\strike  FORM"), EMPTY, EMPTY),
            Doubt.STRUCK_TEXT,
            id="struck within the field",
        ),
        pytest.param((rf"{{\v {TICKED}}}", TICKED, EMPTY, EMPTY), Doubt.AMBIGUOUS_MARK, id="hidden"),
        pytest.param(
            (TICKED, TICKED, EMPTY, r"{\deleted assigns}" + EMPTY), Doubt.TEXT_DELETED, id="deleted"
        ),
        pytest.param(
            (TICKED, TICKED, r"{\shp{\*\shpinst\shpleft0\shptop0\shpright900\shpbottom90{\sp"
             r"{\sn shapeType}{\sv 20}}}{\shprslt }}" + EMPTY, EMPTY),
            Doubt.DRAWING_OVER_FORM,
            id="a line drawn over it",
        ),
        pytest.param(
            (TICKED, TICKED, EMPTY, EMPTY + r"{\*\annotation \pard we do not agree\par}"),
            Doubt.WRITTEN_REMARK,
            id="a comment",
        ),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_for_a_person(boxes: tuple[str, ...], doubt: Doubt) -> None:
    assert doubt in row_of(read(form_about(rows("Y.4241", boxes)))).doubts


def test_a_state_that_was_lost_is_no_empty_box_even_in_a_form_of_typed_marks() -> None:
    boxes = (STATELESS,) * 4
    assert _said(rows("Y.4241", boxes)) is None
    typed = rows("Y.4242", (STATELESS + " X", STATELESS + " X", STATELESS, STATELESS))
    reading = read(form(rows("Y.4241", boxes) + typed))
    assert (said(row_of(reading)), said(row_of(reading, "Y.4242"))) == (None, ASSIGNS_NONE)


def test_words_are_in_the_code_page_of_their_font() -> None:
    text = (
        r"{\f2 \'c0\'e4\'ec\'e8\'ed\'e8\'f1\'f2\'f0\'e0\'f6\'e8\'ff} \u1060?{\uc2 \u1061??}.\par "
    )
    assert "Администрация ФХ." in read(form(text + row("a", "b"))).letter


def test_a_space_that_does_not_break_takes_no_letter_with_it() -> None:
    text = r"Administration\~of Ruritania; non\_breaking.\par "
    assert (
        "Administration\xa0of Ruritania; non\u2011breaking."
        in read(form(text + row("a", "b"))).letter
    )


def test_a_table_in_a_cell_belongs_to_that_cell() -> None:
    inner = "".join(
        rf"\pard \intbl\itap2 {box}\tab {written(label)}\nestcell"
        r"{\*\nesttableprops\trowd\cellx6000\nestrow}{\nonesttables\par }"
        for box, label in zip((TICKED, TICKED, EMPTY, EMPTY), LABELS, strict=True)
    )
    reading = read(form_about(row(written("Draft Recommendation Y.4241"), inner + r"\pard\intbl ")))
    assert said(row_of(reading)) == ASSIGNS_NONE


def test_a_file_that_is_cut_short_says_so() -> None:
    whole = form_about(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY)))
    reading = read(whole[: len(whole) * 2 // 3])
    assert Doubt.UNREADABLE in reading.doubts


def test_no_end_of_groups_is_no_end_of_patience() -> None:
    with pytest.raises(NotReadableError):
        reader.read_passages(b"{\\rtf1 " + b"{" * 100_000)
    assert read(b"{\\rtf1 " + b"}" * 100_000).doubts == (Doubt.NO_FORM,)
    assert read(b"{\\rtf1 \\bin99999999999 \\u99999999999 \\uc9999999 x}").error is None


@given(st.lists(st.sampled_from(
    [rb"{", rb"}", rb"\field", rb"\*", rb"\fldinst ", rb"FORMCHECKBOX", rb"\fldrslt", rb"\formfield",
     rb"\fftype1", rb"\ffres1", rb"\trowd", rb"\cellx100", rb"\cell", rb"\row", rb"\par", rb"\pard",
     rb"\intbl", rb"\itap3", rb"\nestcell", rb"\nestrow", rb"\shp", rb"\shptxt", rb"\pict",
     rb"\footnote", rb"\header", rb"\u-10179?", rb"\'ff", rb"\f1", rb"\bin3 ", rb"text", rb"\object",
     rb"\result", rb"\clvmrg", rb"\clmrg", rb"\fonttbl", rb"\colortbl;"]
), max_size=60))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_control_words_in_any_order_are_read(words: list[bytes]) -> None:
    document = reader.read_passages(b"{\\rtf1" + b"".join(words))
    assert isinstance(document, Document)


@pytest.mark.integration
def test_two_readings_that_agree_are_clear(office: None) -> None:
    reading = read(
        form_about(rows("Y.4241", (form_field(1), form_field(25, 1), form_field(0), EMPTY)))
    )
    assert _answers(reading) == [ASSIGNS_NONE, ASSIGNS_NONE, ASSIGNS_ATTACHED, DENIES]


@pytest.mark.integration
def test_two_readings_that_differ_are_for_a_person(
    office: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted = to_docx(form_about(rows("Y.4241", (EMPTY, EMPTY, EMPTY, EMPTY))), Format.RTF)
    monkeypatch.setattr(second_reading, "to_docx", lambda *_: converted)
    reading = read(form_about(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY))))
    assert _answers(reading) == [None, ASSIGNS_NONE, ASSIGNS_ATTACHED, DENIES]
    fewer = read(form(rows("Y.4241", (EMPTY, EMPTY, EMPTY, EMPTY))))
    assert _answers(fewer) == [None]


def _answers(reading: FormReading) -> list[set[str | None] | None]:
    return [said(each) for each in reading.rows]


def test_a_blank_form_is_blank() -> None:
    document = reader.read_passages(form_about(rows("Y.4241", (EMPTY,) * 4)))
    assert said(row_of(assemble(Format.RTF, document))) == BLANK
