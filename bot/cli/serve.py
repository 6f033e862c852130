"""`tsbbot serve`: the review page."""

from typing import Annotated

import typer

from bot.cli.console import errors, output
from bot.cli.session import Config, Now, clock, desk


def serve(
    host: Annotated[
        str | None, typer.Option(help="Interface to listen at; else [review] host.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; else [review] port.")
    ] = None,
    without_tls: Annotated[
        bool,
        typer.Option(
            "--without-tls", help="Listen beyond this machine though nobody's words are encrypted."
        ),
    ] = False,
    now: Now = None,
    config: Config = None,
) -> None:
    """Serve the review page, until it is told to stop (Ctrl-C).

    Reviewers and readers are those of [secretariat]; the link that lets them in goes out with the
    letters, so `tsbbot run` has to run as well. Beyond this machine it wants [review] base_url with
    https, and a proxy in front that has the certificate.

    [dim]$ tsbbot serve[/dim]
    """
    from bot.review.site import address_of, listening, server, site

    with desk(config) as opened:
        review = opened.settings.review
        address = address_of(
            host or review.host, port or review.port, review.base_url, anyhow=without_tls
        )
        if not (opened.settings.secretariat.reviewers or review.trusted_proxy_header):
            errors().print(
                "Nobody is listed in [secretariat] reviewers: nobody can decide.", markup=False
            )
        with site(opened, clock(now), address) as (app, _), listening(address) as heard:
            output().print(f"The review page is at {address.origin} (Ctrl-C ends it).")
            server(app, address).run(sockets=[heard])
