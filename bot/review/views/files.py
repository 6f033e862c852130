"""Bytes: pictures that we drew, files as downloads, the few files that pages load."""

import re
from urllib.parse import quote

from starlette.responses import Response

from bot.mail.message import Message
from bot.review.drawing import Asked
from bot.review.evidence import FileSeen, files_seen
from bot.review.pages import STATIC
from bot.review.visit import NotThereError, Visit

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_MOST_DRAWN = 50_000_000


def static(visit: Visit) -> Response:
    """A style sheet or script of ours: of those that are there, never by a path."""
    names = {each.name: each for each in STATIC.iterdir()}
    path = names.get(visit.places["name"])
    if path is None or path.suffix not in _TYPES:
        raise NotThereError
    return Response(
        path.read_bytes(), media_type=_TYPES[path.suffix], headers={"cache-control": "no-cache"}
    )


def picture(visit: Visit) -> Response:
    """A page of a file that was read."""
    file, data = _file(visit)
    page = visit.number("page")
    if page not in file.pages:
        raise NotThereError
    drawn = visit.house.drawing.draw(data, _asked(file, page))
    return _png(drawn)


def row(visit: Visit) -> Response:
    """The part of a page that shows a row."""
    file, data = _file(visit)
    number = visit.number("row")
    crop = file.rows[number].crop if number < len(file.rows) else None
    if crop is None:
        raise NotThereError
    page, area = crop
    drawn = visit.house.drawing.draw(data, _asked(file, page, area))
    return _png(drawn)


def attachment(visit: Visit) -> Response:
    """A part of a message, as a download."""
    message = _opened(visit)
    number = visit.number("part")
    if number >= len(message.parts):
        raise NotThereError
    part = message.parts[number]
    return _download(part.data, part.filename or f"part-{number + 1}")


def raw(visit: Visit) -> Response:
    """The whole message as it came, as a download."""
    with visit.desk.store.snapshot() as tx:
        stored = tx.messages.get(visit.number("message"))
    if stored is None:
        raise NotThereError
    return _download(visit.desk.archive.get(stored.sha256), f"message-{stored.id}.eml")


def _asked(
    file: FileSeen, page: int, crop: tuple[float, float, float, float] | None = None
) -> "Asked":
    return Asked(
        sha256=file.sha256,
        page=page,
        scanned=file.scanned,
        outlines=file.outlines(page),
        crop=crop,
    )


def _file(visit: Visit) -> tuple[FileSeen, bytes]:
    """A file of the message that the path names, and its bytes."""
    with visit.desk.store.snapshot() as tx:
        stored = tx.messages.get(visit.number("message"))
        files = files_seen(tx.readings.of_message(stored.id)) if stored else ()
    number = visit.number("file")
    if stored is None or number >= len(files) or not files[number].drawn:
        raise NotThereError
    file = files[number]
    message = visit.house.opened.get(stored.sha256)
    data = next((part.data for part in message.parts if part.path == file.part), b"")
    if not data or len(data) > _MOST_DRAWN:
        raise NotThereError
    return file, data


def _opened(visit: Visit) -> Message:
    with visit.desk.store.snapshot() as tx:
        stored = tx.messages.get(visit.number("message"))
    if stored is None:
        raise NotThereError
    return visit.house.opened.get(stored.sha256)


def _png(png: bytes) -> Response:
    return Response(png, media_type="image/png", headers={"cache-control": "private, max-age=600"})


def _download(data: bytes, name: str) -> Response:
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)[:100].strip(". ") or "file"
    # RFC 6266, 4.3: the plain name for old clients, the whole one encoded.
    disposition = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(_sound(name), safe='')}"
    )
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "content-disposition": disposition,
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


def _sound(name: str) -> str:
    """A name without folders, and without what encodes as nothing."""
    kept = re.sub(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "_", name)
    return kept.encode("utf-8", "replace").decode()[:150]
