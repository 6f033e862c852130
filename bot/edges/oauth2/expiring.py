"""What a sign-in rests on and will end one day: announced before it does."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from cryptography import x509

from bot.edges.clock import Clock
from bot.edges.oauth2.accounts import account_tokens
from bot.errors import ConfigurationError
from bot.secret_file import read_secret
from bot.settings import Settings
from bot.settings.oauth2 import OAuth2Settings

#: Announced so long before: an administrator may be on leave, and a new secret takes a request.
AHEAD: Final = dt.timedelta(weeks=6)
_SERVERS: Final = ("mailbox", "smtp")


def expiring(settings: Settings, now: dt.datetime) -> tuple[str, ...]:
    """One line each on the client secrets that end within six weeks, or have ended.

    Asks nothing and reads no file: `secret_expires` says when.

    Args:
        settings: as loaded.
        now: the present moment, aware.
    """
    found: dict[str, None] = {}
    for server in _SERVERS:
        oauth2 = _oauth2(settings, server)
        if oauth2 is not None and oauth2.secret_expires is not None:
            # The providers don't say at what hour: by then it must be replaced.
            ends = dt.datetime.combine(oauth2.secret_expires, dt.time(), dt.UTC)
            what = "certificate" if oauth2.certificate_file else "client secret"
            mend = f"make a new one, and say until when in [{server}.oauth2] secret_expires"
            found |= dict.fromkeys(_announced(f"the {what} of [{server}.oauth2]", ends, now, mend))
    return tuple(found)


def expiring_files(settings: Settings, now: dt.datetime, clock: Clock) -> tuple[str, ...]:
    """The same of what files say: certificates, and sign-ins that the endpoint gave a term.

    Args:
        settings: as loaded.
        now: the present moment, aware.
        clock: the real one.

    Raises:
        ConfigurationError: a file cannot be read.
    """
    found: dict[str, None] = {}
    for server in _SERVERS:
        oauth2 = _oauth2(settings, server)
        if oauth2 is None:
            continue
        if oauth2.certificate_file is not None:
            pem = read_secret(oauth2.certificate_file, "certificate_file")
            try:
                ends = x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc
            except ValueError:
                raise ConfigurationError(
                    f"{oauth2.certificate_file} holds no certificate",
                    mend="put private key and certificate into certificate_file, in PEM form",
                ) from None
            what = f"the certificate {oauth2.certificate_file.name} of [{server}.oauth2]"
            found |= dict.fromkeys(_announced(what, ends, now, "make a new one, and upload it"))
        username = settings.mailbox.username if server == "mailbox" else settings.smtp.username
        kept = account_tokens(server, username, oauth2, clock).kept()
        if kept is not None and kept.refresh_expires_at is not None:
            mend = f"sign in anew before: tsbbot sign-in {server}"
            what = f"the sign-in of {username}"
            found |= dict.fromkeys(_announced(what, kept.refresh_expires_at, now, mend))
    return tuple(found)


def _oauth2(settings: Settings, server: str) -> OAuth2Settings | None:
    return settings.mailbox.oauth2 if server == "mailbox" else settings.smtp.oauth2


def _announced(what: str, ends: dt.datetime, now: dt.datetime, mend: str) -> Iterator[str]:
    left = ends - now
    if left > AHEAD:
        return
    day = f"{ends.day} {ends:%b %Y}"
    if left <= dt.timedelta(0):
        yield f"{what} has expired on {day}; {mend}"
        return
    days = -(-left // dt.timedelta(days=1))
    yield f"{what} expires on {day}, in {days} {'day' if days == 1 else 'days'}; {mend}"
