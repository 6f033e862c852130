"""An OpenDocument text brought to WordprocessingML: paragraphs, tables, and what stands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.office.look import PLAIN, Look
from parsers.office.odt.drawings import control, controls_of, drawing
from parsers.office.odt.names import (
    DRAW,
    FIELD,
    LOEXT,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    XML_ID,
    number,
)
from parsers.office.odt.styles import Styles
from parsers.office.wordprocessing import check_box, element, packed, text_run, within

_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_NOTHING = frozenset(
    (
        TEXT + "tracked-changes", TEXT + "sequence-decls", TEXT + "variable-decls", OFFICE + "forms",
        TEXT + "user-field-decls", TEXT + "soft-page-break", OFFICE + "annotation-end",
        TEXT + "note-citation", TEXT + "ruby-text", TEXT + "index-title-template",
        TEXT + "alphabetical-index-mark", TEXT + "bookmark", DRAW + "glue-point", FIELD + "param",
    )
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n]+")
_FORM_CHECK_BOX = "FORMCHECKBOX"
#: Rows and cells that are repeated say nothing more; a few keep the table's shape.
_MOST_REPEATED = 20


@dataclass(slots=True)
class _Sink:
    """Runs while a paragraph is read."""

    runs: list[etree._Element] = field(default_factory=list)

    def text(self, text: str | None, look: Look) -> None:
        """Text, white space as it is shown (ODF 6.1.2)."""
        if text:
            self.runs.append(text_run(_SPACE.sub(" ", text), look.properties()))

    def special(self, name: str) -> None:
        run = element("r")
        within(run, name)
        self.runs.append(run)


def to_wordprocessing(content: etree._Element, common: etree._Element | None) -> bytes:
    """A package for the Word reader.

    Args:
        content: root of content.xml.
        common: root of styles.xml; None where there is none.
    """
    return _Reading(content, common).package()


class _Reading:
    """One document while it is read."""

    def __init__(self, content: etree._Element, common: etree._Element | None) -> None:
        self._content, self._common = content, common
        self._styles = Styles(content, common)
        self._controls = controls_of(content)
        self._parts: dict[str, list[list[etree._Element]]] = {}
        self._deletions = {
            region.get(TEXT + "id") or region.get(XML_ID) or "": region.find(TEXT + "deletion")
            for region in content.iter(TEXT + "changed-region")
        }

    def package(self) -> bytes:
        body = self._content.find(f"{OFFICE}body/{OFFICE}text")
        blocks: list[etree._Element] = []
        if body is not None:
            blocks = self._with_page_drawings(body)
        if self._common is not None:
            for kind in ("header", "footer"):
                for part in self._common.iter(STYLE + kind):
                    self._parts.setdefault(kind, []).append(self._blocks(part))
        return packed(blocks, self._parts)

    def _with_page_drawings(self, body: etree._Element) -> list[etree._Element]:
        """The body's blocks; a drawing that belongs to a page may lie over any table of it."""
        anchored = [child for child in body if str(child.tag).startswith(DRAW)]
        blocks = self._blocks(body)
        if not anchored:
            return blocks
        result = []
        for block in blocks:
            if block.tag == element("tbl").tag:
                result.append(self._drawn(anchored))
            result.append(block)
        return result or [self._drawn(anchored)]

    def _drawn(self, anchored: list[etree._Element]) -> etree._Element:
        sink = _Sink()
        for each in anchored:
            self._inline(each, PLAIN, sink)
        paragraph = element("p")
        paragraph.extend(sink.runs)
        return paragraph

    # Blocks.

    def _blocks(self, parent: etree._Element, *, hidden: bool = False) -> list[etree._Element]:
        return list(self._each_block(parent, hidden=hidden))

    def _each_block(self, parent: etree._Element, *, hidden: bool) -> Iterator[etree._Element]:
        for child in parent.iterchildren(etree.Element):
            tag = child.tag
            if tag in _PARAGRAPHS:
                yield self._paragraph(child, hidden=hidden)
            elif tag == TABLE + "table":
                yield self._table(child, hidden=hidden)
            elif tag in _NOTHING or str(tag).startswith(DRAW):
                continue
            elif tag in (TEXT + "change", TEXT + "change-start", TEXT + "change-end"):
                if tag == TEXT + "change":
                    paragraph = element("p")
                    paragraph.extend(self._deleted(child))
                    yield paragraph
            else:
                # Sections, lists, indexes.
                unseen = hidden or child.get(TEXT + "display") in ("none", "condition")
                yield from self._each_block(child, hidden=unseen)

    def _paragraph(self, source: etree._Element, *, hidden: bool) -> etree._Element:
        name = source.get(TEXT + "style-name")
        look = self._styles.look("paragraph", name)
        sink = _Sink()
        self._children(source, replace(look, hidden=True) if hidden else look, sink)
        paragraph = element("p")
        ground = self._styles.ground("paragraph", name)
        if ground:
            within(paragraph, "pPr").append(element("shd", "clear", fill=ground))
        paragraph.extend(sink.runs)
        return paragraph

    # Tables.

    def _table(self, source: etree._Element, *, hidden: bool) -> etree._Element:
        table = element("tbl")
        #: Column -> how many rows a cell from above still takes there, and over how many columns.
        above: dict[int, tuple[int, int]] = {}
        for row in _rows(source):
            unseen = hidden or row.get(TABLE + "visibility") in ("collapse", "filter")
            times = min(number(row.get(TABLE + "number-rows-repeated")), _MOST_REPEATED)
            for _ in range(times):
                table.append(self._row(row, above, hidden=unseen))
        return table

    def _row(
        self, source: etree._Element, above: dict[int, tuple[int, int]], *, hidden: bool
    ) -> etree._Element:
        row = element("tr")
        column = 0
        beside = 0  # columns that the last cell covers
        for cell in source.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
            times = min(number(cell.get(TABLE + "number-columns-repeated")), _MOST_REPEATED)
            for _ in range(times):
                left, span = above.get(column, (0, 1))
                if cell.tag == TABLE + "covered-table-cell" and beside:
                    beside -= 1
                    column += 1
                    continue
                made = within(row, "tc")
                properties = within(made, "tcPr")
                if cell.tag == TABLE + "covered-table-cell":
                    if left:
                        within(properties, "vMerge")
                        above[column] = (left - 1, span)
                else:
                    span = number(cell.get(TABLE + "number-columns-spanned"))
                    rows = number(cell.get(TABLE + "number-rows-spanned"))
                    if rows > 1:
                        within(properties, "vMerge", "restart")
                    above[column] = (rows - 1, span)
                    ground = self._styles.ground("table-cell", cell.get(TABLE + "style-name"))
                    if ground:
                        properties.append(element("shd", "clear", fill=ground))
                    made.extend(self._blocks(cell, hidden=hidden))
                if span > 1:
                    within(properties, "gridSpan", span)
                beside = span - 1
                column += 1
        return row

    # What stands in a paragraph.

    def _children(self, parent: etree._Element, look: Look, sink: _Sink) -> None:
        sink.text(parent.text, look)
        for child in parent:
            if isinstance(child.tag, str):
                self._inline(child, look, sink)
            sink.text(child.tail, look)

    def _inline(self, child: etree._Element, look: Look, sink: _Sink) -> None:
        tag = str(child.tag)
        if tag == TEXT + "span":
            style = self._styles.look("text", child.get(TEXT + "style-name"))
            self._children(child, style.over(look), sink)
        elif tag == TEXT + "s":
            sink.runs.append(text_run(" " * number(child.get(TEXT + "c")), look.properties()))
        elif tag == TEXT + "tab":
            sink.special("tab")
        elif tag == TEXT + "line-break":
            sink.special("br")
        elif tag in (FIELD + "fieldmark", FIELD + "fieldmark-start"):
            self._field(child, look, sink)
        elif tag == LOEXT + "content-control":
            self._content_control(child, look, sink)
        elif tag == TEXT + "change":
            sink.runs.extend(self._deleted(child))
        elif tag == OFFICE + "annotation":
            sink.special("commentReference")
            self._parts.setdefault("comments", []).append(self._blocks(child))
        elif tag == TEXT + "note":
            sink.special("footnoteReference")
            self._parts.setdefault("footnotes", []).append(self._blocks(child))
        elif tag == DRAW + "control":
            sink.runs.extend(self._seen(control(child, self._controls), look))
        elif tag.startswith(DRAW) and tag != DRAW + "a":
            sink.runs.extend(drawing(child, self._blocks))
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            sink.text(child.get(TEXT + "string-value"), replace(look, hidden=True))
        elif tag not in _NOTHING:
            # Links, fields, marks of reference: what they show is their text.
            self._children(child, look, sink)

    def _field(self, source: etree._Element, look: Look, sink: _Sink) -> None:
        """A field of Word's (no part of the standard): its state is a parameter of it."""
        if (source.get(FIELD + "type") or "").endswith(_FORM_CHECK_BOX):
            values = [
                (param.get(FIELD + "value") or "").strip().casefold()
                for param in source.iter(FIELD + "param")
                if (param.get(FIELD + "name") or "").casefold() == "checkbox_checked"
            ]
            checked = values[0] if len(set(values)) == 1 else "several" if values else "false"
            sink.runs.extend(self._seen(check_box(checked=checked or "true"), look))
        self._children(source, look, sink)

    def _seen(self, runs: list[etree._Element], look: Look) -> list[etree._Element]:
        """Runs with a look: a box that is struck or hidden."""
        for run in runs:
            properties = element("rPr")
            properties.extend(look.properties())
            if len(properties):
                run.insert(0, properties)
        return runs

    def _content_control(self, source: etree._Element, look: Look, sink: _Sink) -> None:
        """A loext:content-control, as Word's own (MS-DOCX 2.6.1.1)."""
        if source.get(LOEXT + "checkbox") != "true":
            self._children(source, look, sink)
            return
        inner = _Sink()
        self._children(source, look, inner)
        wrapped = element("sdt")
        box = within(within(wrapped, "sdtPr"), "checkbox")
        within(box, "checked", source.get(LOEXT + "checked") or "false")
        for state, usual in (("checked", "☒"), ("unchecked", "☐")):
            glyph = source.get(f"{LOEXT}{state}-state") or usual
            within(box, f"{state}State", f"{ord(glyph[0]):04X}")
        within(wrapped, "sdtContent").extend(inner.runs)
        sink.runs.append(wrapped)

    def _deleted(self, mark: etree._Element) -> list[etree._Element]:
        """What a tracked deletion took away (5.5.4)."""
        region = self._deletions.get(mark.get(TEXT + "change-id") or "")
        if region is None:
            return []
        removed = element("del")
        for block in self._blocks(region):
            removed.extend(block.iter(element("r").tag))
        return [removed]


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, those of its heads and groups included (9.1.3)."""
    for child in parent.iterchildren(etree.Element):
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in (
            TABLE + "table-header-rows",
            TABLE + "table-rows",
            TABLE + "table-row-group",
        ):
            yield from _rows(child)
