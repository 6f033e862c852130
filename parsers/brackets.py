"""Boxes that are typed: [ ], [X], ( x ), {x}, |_|, and a mark on a rule, _X_."""

import re
from dataclasses import dataclass

from parsers.line_text import BOX, INVISIBLE, LINE_START, SPACE, filled
from parsers.mark_characters import LETTER_MARKS, SYMBOL_MARKS, UNSURE_MARKS, mark_character
from parsers.reading import Mark

_BRACKETS = re.compile(
    r"(?<!\w)(?P<open>[\[［【〔(（{｛])(?P<inner>[^\[\]［］【】〔〕(){}（）｛｝]{0,14})(?P<close>[\]］】〕)）}｝])"
)
_ROUND = "(（"
_PAIRS = {"[": "]", "［": "］", "【": "】", "〔": "〕", "(": ")", "（": "）", "{": "}", "｛": "｝"}
_ANY_MARK = f"[{SYMBOL_MARKS}{LETTER_MARKS}{UNSURE_MARKS}]"
_RULED = re.compile(
    rf"(?<![\w|])\|(?P<piped>[ \xa0_\x00]{{0,9}}{_ANY_MARK}{{0,2}}[ \xa0_\x00]{{0,9}})\|(?!\|)"
    rf"|(?<!\w)_{{1,20}}{SPACE}?(?P<underlined>{_ANY_MARK}{{1,2}}){SPACE}?_{{1,20}}(?!\w)"
    rf"|^{SPACE}*(?P<rule>_{{2,8}})(?={SPACE}+[^\W_])"
)
#: Put between brackets by some for "yes" or "no"; neither is read without a person.
_ANSWERS: frozenset[str] = frozenset().union(
    ("+", "*", "-", "–", ".", "o", "0", "1", "y", "n"),
    ("yes", "no", "oui", "non", "si", "sí", "да", "нет", "是", "否", "نعم", "لا"),
)


@dataclass(frozen=True, slots=True)
class BracketBox:
    """A typed box.

    Attributes:
        start, end: its stretch of the text.
        mark: what stands in it; None for brackets round another box, which are nothing themselves.
        how: the evidence in words.
    """

    start: int
    end: int
    mark: Mark | None
    how: str = ""


def bracket_boxes(text: str) -> list[BracketBox]:
    """The typed boxes of a line.

    Args:
        text: of the line, with `BOX` for those boxes that are known already.
    """
    found: list[BracketBox] = []
    alike = [match for match in _BRACKETS.finditer(text) if _is_pair(match)]
    empty = [not _bare(match.group("inner")) for match in alike]
    empties = sum(empty)
    for match, is_empty in zip(alike, empty, strict=True):
        box = _bracketed(match, text, beside_empty=empties > is_empty)
        if box is None:
            continue
        found.append(box)
        if box.mark is None:
            text = filled(text, box.start, box.start + 1)
            text = filled(text, box.end - 1, box.end)
        else:
            text = filled(text, box.start, box.end, BOX)
    found.extend(box for match in _RULED.finditer(text) if (box := _ruled(match, text)))
    return found


def _is_pair(match: re.Match[str]) -> bool:
    return _PAIRS[match.group("open")] == match.group("close")


def _bare(inner: str) -> str:
    return re.sub(r"[\s\x00_]", "", inner)


def _bracketed(match: re.Match[str], text: str, *, beside_empty: bool) -> BracketBox | None:
    start, end = match.span()
    bare = _bare(match.group("inner"))
    round_ = match.group("open") in _ROUND
    if bare == BOX:
        return BracketBox(start, end, None)
    if round_ and not _could_be_box(match, text, beside_empty=beside_empty):
        return None
    shown = " ".join(INVISIBLE.sub("", match.group()).split())
    if not bare:
        return (
            BracketBox(start, end, Mark.EMPTY, f"{shown} is empty")
            if match.group("inner")
            else None
        )
    if len(bare) <= 2 and all(mark_character(char) for char in bare):
        unsure = "✠" in bare or (bare in "vV" and round_)
        mark = Mark.DOUBTFUL if unsure else Mark.MARKED
        return BracketBox(start, end, mark, f"{shown} is marked")
    if bare.casefold() in _ANSWERS and not round_:
        return BracketBox(start, end, Mark.DOUBTFUL, f"{shown} in brackets")
    return None


def _could_be_box(match: re.Match[str], text: str, *, beside_empty: bool) -> bool:
    """Whether round brackets stand where a box could, and not in the middle of a sentence."""
    before, after = text[: match.start()], text[match.end() :]
    return (
        LINE_START.fullmatch(before) is not None
        or re.search(rf"(?:\t|{SPACE}{{2}}|{BOX}{SPACE}*)$", before[-200:]) is not None
        or not after.strip(" \t\n\x00\xa0.:;")
        or beside_empty
    )


def _ruled(match: re.Match[str], text: str) -> BracketBox | None:
    rule = match.group("rule")
    start = match.start("rule") if rule else match.start()
    inner = match.group("piped") or match.group("underlined") or ""
    bare = _bare(inner)
    shown = match.group().strip(" \t\x00\xa0")
    if bare:
        mark = Mark.DOUBTFUL if "✠" in bare else Mark.MARKED
        return BracketBox(start, match.end(), mark, f"{shown} is marked")
    if rule or "_" in inner or (inner and not text[:start].strip(" \t\x00\xa0")):
        return BracketBox(start, match.end(), Mark.EMPTY, f"{shown} is empty")
    return None
