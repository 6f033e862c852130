"""What the mailbox and the submission server have in common: TLS, and failures of the network."""

import re
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigurationError
from bot.mail.fields import one_line
from bot.settings import Security, is_loopback

#: Of what a server said, no more is shown.
_LONGEST_QUOTE = 200
#: Tokens, whoever may repeat them: as RFC 6750 shows them, as SASL sends them, and as JWT.
_TOKEN = re.compile(
    r"\bBearer\s+[\w.~+/=-]{8,}|\b(?:dXNlcj|bix)[\w+/=-]{24,}|\beyJ[\w-]+(?:\.[\w-]*)+"
)
_BYTES_LITERAL = re.compile(r"\bb(['\"])(.*?)\1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a server could not be talked to.

    Attributes:
        reason: for people, without a full stop.
        mend: what to do about it.
    """

    reason: str
    mend: str


def refuse_plain(section: str, host: str, security: Security) -> None:
    """Refuses a connection without TLS to another machine.

    Args:
        section: of the configuration, to name in the error.
        host: the server's name or address.
        security: how it is to be connected to.

    Raises:
        ConfigurationError: a password and mail would go over the network in clear.
    """
    if security is Security.PLAIN and not is_loopback(host):
        raise ConfigurationError(
            f'[{section}] security = "plain" would send the password in clear to {host}',
            mend='use "tls" or "starttls"',
        )


def tls_context(section: str, ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or newer that verifies the certificate and the name on it.

    Args:
        section: of the configuration, to name in the error.
        ca_file: certificates of authorities to trust; None: those that the platform trusts.

    Raises:
        ConfigurationError: the file cannot be used.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigurationError(
            f"[{section}] ca_file {ca_file} cannot be used ({error.strerror or error})",
            mend="give a file with certificates in PEM form",
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def network_failure(error: OSError, section: str, timeout: float) -> Failure:
    """What a failed connection means to people.

    Args:
        error: as the system or the TLS library raised it.
        section: of the configuration that describes the server.
        timeout: seconds that it was waited for.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        why = one_line(str(getattr(error, "verify_message", "")))
        return Failure(
            reason=f"its certificate is not trusted: {why}",
            mend=f"check the name in [{section}] host; for an authority of your own give ca_file",
        )
    if isinstance(error, ssl.SSLError):
        # Only what the TLS library itself raised has a reason.
        reason = str(getattr(error, "reason", None) or "").replace("_", " ").lower()
        return Failure(
            reason=f"TLS failed: {reason or 'broken off'}",
            mend=f"check [{section}] port and security",
        )
    if isinstance(error, TimeoutError):
        return Failure(
            reason=f"no answer within {timeout:g} s",
            mend=f"check [{section}] host and port, and that no firewall is in the way",
        )
    if isinstance(error, socket.gaierror):
        return Failure(
            reason="its name cannot be found", mend=f"check [{section}] host, and the network"
        )
    return Failure(
        reason=error.strerror or "the connection broke",
        mend=f"check [{section}] host and port, and that the server is running",
    )


def quoted_reply(reply: object, *secrets: str) -> str:
    """What a server said, fit to be shown: one short line without any secret in it.

    Args:
        reply: an exception, bytes or text.
        secrets: to be blanked out, plain and as SASL sends them (base64, RFC 4616).
    """
    if isinstance(reply, bytes):
        text = reply.decode("utf-8", "replace")
    else:
        # imaplib puts the server's bytes into its messages as Python writes them.
        text = _BYTES_LITERAL.sub(r"\2", str(reply))
    for secret in filter(None, secrets):
        for form in (secret, b64encode(secret.encode()).decode()):
            text = text.replace(form, "***")
    text = one_line(_TOKEN.sub("***", text))
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 3] + "..."
