"""A connection to an IMAP server, signed in; what goes wrong with it in words of our own."""

import dataclasses
import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, LoginError

from bot.edges.oauth2.sasl import TokenExchange
from bot.edges.oauth2.token import AccessTokens
from bot.edges.transport import network_failure, quoted_reply, refuse_plain, tls_context
from bot.errors import MailboxError, MailboxSignInError, TokenError, TokenRefusedError
from bot.settings import Security

_SECTION = "mailbox"

#: What imapclient raises: OSError from the network; IMAP4.error for a refusal, an unreadable answer
#: or (IMAP4.abort) an end of the connection; the rest where an answer keeps to no grammar.
IMAP_FAILURES: Final = (
    OSError,
    imaplib.IMAP4.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)
#: Response codes of a sign-in that fails for now, whoever asks (RFC 5530, 3).
_FOR_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")
_LET_IN: Final = (
    f"check [{_SECTION}] username; let the application into that mailbox (Exchange:"
    " New-ServicePrincipal and Add-MailboxPermission) and switch IMAP on for it"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where the mailbox is and how to sign in.

    Attributes:
        host: name of the server; its certificate must bear it.
        port: usually 993 for TLS, 143 for STARTTLS.
        security: plain is refused for any host but this machine.
        username: to sign in with.
        password: to sign in with; not shown.
        tokens: to sign in with instead (OAuth 2); None: by the password.
        folder: the one that is read.
        timeout: seconds that any answer of the server is waited for.
        ca_file: authorities to trust instead of the platform's; None: the platform's.
        idle: whether the server may be asked to tell of new mail (RFC 2177).

    Raises:
        ConfigurationError: the account would send its password in clear to another machine.
    """

    host: str
    port: int
    security: Security
    username: str
    password: str = dataclasses.field(default="", repr=False)
    tokens: AccessTokens | None = dataclasses.field(default=None, repr=False)
    folder: str = "INBOX"
    timeout: float = 60.0
    ca_file: Path | None = None
    idle: bool = True

    def __post_init__(self) -> None:
        refuse_plain(_SECTION, self.host, self.security)


def connect(account: ImapAccount) -> IMAPClient:
    """Connects and signs in.

    Raises:
        ConfigurationError: the file of authorities cannot be used.
        MailboxError: the server cannot be reached, or not as asked.
        MailboxSignInError: it refuses the user name or password.
    """
    if account.tokens is None:
        return _connected(account, None)
    with _asking_for_tokens():
        token = account.tokens.token()
    try:
        return _connected(account, token)
    except MailboxSignInError:
        # It may have been revoked before its time.
        with _asking_for_tokens():
            another = account.tokens.renewed(token)
        return _connected(account, another)


def hang_up(client: IMAPClient) -> None:
    """Drops a connection without a word to the server, which may be gone."""
    try:
        client.shutdown()
    except OSError:
        # It was broken already; nothing is left to close.
        return


def mailbox_error(account: ImapAccount, error: Exception) -> MailboxError:
    """What imapclient raised, in words of our own; without the password, which it may quote."""
    server = f"the mailbox server {account.host}:{account.port}"
    if isinstance(error, OSError):
        failure = network_failure(error, _SECTION, account.timeout)
        return MailboxError(f"{server} cannot be used: {failure.reason}", mend=failure.mend)
    said = quoted(account, error)
    if isinstance(error, imaplib.IMAP4.abort):
        return MailboxError(
            f"{server} ended the connection ({said})", mend="it is tried again later"
        )
    if isinstance(error, imaplib.IMAP4.error):
        return MailboxError(f"{server} refused ({said})", mend=f"check [{_SECTION}]")
    return MailboxError(
        f"{server} gave an answer that cannot be read ({type(error).__name__})",
        mend=f"check that [{_SECTION}] host and port are those of an IMAP server",
    )


def quoted(account: ImapAccount, error: object) -> str:
    """What the server said, fit to be shown."""
    return quoted_reply(error, account.password, f"\0{account.username}\0{account.password}")


@contextmanager
def _asking_for_tokens() -> Iterator[None]:
    try:
        yield
    except TokenRefusedError as error:
        raise MailboxSignInError(error.message, mend=error.mend) from None
    except TokenError as error:
        raise MailboxError(error.message, mend=error.mend) from None


def _connected(account: ImapAccount, token: str | None) -> IMAPClient:
    protected = account.security is not Security.PLAIN
    context = tls_context(_SECTION, account.ca_file) if protected else None
    client = _open(account, context)
    try:
        if token is None:
            _sign_in(client, account)
        else:
            _show_token(client, account, token)
    except BaseException:
        hang_up(client)
        raise
    return client


def _open(account: ImapAccount, context: ssl.SSLContext | None) -> IMAPClient:
    try:
        client = IMAPClient(
            account.host,
            port=account.port,
            ssl=account.security is Security.TLS,
            ssl_context=context,
            timeout=account.timeout,
        )
    except IMAP_FAILURES as error:
        raise mailbox_error(account, error) from error
    # Else every answer is formatted for a log, at several times the memory of the message in it.
    client._imap.debug = 0  # noqa: SLF001 - imapclient offers no other way
    # The time of a reply is kept with its zone.
    client.normalise_times = False
    if account.security is Security.STARTTLS:
        try:
            client.starttls(context)
        except CapabilityError as error:
            hang_up(client)
            raise MailboxError(
                f"the mailbox server {account.host}:{account.port} offers no STARTTLS",
                mend=f'check [{_SECTION}] port, or use security = "tls"',
            ) from error
        except IMAP_FAILURES as error:
            hang_up(client)
            raise mailbox_error(account, error) from error
    return client


def _sign_in(client: IMAPClient, account: ImapAccount) -> None:
    try:
        # LOGIN takes ASCII only, and imaplib leaves its user name unquoted.
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(account.username, account.password)
        else:
            name = account.username.replace("\\", "\\\\").replace('"', '\\"')
            client.login(f'"{name}"', account.password)
    except UnicodeEncodeError:
        raise MailboxSignInError(
            f"the mailbox server {account.host}:{account.port} takes no user name or password"
            " with other than ASCII characters (it offers LOGIN only)",
            mend=f"change [{_SECTION}] username or password on the server",
        ) from None
    except LoginError as error:
        # imapclient makes a LoginError of an ended connection, too.
        if isinstance(error.__context__, imaplib.IMAP4.abort):
            raise mailbox_error(account, error.__context__) from None
        said = quoted(account, error)
        if said.upper().startswith(_FOR_NOW):
            raise mailbox_error(account, error) from None
        # The cause is left out: it may quote what was sent.
        raise MailboxSignInError(
            f"the mailbox server {account.host}:{account.port} refuses the user name or password"
            f" of {account.username} ({said})",
            mend=f"check [{_SECTION}] username and password",
        ) from None
    except IMAP_FAILURES as error:
        raise mailbox_error(account, error) from None


def _show_token(client: IMAPClient, account: ImapAccount, token: str) -> None:
    server = f"the mailbox server {account.host}:{account.port}"
    exchange = TokenExchange.among(_offered(client, account), account.username, token)
    if exchange is None:
        raise MailboxSignInError(
            f"{server} lets nobody in by a token (it offers neither OAUTHBEARER nor XOAUTH2)",
            mend=f"check [{_SECTION}] host and port, or give a password instead of oauth2",
        )
    try:
        client.sasl_login(exchange.mechanism, exchange)
    except LoginError as error:
        # imapclient makes a LoginError of an ended connection, too.
        if isinstance(error.__context__, imaplib.IMAP4.abort):
            raise mailbox_error(account, error.__context__) from None
        said = quoted_reply(error, *exchange.secrets)
        if said.upper().startswith(_FOR_NOW):
            raise mailbox_error(account, error) from None
        why = ", ".join(filter(None, (said, exchange.reason)))
        # The cause is left out: it may quote what was sent.
        raise MailboxSignInError(
            f"{server} refuses the token of {account.username} ({why})", mend=_LET_IN
        ) from None
    except IMAP_FAILURES as error:
        raise mailbox_error(account, error) from None


def _offered(client: IMAPClient, account: ImapAccount) -> set[str]:
    try:
        capabilities: tuple[bytes, ...] = client.capabilities()
    except IMAP_FAILURES as error:
        raise mailbox_error(account, error) from None
    return {each.decode("ascii", "replace").upper().removeprefix("AUTH=") for each in capabilities}
