"""Complex fields (ECMA-376 Part 1, 17.16): what of an instruction and its result people see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from parsers.mark_characters import box_character
from parsers.marks import TextPiece, find_boxes
from parsers.reading import Box, Doubt, Mark, Place
from parsers.word.check_boxes import legacy_box, with_result
from parsers.word.names import VAL, W

_SYMBOL = re.compile(
    r'SYMBOL\s+"?(0x[0-9a-f]+|\d+|\S)"?(?:.*?\\f\s*"?([^"\\]+?)"?\s*(?:\\|$))?', re.IGNORECASE
)
#: Fields whose result is not what this room shows of them.
_OWN_RESULT = frozenset(("FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL", "MACROBUTTON"))


@dataclass(slots=True, kw_only=True)
class Field:
    """A field while its parts are being gathered.

    Attributes:
        data: its w:ffData; None where it has none.
        doubts: those of the run where it begins (struck).
        instruction: its code, from all of its w:instrText.
        in_result: whether its separator has been passed.
        code: what stands in its code beside instructions (w:sym, results of inner fields).
        result: what stands in its result, for fields that show something else.
    """

    data: etree._Element | None = None
    doubts: tuple[Doubt, ...] = ()
    instruction: str = ""
    in_result: bool = False
    code: list[TextPiece | Box] = field(default_factory=list)
    result: list[TextPiece | Box] = field(default_factory=list)

    @property
    def keyword(self) -> str:
        """The field's kind, as "FORMCHECKBOX"; empty where it has no instruction."""
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""

    @property
    def has_check_box(self) -> bool:
        """Whether its data declare a check box, whatever its instruction says."""
        return self.data is not None and self.data.find(W + "checkBox") is not None

    def takes(self, *, in_code: bool) -> bool:
        """Whether what comes now belongs to the field and not to the text.

        Args:
            in_code: whether text in a field's code is its own: not in a document whose fields do
                not end, where it could be all of the text.
        """
        if self.in_result:
            return self.keyword in _OWN_RESULT or self.has_check_box
        return in_code

    def take(self, piece: TextPiece | Box) -> None:
        """Keeps a piece that belongs to the field."""
        (self.result if self.in_result else self.code).append(piece)

    def shown(self, place: Place) -> list[TextPiece | Box]:
        """What the field shows beyond a result that already went into the text."""
        keyword = self.keyword
        if keyword == "FORMCHECKBOX":
            return with_result(legacy_box(self.data, place, self.doubts), self.result)
        if self.has_check_box:
            doubts = (*self.doubts, Doubt.FIELD_CONTRADICTS_ITSELF)
            return with_result(legacy_box(self.data, place, doubts), self.result)
        if keyword == "MACROBUTTON":
            return self._macro_button(place)
        if keyword == "SYMBOL":
            return self._symbol(place)
        if keyword == "FORMDROPDOWN":
            return [TextPiece(self._chosen(), None, place, self.doubts)]
        return []

    def _macro_button(self, place: Place) -> list[TextPiece | Box]:
        """MACROBUTTON name text: the text is what is shown; a box in it is worked by a macro."""
        words = self.instruction.split(None, 2)
        text = TextPiece(words[2] if len(words) > 2 else "", None, place, self.doubts)
        shown: Sequence[TextPiece | Box] = [text, *self.code, *self.result]
        boxes = [item for item in find_boxes(shown) if isinstance(item, Box)]
        if not boxes:
            return list(shown)
        return [
            Box(
                mark=Mark.DOUBTFUL,
                kind="macro-button",
                how=f"MACROBUTTON showing {box.how}",
                place=place,
                doubts=(Doubt.AMBIGUOUS_MARK,),
            )
            for box in boxes
        ]

    def _symbol(self, place: Place) -> list[TextPiece | Box]:
        match = _SYMBOL.match(self.instruction.strip())
        if match is None:
            return list(self.result)
        code, font = match.groups()
        try:
            char = chr(int(code, 0)) if len(code) > 1 else code
        except (ValueError, OverflowError):
            return list(self.result)
        if box_character(char, font) is None and self.result:
            return list(self.result)
        return [TextPiece(char, font, place, self.doubts)]

    def _chosen(self) -> str:
        """The entry of a drop-down list that is chosen (17.16.9, 17.16.28)."""
        menu = self.data.find(W + "ddList") if self.data is not None else None
        if menu is None:
            return ""
        entries = [entry.get(VAL) or "" for entry in menu.findall(W + "listEntry")]
        for name in ("result", "default"):
            chosen = menu.find(W + name)
            if chosen is not None:
                number = chosen.get(VAL) or ""
                if number.isascii() and number.isdigit() and int(number[:6]) < len(entries):
                    return entries[int(number[:6])]
                return ""
        return entries[0] if entries else ""


def fields_are_balanced(root: etree._Element) -> bool:
    """Whether every complex field of a part that begins also ends, tracked deletions aside."""
    depth = 0
    for element in root.iter(W + "fldChar"):
        if next(element.iterancestors(W + "del", W + "moveFrom"), None) is not None:
            continue
        kind = element.get(W + "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth < 0:
            return False
    return depth == 0
