"""Plain text in lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.wrapping import aligned, joined, padded, tidy, width, wrapped


def test_a_chinese_character_takes_two_columns_and_an_isolate_none() -> None:
    assert width("中文a\u2066\u2069") == 5
    assert padded("中", 4) == "中  "


def test_a_paragraph_is_filled_to_76_columns() -> None:
    lines = wrapped("word " * 60).splitlines()
    assert max(map(width, lines)) <= 76
    assert " ".join(lines).split() == ["word"] * 60


def test_an_item_hangs_under_its_first_word() -> None:
    assert wrapped("one two three", columns=9, first="- ", rest="  ") == "- one two\n  three"


def test_a_long_word_is_kept_whole() -> None:
    link = "https://review.example/" + "x" * 80
    assert link in wrapped(f"Review it at {link} today").splitlines()


def test_what_is_isolated_stays_on_one_line() -> None:
    isolated = "\u2066X.1060 Amd.1\u2069"
    for columns in range(5, 30):
        assert isolated in wrapped(f"كلمة كلمة {isolated}، كلمة", columns=columns)


def test_no_chinese_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "谨此确认，已收到（贵主管部门）对第106号通函的回复；并致谢意。" * 4
    for columns in range(10, 40):
        for line in wrapped(text, columns=columns).splitlines():
            assert line[0] not in "，；。）"
            assert line[-1] != "（"


def test_lines_of_a_chinese_template_join_without_a_space() -> None:
    assert joined("已收到\n  回复。\n谢谢 ITU-T\nand more") == "已收到回复。谢谢 ITU-T and more"


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(min_value=4, max_value=80))
def test_nothing_is_lost_when_lines_are_filled(text: str, columns: int) -> None:
    # Where Chinese stands at the end of a line no space is kept, so spaces are not compared.
    assert "".join(wrapped(text, columns=columns).split()) == "".join(text.split())


def test_a_table_is_aligned_and_its_numbers_are_set_to_the_right() -> None:
    table = aligned([["Text", "No"], ["Y.4241", "7"], ["Y.1", "12"]], numbers=[1])
    assert table.splitlines() == ["Text    No", "------  --", "Y.4241   7", "Y.1     12"]


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        pytest.param("a  \n\n\n\nb\n\n", "a\n\nb\n", id="spaces and empty lines"),
        pytest.param("\n\na", "a\n", id="none before the first line"),
        pytest.param("a\n--\nb", "a\n-- \nb\n", id="the line over a signature keeps its space"),
    ],
)
def test_a_text_is_tidied(text: str, tidied: str) -> None:
    assert tidy(text) == tidied
