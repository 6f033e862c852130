"""An HTML page brought to WordprocessingML, which is what the Word reader reads.

Mail programs write pages that are no valid HTML in any version; libxml2 makes a tree of all of them.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.office.look import PLAIN, Look
from parsers.office.wordprocessing import check_box, element, shape, text_run, within
from parsers.quotation import begins_quotation

#: Longer pages are cut; no letter is that long.
LONGEST = 4 * 1024 * 1024
_DROPPED = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "svg", "object", "select", "map")
)
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
        "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "ul", "tbody", "tr", "td",
    )
)  # fmt: skip
_STRUCK = frozenset(("s", "strike", "del"))
#: Marks by which mail programs set off what they quote, and by which they begin it.
_QUOTED = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|zmail_extra", re.IGNORECASE
)
_QUOTED_ON = re.compile(
    r"divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message", re.IGNORECASE
)
_OUTLOOK_LINE = re.compile(r"border-top\s*:\s*solid\s+#?(?:e1e1e1|b5c4df)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"([a-z-]{1,40})\s*:\s*([^;]{1,200})", re.IGNORECASE)
#: What a style sheet can do to text without the text saying so.
_TELLING_SHEET = re.compile(
    r"line-through|display\s*:\s*none|visibility\s*:\s*hidden|dings", re.IGNORECASE
)
_MOST_SPANNED = 100


@dataclass(slots=True, kw_only=True)
class Page:
    """A page as blocks.

    Attributes:
        own: what its sender wrote.
        quoted: what he quoted.
        veiled: whether a style sheet may strike or hide what the blocks show.
    """

    own: list[etree._Element] = field(default_factory=list)
    quoted: list[etree._Element] = field(default_factory=list)
    veiled: bool = False


def page_of(text: str) -> Page:
    """Reads a page, however malformed."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    data = text[:LONGEST].replace("\0", " ").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Page()
    if root is None:
        return Page()
    reading = _Reading()
    reading.blocks(root, PLAIN)
    reading.end_paragraph()
    sheets = "".join(style.text or "" for style in root.iter("style"))
    reading.page.veiled = _TELLING_SHEET.search(sheets) is not None
    return reading.page


class _Reading:
    """A page while it is read; a cell's content goes to blocks of its own."""

    def __init__(self) -> None:
        self.page = Page()
        self._runs: list[etree._Element] = []
        self._cell: list[etree._Element] | None = None
        self._quotes = 0
        self._ended = False

    def blocks(self, parent: etree._Element, look: Look) -> None:
        """Reads what stands in an element."""
        self._text(parent.text, look)
        for child in parent.iterchildren(etree.Element):
            self._element(child, look)
            self._text(child.tail, look)

    def end_paragraph(self) -> None:
        """A paragraph ends; an empty one is none."""
        if not self._runs:
            return
        paragraph = element("p")
        paragraph.extend(self._runs)
        self._runs = []
        if self._cell is None and not self._ended:
            self._ended = begins_quotation(_words(paragraph).strip())
        self._sink().append(paragraph)

    def _sink(self) -> list[etree._Element]:
        if self._cell is not None:
            return self._cell
        return self.page.quoted if self._ended or self._quotes else self.page.own

    def _element(self, child: etree._Element, look: Look) -> None:
        tag = str(child.tag).lower()
        if tag in _DROPPED:
            return
        look = _look(child, tag, look)
        quoted = tag == "blockquote" or _marked(child, _QUOTED)
        if tag in _BLOCKS or tag == "table" or quoted:
            self.end_paragraph()
        if self._cell is None and (
            _marked(child, _QUOTED_ON) or _OUTLOOK_LINE.search(child.get("style") or "")
        ):
            self._ended = True
        self._quotes += quoted
        if tag == "table":
            self._sink().append(self._table(child, look))
        elif tag == "br":
            run = element("r")
            within(run, "br")
            self._runs.append(run)
        elif tag == "input":
            self._input(child, look)
        elif tag in ("img", "canvas", "video", "embed", "iframe"):
            self._runs.append(shape(None, floating=False, picture=True))
        else:
            self.blocks(child, look)
        if tag in _BLOCKS or quoted:
            self.end_paragraph()
        self._quotes -= quoted

    def _input(self, source: etree._Element, look: Look) -> None:
        kind = (source.get("type") or "text").lower()
        if kind == "checkbox":
            for run in check_box(checked=int(source.get("checked") is not None)):
                properties = element("rPr")
                properties.extend(look.properties())
                if len(properties):
                    run.insert(0, properties)
                self._runs.append(run)
        elif kind == "radio":
            run = element("r")
            within(within(run, "object"), "control")
            self._runs.append(run)
        elif kind != "hidden":
            self._text(source.get("value"), look)

    def _text(self, text: str | None, look: Look) -> None:
        shown = _SPACE.sub(" ", text or "")
        if shown.strip(" ") or (shown and self._runs):
            self._runs.append(text_run(shown, look.properties()))

    def _table(self, source: etree._Element, look: Look) -> etree._Element:
        table = element("tbl")
        above: dict[int, tuple[int, int]] = {}
        for row in source.iterdescendants("tr"):
            if next(row.iterancestors("table"), None) is source:
                table.append(self._row(row, above, _look(row, "tr", look)))
        return table

    def _row(
        self, source: etree._Element, above: dict[int, tuple[int, int]], look: Look
    ) -> etree._Element:
        row = element("tr")
        column = 0
        for cell in source.iterchildren("td", "th"):
            column = self._covered(row, above, column)
            made = within(row, "tc")
            properties = within(made, "tcPr")
            span, rows = _count(cell.get("colspan")), _count(cell.get("rowspan"))
            if span > 1:
                within(properties, "gridSpan", span)
            if rows > 1:
                within(properties, "vMerge", "restart")
            within_cell = _look(cell, "td", look)
            ground = within_cell.ground or _colour(cell.get("bgcolor") or "")
            if ground:
                properties.append(element("shd", "clear", fill=ground))
            made.extend(self._content(cell, replace(within_cell, ground=look.ground)))
            above[column] = (rows - 1, span)
            column += span
        self._covered(row, above, column)
        return row

    def _covered(self, row: etree._Element, above: dict[int, tuple[int, int]], column: int) -> int:
        """Puts the cells that go on from above; HTML leaves them out."""
        while above.get(column, (0, 1))[0]:
            left, span = above[column]
            above[column] = (left - 1, span)
            properties = within(within(row, "tc"), "tcPr")
            within(properties, "vMerge")
            if span > 1:
                within(properties, "gridSpan", span)
            column += span
        return column

    def _content(self, cell: etree._Element, look: Look) -> list[etree._Element]:
        outer, runs = self._cell, self._runs
        self._cell, self._runs = [], []
        self.blocks(cell, look)
        self.end_paragraph()
        content = self._cell
        self._cell, self._runs = outer, runs
        return content


def _words(paragraph: etree._Element) -> str:
    """A paragraph's text, line breaks as they are."""
    line_break, text = element("br").tag, element("t").tag
    return "".join(
        "\n" if each.tag == line_break else each.text or ""
        for each in paragraph.iter(line_break, text)
    )


def _marked(child: etree._Element, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search((child.get(name) or "")[:500]) for name in ("class", "id"))


def _count(value: str | None) -> int:
    said = (value or "").strip()
    return max(1, min(int(said), _MOST_SPANNED)) if re.fullmatch(r"[0-9]{1,5}", said) else 1


def _look(child: etree._Element, tag: str, look: Look) -> Look:
    """The look of an element's text: by its tag, its attributes, and the style written at it."""
    said = {
        key.lower(): value.strip().lower()
        for key, value in _DECLARATION.findall((child.get("style") or "")[:2000])
    }
    decoration = said.get("text-decoration", "") + said.get("text-decoration-line", "")
    if tag in _STRUCK or "line-through" in decoration:
        look = replace(look, struck=True)
    if tag in ("b", "strong", "th") or said.get("font-weight", "") in (
        "bold",
        "bolder",
        "700",
        "800",
    ):
        look = replace(look, bold=True)
    if tag in ("u", "ins") or "underline" in decoration:
        look = replace(look, underlined=True)
    if tag == "mark":
        look = replace(look, ground="FFFF00")
    hidden = said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse")
    if (
        hidden
        or child.get("hidden") is not None
        or said.get("font-size", "") in ("0", "0px", "0pt")
    ):
        look = replace(look, hidden=True)
    font = said.get("font-family") or (child.get("face") if tag == "font" else None)
    if font:
        look = replace(look, font=font.partition(",")[0].strip("'\" "))
    for name in ("background", "background-color"):
        if name in said:
            look = replace(look, ground=_colour(said[name]))
    colour = _colour(said.get("color") or child.get("color") or "")
    if colour == "FFFFFF":
        # The colours of letters are their sender's taste; only white hides them.
        look = replace(look, colour=colour)
    return look


def _colour(value: str) -> str:
    """A ground's colour; "" for none and for white."""
    value = value.strip().lower()
    if value in ("", "transparent", "none", "inherit", "initial", "auto"):
        return ""
    if value in ("white", "#fff", "#ffffff", "window"):
        return "FFFFFF"
    match = re.match(r"#([0-9a-f]{6})", value)
    return match[1].upper() if match else "FFFF00" if re.match(r"[a-z]{3,20}|rgb", value) else ""
