"""How text looks, as far as a form's reader must know, in formats with styles of their own."""

from dataclasses import dataclass, replace

from lxml import etree

from parsers.office.wordprocessing import element

_SLOTS = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Properties of text; None where nothing is said.

    Attributes:
        font: name of the family that shows it.
        struck, hidden: lines through it; not shown.
        ground: "RRGGBB" of what is behind it, "" for nothing.
        bold, underlined, colour: only what somebody did to one stretch of text; a style that has a
            name is the form's own.
    """

    font: str | None = None
    struck: bool | None = None
    hidden: bool | None = None
    ground: str | None = None
    bold: bool | None = None
    underlined: bool | None = None
    colour: str | None = None

    def over(self, below: "Look") -> "Look":
        """This look where it says something, and the other one below it."""
        names = self.__dataclass_fields__
        said = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return replace(below, **said) if said else below

    def properties(self) -> list[etree._Element]:
        """The elements of a w:rPr."""
        made = []
        if self.font:
            made.append(element("rFonts", **dict.fromkeys(_SLOTS, self.font)))
        if self.struck:
            made.append(element("strike"))
        if self.hidden:
            made.append(element("vanish"))
        if self.bold:
            made.append(element("b"))
        if self.underlined:
            made.append(element("u", "single"))
        if self.ground:
            made.append(element("shd", "clear", fill=self.ground))
        if self.colour:
            made.append(element("color", self.colour))
        return made


PLAIN = Look()
