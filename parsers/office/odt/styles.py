"""What styles say of text that a form's reader must know (ODF 16, 20)."""

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from parsers.office.look import PLAIN, Look
from parsers.office.odt.names import FO, STYLE, SVG, TEXT

_LONGEST_CHAIN = 20


class Styles:
    """The styles of a document, those of its content before those of its styles part."""

    def __init__(self, content: etree._Element, common: etree._Element | None) -> None:
        self._fonts: dict[str, str] = {}
        self._styles: dict[tuple[str, str], tuple[etree._Element, bool]] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for root in (content, common):
            if root is None:
                continue
            for face in root.iter(STYLE + "font-face"):
                family = (face.get(SVG + "font-family") or "").strip("'\" ")
                self._fonts.setdefault(face.get(STYLE + "name") or "", family)
            for style in root.iter(STYLE + "style"):
                key = (style.get(STYLE + "family") or "", style.get(STYLE + "name") or "")
                above = style.getparent()
                automatic = above is not None and str(above.tag).endswith("automatic-styles")
                self._styles.setdefault(key, (style, automatic))

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style of text ("text") or of a paragraph, with all it is based on."""
        if not name:
            return PLAIN
        key = (family, name)
        if key not in self._looks:
            self._looks[key] = self._resolved(family, name)
        return self._looks[key]

    def ground(self, family: str, name: str | None) -> str:
        """What a cell's or paragraph's style colours the ground with; "" for nothing."""
        kind = {"table-cell": "table-cell-properties", "paragraph": "paragraph-properties"}[family]
        for style, _ in self._chain(family, name or ""):
            for properties in style.iter(STYLE + kind):
                colour = properties.get(FO + "background-color")
                if colour is not None:
                    return _hexadecimal(colour)
        return ""

    def _chain(self, family: str, name: str) -> Iterable[tuple[etree._Element, bool]]:
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get((family, name))
            if found is None:
                return
            yield found
            name = found[0].get(STYLE + "parent-style-name") or ""

    def _resolved(self, family: str, name: str) -> Look:
        look = PLAIN
        for style, automatic in self._chain(family, name):
            for properties in style.findall(STYLE + "text-properties"):
                look = look.over(self._direct(properties, automatic=automatic))
        return look

    def _direct(self, properties: etree._Element, *, automatic: bool) -> Look:
        through = [
            properties.get(STYLE + f"text-line-through-{each}") for each in ("style", "type")
        ]
        font = properties.get(STYLE + "font-name")
        family = properties.get(FO + "font-family")
        ground = properties.get(FO + "background-color")
        display = properties.get(TEXT + "display")
        look = Look(
            font=(family or "").strip("'\" ") or (self._fonts.get(font, font) if font else None),
            struck=None
            if through == [None, None]
            else any(e not in (None, "none") for e in through),
            hidden=None if display is None else display == "none",
            ground=None if ground is None else _hexadecimal(ground),
        )
        if not automatic:
            return look
        weight = properties.get(FO + "font-weight")
        line = properties.get(STYLE + "text-underline-style")
        colour = _hexadecimal(properties.get(FO + "color") or "")
        return replace(
            look,
            bold=None if weight is None else weight not in ("normal", "400"),
            underlined=None if line is None else line != "none",
            colour=colour if colour not in ("", "000000") else None,
        )


def _hexadecimal(colour: str) -> str:
    """A colour without its sign; "" for none ("transparent")."""
    return colour[1:].upper() if colour.startswith("#") and len(colour) == 7 else ""
