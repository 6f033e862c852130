"""The site put together, and served."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.edges.clock import Clock
from bot.errors import ConfigurationError
from bot.review.drawing import Drawing
from bot.review.entrance import Entrance
from bot.review.gate import failed
from bot.review.house import House
from bot.review.opened import OpenedMessages
from bot.review.pages import Pages
from bot.review.people import People
from bot.review.routes import routes
from bot.review.safety import Safety
from bot.review.seals import Seals, new_secret
from bot.review.tallies import Tallies
from bot.secret_file import read_secret
from bot.settings import is_loopback
from bot.wiring.desk import Desk

_SHORTEST_SECRET = 16
_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the site listens, and what people call it.

    Attributes:
        host, port: that it listens at.
        origin: "https://tsbbot.example.org".
    """

    host: str
    port: int
    origin: str

    @property
    def secure(self) -> bool:
        """Whether people reach it by TLS."""
        return self.origin.startswith("https:")

    @property
    def hosts(self) -> frozenset[str]:
        """Values of the Host field that are answered."""
        parts = urlsplit(self.origin)
        name = parts.netloc.rpartition("@")[2].lower()
        names = {name}
        if parts.port == _USUAL_PORTS.get(parts.scheme):
            names.add(name.rpartition(":")[0])
        elif parts.port is None:
            names.add(f"{name}:{_USUAL_PORTS[parts.scheme]}")
        return frozenset(names)


def address_of(host: str, port: int, base_url: str, *, anyhow: bool = False) -> Address:
    """Where to listen.

    Args:
        host: name or number of an interface.
        port: not 0.
        base_url: of the configuration; empty: the site is called by host and port.
        anyhow: whether to listen beyond this machine without TLS.

    Raises:
        ConfigurationError: others could read along.
    """
    shown = f"[{host}]" if ":" in host else host
    origin = base_url or f"http://{shown}:{port}"
    local = is_loopback(host) and is_loopback(urlsplit(origin).hostname or "")
    if not (local or origin.startswith("https:") or anyhow):
        raise ConfigurationError(
            f"the review page would be open to the network at {host} without TLS",
            mend="give [review] base_url with https and a proxy that has the certificate, or say"
            " --without-tls",
        )
    return Address(host=host, port=port, origin=origin)


@contextmanager
def site(desk: Desk, clock: Clock, address: Address) -> Iterator[tuple[ASGIApp, House]]:
    """The site of a desk; the processes that draw end with the context.

    Raises:
        ConfigurationError: the secret cannot be read, or is too short.
    """
    settings = desk.settings
    drawing = Drawing()
    house = House(
        desk=desk,
        clock=clock,
        entrance=Entrance(
            desk=desk,
            people=People.listed(settings.secretariat.reviewers, settings.secretariat.readers),
            seals=Seals(_secret(desk)),
            base_url=address.origin,
        ),
        pages=Pages(desk.office.zone),
        tallies=Tallies(desk.office),
        opened=OpenedMessages(desk.archive),
        drawing=drawing,
        origin=address.origin,
        hosts=address.hosts,
        secure=address.secure,
        proxy_header=settings.review.trusted_proxy_header,
        proxies=frozenset(settings.review.trusted_proxies),
    )
    app = Starlette(
        routes=list(routes()),
        exception_handlers={HTTPException: _http_error, 500: _fault},
    )
    app.state.house = house
    try:
        # Round everything, so that the page of a fault has the headers too.
        yield Safety(app, address.hosts, secure=address.secure), house
    finally:
        drawing.close()


def server(app: ASGIApp, address: Address) -> uvicorn.Server:
    """The server: `run()` serves until it is told to stop."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=address.host,
            port=address.port,
            # A link to sign in is in the address that an access log would hold.
            access_log=False,
            log_level="warning",
            lifespan="off",
            ws="none",
            # Whoever asks is whom the connection comes from, whatever a header says.
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=32 * 1024,
            limit_concurrency=200,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=5,
        )
    )


def listening(address: Address) -> socket.socket:
    """The socket that the server takes: where it cannot be had, that is said before serving.

    Raises:
        ConfigurationError: another program listens there, or this machine has no such address.
    """
    try:
        return socket.create_server((address.host, address.port), family=_family(address.host))
    except OSError as error:
        raise ConfigurationError(
            f"the review page cannot listen at {address.host} port {address.port}:"
            f" {os.strerror(error.errno) if error.errno else error}",
            mend="name another port with --port or [review] port",
        ) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def free_port(host: str) -> int:
    """A port that nobody listens at now."""
    with socket.create_server((host, 0)) as found:
        return int(found.getsockname()[1])


def _secret(desk: Desk) -> str:
    path = desk.settings.review.secret_file
    if path is None:
        return new_secret()
    secret = read_secret(path, "secret_file")
    if len(secret) < _SHORTEST_SECRET:
        raise ConfigurationError(
            f"the secret in {path} is too short", mend="write a random word of 32 characters"
        )
    return secret


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:
        return failed(request, 405, "Not so", "That page is not asked for in this way.")
    return failed(request, 404, "Nothing is there", "There is no such page, or no longer.")


def _fault(request: Request, _error: Exception) -> Response:
    return failed(
        request,
        500,
        "Something went wrong",
        "It was not your doing, and nothing was changed by half. Please try again; if it happens"
        " again, tell whoever runs the program.",
    )
