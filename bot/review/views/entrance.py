"""Signing in and out. Nothing here says whether an address is listed."""

from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response

from bot.review.people import Role
from bot.review.visit import Visit

_LONGEST_ADDRESS = 320


def door(visit: Visit) -> Response:
    """Asks for an address."""
    if visit.person.role is not Role.STRANGER:
        return RedirectResponse("/", status_code=303)
    return visit.house.pages.show(visit, "sign_in.html", {"asked": False})


def ask_for_link(visit: Visit) -> Response:
    """Says the same to everybody, and mails a link to those who are listed."""
    entrance = visit.house.entrance
    if not entrance.by_caller.allow(visit.caller, visit.now):
        return _too_often(visit)
    response = visit.house.pages.show(visit, "sign_in.html", {"asked": True})
    address = visit.form.get("address", "")[:_LONGEST_ADDRESS]
    # After the answer has gone: how long it takes tells nothing.
    response.background = BackgroundTask(entrance.send_link, address, visit.now)
    return response


def link(visit: Visit) -> Response:
    """Shows a button: what looks at links in mail before people do does not use it up."""
    return visit.house.pages.show(visit, "link.html", {"secret": visit.places["secret"][:100]})


def come_in(visit: Visit) -> Response:
    """Uses the link up, and begins a session."""
    house = visit.house
    if not house.entrance.by_caller.allow(visit.caller, visit.now):
        return _too_often(visit)
    cookie = house.entrance.let_in(visit.places["secret"][:100], visit.now)
    if cookie is None:
        return house.pages.show(
            visit,
            "failed.html",
            {
                "title": "The link is no longer good",
                "words": "It was used before, or is older than a quarter of an hour. Ask for a new"
                " one on the page to sign in.",
            },
            status=403,
        )
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        house.cookie, cookie, httponly=True, secure=house.secure, samesite="strict", path="/"
    )
    response.delete_cookie(
        house.form_cookie, httponly=True, secure=house.secure, samesite="strict", path="/"
    )
    return response


def go_out(visit: Visit) -> Response:
    """Ends the session."""
    house = visit.house
    house.entrance.let_out(visit.cookie, visit.now)
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(
        house.cookie, httponly=True, secure=house.secure, samesite="strict", path="/"
    )
    return response


def _too_often(visit: Visit) -> Response:
    return visit.house.pages.show(
        visit,
        "failed.html",
        {"title": "Too often", "words": "Please try again in a quarter of an hour."},
        status=429,
    )
