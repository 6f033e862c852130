"""Forms in a message's own text: pasted from Word, typed, quoted, and what is none."""

import textwrap
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.body.hint import may_be_form
from parsers.body.reader import decoded, read_page, read_text
from parsers.reading import Doubt, Format, FormReading
from parsers.registry import assemble, read
from tests.support.word import (
    ASSIGNS_ATTACHED,
    ASSIGNS_NONE,
    BLANK,
    DENIES,
    LABELS,
    row_of,
    said,
)

T, E = "☒", "☐"


def rows(name: str, boxes: Sequence[str], labels: Sequence[str] = LABELS) -> str:
    """A text's two table rows as Word's own HTML has them."""
    lines = [
        f"<p class=MsoNormal>{box}&nbsp;{label}</p>"
        for box, label in zip(boxes, labels, strict=True)
    ]
    return (
        f"<tr><td rowspan=2><p class=MsoNormal>Draft new Recommendation ITU-T {name}</p></td>"
        f"<td>{''.join(lines[:3])}</td></tr><tr><td>{lines[3]}</td></tr>"
    )


OTHERS = rows("Y.4242", (T, T, E, E)) + rows("Y.4243", (T, E, T, E))


def page(body: str, head: str = "") -> bytes:
    return (
        f"<html><head>{head}</head><body><p>Dear Sir, in reply to TSB Circular 106:</p>{body}"
        "<p>Yours faithfully</p></body></html>"
    ).encode()


def table(first: str) -> str:
    return f"<table border=1>{first}{OTHERS}</table>"


def text(*answers: tuple[str, Sequence[str]], labels: Sequence[str] = LABELS) -> str:
    made = ["Dear Sir, in reply to TSB Circular 106:", ""]
    for name, boxes in answers:
        made.append(f"Draft new Recommendation ITU-T {name}")
        for box, label in zip(boxes, labels, strict=True):
            made.extend(textwrap.wrap(f"{box} {label}", 60, subsequent_indent="    "))
        made.append("")
    return "\n".join([*made, "Yours faithfully"])


def _of_page(data: bytes) -> FormReading:
    return assemble(Format.HTML, read_page(data))


def _of_text(words: str) -> FormReading:
    return assemble(Format.TEXT, read_text(words.encode()))


def _answers(reading: FormReading) -> list[set[str | None] | None]:
    return [said(each) for each in reading.rows]


@pytest.mark.parametrize(
    ("ticked", "empty"),
    [
        pytest.param("☒", "☐", id="ballot boxes"),
        pytest.param("&#9746;", "&#9744;", id="ballot boxes by number"),
        pytest.param('<span style="font-family:Wingdings">&thorn;</span>',
                     '<span style="font-family:Wingdings">&uml;</span>', id="Wingdings"),
        pytest.param('<font face="Wingdings 2">R</font>', '<font face="Wingdings 2">\u00a3</font>',
                     id="font element"),
        pytest.param("[X]", "[ ]", id="brackets"),
        pytest.param("( x )", "( &nbsp; )", id="round brackets"),
        pytest.param("☐ <b>X</b>", "☐", id="X beside"),
        pytest.param("<input type=checkbox checked>", "<input type='checkbox'>", id="inputs"),
    ],
)  # fmt: skip
def test_a_table_in_a_page_is_a_form(ticked: str, empty: str) -> None:
    reading = _of_page(page(table(rows("Y.4241", (empty, empty, empty, ticked)))))
    assert (reading.circular_number, reading.language) == (106, "en")
    assert _answers(reading) == [DENIES, ASSIGNS_NONE, ASSIGNS_ATTACHED]


def test_a_file_that_is_a_page_or_a_text_is_read_as_one() -> None:
    assert _answers(read(page(table(rows("Y.4241", (T, E, T, E))))))[0] == ASSIGNS_ATTACHED
    assert _answers(read(text(("Y.4241", ("[X]", "[X]", "[ ]", "[ ]"))).encode())) == [ASSIGNS_NONE]


@pytest.mark.parametrize(
    ("boxes", "doubt"),
    [
        pytest.param((f"<s>{T}</s>", T, E, E), Doubt.STRUCK_TEXT, id="struck"),
        pytest.param(
            (f'<span style="text-decoration: line-through">{T}</span>', T, E, E),
            Doubt.STRUCK_TEXT,
            id="struck by its style",
        ),
        pytest.param((E, E, E, E + "<mark>here</mark>"), Doubt.HIGHLIGHTED_TEXT, id="highlighted"),
        pytest.param(
            (f'<span style="display:none">{T}</span>', T, E, E), Doubt.AMBIGUOUS_MARK, id="hidden"
        ),
        pytest.param((T, T, E, "<img src='cid:1'>" + E), Doubt.DRAWING_OVER_FORM, id="picture"),
        pytest.param((T, T, E, "<input type=radio>"), Doubt.DRAWING_OVER_FORM, id="radio button"),
        pytest.param((T, T, E, ""), Doubt.BOX_COUNT, id="three boxes"),
    ],
)
def test_what_is_not_certain_is_for_a_person(boxes: Sequence[str], doubt: Doubt) -> None:
    assert doubt in row_of(_of_page(page(table(rows("Y.4241", boxes))))).doubts


def test_a_style_sheet_that_may_strike_or_hide_makes_all_doubtful() -> None:
    data = page(
        table(rows("Y.4241", (T, T, E, E))), "<style>.x {text-decoration:line-through}</style>"
    )
    assert _answers(_of_page(data)) == [None, None, None]


@pytest.mark.parametrize(
    "quotation",
    [
        pytest.param("<blockquote type=cite>{}</blockquote>", id="blockquote"),
        pytest.param('<div class="gmail_quote">{}</div>', id="Gmail"),
        pytest.param('<div id="divRplyFwdMsg">From: us</div>{}', id="Outlook on the web"),
        pytest.param(
            "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>From: us</p></div>{}",
            id="Outlook",
        ),
        pytest.param("<p>-----Original Message-----</p>{}", id="a line"),
        pytest.param("<p><b>От:</b> бюро<br><b>Отправлено:</b> вчера</p>{}", id="a head"),
        pytest.param("<p>On Monday the Director wrote:</p>{}", id="wrote"),
    ],
)
def test_a_quoted_form_is_nobodys_answer(quotation: str) -> None:
    blank = table(rows("Y.4241", (E, E, E, E))).replace(T, E)
    reading = _of_page(page(quotation.format(blank)))
    assert reading.rows == ()
    # Somebody filled it in where it was quoted: that is for a person.
    filled = _of_page(page(quotation.format(table(rows("Y.4241", (T, T, E, E))))))
    assert _answers(filled) == [None, None, None]
    # His own stands above it.
    own = table(rows("Y.4241", (T, T, E, E)))
    both = _of_page(page(own + quotation.format(blank)))
    assert _answers(both) == [ASSIGNS_NONE, ASSIGNS_NONE, ASSIGNS_ATTACHED]


def test_a_typed_form_is_read_where_all_of_its_labels_are_known() -> None:
    words = text(("Y.4241", ("[X]", "[X]", "[ ]", "[ ]")), ("Y.4242", ("[ ]", "[ ]", "[ ]", "[x]")))
    assert _answers(_of_text(words)) == [ASSIGNS_NONE, DENIES]
    assert _answers(_of_text(text(("Y.4241", ("[ ]",) * 4)))) == [BLANK]
    strange = ("First:", "Second thing", "Third thing", "Fourth thing")
    loose = text(("Y.4241", ("[X]", "[X]", "[ ]", "[ ]")), labels=strange)
    assert _answers(_of_text(loose)) == [None]


def test_a_quoted_text_is_nobodys_answer() -> None:
    blank = text(("Y.4241", ("[ ]",) * 4))
    quoted = "We agree.\n\n" + "\n".join(f"> {line}" for line in blank.split("\n"))
    assert _of_text(quoted).rows == ()
    assert _answers(_of_text(quoted.replace("[ ]", "[X]", 1))) == [None]
    below = "We agree.\n\nFrom: Director\nSent: Monday\n\n" + blank
    assert _of_text(below).rows == ()


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        pytest.param("☒ Y.4241 assigns", True, id="a box"),
        pytest.param("<input type=checkbox> Y.4241", True, id="an input"),
        pytest.param("Y.dt-Sc: [x]", True, id="a working name"),
        pytest.param("Y.4241: X assigns authority, X no comments", True, id="words of a form"),
        pytest.param("We support Y.4241.", False, id="a sentence"),
        pytest.param("☒ lunch ☐ dinner", False, id="another form"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_few_texts_are_worth_reading_as_a_form(words: str, worth: bool) -> None:
    assert may_be_form(words, ("Y.dt-Sc",)) is worth


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Ж".encode(), id="UTF-8"),
        pytest.param("Ж".encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xef\xbb\xbf" + "Ж".encode(), id="marked"),
        pytest.param(b"<meta charset=windows-1251>\xc6", id="declared"),
    ],
)
def test_characters_are_as_they_were_meant(data: bytes) -> None:
    assert decoded(data).endswith("Ж")


@given(st.lists(st.sampled_from([
    "<table>", "</table>", "<tr>", "<td rowspan=9 colspan=99>", "<p>", "</div>", "<br>", "Y.4241", "☒",
    "<blockquote>", "<input type=checkbox checked>", "<s>", "[X]", "<!--", "-->", "&#x110000;", "<img>",
    "\x00", "<style>", "<b", "'", "\ud800", "From: a Date: b",
]), max_size=60))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_page_is_read(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    read_page(data)
    read_text(data)


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<b>", "<blockquote>", "[ ] ", "☐", "> ", "<", "Y.4241 ☒<br>"]
)
def test_no_page_takes_long(piece: str) -> None:
    data = (piece * 10_000).encode()
    for kind in (b"<html>", b"\xef\xbb\xbf."):
        reading = read(kind + data)
        assert all(row.doubts for row in reading.rows)
