"""A connection to the submission server, signed in; what goes wrong with it in words of our own."""

import contextlib
import dataclasses
import smtplib
import socket
import ssl
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.edges.oauth2.sasl import TokenExchange
from bot.edges.oauth2.token import AccessTokens
from bot.edges.transport import network_failure, quoted_reply, refuse_plain, tls_context
from bot.errors import SubmissionError, TokenError
from bot.settings import Security

_SECTION = "smtp"
_LET_IN: Final = (
    f"check [{_SECTION}] username; let the application send as that mailbox (Exchange: SMTP.SendAsApp"
    " and Add-MailboxPermission) and switch authenticated SMTP on for it"
)
#: A refusal takes one challenge (RFC 7628, 3.2.3); a server that goes on asking is not understood.
_MOST_CHALLENGES: Final = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """Where the submission server is and how to sign in.

    Attributes:
        host: name of the server; its certificate must bear it.
        port: usually 465 for TLS, 587 for STARTTLS.
        security: plain is refused for any host but this machine.
        username: to sign in with; empty: the server asks for none.
        password: to sign in with; not shown.
        tokens: to sign in with instead (OAuth 2); None: by the password.
        timeout: seconds that any answer of the server is waited for.
        ca_file: authorities to trust instead of the platform's; None: the platform's.

    Raises:
        ConfigurationError: the account would send its password in clear to another machine.
    """

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = dataclasses.field(default="", repr=False)
    tokens: AccessTokens | None = dataclasses.field(default=None, repr=False)
    timeout: float = 60.0
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        refuse_plain(_SECTION, self.host, self.security)


def connect(account: SmtpAccount) -> smtplib.SMTP:
    """Connects and signs in.

    Raises:
        ConfigurationError: the file of authorities cannot be used.
        SubmissionError: the server cannot be reached, or not as asked, or refuses the sign-in.
    """
    if account.tokens is None:
        return _connected(account, None)
    with _asking_for_tokens():
        token = account.tokens.token()
    try:
        return _connected(account, token)
    except _TokenRejectedError:
        # It may have been revoked before its time.
        with _asking_for_tokens():
            another = account.tokens.renewed(token)
        return _connected(account, another)


def hang_up(client: smtplib.SMTP) -> None:
    """Drops a connection without a word to the server, which may be gone."""
    with contextlib.suppress(OSError):
        client.close()


def submission_error(
    account: SmtpAccount, error: Exception, *, mend: str | None = None
) -> SubmissionError:
    """What smtplib raised, in words of our own; without the password, which it may quote.

    Args:
        account: the server's.
        error: as raised.
        mend: instead of the usual one.
    """
    server = f"the submission server {account.host}:{account.port}"
    # A time-out in the middle of a reply is told as the end of the connection.
    within = error.__context__
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(within, OSError):
        error = within
    # smtplib's exceptions are OSErrors too, without being failures of the network.
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        failure = network_failure(error, _SECTION, account.timeout)
        return SubmissionError(f"{server} cannot be used: {failure.reason}", mend=failure.mend)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return SubmissionError(
            f"{server} ended the connection", mend=mend or "it is tried again later"
        )
    if isinstance(error, smtplib.SMTPResponseException):
        said = _quoted(account, error.smtp_error)
        later = "it is tried again later" if error.smtp_code < 500 else f"check [{_SECTION}]"
        return SubmissionError(f"{server} answered {error.smtp_code} ({said})", mend=mend or later)
    return SubmissionError(
        f"{server} does not do what is needed ({_quoted(account, error)})",
        mend=mend or f"check [{_SECTION}] port and security",
    )


class _TokenRejectedError(SubmissionError):
    """The server takes this token no more; it may take another one."""


@contextlib.contextmanager
def _asking_for_tokens() -> Iterator[None]:
    try:
        yield
    except TokenError as error:
        raise SubmissionError(error.message, mend=error.mend) from None


def _connected(account: SmtpAccount, token: str | None) -> smtplib.SMTP:
    protected = account.security is not Security.PLAIN
    context = tls_context(_SECTION, account.ca_file) if protected else None
    try:
        client = _open(account, context)
    except (OSError, smtplib.SMTPException) as error:
        raise submission_error(account, error) from error
    try:
        _prepare(client, account, context, token)
    except BaseException:
        hang_up(client)
        raise
    return client


def _open(account: SmtpAccount, context: ssl.SSLContext | None) -> smtplib.SMTP:
    # The name that smtplib would look up for itself may take a name server minutes.
    name = socket.gethostname()
    name = name if "." in name else "[127.0.0.1]"
    if account.security is Security.TLS:
        return smtplib.SMTP_SSL(
            account.host, account.port, name, timeout=account.timeout, context=context
        )
    return smtplib.SMTP(account.host, account.port, name, timeout=account.timeout)


def _prepare(
    client: smtplib.SMTP, account: SmtpAccount, context: ssl.SSLContext | None, token: str | None
) -> None:
    try:
        if account.security is Security.STARTTLS:
            client.starttls(context=context)
        client.ehlo_or_helo_if_needed()
        if token is not None:
            _show_token(client, account, token)
        elif account.username:
            _sign_in(client, account)
    except smtplib.SMTPAuthenticationError as error:
        mend = None if error.smtp_code < 500 else f"check [{_SECTION}] username and password"
        # The cause is left out: it may quote what was sent.
        raise submission_error(account, error, mend=mend) from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise submission_error(account, error) from None


def _sign_in(client: smtplib.SMTP, account: SmtpAccount) -> None:
    if "PLAIN" not in client.esmtp_features.get("auth", "").upper().split():
        client.login(account.username, account.password)
        return
    # smtplib would take no password beyond ASCII (RFC 4616 has UTF-8).
    plain = f"\0{account.username}\0{account.password}"
    code, said = client.docmd("AUTH", f"PLAIN {b64encode(plain.encode()).decode()}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _show_token(client: smtplib.SMTP, account: SmtpAccount, token: str) -> None:
    offered = client.esmtp_features.get("auth", "").upper().split()
    exchange = TokenExchange.among(offered, account.username, token)
    if exchange is None:
        raise SubmissionError(
            f"the submission server {account.host}:{account.port} lets nobody in by a token (it"
            " offers neither OAUTHBEARER nor XOAUTH2)",
            mend=f"check [{_SECTION}] host and port, or give a password instead of oauth2",
        )
    code, said = client.docmd("AUTH", f"{exchange.mechanism} {exchange.initial()}")
    for _ in range(_MOST_CHALLENGES):
        if code != 334:
            break
        with contextlib.suppress(ValueError):
            said = b64decode(said)
        code, said = client.docmd(b64encode(exchange(said)).decode())
    if code == 235:
        return
    refused = smtplib.SMTPResponseException(code, quoted_reply(said, *exchange.secrets))
    told = submission_error(account, refused, mend=_LET_IN if code >= 500 else None)
    if code < 500:
        raise told
    why = f"{told.message}, {exchange.reason}" if exchange.reason else told.message
    raise _TokenRejectedError(f"{why}: the token of {account.username} is refused", mend=told.mend)


def _quoted(account: SmtpAccount, said: object) -> str:
    return quoted_reply(said, account.password, f"\0{account.username}\0{account.password}")
