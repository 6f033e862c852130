"""Pictures, shapes, ink and embedded objects: what they may hide, and what they may be."""

import re
from dataclasses import dataclass

from lxml import etree

from parsers.word.names import MC, WP, W, chosen_branch, local

#: A picture of a page is at least so wide and high: 10 cm, in English metric units (20.1.10.16).
_PAGE_SIDE = 3_600_000
_UNITS = {"in": 914_400, "cm": 360_000, "mm": 36_000, "pt": 12_700, "px": 9_525, "": 9_525}
#: A text box with no more letters than this may be a mark.
_MARK_LENGTH = 3
_TOP = re.compile(r"(?:^|;)\s*(?:margin-)?top\s*:\s*(-?\d{1,6}(?:\.\d{1,6})?)\s*([a-z]{0,2})")
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]{0,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One w:drawing, w:pict, w:object or w:contentPart.

    Attributes:
        floating: whether it may lie over text beside which it does not stand.
        stroke: whether it is floating, and a line, a figure, ink, or a text box with a mark at most:
            neither picture nor text.
        rises: how far above its paragraph it begins, in English metric units.
        page_sized: whether it is a picture large enough to be of a page.
        embedded: whether it is a file of another program.
        control: whether it is a control (ActiveX), whose state stands elsewhere.
        text_boxes: w:txbxContent elements, of those branches that Word shows.
    """

    floating: bool
    stroke: bool
    rises: int
    page_sized: bool
    embedded: bool
    control: bool
    text_boxes: tuple[etree._Element, ...]


def drawing_of(element: etree._Element) -> Drawing:
    """Looks at a drawing's element."""
    ink = element.tag == W + "contentPart"
    vml = element.tag != W + "drawing"
    shapes = [each for each in element.iter(etree.Element) if each.get("style")] if vml else []
    floating = (
        ink
        or element.find(WP + "anchor") is not None
        or any("absolute" in (each.get("style") or "") for each in shapes)
    )
    names = {local(each) for each in element.iter(etree.Element)}
    picture = bool(names & {"pic", "imagedata"})
    text_boxes = tuple(_text_boxes(element))
    return Drawing(
        floating=floating,
        stroke=floating and not picture and not any(map(_has_words, text_boxes)),
        rises=max(0, -min([0, *_offsets(element), *map(_top, shapes)])),
        page_sized=_large_extent(element) or any(map(_large_style, shapes)),
        embedded="OLEObject" in names or (element.tag == W + "object" and "control" not in names),
        control="control" in names,
        text_boxes=text_boxes,
    )


def text_frame() -> Drawing:
    """What a w:framePr (17.3.1.11) makes of its paragraph: text that may lie over other text."""
    return Drawing(
        floating=True,
        stroke=True,
        rises=0,
        page_sized=False,
        embedded=False,
        control=False,
        text_boxes=(),
    )


def _has_words(text_box: etree._Element) -> bool:
    return sum(len((each.text or "").strip()) for each in text_box.iter(W + "t")) > _MARK_LENGTH


def _offsets(element: etree._Element) -> list[int]:
    """Vertical offsets from the paragraph (20.4.2.11), down the page."""
    return [
        int(offset.text or "")
        for position in element.iter(WP + "positionV")
        if position.get("relativeFrom") in ("paragraph", "line")
        for offset in position.iter(WP + "posOffset")
        if re.fullmatch(r"-?[0-9]{1,12}", offset.text or "")
    ]


def _top(shape: etree._Element) -> int:
    found = _TOP.search((shape.get("style") or "").lower())
    return int(float(found.group(1)) * _UNITS.get(found.group(2), 0)) if found else 0


def _text_boxes(element: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for child in element:
        if child.tag == W + "txbxContent":
            found.append(child)
        elif child.tag == MC + "AlternateContent":
            branch = chosen_branch(child)
            if branch is not None:
                found.extend(_text_boxes(branch))
        elif local(child) != "control":
            found.extend(_text_boxes(child))
    return found


def _large_extent(element: etree._Element) -> bool:
    for extent in element.iter(WP + "extent"):
        sides = [extent.get("cx") or "", extent.get("cy") or ""]
        if all(side.isdecimal() and int(side[:12]) >= _PAGE_SIDE for side in sides):
            return True
    return False


def _large_style(shape: etree._Element) -> bool:
    sides = {
        name: float(number) * _UNITS.get(unit, 0)
        for name, number, unit in _LENGTH.findall((shape.get("style") or "").lower())
    }
    return len(sides) == 2 and min(sides.values()) >= _PAGE_SIDE
