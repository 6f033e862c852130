"""One paragraph of WordprocessingML as pieces of text and boxes, with what was done to it.

Tracked insertions count as text and deletions do not; fields show their results; hidden text is
left out, but a hidden box or mark is doubtful; drawings are noted and their text boxes handed on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.mark_characters import box_character, mark_character
from parsers.marks import TextPiece
from parsers.reading import Box, Doubt, Mark, Place
from parsers.word.check_boxes import check_box_control
from parsers.word.deletions import deletion_of
from parsers.word.drawings import Drawing, drawing_of, text_frame
from parsers.word.fields import Field, fields_are_balanced
from parsers.word.names import MATH_TEXT, MC, VAL, W, chosen_branch, symbol_character
from parsers.word.run import RunLook, left_by_hidden, run_look
from parsers.word.styles import PLAIN, Styles, highlighting


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A w:br or w:cr within a paragraph."""


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """What was read of one w:p.

    Attributes:
        pieces: in reading order.
        struck: some of its visible text or boxes is struck through.
        highlighted_text: words of it are highlighted.
        highlighted_box: a box of it is highlighted.
        emphasis: how many letters are set off from others: bold, underlined, coloured, framed.
        hidden_text: words of it are hidden.
        deleted_text: a tracked deletion took away words, a mark or a marked box.
        deleted_box: a tracked deletion took away a box.
        drawings: pictures, shapes, ink and controls that stand in it or are anchored to it.
        comment: somebody commented on it, or put a note to it.
        text_boxes: w:txbxContent elements anchored in it, in order.
    """

    pieces: list[TextPiece | Box | LineBreak] = field(default_factory=list)
    struck: bool = False
    highlighted_text: bool = False
    highlighted_box: bool = False
    emphasis: int = 0
    hidden_text: bool = False
    deleted_text: bool = False
    deleted_box: bool = False
    drawings: list[Drawing] = field(default_factory=list)
    comment: bool = False
    text_boxes: list[etree._Element] = field(default_factory=list)


class ParagraphReader:
    """Reads the paragraphs of one part in order: a complex field may go on from one to the next."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[Field] = []
        self._balanced = fields_are_balanced(root)
        self._result = Paragraph()
        self._sink: list[TextPiece | Box | LineBreak] = []
        self._place = Place()
        self._hidden = False
        self._base = PLAIN
        self._run = RunLook()
        self._inline: dict[str, Callable[[etree._Element], None]] = {
            W + "r": self._read_run,
            W + "t": self._text,
            W + "sym": self._symbol,
            W + "tab": lambda _: self._emit("\t"),
            W + "ptab": lambda _: self._emit("\t"),
            W + "br": self._break,
            W + "cr": self._break,
            W + "noBreakHyphen": lambda _: self._emit("-"),
            MATH_TEXT: self._text,
            W + "fldChar": self._field_character,
            W + "instrText": self._instruction,
            W + "fldSimple": self._simple_field,
            W + "sdt": self._control,
            W + "del": self._deleted,
            W + "moveFrom": self._deleted,
            W + "drawing": self._drawing,
            W + "pict": self._drawing,
            W + "object": self._drawing,
            W + "contentPart": self._drawing,
            MC + "AlternateContent": self._alternate,
            W + "commentReference": self._commented,
            W + "footnoteReference": self._commented,
            W + "endnoteReference": self._commented,
        }
        for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "delInstrText"):
            self._inline[W + name] = lambda _: None

    def read(
        self,
        paragraph: etree._Element,
        place: Place,
        *,
        hidden: bool = False,
        control: etree._Element | None = None,
    ) -> Paragraph:
        """Reads one w:p.

        Args:
            paragraph: the element.
            place: given to the boxes found.
            hidden: whether all of it is hidden, as in a hidden table row.
            control: w:sdtPr of a check box control round the paragraph, its cell or its row.
        """
        self._result = Paragraph()
        self._sink = self._result.pieces
        self._place = place
        self._hidden = hidden
        properties = paragraph.find(W + "pPr")
        style = None if properties is None else properties.find(W + "pStyle")
        self._base = self._styles.look(None if style is None else style.get(VAL), "paragraph")
        if properties is not None and highlighting(properties):
            self._base = replace(self._base, highlighted=True)
        frame = None if properties is None else properties.find(W + "framePr")
        if frame is not None and frame.get(W + "dropCap") is None:
            self._result.drawings.append(text_frame())
        self._children(paragraph)
        for unended in [each for each in self._fields if each.keyword == "FORMCHECKBOX"]:
            self._fields.remove(unended)
            unended.doubts = (*unended.doubts, Doubt.FIELD_CONTRADICTS_ITSELF)
            self._sink.extend(unended.shown(place))
        if control is not None and (found := check_box_control(control)) is not None:
            texts = [each for each in self._sink if not isinstance(each, LineBreak)]
            self._result.pieces = [*found.box(texts, place)]
        return self._result

    def _children(self, element: etree._Element) -> None:
        for child in element:
            read = self._inline.get(str(child.tag))
            if read is not None:
                read(child)
            elif len(child):
                # Hyperlinks, smart tags, tracked insertions and whatever else may wrap runs.
                self._children(child)

    def _read_run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        before, self._run = self._run, run_look(properties, self._base, self._styles)
        self._children(run)
        self._run = before

    def _text(self, element: etree._Element) -> None:
        if element.text:
            self._emit(element.text)

    def _emit(self, text: str) -> None:
        for piece in self._run.pieces(text, self._place):
            self._add(piece)

    def _symbol(self, element: etree._Element) -> None:
        char = symbol_character(element)
        if char is not None:
            self._add(TextPiece(char, element.get(W + "font"), self._place, self._run.doubts))

    def _add(self, piece: TextPiece | Box) -> None:
        """Puts a piece where it belongs: into the text, or into the field that it is part of."""
        if self._hidden or self._run.look.hidden:
            hidden = left_by_hidden(piece)
            if hidden is None:
                words = isinstance(piece, TextPiece) and any(map(str.isalpha, piece.text))
                self._result.hidden_text = self._result.hidden_text or words
                return
            piece = hidden
        else:
            self._note(piece)
        for owner in self._fields:
            if owner.takes(in_code=self._balanced):
                owner.take(piece)
                return
        self._sink.append(piece)

    def _note(self, piece: TextPiece | Box) -> None:
        look = self._run.look
        if look.emphasised and isinstance(piece, TextPiece):
            self._result.emphasis += sum(map(str.isalnum, piece.text))
        if not look.struck and not look.highlighted:
            return
        if isinstance(piece, TextPiece) and not piece.text.strip():
            return
        self._result.struck = self._result.struck or bool(look.struck)
        if look.highlighted:
            if isinstance(piece, Box) or any(box_character(c, piece.font) for c in piece.text):
                self._result.highlighted_box = True
            if isinstance(piece, TextPiece) and any(
                char.isalnum() and not mark_character(char, piece.font)
                for char in piece.text
                if box_character(char, piece.font) is None
            ):
                self._result.highlighted_text = True

    def _break(self, _: etree._Element) -> None:
        if not self._fields or not any(each.takes(in_code=self._balanced) for each in self._fields):
            self._sink.append(LineBreak())

    def _field_character(self, element: etree._Element) -> None:
        """w:fldChar: a complex field's beginning, separator and end (17.16.18)."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            data = element.find(W + "ffData")
            hidden = (Doubt.AMBIGUOUS_MARK,) if self._run.look.hidden else ()
            self._fields.append(Field(data=data, doubts=(*self._run.doubts, *hidden)))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._end_field()

    def _end_field(self) -> None:
        ended = self._fields.pop()
        for piece in ended.shown(self._place):
            self._add(piece)

    def _instruction(self, element: etree._Element) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _simple_field(self, element: etree._Element) -> None:
        instruction = element.get(W + "instr") or ""
        self._fields.append(Field(instruction=instruction, in_result=True))
        self._children(element)
        self._end_field()

    def _control(self, element: etree._Element) -> None:
        """w:sdt within a paragraph (17.5.2)."""
        content = element.find(W + "sdtContent")
        if content is None:
            return
        control = check_box_control(element.find(W + "sdtPr"))
        if control is None:
            self._children(content)
            return
        before, self._sink = self._sink, []
        self._children(content)
        shown, self._sink = self._sink, before
        pieces = [piece for piece in shown if not isinstance(piece, LineBreak)]
        self._sink.extend(control.box(pieces, self._place))

    def _deleted(self, element: etree._Element) -> None:
        found = deletion_of(element)
        self._result.deleted_box = self._result.deleted_box or found.box
        self._result.deleted_text = self._result.deleted_text or found.words

    def _alternate(self, element: etree._Element) -> None:
        branch = chosen_branch(element)
        if branch is not None:
            self._children(branch)

    def _commented(self, _: etree._Element) -> None:
        self._result.comment = True

    def _drawing(self, element: etree._Element) -> None:
        """A picture, shape, ink, or control; only a text box in it holds text to read."""
        found = drawing_of(element)
        self._result.drawings.append(found)
        self._result.text_boxes.extend(found.text_boxes)
        if found.control:
            self._add(
                Box(
                    mark=Mark.DOUBTFUL,
                    kind="activex",
                    how="a control whose state only Word can show",
                    place=self._place,
                    doubts=(Doubt.DRAWING_OVER_FORM,),
                )
            )
