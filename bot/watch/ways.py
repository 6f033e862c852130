"""The ways by which an alarm goes out: a command, a mail server that is not the worker's own."""

import datetime as dt
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Protocol

from bot.edges.smtp import Submission
from bot.edges.smtp_connection import SmtpAccount
from bot.errors import SubmissionError
from bot.mail.fields import one_line
from bot.mail.message import Address

#: Seconds that a command may take.
_COMMAND_PATIENCE = 30


class Way(Protocol):
    """Brings a text to people."""

    def tell(self, subject: str, text: str, now: dt.datetime) -> None:
        """Tells it.

        Raises:
            SubmissionError: it did not get there.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program of the secretariat's own: it gets the text on its standard input.

    Attributes:
        words: the program and its arguments; no shell reads them.
        patience: seconds that it may take; it is ended then.
    """

    words: Sequence[str]
    patience: float = _COMMAND_PATIENCE

    def tell(self, subject: str, text: str, now: dt.datetime) -> None:
        """Runs it; see `Way`."""
        del now
        try:
            done = subprocess.run(  # noqa: S603 - the configuration names it, and no shell reads it
                list(self.words),
                input=f"{subject}\n\n{text}".encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self.patience,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired as error:
            raise self._failed(f"did not end within {self.patience:g} seconds") from error
        except OSError as error:
            raise self._failed(f"cannot be run ({error.strerror})") from error
        if done.returncode:
            raise self._failed(f"ended with status {done.returncode}")

    def _failed(self, how: str) -> SubmissionError:
        # Without its arguments, which may hold a key.
        return SubmissionError(
            f"the alarm command {self.words[0]} {how}", mend="correct [watch] alarm_command"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A mail server of another provider than the mailbox's.

    Attributes:
        account: where it is and how to sign in.
        sender: whom the alarm is from.
        recipients: addresses.
    """

    account: SmtpAccount
    sender: Address
    recipients: Sequence[str]

    def tell(self, subject: str, text: str, now: dt.datetime) -> None:
        """Sends it to each; see `Way`."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self.sender.email
        letter["To"] = ", ".join(self.recipients)
        letter["Subject"] = one_line(subject)
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = make_msgid(domain=self.sender.email.rpartition("@")[2])
        # RFC 3834, 5; nobody's absence note is wanted for it.
        letter["Auto-Submitted"] = "auto-generated"
        letter["X-Auto-Response-Suppress"] = "All"
        letter.set_content(text)
        with Submission(self.account) as server:
            for recipient in self.recipients:
                server.send(bytes(letter), envelope_from=self.sender.email, recipient=recipient)
