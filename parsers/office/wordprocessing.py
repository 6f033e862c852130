"""Writing WordprocessingML: elements, and the smallest package that the Word reader takes.

Other formats are brought to it, so that what a mark, a stroke or a deletion means is judged once.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from lxml import etree

from parsers.word.names import MAIN, VAL, W

VML = "{urn:schemas-microsoft-com:vml}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
#: What XML cannot hold (XML 1.0, 2.2), lone surrogates among it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: 635 English metric units are a twentieth of a point.
TWIP = 635


def element(name: str, value: object = None, **attributes: object) -> etree._Element:
    """An element of WordprocessingML.

    Args:
        name: without its namespace.
        value: of its w:val; None for none.
        attributes: others, in the same namespace.
    """
    made = etree.Element(W + name, nsmap={"w": MAIN})
    if value is not None:
        made.set(VAL, clean(str(value)))
    for key, each in attributes.items():
        made.set(W + key, clean(str(each)))
    return made


def within(parent: etree._Element, name: str, value: object = None) -> etree._Element:
    """A new last child."""
    child = element(name, value)
    parent.append(child)
    return child


def text_run(text: str, properties: Iterable[etree._Element] = ()) -> etree._Element:
    """A run: its properties, and its text with what XML cannot hold left out."""
    run = element("r")
    look = element("rPr")
    look.extend(properties)
    if len(look):
        run.append(look)
    within(run, "t").text = clean(text)
    return run


def clean(text: str) -> str:
    """Text as XML can hold it."""
    return _FORBIDDEN.sub("", text)


def field_character(kind: str) -> etree._Element:
    """A run with the beginning, separator or end of a complex field (ECMA-376 Part 1, 17.16.18)."""
    run = element("r")
    run.append(element("fldChar", fldCharType=kind))
    return run


def check_box_data(*, default: object, checked: object = None) -> etree._Element:
    """w:ffData of a check box (17.16.17); `checked` is None where only the default counts."""
    data = element("ffData")
    box = within(data, "checkBox")
    within(box, "default", default)
    if checked is not None:
        within(box, "checked", checked)
    return data


def check_box(*, checked: object) -> list[etree._Element]:
    """A box as Word's form field, which says its state in one place."""
    begin = field_character("begin")
    begin[0].append(check_box_data(default=0, checked=checked))
    instruction = element("r")
    within(instruction, "instrText").text = " FORMCHECKBOX "
    return [begin, instruction, field_character("separate"), field_character("end")]


def shape(
    blocks: Iterable[etree._Element] | None,
    *,
    floating: bool,
    width: float = 0,
    height: float = 0,
    picture: bool = False,
    top: float = 0,
) -> etree._Element:
    """A run with a drawing (VML, Part 4, 19.1): a picture, a text box, or a figure.

    Args:
        blocks: what a text box holds; None for any other.
        floating: whether it may lie over text.
        width: in points.
        height: in points.
        picture: whether it is one.
        top: below the top of its paragraph, in points.
    """
    run = element("r")
    drawn = etree.SubElement(within(run, "pict"), f"{VML}shape")
    position = f"position:absolute;margin-top:{top:.1f}pt;" if floating else ""
    drawn.set("style", f"{position}width:{width:.1f}pt;height:{height:.1f}pt")
    if picture:
        etree.SubElement(drawn, f"{VML}imagedata")
    if blocks is not None:
        box = etree.SubElement(drawn, f"{VML}textbox")
        within(box, "txbxContent").extend(blocks)
    return run


def packed(
    body: Iterable[etree._Element], parts: Mapping[str, Iterable[Iterable[etree._Element]]]
) -> bytes:
    """A package for the Word reader.

    Args:
        body: blocks of the document: paragraphs and tables.
        parts: kind ("header", "footnotes", ...) -> the blocks of each part of that kind.
    """
    document = element("document")
    within(document, "body").extend(body)
    relations = etree.Element(f"{{{_PACKAGE}}}Relationships")
    written = {"word/document.xml": document, "word/_rels/document.xml.rels": relations}
    for kind, each in parts.items():
        for blocks in each:
            name = f"{kind}{len(written)}.xml"
            root = element(kind)
            root.extend(blocks)
            written[f"word/{name}"] = root
            relation = etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship")
            relation.set("Type", f"{_RELATIONS}/{kind}")
            relation.set("Target", name)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, root in written.items():
            archive.writestr(name, etree.tostring(root, encoding="UTF-8"))
    return data.getvalue()
