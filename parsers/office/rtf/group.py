"""A group of RTF while it is read."""

from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.office.rtf.characters import Look


@dataclass(slots=True, kw_only=True)
class Group:
    r"""What holds until the group's end.

    Attributes:
        look: of characters.
        depth: of the table that paragraphs stand in (\intbl, \itap).
        framed, ground: of paragraphs.
        fallback: characters after a \u that stand for it (\uc).
        skip: nothing in it is read.
        quiet: its text is not shown.
        instruction: it is a field's instruction.
        words: control word -> its handler, for destinations with a vocabulary of their own.
        text: takes the text of such a destination.
        ends: what is done at the group's end.
    """

    look: Look = field(default_factory=Look)
    depth: int = 0
    framed: bool = False
    ground: int = 0
    fallback: int = 1
    skip: bool = False
    quiet: bool = False
    instruction: bool = False
    words: Callable[[str, int | None], None] | None = None
    text: Callable[[bytes], None] | None = None
    ends: Callable[[], None] | None = None
