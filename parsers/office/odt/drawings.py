"""Frames, shapes and controls (ODF 10, 13) as the runs of a Word document."""

from collections.abc import Callable, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from parsers.office.odt.names import DRAW, FORM, SVG, TEXT, XML_ID, points
from parsers.office.wordprocessing import (
    check_box,
    element,
    shape,
    text_run,
    within,
)

#: A text box's element -> its blocks.
BlocksOf = Callable[[Element], list[Element]]


def controls_of(content: etree._Element) -> dict[str, etree._Element]:
    """The controls of a document's forms (13.5) by their identifiers."""
    found: dict[str, etree._Element] = {}
    for forms in content.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}forms"):
        for each in forms.iter(etree.Element):
            for name in (FORM + "id", XML_ID):
                if (identifier := each.get(name)) is not None:
                    found.setdefault(identifier, each)
    return found


def control(drawn: etree._Element, controls: Mapping[str, etree._Element]) -> list[etree._Element]:
    """A draw:control (10.3.13): a check box, a text that somebody typed, or another kind."""
    found = controls.get(drawn.get(DRAW + "control") or "")
    kind = "" if found is None else str(found.tag).rpartition("}")[2]
    if found is None or kind not in (
        "checkbox",
        "text",
        "textarea",
        "formatted-text",
        "fixed-text",
    ):
        # Which of its choices is made only the program can show.
        run = element("r")
        within(within(run, "object"), "control")
        return [run]
    if kind == "checkbox":
        # form:current-state (19.279) is what somebody chose, form:state what it began with.
        state = found.get(FORM + "current-state") or found.get(FORM + "state") or "unchecked"
        checked = {"checked": 1, "unchecked": 0}.get(state, state)
        return [*check_box(checked=checked), text_run(" " + (found.get(FORM + "label") or ""))]
    said = found.get(FORM + "current-value") or found.get(FORM + "value")
    return [text_run(said or found.get(FORM + "label") or "")]


def drawing(drawn: etree._Element, blocks_of: BlocksOf) -> list[etree._Element]:
    """A draw:frame, a figure, a line, or a group of them.

    Args:
        drawn: the element.
        blocks_of: makes the blocks of what it holds as text.
    """
    kind = str(drawn.tag).rpartition("}")[2]
    width, height = points(drawn.get(SVG + "width")), points(drawn.get(SVG + "height"))
    if kind == "g":
        return [
            run for child in drawn.iterchildren(etree.Element) for run in drawing(child, blocks_of)
        ]
    floating = drawn.get(TEXT + "anchor-type") != "as-char"
    top = points(drawn.get(SVG + "y"))
    held = {
        str(child.tag).rpartition("}")[2]: child
        for child in reversed(list(drawn.iterchildren(etree.Element)))
    }
    if kind == "frame":
        if "text-box" in held:
            blocks = blocks_of(held["text-box"])
            return [shape(blocks, floating=floating, width=width, height=height, top=top)]
        if "object" in held or "object-ole" in held or "plugin" in held:
            run = element("r")
            within(run, "object")
            return [run]
        return [
            shape(
                None,
                floating=floating,
                width=width,
                height=height,
                picture="image" in held,
                top=top,
            )
        ]
    text = blocks_of(drawn) if "".join(map(str, drawn.itertext())).strip() else None
    return [shape(text, floating=floating, width=width, height=height, top=top)]
