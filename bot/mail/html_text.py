"""The words of an HTML body: scripts and styles dropped, table rows on lines of their own.

A scanner of its own rather than html.parser: that one takes quadratic time over some malformed
pages and stops on a few, and a body comes from anybody.
"""

import html
import re

#: Longer pages are cut; no letter is that long.
LONGEST_PAGE = 4 * 1024 * 1024

_DROPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
#: A bracket that opens anything; others are words.
_BRACKET = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"</?([a-zA-Z][^\s/>]{0,40})")
#: A reference to a character with more digits than any has: `int` refuses thousands of them.
_ENDLESS = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b]+")


def text_of_html(page: str) -> str:
    """The visible words of a page, in order; cells of a row are kept apart by tabs.

    Args:
        page: decoded HTML, however malformed.
    """
    page = page[:LONGEST_PAGE]
    out: list[str] = []
    endless: set[str] = set()
    at = 0
    while at < len(page):
        bracket = _BRACKET.search(page, at)
        if bracket is None:
            out.append(_words(page[at:]))
            break
        open_ = bracket.start()
        out.append(_words(page[at:open_]))
        if page.startswith("<!--", open_):
            end = page.find("-->", open_ + 4)
            at = len(page) if end < 0 else end + 3
            continue
        tag = _TAG.match(page, open_)
        if tag is None and page[open_ + 1 : open_ + 2] not in {"!", "?"}:
            out.append("<")
            at = open_ + 1
            continue
        end = page.find(">", open_)
        if end < 0:
            # The last tag was cut off; no words follow it.
            break
        at = end + 1
        if tag is not None:
            name = tag[1].lower()
            closing = page[open_ + 1] == "/"
            if name in _DROPPED and not closing and page[end - 1] != "/":
                # An element that is never closed is looked for once: else a page of nothing but
                # opening tags takes quadratic time.
                closed = at if name in endless else _after(page, at, name)
                if closed == at:
                    endless.add(name)
                at = closed
            elif name in _BLOCKS:
                out.append("\n")
            elif name in _CELLS and closing:
                out.append("\t")
    return _tidy("".join(out))


def _after(page: str, at: int, name: str) -> int:
    """Where an element that is dropped ends; one that never ends hides nothing but its tag."""
    closing = re.compile(rf"</{name}[^>]{{0,200}}>", re.IGNORECASE).search(page, at)
    if closing is None:
        return at
    return closing.end()


def _words(text: str) -> str:
    if not text:
        return ""
    if "&" in text:
        text = html.unescape(_ENDLESS.sub("\ufffd", text))
    return _SPACE.sub(" ", text)


def _tidy(text: str) -> str:
    lines = (re.sub(r" *\t *", "\t", line).strip(" ").rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
