"""Pages and texts as documents: the letter of a message, or a file that is one."""

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from parsers.body.page import page_of
from parsers.body.plain import passages_of_text
from parsers.document import Document, NotReadableError
from parsers.form import find_rows
from parsers.office.wordprocessing import packed
from parsers.passage import Passage
from parsers.reading import Box, BoxRole, Doubt, Mark
from parsers.word.reader import read_passages as read_word
from parsers.wording import role_of

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_ORDER = tuple(BoxRole)
_MOST_BOXES = 2_000


def read_page(data: bytes) -> Document:
    """Reads an HTML page: UTF-8, or the charset that it names itself.

    Raises:
        NotReadableError: UNREADABLE, where it is nested too deeply; TOO_LARGE, where it has more
            boxes than any form.
    """
    try:
        page = page_of(decoded(data))
        own, quoted = _passages(page.own), _passages(page.quoted)
    except RecursionError as error:
        raise NotReadableError(Doubt.UNREADABLE, "the page is nested too deeply") from error
    document = _document(own, quoted)
    return _doubted(document) if page.veiled else document


def read_text(data: bytes) -> Document:
    """Reads a plain text.

    Raises:
        NotReadableError: TOO_LARGE, where it has more boxes than any form.
    """
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    own, quoted = passages_of_text(text)
    return _document(own, quoted)


def decoded(data: bytes) -> str:
    """The characters of a page or text, by its mark of order, its own word, or as UTF-8."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:2048])
        try:
            return data.decode(said[1].decode() if said else "cp1252", "replace")
        except (LookupError, ValueError):
            return data.decode("cp1252", "replace")


def _passages(blocks: Iterable[etree._Element]) -> list[Passage]:
    return list(read_word(packed(blocks, {})).passages)


def _document(own: list[Passage], quoted: list[Passage]) -> Document:
    """The document: what is quoted counts only where somebody marked it, and then not surely.

    Those who answer quote the form that they were sent, and it is blank; some fill it in there.
    """
    passages = _with_safe_rows(own)
    if not _boxed(own) and any(box.mark is not Mark.EMPTY for each in quoted for box in each.boxes):
        passages = [_with_doubt(each) for each in quoted]
    text = "\n".join(each.text.strip() for each in (*own, *quoted) if each.text.strip())
    return Document(passages=tuple(passages), text=text)


def _with_safe_rows(passages: list[Passage]) -> list[Passage]:
    """Passages, the boxes doubtful of rows that are held together by nothing but the order of lines.

    In a table a row is a row; elsewhere only the four labels say so.
    """
    if not _boxed(passages):
        return passages
    if sum(len(passage.boxes) for passage in passages) > _MOST_BOXES:
        raise NotReadableError(Doubt.TOO_LARGE, f"more than {_MOST_BOXES} boxes, as no form has")
    loose = {
        _key(box)
        for row in find_rows(passages).rows
        if {role_of(box.label)[0] for _, box in row.boxes} != set(_ORDER)
        for _, box in row.boxes
    }
    return [
        _with_doubt(each)
        if each.cell is None and any(_key(box) in loose for box in each.boxes)
        else each
        for each in passages
    ]


def _key(box: Box) -> tuple[str | None, str]:
    return box.place.path, box.how


def _boxed(passages: Iterable[Passage]) -> bool:
    return any(passage.boxes for passage in passages)


def _doubted(document: Document) -> Document:
    return replace(document, passages=tuple(map(_with_doubt, document.passages)))


def _with_doubt(passage: Passage) -> Passage:
    return replace(
        passage,
        items=tuple(
            replace(
                item,
                mark=Mark.DOUBTFUL,
                doubts=tuple(dict.fromkeys((*item.doubts, Doubt.AMBIGUOUS_MARK))),
            )
            if isinstance(item, Box)
            else item
            for item in passage.items
        ),
    )
