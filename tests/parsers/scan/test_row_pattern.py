"""Rows told apart by the pattern of their boxes."""

import pytest

from parsers.scan.print_lines import PrintLine
from parsers.scan.row_pattern import groups_by_pattern
from parsers.scan.squares import Square

NAMELESS: list[tuple[PrintLine, str]] = []


def boxes(pattern: str) -> list[Square]:
    """One box 40 pixels under the other: m of the main choices, o of the options."""
    lefts = {"m": 500.0, "o": 540.0}
    return [
        Square(left=lefts[each], top=100.0 + 40 * place, width=25.0, height=25.0)
        for place, each in enumerate(pattern)
    ]


def name_at(top: int, name: str) -> tuple[PrintLine, str]:
    return PrintLine(left=100, top=top, right=300, bottom=top + 24), name


@pytest.mark.parametrize(
    ("pattern", "counts"),
    [
        pytest.param("moommoom", [4, 4], id="two rows"),
        pytest.param("mmoommo", [1, 4, 2], id="rows that the page's ends tear"),
        pytest.param("moommomoom", [4, 6], id="a box not found: no boundary is made up"),
        pytest.param("moommoomoom", [4, 7], id="the last box of a row not found"),
    ],
)
def test_rows_part_where_two_main_choices_follow_one_another(
    pattern: str, counts: list[int]
) -> None:
    groups = groups_by_pattern(boxes(pattern), NAMELESS, leftwards=False)
    assert groups is not None
    assert [len(group.boxes) for group in groups] == counts


@pytest.mark.parametrize("pattern", ["mmmmmmmm", "mmmm", "mommom"])
def test_boxes_that_show_no_rows_are_not_parted(pattern: str) -> None:
    assert groups_by_pattern(boxes(pattern), NAMELESS, leftwards=False) is None


@pytest.mark.parametrize(
    "tops", [(60, 240), (140, 300)], ids=["over the boxes", "beside the second box"]
)
def test_each_row_gets_the_name_that_stands_over_or_beside_it(
    tops: tuple[int, int],
) -> None:
    names = [name_at(top, str(place)) for place, top in enumerate(tops)]
    groups = groups_by_pattern(boxes("moommoom"), names, leftwards=False)
    assert groups is not None
    assert [group.names for group in groups] == [["0"], ["1"]]


def test_a_name_under_the_last_boxes_begins_a_row_of_its_own() -> None:
    groups = groups_by_pattern(
        boxes("moom"), [name_at(60, "a"), name_at(300, "b")], leftwards=False
    )
    assert groups is not None
    assert [(len(group.boxes), group.names) for group in groups] == [(4, ["a"]), (0, ["b"])]


def test_a_script_from_right_to_left_indents_the_other_way() -> None:
    mirrored = [
        Square(left=1000 - each.right, top=each.top, width=each.width, height=each.height)
        for each in boxes("moommoom")
    ]
    groups = groups_by_pattern(mirrored, NAMELESS, leftwards=True)
    assert groups is not None
    assert [len(group.boxes) for group in groups] == [4, 4]
