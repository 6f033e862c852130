"""How to sign in to the mailbox and to the servers that take letters and alarms."""

from bot.edges.imap_connection import ImapAccount
from bot.edges.oauth2.accounts import account_tokens
from bot.edges.oauth2.token import AccessTokens
from bot.edges.smtp_connection import SmtpAccount
from bot.edges.system_clock import SystemClock
from bot.errors import ConfigurationError
from bot.mail.addresses import parse_addresses
from bot.mail.message import Address
from bot.settings import Security, Settings
from bot.settings.servers import AlarmSmtpSettings, PasswordServerSettings, ServerSettings

_IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143}
_SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


def imap_account(settings: Settings) -> ImapAccount:
    """How to sign in to the mailbox.

    Raises:
        ConfigurationError: no password.
    """
    mailbox = settings.mailbox
    return ImapAccount(
        host=mailbox.host,
        port=mailbox.port or _IMAP_PORTS[mailbox.security],
        security=mailbox.security,
        username=mailbox.username,
        password="" if mailbox.oauth2 else _password("mailbox", mailbox),
        tokens=_tokens("mailbox", mailbox),
        folder=mailbox.folder,
        timeout=mailbox.timeout_seconds,
        ca_file=mailbox.ca_file,
    )


def smtp_account(settings: Settings) -> SmtpAccount:
    """How to hand letters over; without a user name nobody signs in.

    Raises:
        ConfigurationError: a user name and no password.
    """
    smtp = settings.smtp
    return SmtpAccount(
        host=smtp.host,
        port=smtp.port or _SMTP_PORTS[smtp.security],
        security=smtp.security,
        username=smtp.username,
        password=_password("smtp", smtp) if smtp.username and not smtp.oauth2 else "",
        tokens=_tokens("smtp", smtp),
        timeout=smtp.timeout_seconds,
        ca_file=smtp.ca_file,
    )


def alarm_account(smtp: AlarmSmtpSettings) -> SmtpAccount:
    """How to hand alarms over.

    Raises:
        ConfigurationError: a user name and no password.
    """
    return SmtpAccount(
        host=smtp.host,
        port=smtp.port or _SMTP_PORTS[smtp.security],
        security=smtp.security,
        username=smtp.username,
        password=_password("watch.smtp", smtp) if smtp.username else "",
        timeout=smtp.timeout_seconds,
        ca_file=smtp.ca_file,
    )


def _password(section: str, server: PasswordServerSettings) -> str:
    secret = server.secret()
    if not secret:
        raise ConfigurationError(
            f"[{section}] has no password",
            mend=f"give password_file, or set TSBBOT_{section.upper().replace('.', '__')}__PASSWORD",
        )
    return secret


def _tokens(section: str, server: ServerSettings) -> AccessTokens | None:
    if server.oauth2 is None:
        return None
    # Tokens end by the real time, whatever day is rehearsed.
    return account_tokens(section, server.username, server.oauth2, SystemClock())


def address(section: str, written: str) -> Address:
    """One address as written in the configuration.

    Raises:
        ConfigurationError: it is none, or several.
    """
    addresses = parse_addresses(written)
    if len(addresses) != 1 or not addresses[0].email:
        raise ConfigurationError(
            f'[{section}] sender "{written}" is no address',
            mend='write it as "TSB <tsbdir@example.org>"',
        )
    return addresses[0]
