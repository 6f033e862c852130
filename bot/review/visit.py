"""One request, as the views see it: who asks, for what, at what time."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from bot.review.people import Person, Role
from bot.wiring.desk import Desk

if TYPE_CHECKING:
    from bot.review.house import House

#: What answers an address.
View = Callable[["Visit"], Response]
_LARGEST_ID = 2**62


class NotThereError(Exception):
    """There is nothing at that address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request.

    Attributes:
        house: what the pages are made from.
        person: who asks.
        now: the present moment.
        path: of the address.
        places: the parts of the path that its route names.
        query: what follows "?"; of a name given twice the last.
        form: what was sent; empty for a request that sends nothing.
        cookie: the session's, sealed; empty where there is none.
        form_token: for the forms of the page.
        caller: network address that the request comes from.
        fresh_key: a key for the forms of a stranger's page, to be set as a cookie; None: there is
            one, or none is needed.
    """

    house: "House"
    person: Person
    now: dt.datetime
    path: str
    places: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookie: str
    form_token: str
    caller: str
    fresh_key: str | None = None

    @property
    def desk(self) -> Desk:
        """The record, and what works on it."""
        return self.house.desk

    @property
    def decides(self) -> bool:
        """Whether the person may decide."""
        return self.person.role >= Role.REVIEWER

    def number(self, name: str) -> int:
        """A number in the path.

        Raises:
            NotThereError: it is none.
        """
        return _number(self.places[name], None)

    def asked_number(self, name: str, default: int) -> int:
        """A number of the query; the default where it is missing or none."""
        return _number(self.query.get(name, ""), default)


def _number(text: str, default: int | None) -> int:
    if text.isascii() and text.isdigit() and len(text) < 19 and int(text) < _LARGEST_ID:
        return int(text)
    if default is None:
        raise NotThereError
    return default
