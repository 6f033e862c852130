"""Pages: templates of `templates/web`, everything printed escaped."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.letters.reasons import reason
from bot.letters.template_folder import TEMPLATE_FOLDER
from bot.register.states import member_states

if TYPE_CHECKING:
    from bot.review.visit import Visit

#: Files that pages load: only those, only by these names.
STATIC = TEMPLATE_FOLDER / "web" / "static"
_LONGEST = 300
_STRANGERS_FORMS = frozenset({"sign_in.html", "link.html"})


class Pages:
    """Renders pages."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Takes the secretariat's time zone, which moments are shown in beside UTC."""
        self._zone = zone
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(str(Path(TEMPLATE_FOLDER) / "web")),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            moment=self._moment,
            reason=reason,
            state=state_name,
            shown=shown,
            size=size,
            words=_words,
            query=_query,
        )

    def show(
        self, visit: "Visit", name: str, values: Mapping[str, object], *, status: int = 200
    ) -> HTMLResponse:
        """A page; those of strangers' forms bring their key as a cookie."""
        html = self._environment.get_template(name).render(
            visit=visit, person=visit.person, zone=self._zone.key, **values
        )
        response = HTMLResponse(html, status_code=status)
        # Only they: the answer to a picture that is not there must not change the key of a form.
        if visit.fresh_key is not None and name in _STRANGERS_FORMS:
            house = visit.house
            response.set_cookie(
                house.form_cookie,
                visit.fresh_key,
                httponly=True,
                secure=house.secure,
                samesite="strict",
            )
        return response

    def _moment(self, moment: dt.datetime | None, *, local: bool = True) -> Markup | str:
        """A moment in UTC and on the secretariat's clock."""
        if moment is None:
            return "–"
        utc, there = moment.astimezone(dt.UTC), moment.astimezone(self._zone)
        day = there.strftime("%-d %b, %H:%M" if there.date() != utc.date() else "%H:%M")
        beside = f" ({day} {there.tzname()})" if local else ""
        return Markup('<time datetime="{}">{} UTC{}</time>').format(
            utc.isoformat(timespec="seconds"), utc.strftime("%-d %b %Y, %H:%M"), beside
        )


def state_name(code: str | None) -> str:
    """A Member State's name; the code of one that is not known; nothing for None."""
    state = member_states().get(code) if code else None  # type: ignore[call-overload]
    return state.name() if state else (code or "")


def shown(text: str | None, longest: int = _LONGEST) -> str:
    """What came by mail, on one line: no control characters, nothing that turns text round."""
    kept = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in (text or "")[: longest + 50]
        if unicodedata.category(char) != "Cf" or char in "\u200c\u200d\u200e\u200f\u061c"
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def size(number: int) -> str:
    """A number of bytes."""
    if number < 1000:
        return f"{number} bytes"
    return f"{number / 1000:.0f} kB" if number < 1_000_000 else f"{number / 1e6:.1f} MB"


def _words(code: object) -> str:
    """A code of our own as words: "under_review"."""
    return str(code).replace("_", " ").replace("-", " ")


def _query(values: Mapping[str, object]) -> str:
    """A query of an address; what is None or empty is left out."""
    return urlencode({name: value for name, value in values.items() if value not in {None, ""}})
