"""Names of WordprocessingML as lxml spells them, and the values that several elements share."""

from lxml import etree

#: ECMA-376 Part 1 (strict) names -> Part 4 (transitional) names: one spelling for the whole room.
STRICT_NAMESPACES = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    "http://purl.oclc.org/ooxml/officeDocument/relationships": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
W14_CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"

VAL = W + "val"
_ON = frozenset(("1", "true", "on"))
_OFF = frozenset(("0", "false", "off"))


def on_off(value: str | None) -> bool | None:
    """An ST_OnOff value (ECMA-376 Part 1, 22.9.2.7; Part 4 for "on" and "off").

    A missing value is true: the element's presence says it. None for a value that is neither.
    """
    if value is None:
        return True
    value = value.strip().casefold()
    return True if value in _ON else False if value in _OFF else None


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle property of a run (17.7.3); None where the run does not say."""
    if properties is None:
        return None
    element = properties.find(W + name)
    return None if element is None else on_off(element.get(VAL)) is not False


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name in whatever namespace: Word's extensions come in several."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def chosen_branch(alternate: etree._Element) -> etree._Element | None:
    """The one branch of mc:AlternateContent that is shown (ECMA-376 Part 3, 9.3): never both.

    The first choice whose namespaces Word knows, else the fallback.
    """
    for child in alternate:
        if child.tag == MC + "Choice":
            needed = (child.nsmap.get(prefix) for prefix in (child.get("Requires") or "").split())
            if all(name and name.startswith("http://schemas.") for name in needed):
                return child
    return alternate.find(MC + "Fallback")


def symbol_character(symbol: etree._Element) -> str | None:
    """The character of a w:sym (17.3.3.30) in the font that it names; None where its code is none."""
    try:
        return chr(int(symbol.get(W + "char") or "", 16))
    except (ValueError, OverflowError):
        return None
