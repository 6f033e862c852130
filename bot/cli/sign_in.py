"""`tsbbot sign-in`: a person lets the program into the mailbox, once."""

import threading
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.console import errors, output
from bot.cli.session import Config, clock, settings, whole
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.edges.oauth2.device_code import DeviceCode


class Server(StrEnum):
    """Which sign-in."""

    MAILBOX = "mailbox"
    SMTP = "smtp"


def sign_in(
    server: Annotated[Server, typer.Argument(help="Whose oauth2 table is meant.")],
    config: Config = None,
) -> None:
    """Sign in by OAuth 2: shows an address and a code, and waits until you have signed in there.

    The token is kept in the file that token_cache names, and renewed from then on. Where nobody
    needs to sign in (client credentials, service account) a token is asked for, to see that it can
    be had.

    [dim]$ tsbbot sign-in mailbox[/dim]
    """
    from bot.edges.oauth2.accounts import account_tokens, device_grant
    from bot.edges.oauth2.device_code import sign_in_on_a_device

    loaded = settings(config)
    section = loaded.mailbox if server is Server.MAILBOX else loaded.smtp
    oauth2 = section.oauth2
    if oauth2 is None:
        raise ConfigurationError(
            f"[{server}] signs in by a password",
            mend=f"describe [{server}.oauth2] first; config.example.toml shows how",
        )
    time = clock(None)
    tokens = account_tokens(server, section.username, oauth2, time)
    grant = device_grant(server, section.username, oauth2)
    if grant is None:
        kept = tokens.kept()
        # Anew, whatever is kept: the secret may have changed since.
        tokens.renewed(kept.access if kept else "")
        output().print(f"[clear]ok[/clear]   A token for {escape(section.username)} can be had.")
        return
    with errors().status("Waiting for the sign-in"):
        token = sign_in_on_a_device(grant, show=_show, clock=time, stop=threading.Event())
    tokens.keep(token)
    output().print(
        f"[clear]ok[/clear]   Signed in as {escape(section.username)};"
        f" kept in {escape(str(oauth2.token_cache))}."
    )
    if token.refresh is None:
        errors().print(
            "[ambiguous]It cannot be renewed: the provider gave no refresh token. Ask for it in"
            " scope (offline_access).[/ambiguous]"
        )


def _show(code: "DeviceCode") -> None:
    output().print(f"Open [name]{escape(code.address)}[/name]", soft_wrap=True)
    output().print(f"and enter [name]{escape(code.user_code)}[/name]")
    output().print(f"[quiet]until {whole(code.expires_at)}; sign in as the mailbox's user.[/quiet]")
