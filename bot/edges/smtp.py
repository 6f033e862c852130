"""Letters handed to the submission server (RFC 5321, RFC 6409)."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from bot.edges.letter_transfer import (
    UntransferableError,
    ascii_domain,
    mail_options,
    with_line_ends,
)
from bot.edges.smtp_connection import SmtpAccount, connect, hang_up, submission_error
from bot.errors import LetterDeferredError, RecipientRefusedError
from bot.mail.fields import one_line

#: Replies of 5xx that are about us, not about this letter: sign in first, use TLS (RFC 4954, 6),
#: commands out of order.
_ABOUT_US = frozenset({503, 530, 534, 535, 538})
#: The server ends the connection (RFC 5321, 3.8): no letter's fault.
_CLOSING = 421


class Submission:
    """The submission server; connected with the first letter, and kept for the next ones.

    As a context it is closed at the end; it may be used without.
    """

    def __init__(self, account: SmtpAccount) -> None:
        """Names the server; nothing is done before the first letter.

        Args:
            account: where it is and how to sign in.
        """
        self._account = account
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def check(self) -> None:
        """Connects and signs in, and sends nothing.

        Raises:
            SubmissionError: the server cannot be used.
        """
        self._ready()

    def send(self, raw: bytes, *, envelope_from: str, recipient: str) -> None:
        """Hands a letter over; once this returns, the server is responsible for it.

        After a SubmissionError it may nevertheless have taken it (the connection broke before it
        could say so): send the same letter again, under the same Message-ID.

        Args:
            raw: the letter; line ends are made CR LF.
            envelope_from: where bounces go (RFC 5321, 4.1.1.2); empty: nowhere.
            recipient: one address.

        Raises:
            SubmissionError: the server cannot be used now.
            LetterDeferredError: it refuses this letter now, and may take others.
            RecipientRefusedError: it refuses this letter for good.
        """
        letter = with_line_ends(raw)
        client = self._ready()
        with self._handing_over(recipient):
            # The null sender stays what it is (RFC 5321, 4.5.5).
            sender = ascii_domain(envelope_from) if envelope_from else ""
            address = ascii_domain(recipient)
            options = mail_options(letter, (sender, address), frozenset(client.esmtp_features))
            client.sendmail(sender, [address], letter, mail_options=options)

    def close(self) -> None:
        """Takes leave of the server, if it is connected."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.quit()
        except (OSError, smtplib.SMTPException):
            hang_up(client)

    def _ready(self) -> smtplib.SMTP:
        """A connection that is known to live: a server hangs up after some idle minutes."""
        if self._client is not None and not _lives(self._client):
            self.close()
        if self._client is None:
            self._client = connect(self._account)
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            hang_up(client)

    @contextmanager
    def _handing_over(self, recipient: str) -> Iterator[None]:
        """Translates what goes wrong with a letter, once."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            (code, said), *_ = error.recipients.values()
            raise self._refusal(recipient, code, said) from error
        except smtplib.SMTPSenderRefused as error:
            # Too large (RFC 1870, 6.1) is about the letter; all else is about the sender.
            if error.smtp_code == 552:
                raise self._refusal(recipient, error.smtp_code, error.smtp_error) from error
            self._drop()
            raise submission_error(
                self._account, error, mend="check [smtp] sender and username"
            ) from error
        except smtplib.SMTPDataError as error:
            raise self._refusal(recipient, error.smtp_code, error.smtp_error) from error
        except UntransferableError as error:
            raise RecipientRefusedError(
                f"the letter to {one_line(recipient)} cannot be sent: {error}",
                mend="correct the address in the register",
            ) from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._drop()
            raise submission_error(self._account, error) from error

    def _refusal(self, recipient: str, code: int, said: bytes | str) -> Exception:
        refused = smtplib.SMTPResponseException(code, said)
        if 500 <= code < 600 and code not in _ABOUT_US:
            told = submission_error(self._account, refused)
            return RecipientRefusedError(
                f"the letter to {one_line(recipient)} was refused for good: {told.message}",
                mend="check the address in the register",
            )
        # What a server means by a refusal for now, it may also mean for the connection.
        self._drop()
        told = submission_error(self._account, refused)
        if 400 <= code < 500 and code != _CLOSING:
            return LetterDeferredError(told.message, mend=told.mend)
        return told


def _lives(client: smtplib.SMTP) -> bool:
    try:
        return client.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False
