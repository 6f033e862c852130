"""The two check boxes that Word itself knows: legacy form fields and content controls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from parsers.mark_characters import box_character, mark_character
from parsers.marks import TextPiece
from parsers.reading import Box, Doubt, Mark, Place
from parsers.word.names import VAL, W, attribute, local, on_off


def legacy_box(data: etree._Element | None, place: Place, doubts: tuple[Doubt, ...] = ()) -> Box:
    """The box of a FORMCHECKBOX field.

    w:checked says the state, present without a value too; where it is missing, w:default does; where
    both are, the box is empty (ECMA-376 Part 1, 17.16.7, 17.16.8, 17.16.12).

    Args:
        data: the field's w:ffData; None where the field has none, and its state cannot be told.
        place: where the field stands.
        doubts: what makes the box doubtful whatever its state (struck, hidden).
    """
    box = data.find(W + "checkBox") if data is not None else None
    if box is None:
        return Box(
            mark=Mark.DOUBTFUL,
            kind="legacy-field",
            how="FORMCHECKBOX without w:ffData",
            place=place,
            doubts=(*doubts, Doubt.FIELD_CONTRADICTS_ITSELF),
        )
    states: set[bool | None] = set()
    how = "neither w:checked nor w:default"
    for name in ("checked", "default"):
        found = box.findall(W + name)
        if found:
            values = [each.get(VAL) for each in found]
            states = {on_off(value) for value in values}
            how = f"w:{name}" + "".join(f" val={v[:20]}" for v in values if v is not None)
            break
    if len(states) > 1 or None in states:
        doubts = (*doubts, Doubt.FIELD_CONTRADICTS_ITSELF)
    mark = Mark.MARKED if True in states else Mark.EMPTY
    return Box(
        mark=Mark.DOUBTFUL if doubts else mark,
        kind="legacy-field",
        how=how,
        place=place,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def with_result(box: Box, result: Sequence[TextPiece | Box]) -> list[TextPiece | Box]:
    """A legacy box and what stands between its field's separator and end.

    Word leaves that empty. A check box character there is the box as another program drew it, and
    must agree; anything else is what somebody typed beside the box.
    """
    rest: list[TextPiece | Box] = []
    for piece in result:
        if isinstance(piece, TextPiece):
            shown = {box_character(char, piece.font) for char in piece.text} - {None}
            if shown - {box.mark}:
                box = _contradicted(box, "another state drawn in the field's result")
            if shown:
                text = "".join(c for c in piece.text if box_character(c, piece.font) is None)
                rest.append(replace(piece, text=text))
                continue
        rest.append(piece)
    return [box, *rest]


def _contradicted(box: Box, how: str) -> Box:
    return replace(
        box,
        mark=Mark.DOUBTFUL,
        how=f"{box.how}; {how}",
        doubts=tuple(dict.fromkeys((*box.doubts, Doubt.FIELD_CONTRADICTS_ITSELF))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBoxControl:
    """A check box content control (MS-DOCX 2.6.1.1, w14:checkbox).

    Attributes:
        checked: its state; None where it says something that is neither.
        glyph_checked: the code of the character that shows the checked state; None if not given.
        glyph_empty: the same for the other state.
    """

    checked: bool | None
    glyph_checked: int | None
    glyph_empty: int | None

    def box(self, content: Sequence[TextPiece | Box], place: Place) -> list[TextPiece | Box]:
        """What the control shows, with one box in the place of its glyph.

        The control's state and its glyph are written separately: where they differ, people see the
        glyph and programs the state, and the box is doubtful.
        """
        rest: list[TextPiece | Box] = []
        shown: Mark | None = None
        doubts: tuple[Doubt, ...] = ()
        drawn = ""
        position = 0
        for piece in content:
            if isinstance(piece, Box):
                rest.append(piece)
                continue
            for index, char in enumerate(piece.text if shown is None else ""):
                shown = self._state_of(char, piece.font)
                if shown is not None:
                    drawn, doubts, place = char, piece.doubts, piece.place
                    position = len(rest) + 1
                    rest.append(replace(piece, text=piece.text[:index]))
                    rest.append(replace(piece, text=piece.text[index + 1 :]))
                    break
            else:
                rest.append(piece)
        state = {True: Mark.MARKED, False: Mark.EMPTY, None: Mark.DOUBTFUL}[self.checked]
        number = {True: "1", False: "0", None: "neither 0 nor 1"}[self.checked]
        how = f"w14:checked={number}, shows {drawn or 'no box'}"
        if state is not shown and not (state is Mark.EMPTY and self._empty_is_blank(content)):
            doubts = (*doubts, Doubt.FIELD_CONTRADICTS_ITSELF)
        box = Box(
            mark=Mark.DOUBTFUL if doubts else state,
            kind="content-control",
            how=how,
            place=place,
            doubts=tuple(dict.fromkeys(doubts)),
        )
        return [*rest[:position], box, *rest[position:]]

    def _state_of(self, char: str, font: str | None) -> Mark | None:
        code = ord(char)
        if self.glyph_checked != self.glyph_empty:
            if _same_code(code, self.glyph_checked):
                return Mark.MARKED
            if _same_code(code, self.glyph_empty) and not char.isspace():
                return Mark.EMPTY
        state = box_character(char, font)
        if state is None and mark_character(char, font):
            return Mark.MARKED
        return state

    def _empty_is_blank(self, content: Sequence[TextPiece | Box]) -> bool:
        """Whether the unchecked state is shown by a space, and a space is what is there."""
        blank = self.glyph_empty is not None and chr(self.glyph_empty).isspace()
        return blank and not any(isinstance(piece, Box) or piece.text.strip() for piece in content)


def _same_code(code: int, wanted: int | None) -> bool:
    """Codes of symbol fonts stand with and without F000 added (17.3.3.30)."""
    return wanted is not None and (code == wanted or {code, wanted} == {code, code ^ 0xF000})


def check_box_control(properties: etree._Element | None) -> CheckBoxControl | None:
    """The check box that a w:sdtPr declares; None for a control of another kind."""
    if properties is None:
        return None
    for child in properties:
        if local(child) == "checkbox":
            parts = {local(part): part for part in child}
            checked = parts.get("checked")
            return CheckBoxControl(
                checked=False if checked is None else on_off(attribute(checked, "val")),
                glyph_checked=_glyph(parts.get("checkedState"), 0x2612),
                glyph_empty=_glyph(parts.get("uncheckedState"), 0x2610),
            )
    return None


def _glyph(state: etree._Element | None, usual: int) -> int | None:
    """The code of a state's glyph; Word's own where the control names none."""
    if state is None:
        return usual
    value = (attribute(state, "val") or "").strip()
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", value):
        return usual
    code = int(value, 16)
    return code if code < 0x110000 else usual
