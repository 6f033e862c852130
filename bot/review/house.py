"""What every page is made from, put together once."""

from dataclasses import dataclass

from bot.edges.clock import Clock
from bot.review.drawing import Drawing
from bot.review.entrance import Entrance
from bot.review.opened import OpenedMessages
from bot.review.pages import Pages
from bot.review.tallies import Tallies
from bot.wiring.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The review page's own parts.

    Attributes:
        desk: the record, and what works on it.
        clock: what time it is.
        entrance: who comes in.
        pages: the templates.
        tallies: counted when something changed, and not before.
        opened: the messages looked at last.
        drawing: pictures of pages, made in processes of their own.
        origin: scheme, host and port that people reach it by.
        hosts: values of the Host field that are answered.
        secure: whether cookies go over TLS alone.
        proxy_header: field that a trusted proxy names a person in; empty: none.
        proxies: addresses that it is believed from.
    """

    desk: Desk
    clock: Clock
    entrance: Entrance
    pages: Pages
    tallies: Tallies
    opened: OpenedMessages
    drawing: Drawing
    origin: str
    hosts: frozenset[str]
    secure: bool
    proxy_header: str = ""
    proxies: frozenset[str] = frozenset()

    @property
    def cookie(self) -> str:
        """Name of the session's cookie; the prefix binds it to this host (RFC 6265bis, 4.1.3.2)."""
        return "__Host-tsbbot" if self.secure else "tsbbot"

    @property
    def form_cookie(self) -> str:
        """Name of the cookie that the forms of a stranger's pages hang on."""
        return f"{self.cookie}-form"
