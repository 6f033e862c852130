"""Every address of the page: what answers it, and who may ask."""

from collections.abc import Iterator
from typing import Final

from starlette.routing import Route

from bot.review.gate import guarded
from bot.review.people import Role
from bot.review.views import decisions, entrance, files, message, overview, queue, record
from bot.review.visit import View

_ROUTES: Final[tuple[tuple[str, str, View, Role], ...]] = (
    ("GET", "/sign-in", entrance.door, Role.STRANGER),
    ("POST", "/sign-in", entrance.ask_for_link, Role.STRANGER),
    ("GET", "/sign-in/{secret}", entrance.link, Role.STRANGER),
    ("POST", "/sign-in/{secret}", entrance.come_in, Role.STRANGER),
    ("POST", "/sign-out", entrance.go_out, Role.STRANGER),
    ("GET", "/static/{name}", files.static, Role.STRANGER),
    ("GET", "/", overview.overview, Role.READER),
    ("GET", "/circulars/{circular}/tally.png", overview.chart, Role.READER),
    ("GET", "/queue", queue.queue, Role.READER),
    ("GET", "/messages/{message}", message.message, Role.READER),
    ("GET", "/messages/{message}/raw", files.raw, Role.READER),
    ("GET", "/messages/{message}/parts/{part}", files.attachment, Role.READER),
    ("GET", "/messages/{message}/files/{file}/pages/{page}.png", files.picture, Role.READER),
    ("GET", "/messages/{message}/files/{file}/rows/{row}.png", files.row, Role.READER),
    ("GET", "/members", record.members, Role.READER),
    ("GET", "/members/{state}", record.member, Role.READER),
    ("GET", "/letters", record.letters, Role.READER),
    ("GET", "/letters/{letter}", record.letter, Role.READER),
    ("GET", "/trail", record.trail, Role.READER),
    ("GET", "/search", record.search, Role.READER),
    ("GET", "/keys", record.keys, Role.READER),
    ("POST", "/messages/{message}/decision", decisions.decide_message, Role.REVIEWER),
    ("GET", "/messages/{message}/question", decisions.question, Role.REVIEWER),
    ("POST", "/messages/{message}/question", decisions.ask, Role.REVIEWER),
    ("POST", "/replies/{reply}/decision", decisions.decide_reply, Role.REVIEWER),
    ("POST", "/replies/{reply}/undo", decisions.undo, Role.REVIEWER),
    ("GET", "/replies/{reply}/question", decisions.question, Role.REVIEWER),
    ("POST", "/replies/{reply}/question", decisions.ask, Role.REVIEWER),
)


def routes() -> Iterator[Route]:
    """Those of the table, guarded."""
    for method, path, view, role in _ROUTES:
        yield Route(path, guarded(view, role), methods=[method])
