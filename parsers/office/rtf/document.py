"""An RTF document brought to WordprocessingML: its groups, destinations and control words."""

from dataclasses import dataclass, replace

from lxml import etree

from parsers.document import NotReadableError
from parsers.office.rtf.characters import Look, code_page
from parsers.office.rtf.group import Group
from parsers.office.rtf.head import ColourTable, FontTable
from parsers.office.rtf.shapes import Shape, picture_run
from parsers.office.rtf.story import Setting, Story
from parsers.office.rtf.tokens import Close, Control, Open, Text, tokens
from parsers.office.rtf.vocabulary import CHARACTERS, FRAME, NOTES, PARTS, QUIET, SKIPPED
from parsers.office.wordprocessing import check_box_data, field_character, packed
from parsers.reading import Doubt

_DEEPEST = 300
_UNDEFINED = 25
_CHECK_BOX = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A document as the Word reader takes it.

    Attributes:
        package: a .docx.
        whole: whether all of its groups end.
    """

    package: bytes
    whole: bool


def to_wordprocessing(data: bytes) -> Brought:
    """Brings a file to WordprocessingML.

    Raises:
        NotReadableError: UNREADABLE, where it is nested too deeply.
    """
    return _Reading().read(data)


class _Reading:
    """One file while it is read."""

    def __init__(self) -> None:
        self._setting = Setting()
        self._stories = [Story(self._setting)]
        self._groups = [Group()]
        self._parts: dict[str, list[list[etree._Element]]] = {}
        self._starred = False
        self._skipped = 0
        self._fields: list[etree._Element | None] = []
        self._shapes: list[Shape] = []

    def read(self, data: bytes) -> Brought:
        for token in tokens(data):
            if isinstance(token, Open):
                self._open()
            elif isinstance(token, Close):
                if len(self._groups) > 1:
                    self._close()
                if len(self._groups) == 1:
                    # What follows the document's own group is no part of it.
                    break
            elif isinstance(token, Control):
                self._control(token.word, token.number)
            else:
                self._text(token)
        whole = len(self._groups) == 1
        while len(self._groups) > 1:
            self._close()
        body = self._stories[0].finished(self._groups[0])
        return Brought(package=packed(body, self._parts), whole=whole)

    @property
    def _story(self) -> Story:
        return self._stories[-1]

    def _open(self) -> None:
        if len(self._groups) > _DEEPEST:
            raise NotReadableError(Doubt.UNREADABLE, "the document is nested too deeply")
        self._skipped, self._starred = 0, False
        self._groups.append(replace(self._groups[-1], ends=None))

    def _close(self) -> None:
        self._skipped, self._starred = 0, False
        ended = self._groups.pop()
        if ended.ends is not None:
            ended.ends()

    def _text(self, token: Text) -> None:
        data, group = token.data, self._groups[-1]
        if self._skipped:
            # The characters that stand for a \\u where that is not understood.
            count = min(self._skipped, len(data))
            self._skipped -= count
            data = data[count:]
        if not data or group.skip:
            return
        if group.text is not None:
            group.text(data)
        elif not group.quiet:
            self._story.write(data, group.look, instruction=group.instruction)

    def _control(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        if word == "*":
            self._starred = True
            return
        starred, self._starred = self._starred, False
        if self._skipped:
            self._skipped -= 1
            return
        if group.skip:
            return
        if word == "u" and number is not None:
            self._skipped = group.fallback
            if group.text is None and not group.quiet:
                self._story.write_unicode(number, group.look, instruction=group.instruction)
            return
        if self._destination(word, group):
            return
        if starred:
            group.skip = True
        elif group.words is not None:
            group.words(word, number)
        elif not group.quiet or word in ("shpleft", "shptop", "shpright", "shpbottom"):
            self._word(word, number, group)

    def _word(self, word: str, number: int | None, group: Group) -> None:
        story = self._story
        if word in ("par", "sect"):
            story.end_paragraph(group)
        elif word == "cell":
            story.end_cell(group, 1)
        elif word == "nestcell":
            story.end_cell(group, group.depth)
        elif word == "row":
            story.end_row(1)
        elif word == "nestrow":
            story.end_row(group.depth)
        elif word == "trowd":
            story.definition = type(story.definition)()
        elif word == "tab":
            story.put_special("tab")
        elif word == "line":
            story.put_special("br")
        elif word in CHARACTERS:
            story.write_unicode(CHARACTERS[word], group.look, instruction=group.instruction)
        elif word == "pard":
            group.depth, group.framed, group.ground = 0, False, 0
        elif word == "intbl":
            group.depth = max(1, group.depth)
        elif word == "itap":
            group.depth = max(0, number or 0)
        elif word == "cbpat":
            group.ground = number or 0
        elif word == "uc":
            group.fallback = min(max(0, number or 0), 8)
        elif word == "ansicpg":
            self._setting.page = code_page(number or 0)
        elif word == "deff":
            self._setting.font = number or 0
        elif word.startswith("shp") and self._shapes and number is not None:
            self._shapes[-1].edges[word[3:]] = number
        elif FRAME.fullmatch(word):
            group.framed = True
        else:
            group.look = group.look.after(word, number)
            story.definition.take(word, number)

    def _destination(self, word: str, group: Group) -> bool:
        """Whether a control word begins a destination; then the group is made to be it."""
        if word in SKIPPED:
            group.skip = True
        elif word in QUIET:
            group.quiet = True
            if word == "do":
                self._begin_shape(group)
        elif word == "fonttbl":
            fonts = FontTable(self._setting)
            group.words, group.text = fonts.word, fonts.text
        elif word == "colortbl":
            colours = ColourTable(self._setting)
            group.words, group.text = colours.word, colours.text
        elif word == "field":
            self._fields.append(None)
            group.ends = self._end_field
        elif word == "fldinst":
            if self._fields:
                self._fields[-1] = self._story.begin_field(group.look)
            group.instruction = True
        elif word == "fldrslt":
            group.instruction = False
            if self._fields and self._fields[-1] is not None:
                self._story.put(field_character("separate"))
        elif word == "formfield":
            self._form_field(group)
        elif word in PARTS:
            self._begin_story(group, PARTS[word])
        elif word in NOTES:
            kind, reference = NOTES[word]
            self._story.put_special(reference)
            self._begin_story(group, kind)
        elif word in ("shp", "shpinst"):
            group.quiet = True
            if word == "shp":
                self._begin_shape(group)
        elif word in ("shptxt", "dptxbxtext"):
            self._begin_text_box(group)
        elif word == "pict":
            self._picture(group)
        elif word in ("object", "objdata", "objclass", "objname"):
            group.quiet = word == "object"
            group.skip = word != "object"
            if word == "object":
                self._story.put_special("object")
        elif word == "result":
            group.quiet = False
        elif word == "upr":
            group.quiet = True
        elif word == "ud":
            group.quiet = False
        elif word in ("nesttableprops", "shppict"):
            pass
        else:
            return False
        return True

    # Fields.

    def _end_field(self) -> None:
        if self._fields.pop() is not None:
            self._story.put(field_character("end"))

    def _form_field(self, group: Group) -> None:
        r"""{\*\formfield ...}: the state of a check box, \ffres before \ffdefres ("Form Fields")."""
        said: dict[str, int] = {}

        def word(name: str, number: int | None) -> None:
            said[name] = number or 0

        def ends() -> None:
            begin = self._fields[-1] if self._fields else None
            if begin is None or said.get("fftype") != _CHECK_BOX:
                return
            result = said.get("ffres", _UNDEFINED)
            checked = None if result == _UNDEFINED else result
            begin.append(check_box_data(default=said.get("ffdefres", 0), checked=checked))

        group.words, group.text, group.ends = word, lambda _: None, ends

    # Stories beside the text, and drawings.

    def _begin_story(self, group: Group, kind: str) -> None:
        self._enter(group)
        story = self._story

        def ends() -> None:
            self._stories.remove(story)
            self._parts.setdefault(kind, []).append(story.finished(Group()))

        group.ends = ends

    def _begin_text_box(self, group: Group) -> None:
        self._enter(group)
        story = self._story

        def ends() -> None:
            self._stories.remove(story)
            if self._shapes:
                self._shapes[-1].blocks = story.finished(Group())

        group.ends = ends

    def _enter(self, group: Group) -> None:
        self._stories.append(Story(self._setting))
        group.look, group.depth, group.framed, group.ground = Look(), 0, False, 0
        group.quiet = group.instruction = False

    def _begin_shape(self, group: Group) -> None:
        drawn = Shape()
        self._shapes.append(drawn)

        def ends() -> None:
            self._shapes.remove(drawn)
            self._story.put(drawn.run())

        group.ends = ends

    def _picture(self, group: Group) -> None:
        said: dict[str, int] = {}
        if self._shapes and group.quiet:
            self._shapes[-1].picture = True
            group.skip = True
            return

        def word(name: str, number: int | None) -> None:
            said[name] = number or 0

        def ends() -> None:
            self._story.put(picture_run(said))

        group.words, group.text, group.ends = word, lambda _: None, ends
