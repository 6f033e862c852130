"""A run of text (ECMA-376 Part 1, 17.3.2): which font shows each of its characters, what hides them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from parsers.mark_characters import box_character, is_symbol_font, mark_character
from parsers.marks import TextPiece
from parsers.reading import Box, Doubt, Mark, Place
from parsers.word.names import VAL, W
from parsers.word.styles import PLAIN, Look, Styles, direct_look

#: Word's own character styles that set words off (they keep these identifiers in every language).
_EMPHATIC_STYLES = frozenset(("Strong", "Emphasis", "IntenseEmphasis", "IntenseReference"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """A run's look, worked out once for all of its text.

    Attributes:
        look: its properties over those of its styles.
        symbolic: whether any of its fonts is a symbol font.
        complex_script: whether it is set in the font for right-to-left scripts.
        doubts: what makes a box or mark in it doubtful.
    """

    look: Look = PLAIN
    symbolic: bool = False
    complex_script: bool = False
    doubts: tuple[Doubt, ...] = ()

    def pieces(self, text: str, place: Place) -> Iterator[TextPiece]:
        """The run's text, in pieces of one font each."""
        if not self.symbolic:
            # The font of letters matters to characters of the private area only.
            fonts = self.look.fonts
            font = fonts.get("ascii") or fonts.get("hAnsi") or None
            yield TextPiece(text, font, place, self.doubts)
            return
        for char in text:
            yield TextPiece(char, self._font_of(char), place, self.doubts)

    def _font_of(self, char: str) -> str | None:
        """The font that shows a character, of the four that a run has (17.3.2.26)."""
        fonts = self.look.fonts
        if self.complex_script and "cs" in fonts:
            return fonts["cs"]
        if "\uf000" <= char <= "\uf0ff":
            return next((name for name in fonts.values() if is_symbol_font(name)), None)
        if char < "\x80":
            return fonts.get("ascii")
        if char <= "\xff":
            return fonts.get("hAnsi") or fonts.get("ascii")
        return None


def run_look(properties: etree._Element | None, base: Look, styles: Styles) -> RunLook:
    """The look of a run.

    Args:
        properties: its w:rPr; None where it has none.
        base: the look of its paragraph.
        styles: the document's.
    """
    look = direct_look(properties)
    complex_script = False
    below = base
    if properties is not None:
        style = properties.find(W + "rStyle")
        if style is not None:
            below = styles.look(style.get(VAL), "character").over(below)
            if style.get(VAL) in _EMPHATIC_STYLES:
                look = replace(look, emphasised=True)
        complex_script = any(properties.find(W + name) is not None for name in ("rtl", "cs"))
    if below is not PLAIN:
        look = look.over(below)
    return RunLook(
        look=look,
        symbolic=any(is_symbol_font(name) for name in look.fonts.values()),
        complex_script=complex_script,
        doubts=(
            *((Doubt.STRUCK_TEXT,) if look.struck else ()),
            # A mark in white is there for programs and not for people.
            *((Doubt.AMBIGUOUS_MARK,) if look.white else ()),
        ),
    )


def left_by_hidden(piece: TextPiece | Box) -> TextPiece | Box | None:
    """What hidden text leaves behind: a box or mark that nobody sees, for a person to look at."""
    if isinstance(piece, Box):
        doubts = tuple(dict.fromkeys((*piece.doubts, Doubt.AMBIGUOUS_MARK)))
        return replace(piece, mark=Mark.DOUBTFUL, how=f"{piece.how}, hidden", doubts=doubts)
    kept = "".join(char for char in piece.text if box_character(char, piece.font) is not None)
    if not kept and len(bare := piece.text.strip()) == 1 and mark_character(bare, piece.font):
        kept = f" {bare} "
    if not kept and piece.text.strip()[:1] in "[(" and len(piece.text.strip()) in (2, 3):
        kept = piece.text
    return replace(piece, text=kept, doubts=(*piece.doubts, Doubt.AMBIGUOUS_MARK)) if kept else None
