"""Where a form's rows and boxes stand: every layout gives the same rows."""

import pytest

from parsers.reading import Doubt
from parsers.registry import read
from tests.support.word import (
    ASSIGNS_NONE,
    DENIES,
    DOWN,
    EMPTY,
    LABELS,
    ON,
    OTHERS,
    TICKED,
    cell,
    form,
    form_about,
    heading,
    line_break,
    options,
    p,
    row_of,
    rows,
    said,
    symbol,
    t,
    table,
    tr,
    wrapped,
)

YES = (TICKED, TICKED, EMPTY, EMPTY)
NO = (EMPTY, EMPTY, EMPTY, TICKED)
NAMES = {"Y.4241": YES, "Y.4242": YES, "Y.4420": NO}
HEAD = cell(p(t(heading("Y.4241"))), look=DOWN)


def text_box(*content: str) -> str:
    """A text box as Word writes it: once for itself, once more for older readers."""
    inner = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return p(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic>"
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def four_rows(*lines: str, head: str = HEAD) -> str:
    """A table row for each box, the heading merged downwards beside them."""
    return "".join(
        tr(head if number == 0 else cell(look=ON), line) for number, line in enumerate(lines)
    )


def boxes_in_their_own_column() -> str:
    return four_rows(
        *(cell(p(box)) + cell(p(t(label))) for box, label in zip(YES, LABELS, strict=True))
    )


def labels_in_a_column_before_the_boxes() -> str:
    return four_rows(
        *(cell(p(t(label))) + cell(p(box)) for box, label in zip(YES, LABELS, strict=True))
    )


def refusal_first() -> str:
    labels = (LABELS[3], *LABELS[:3])
    return four_rows(
        *(
            cell(p(box, t(label)))
            for box, label in zip((EMPTY, TICKED, TICKED, EMPTY), labels, strict=True)
        )
    )


ROWS = [
    pytest.param(rows("Y.4241", YES), id="as issued"),
    pytest.param(
        tr(cell(p(t(heading("Y.4241")))), cell(*options(YES)[:3]))
        + tr(cell(), cell(options(YES)[3])),
        id="not merged downwards",
    ),
    pytest.param(
        tr(cell(*options(YES)[:3]), cell(p(t(heading("Y.4241"))), look=DOWN))
        + tr(cell(options(YES)[3]), cell(look=ON)),
        id="columns the other way round",
    ),
    pytest.param(
        tr(cell(p(t("1."))), HEAD, cell(*options(YES)[:3]))
        + tr(cell(), cell(look=ON), cell(options(YES)[3])),
        id="an added column of numbers",
    ),
    pytest.param(tr(cell(p(t(heading("Y.4241"))), *options(YES))), id="a single column"),
    pytest.param(boxes_in_their_own_column(), id="boxes in a column of their own"),
    pytest.param(labels_in_a_column_before_the_boxes(), id="labels in a column before the boxes"),
    pytest.param(
        tr(
            cell(p(t(heading("Y.4241")))),
            cell(*(p(t(f"{label} "), box) for box, label in zip(YES, LABELS, strict=True))),
        ),
        id="labels before their boxes in a line",
    ),
    pytest.param(
        tr(
            cell(p(t(heading("Y.4241")))),
            cell(
                p(
                    *(
                        piece
                        for box, label in zip(YES, LABELS, strict=True)
                        for piece in (box, t(f" {label}"), line_break())
                    )
                )
            ),
        ),
        id="four lines of one paragraph",
    ),
    pytest.param(
        tr(
            cell(p(t(heading("Y.4241")))),
            cell(p(*(f"{box}{t(f' {label} ')}" for box, label in zip(YES, LABELS, strict=True)))),
        ),
        id="all in one line",
    ),
    pytest.param(wrapped(rows("Y.4241", YES)), id="rows in a content control"),
    pytest.param(f"<w:customXml>{rows('Y.4241', YES)}</w:customXml>", id="rows in custom XML"),
    pytest.param(
        tr(cell(p(t(heading("Y.4241")))), wrapped(cell(*options(YES)))), id="a cell in a control"
    ),
    pytest.param(
        tr(cell(p(t(heading("Y.4241")))), cell(wrapped("".join(options(YES))))),
        id="paragraphs in a control",
    ),
    pytest.param(
        tr(cell(p(t(heading("Y.4241")))), cell(table(tr(cell(*options(YES)))), p())),
        id="boxes in a nested table",
    ),
    pytest.param(
        tr(
            cell(p(t(heading("Y.4241")))),
            cell(
                table(
                    *(
                        tr(cell(p(box)), cell(p(t(label))))
                        for box, label in zip(YES, LABELS, strict=True)
                    )
                ),
                p(),
            ),
        ),
        id="boxes and labels in the cells of a nested table",
    ),
    pytest.param(refusal_first(), id="another order of the boxes, known by their labels"),
    pytest.param(
        tr(cell(p(t("Draft ITU-T Y."), t("42"), t("41 (ex Y.dt-Com)"))), cell(*options(YES))),
        id="designation in several runs",
    ),
    pytest.param(rows("Ｙ．４２４１", YES), id="full-width designation"),
    pytest.param(rows("Y.٤٢٤١", YES), id="Arabic digits"),
    pytest.param(rows("У.4241", YES), id="Cyrillic letter"),
    pytest.param(
        tr(cell(p(t("新建议书ITU-T Y.4241草案"))), cell(*options(YES))),
        id="designation amid Chinese",
    ),
    pytest.param(
        tr(HEAD, cell(*options(YES)[:3]), look='<w:ins w:id="9"/>')
        + tr(cell(look=ON), cell(options(YES)[3]), look='<w:ins w:id="9"/>'),
        id="rows inserted with tracking",
    ),
]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_read_wherever_its_parts_stand(row: str) -> None:
    reading = read(form_about(row))
    assert said(row_of(reading)) == ASSIGNS_NONE
    assert [each.designation for each in reading.rows] == ["Y.4241", "Y.4242", "Y.4243", "Y.4420"]
    assert said(row_of(reading, "Y.4420")) == DENIES
    assert reading.doubts == ()


def _tables() -> str:
    return "".join(rows(name, boxes) for name, boxes in NAMES.items())


FORMS = [
    pytest.param(form(table(_tables())), id="a table"),
    pytest.param(form(table(_tables(), look="<w:bidiVisual/>")), id="a table from right to left"),
    pytest.param(form(table(tr(cell(table(_tables()), p())))), id="a table in a cell"),
    pytest.param(form(text_box(table(_tables()), p())), id="a table in a text box"),
    pytest.param(form(wrapped(table(_tables()))), id="a table in a content control"),
    pytest.param(
        form(
            table(
                *(
                    rows(name, [f"{t(f'{n}) ')}{box}" for n, box in enumerate(boxes, start=1)])
                    for name, boxes in NAMES.items()
                )
            )
        ),
        id="numbered boxes",
    ),
    pytest.param(
        form(*(table(rows(name, boxes)) for name, boxes in NAMES.items())),
        id="a table for each text",
    ),
    pytest.param(
        form(
            *(
                p(t(heading(name))) + table(tr(cell(*options(boxes))))
                for name, boxes in NAMES.items()
            )
        ),
        id="the text's name over its table",
    ),
    pytest.param(
        form(*(p(t(heading(name))) + "".join(options(boxes)) for name, boxes in NAMES.items())),
        id="no table",
    ),
    pytest.param(
        form(
            table(
                "".join(
                    tr(
                        cell(p(t(heading(name))), p(t(f"Title of the {word} text of them"))),
                        cell(*options(boxes)),
                    )
                    for word, (name, boxes) in zip(
                        ("first", "next", "last"), NAMES.items(), strict=True
                    )
                )
            )
        ),
        id="each text with its title",
    ),
    pytest.param(
        form(
            table(
                tr(*(cell(p(t(label))) for label in ("Text", *LABELS))),
                *(
                    tr(cell(p(t(name))), *(cell(p(box)) for box in boxes))
                    for name, boxes in NAMES.items()
                ),
            )
        ),
        id="a column for each box",
    ),
    pytest.param(
        form(
            table(
                tr(*(cell(p(t(label))) for label in ("Text", LABELS[3], *LABELS[:3]))),
                *(
                    tr(cell(p(t(name))), *(cell(p(box)) for box in (boxes[3], *boxes[:3])))
                    for name, boxes in NAMES.items()
                ),
            )
        ),
        id="a column for each box, the refusal first",
    ),
]


@pytest.mark.parametrize("data", FORMS)
def test_a_form_is_read_whatever_holds_its_rows(data: bytes) -> None:
    reading = read(data)
    assert {row.designation: said(row) for row in reading.rows} == {
        "Y.4241": ASSIGNS_NONE,
        "Y.4242": ASSIGNS_NONE,
        "Y.4420": DENIES,
    }
    assert reading.doubts == ()


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Y.4420"], id="one row"),
        pytest.param(["Y.4420", "Y.4241"], id="two rows, another order"),
        pytest.param(["Y.4242", "Y.4420", "Y.4241"], id="three rows, another order"),
    ],
)
def test_only_some_rows_in_any_order(names: list[str]) -> None:
    reading = read(form(table(*(rows(name, NAMES[name]) for name in names))))
    assert [row.designation for row in reading.rows] == names
    assert all(said(row) is not None for row in reading.rows)


def test_a_box_of_another_table_is_seen_but_is_no_row() -> None:
    other = table(tr(cell(p(TICKED, t("Please send a paper copy")))))
    reading = read(form(other, table(rows("Y.4241", YES) + OTHERS)))
    assert len(reading.rows) == 4
    assert len(reading.boxes) == 17
    assert reading.boxes[0].label == "Please send a paper copy"
    assert reading.doubts == ()


def test_boxes_of_the_form_under_no_text_are_noted() -> None:
    reading = read(form(table(tr(cell(p(t("first text"))), cell(*options(YES))) + OTHERS)))
    assert Doubt.BOXES_WITHOUT_TEXT in reading.doubts


def test_a_text_box_over_the_table_counts_once() -> None:
    reading = read(form(text_box(p(TICKED, t("urgent"))), table(_tables())))
    assert len(reading.boxes) == 13


def test_a_working_name_finds_its_row_where_the_number_is_missing() -> None:
    row = tr(cell(p(t("Draft new Recommendation Y.dt-SComCam"))), cell(*options(YES)))
    data = form_about(row)
    assert "Y.4241" not in {each.designation for each in read(data).rows}
    assert said(row_of(read(data, {"Y.dt-SComCam": "Y.4241"}))) == ASSIGNS_NONE


def test_the_letter_and_the_remarks_are_told_from_the_form() -> None:
    data = form(
        table(_tables()), p(t("Y.4420: the scope is not clear.")), p(symbol("Symbol", "F0B7"))
    )
    reading = read(data)
    assert reading.remarks.startswith("Y.4420: the scope is not clear.")
    assert reading.letter.startswith("Subject: Member State response")
    assert "assigns authority" not in reading.letter
