"""What stands before every view: who asks, may they, and did the form come from a page of ours."""

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.errors import ArchiveError, ReviewError, TsbbotError
from bot.review.drawing import UndrawableError
from bot.review.people import STRANGER, Person, Role
from bot.review.visit import NotThereError, View, Visit

if TYPE_CHECKING:
    from bot.review.house import House

#: A form of ours is much smaller.
_MOST_BYTES = 64 * 1024
_MOST_FIELDS = 500

Endpoint = Callable[[Request], Awaitable[Response]]


class TooLargeError(Exception):
    """More was sent than any form of ours is."""


def guarded(view: View, role: Role) -> Endpoint:
    """The endpoint of a view that only people of a role, or a higher one, get to."""

    async def endpoint(request: Request) -> Response:
        try:
            form = await _form(request)
        except TooLargeError:
            visit = _visit(request, STRANGER, {}, "")
            return _failed(visit, 413, "That was too much", "More was sent than a form holds.")
        return await run_in_threadpool(_answer, request, form, view, role)

    return endpoint


def failed(request: Request, status: int, title: str, words: str) -> Response:
    """A page that says what is wrong."""
    return _failed(_visit(request, STRANGER, {}, ""), status, title, words)


def _answer(request: Request, form: dict[str, str], view: View, role: Role) -> Response:
    house: House = request.app.state.house
    person, key = _person(request, house)
    visit = _visit(request, person, form, key)
    if request.method == "POST" and not _is_ours(request, visit, key):
        return _failed(
            visit,
            403,
            "Please send it again",
            "The form was too old, or did not come from a page of this site. Nothing was changed.",
        )
    if person.role < role:
        return _refused(request, visit)
    try:
        return view(visit)
    except NotThereError:
        return _failed(visit, 404, "Nothing is there", "There is no such page, or no longer.")
    except UndrawableError as error:
        return _failed(visit, 404, "No picture", f"No picture can be made: {error}.")
    except ReviewError as error:
        return _failed(visit, 409, "It was not done", str(error))
    except ArchiveError as error:
        return _failed(visit, 404, "The message is gone", str(error))
    except TsbbotError as error:
        return _failed(visit, 503, "It cannot be shown now", str(error))


def _refused(request: Request, visit: Visit) -> Response:
    if visit.person.role is not Role.STRANGER:
        return _failed(
            visit, 403, "For reviewers", "You may look at everything, and decide nothing."
        )
    if request.method != "GET":
        return _failed(visit, 403, "Please sign in", "You are signed out. Nothing was changed.")
    if request.headers.get("sec-fetch-site") == "cross-site" and "again" not in visit.query:
        # A strict cookie does not come with a link followed from elsewhere (a mail, say): the same
        # page asked for from here has it.
        again = f"{visit.path}?again=1"
        return visit.house.pages.show(visit, "again.html", {"again": again})
    return RedirectResponse("/sign-in", status_code=303)


def _person(request: Request, house: "House") -> tuple[Person, str]:
    """Who asks, and what the forms of their pages hang on."""
    now = house.clock.now()
    caller = request.client.host if request.client else ""
    if house.proxy_header and caller in house.proxies:
        said = request.headers.getlist(house.proxy_header)
        person = house.entrance.people.find(said[0]) if len(said) == 1 else STRANGER
        if person.role is not Role.STRANGER:
            return person, f"proxy\0{person.address}"
    cookie = request.cookies.get(house.cookie, "")
    person = house.entrance.person(cookie, now) if cookie else STRANGER
    if person.role is not Role.STRANGER:
        return person, cookie
    return STRANGER, request.cookies.get(house.form_cookie, "")[:200]


def _visit(request: Request, person: Person, form: dict[str, str], key: str) -> Visit:
    house: House = request.app.state.house
    fresh = None if key else secrets.token_urlsafe(24)
    return Visit(
        house=house,
        person=person,
        now=house.clock.now(),
        path=request.url.path,
        places=dict(request.path_params),
        query=dict(request.query_params),
        form=form,
        cookie=request.cookies.get(house.cookie, ""),
        form_token=house.entrance.seals.form_token(key or fresh or ""),
        caller=request.client.host if request.client else "",
        fresh_key=fresh,
    )


def _is_ours(request: Request, visit: Visit, key: str) -> bool:
    """Whether a form came from a page of ours: by its token, and by what the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    # Without a referrer the origin of a form is "null" (Fetch, 3.1).
    if request.headers.get("origin", "null") not in {"null", visit.house.origin}:
        return False
    return visit.house.entrance.seals.is_form_token(visit.form.get("token", ""), key)


async def _form(request: Request) -> dict[str, str]:
    if request.method != "POST":
        return {}
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise TooLargeError
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise TooLargeError from error
    return dict(pairs)


def _failed(visit: Visit, status: int, title: str, words: str) -> Response:
    return visit.house.pages.show(
        visit, "failed.html", {"title": title, "words": words}, status=status
    )
