"""What a document's styles say of text that a form's reader must know: symbol fonts, struck, hidden.

A form's styles are ten times as long as its text, and nearly never say any of it: they are parsed
only if they hold one of the words that matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import NotReadableError
from parsers.word.names import VAL, W, toggle
from parsers.word.package import Package
from parsers.word.part import parse_part

_MATTERS = re.compile(rb":(?:d?strike|vanish|highlight)\b|dings|Symbol|Marlett|Segoe UI")
_THEME_SLOTS = {
    "ascii": "asciiTheme",
    "hAnsi": "hAnsiTheme",
    "cs": "cstheme",
    "eastAsia": "eastAsiaTheme",
}
_WHITE = frozenset(("FFFFFF", "FEFEFE", "FDFDFD"))
#: A style may be based on another, and so on; Word itself stops at some depth.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Properties of text; None and missing slots where nothing is said.

    Attributes:
        fonts: slot of w:rFonts ("ascii", "hAnsi", "cs", "eastAsia") -> font name.
        struck: w:strike or w:dstrike.
        hidden: w:vanish.
        highlighted: w:highlight or a shading that shows.
        emphasised: set off by weight, line, frame or colour; of the run alone, not of its styles,
            which all labels share.
        white: of the colour of paper.
    """

    fonts: Mapping[str, str] = field(default_factory=dict)
    struck: bool | None = None
    hidden: bool | None = None
    highlighted: bool | None = None
    emphasised: bool = False
    white: bool = False

    def over(self, below: "Look") -> "Look":
        """This look where it says something, and the other one below it."""
        return Look(
            fonts={**below.fonts, **self.fonts},
            struck=below.struck if self.struck is None else self.struck,
            hidden=below.hidden if self.hidden is None else self.hidden,
            highlighted=below.highlighted if self.highlighted is None else self.highlighted,
            emphasised=self.emphasised,
            white=self.white or below.white,
        )


PLAIN = Look()


def direct_look(properties: etree._Element | None) -> Look:
    """What a w:rPr itself says (ECMA-376 Part 1, 17.3.2)."""
    if properties is None or not len(properties):
        return PLAIN
    strikes = [toggle(properties, "strike"), toggle(properties, "dstrike")]
    return Look(
        fonts=_fonts(properties.find(W + "rFonts")),
        struck=True if True in strikes else False if False in strikes else None,
        hidden=toggle(properties, "vanish"),
        highlighted=highlighting(properties),
        emphasised=_emphasised(properties),
        white=_colour(properties) in _WHITE,
    )


def _colour(properties: etree._Element) -> str:
    """The colour of text, as "FF0000"; empty where it is the usual one."""
    found = properties.find(W + "color")
    value = "" if found is None else (found.get(VAL) or "").upper()
    return "" if value in ("AUTO", "000000") else value


def _emphasised(properties: etree._Element) -> bool:
    if any(toggle(properties, name) for name in ("b", "bCs", "outline", "shadow", "emboss")):
        return True
    for name in ("u", "bdr", "em"):
        found = properties.find(W + name)
        if found is not None and found.get(VAL) not in ("none", "nil"):
            return True
    return bool(_colour(properties))


def _fonts(element: etree._Element | None) -> dict[str, str]:
    if element is None:
        return {}
    fonts: dict[str, str] = {}
    for slot, theme_slot in _THEME_SLOTS.items():
        # A theme's font goes before the one that is named (17.3.2.26), and is never a symbol font.
        themed = element.get(W + theme_slot)
        name = "" if themed else element.get(W + slot)
        if name is not None:
            fonts[slot] = name
    return fonts


def highlighting(properties: etree._Element) -> bool | None:
    """Whether w:highlight or w:shd of these properties colours the ground; None if they are silent."""
    mark = properties.find(W + "highlight")
    if mark is not None and mark.get(VAL) not in ("none", "white"):
        return True
    shading = properties.find(W + "shd")
    if shading is not None:
        fill = (shading.get(W + "fill") or "auto").upper()
        pattern = shading.get(VAL)
        solid = pattern not in (None, "clear", "nil")
        return pattern != "nil" and (fill not in ("AUTO", "FFFFFF") or solid)
    return None if mark is None else False


class Styles:
    """A document's styles, parsed when the first of them is asked for and only if they matter."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._elements: dict[str, etree._Element] | None = None
        self._defaults: dict[str, str] = {}
        self._looks: dict[str, Look] = {}

    def look(self, style: str | None, kind: str) -> Look:
        """The look of a style with all that it is based on.

        Args:
            style: the style's identifier; None for the default of its kind.
            kind: "paragraph" or "character".
        """
        if self._elements is None:
            self._load()
        if not self._elements:
            return PLAIN
        name = style if style is not None else self._defaults.get(kind, "")
        if name not in self._looks:
            self._looks[name] = self._resolve(name)
        return self._looks[name]

    def _load(self) -> None:
        self._elements = {}
        blob = self._package.related_bytes("styles")
        # UTF-16 has a zero byte beside every letter.
        if blob is None or not _MATTERS.search(blob.replace(b"\x00", b"")):
            return
        try:
            root = parse_part(blob)
        except NotReadableError:
            self._package.damaged = True
            return
        for element in root.findall(W + "style"):
            name = element.get(W + "styleId") or ""
            self._elements.setdefault(name, element)
            if element.get(W + "default") in ("1", "true", "on"):
                self._defaults.setdefault(element.get(W + "type") or "", name)

    def _resolve(self, name: str) -> Look:
        look = PLAIN
        for _ in range(_LONGEST_CHAIN):
            element = (self._elements or {}).get(name)
            if element is None:
                break
            look = look.over(direct_look(element.find(W + "rPr")))
            based = element.find(W + "basedOn")
            if based is None:
                break
            name = based.get(VAL) or ""
        return look
