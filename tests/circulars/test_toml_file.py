"""A circular's data is written for people and read with care."""

import contextlib
import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.circulars.shipped import FOLDER, shipped_circulars
from bot.circulars.toml_file import dump_circular, load_circular, parse_circular, quoted
from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.errors import CircularError
from tests.circulars.sample_circulars import CIRCULARS, expected

_LINES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\x7f"]),
    max_size=40,
)
_FILLED = _LINES.filter(lambda text: text.strip() != "")
_NAMES = st.from_regex(r"[A-Za-z0-9.+-]{1,12}@[a-z0-9-]{1,12}\.example", fullmatch=True)
_TEXTS = st.builds(
    DraftText,
    designation=_FILLED,
    former_name=st.none() | _FILLED,
    revision=st.sampled_from(Revision),
    title=_LINES,
    document=st.none() | _FILLED,
    ipr_note=st.none() | _FILLED,
)


@st.composite
def circulars(draw: st.DrawFn) -> Circular:
    """Any circular that can be."""
    days = sorted([draw(st.dates()), draw(st.dates())])
    minute = draw(st.datetimes(timezones=st.just(dt.UTC))).replace(second=0, microsecond=0)
    return Circular(
        number=draw(st.integers(1, 9999)),
        study_group=draw(st.integers(1, 99)),
        study_group_title=draw(_LINES),
        date=draw(st.dates()),
        deadline=minute,
        meeting=Meeting(place=draw(_FILLED), first_day=days[0], last_day=days[1]),
        reply_address=draw(_NAMES),
        contact_address=draw(st.none() | _NAMES),
        texts=tuple(
            draw(st.lists(_TEXTS, min_size=1, max_size=4, unique_by=lambda text: text.designation))
        ),
    )


@settings(deadline=None, max_examples=60)
@given(circulars())
def test_what_is_written_reads_back_as_itself(circular: Circular) -> None:
    written = dump_circular(circular)

    assert parse_circular(written, "a.toml") == circular
    assert dump_circular(parse_circular(written, "a.toml")) == written


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_can_be_quoted(text: str) -> None:
    assert tomllib.loads(f"key = {quoted(text)}") == {"key": text}


@pytest.mark.parametrize("language", CIRCULARS)
def test_each_language_is_written_as_itself_and_not_escaped(language: str) -> None:
    written = dump_circular(expected(language))

    assert expected(language).texts[0].title in written
    assert parse_circular(written, "a.toml") == expected(language)


def test_marks_that_nobody_can_see_are_escaped() -> None:
    assert quoted("a\u202eb") == '"a\\u202Eb"'


def test_the_deadline_may_be_given_in_another_offset() -> None:
    text = dump_circular(expected("en")).replace("23:59:00Z", "01:59:00+02:00")
    assert parse_circular(text, "a.toml").deadline == dt.datetime(
        2027, 10, 14, 23, 59, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("instead_of", "stands", "message"),
    [
        pytest.param(
            "number = 233", "", "a.toml: number: it is missing; write number =", id="missing"
        ),
        pytest.param(
            "number = 233",
            "nummber = 233",
            "number: it is missing; nummber is not known; write",
            id="mistyped",
        ),
        pytest.param(
            "study_group_title",
            "study_group_titel",
            "study_group_titel: there is no such key; did you mean study_group_title?",
            id="an optional one mistyped",
        ),
        pytest.param(
            "number = 233", 'number = "233"', "'233' is no whole number", id="quoted number"
        ),
        pytest.param("number = 233", "number = true", "True is no whole number", id="boolean"),
        pytest.param("number = 233", "number = 0", "0 is out of range; it goes from 1", id="zero"),
        pytest.param(
            "date = 2027-08-02",
            'date = "2 August"',
            "date: '2 August' is no date; write",
            id="date",
        ),
        pytest.param(
            "23:59:00Z",
            "23:59:00",
            "2027-10-15T23:59:00 does not say that it is UTC",
            id="no offset",
        ),
        pytest.param("23:59:00Z", "23:59:30Z", "is not a whole minute", id="seconds"),
        pytest.param(
            "2027-10-15T23:59:00Z", "0001-01-01T00:00:00+01:00", "is out of range", id="year 0"
        ),
        pytest.param(
            "last_day = 2027-11-06",
            "last_day = 2027-10-06",
            "meeting.last_day: 2027-10-06 is before the first day 2027-10-28",
            id="days reversed",
        ),
        pytest.param("[meeting]", "[metting]", "meeting: it is missing; metting", id="no table"),
        pytest.param(
            "[[texts]]", "[[text]]", "text: there is no such key; did you mean texts?", id="texts"
        ),
        pytest.param(
            '"tsbdir@itu.int"',
            '"tsbdir"',
            "reply_address: 'tsbdir' is no mail address",
            id="address",
        ),
        pytest.param(
            '"tsbdir@itu.int"',
            '"a@itu.int\\r\\nBcc: b@itu.int"',
            "reply_address: it holds a line break",
            id="header in an address",
        ),
        pytest.param(
            '"revised"',
            '"old"',
            "texts[2].revision: 'old' is not known; write \"new\" or",
            id="word",
        ),
        pytest.param(
            '"Y.3901"', '"X.1771"', "texts[3].designation: X.1771 stands there twice", id="2"
        ),
        pytest.param('"Geneva"', '" "', "meeting.place: it is empty", id="empty"),
        pytest.param("[meeting]", "[meeting", "a.toml is no TOML: ", id="no TOML"),
        pytest.param(
            "number = 233", "number = " + "9" * 5000, "a.toml is no TOML: ", id="long number"
        ),
        pytest.param(
            "number = 233", "number = " + "[" * 5000, "a.toml is nested too deeply", id="deep"
        ),
        pytest.param(
            "date = 2027-08-02", "date = 2027-02-30", "a.toml is no TOML: ", id="30 February"
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_key(instead_of: str, stands: str, message: str) -> None:
    text = dump_circular(expected("en"))
    assert instead_of in text

    with pytest.raises(CircularError) as error:
        parse_circular(text.replace(instead_of, stands, 1), "a.toml")

    assert message in str(error.value)
    assert "\n" not in str(error.value)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=100), st.integers(0, 1500), st.integers(0, 30))
def test_no_damage_gives_another_error(put_in: str, at: int, cut: int) -> None:
    text = dump_circular(expected("en"))
    with contextlib.suppress(CircularError):
        parse_circular(text[:at] + put_in + text[at + cut :], "a.toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CircularError, match=r"none\.toml cannot be read: No such file"):
        load_circular(tmp_path / "none.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CircularError, match="cannot be read: Is a directory"):
        load_circular(tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(dump_circular(expected("fr")).encode("latin-1", "replace"))

    with pytest.raises(CircularError, match="is not UTF-8; save it as UTF-8"):
        load_circular(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(dump_circular(expected("zh")), encoding="utf-8-sig")
    assert load_circular(path) == expected("zh")


def test_a_file_of_any_size_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * 3_000_000)

    with pytest.raises(CircularError, match="more than 2 MB"):
        load_circular(path)


def test_circulars_of_a_folder_come_by_number(tmp_path: Path) -> None:
    written = dump_circular(expected("en"))
    (tmp_path / "a.toml").write_text(written)
    (tmp_path / "b.toml").write_text(written.replace("number = 233", "number = 98"))
    (tmp_path / "notes.txt").write_text("no circular")

    assert [circular.number for circular in shipped_circulars(tmp_path)] == [98, 233]
    assert shipped_circulars(tmp_path / "none") == ()


def test_what_ships_is_written_as_the_import_writes_it() -> None:
    for circular in shipped_circulars():
        path = FOLDER / f"{circular.number}.toml"
        assert path.read_text(encoding="utf-8") == dump_circular(circular)
