"""The errors that reach people: one line each, what is wrong, where, how to mend it.

TsbbotError                 exit 1
+-- ConfigurationError      a key of config.toml, a file that it names
+-- CircularError           a circular's TOML or its source document
+-- RegisterError           a line of the members' CSV
+-- MailboxError            IMAP: unreachable, refused, gone
|   +-- MailboxSignInError      wrong user name or password
|   +-- MessageUnavailableError this one message, not the server
+-- SubmissionError         SMTP
|   +-- RecipientRefusedError   for good: this letter, not the server
|   +-- LetterDeferredError     for now: this letter, not the server
+-- TokenError              OAuth 2: the token endpoint is away
|   +-- TokenRefusedError       it refuses until a person does something
+-- ArchiveError            raw messages on disk: full, not writable, damaged
+-- StoreError              the database
+-- ReviewError             a decision that cannot be taken as asked
+-- TemplateError           a letter's template
+-- ExportError             the place of an export, or its format
+-- BackupError             the file of a backup: not writable, damaged, not to be restored there
+-- PurgeError              a circular whose contents must stay
"""


class TsbbotError(Exception):
    """Root: `str()` is the one line that is shown; `mend` says what to do about it."""

    exit_code = 1

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message}; {self.mend}" if self.mend else self.message


class ConfigurationError(TsbbotError):
    """A configuration file or key cannot be used."""


class CircularError(TsbbotError):
    """A circular's data cannot be read or made."""


class RegisterError(TsbbotError):
    """A register file cannot be read; says the line."""


class MailboxError(TsbbotError):
    """The IMAP server cannot be used now; trying again later is right."""


class MailboxSignInError(MailboxError):
    """The IMAP server refuses the user name or password."""


class MessageUnavailableError(MailboxError):
    """The IMAP server will not hand out this one message; others can be had meanwhile."""


class SubmissionError(TsbbotError):
    """The SMTP server cannot be used now; trying again later is right."""


class RecipientRefusedError(SubmissionError):
    """The SMTP server refuses this letter for good (5xx on RCPT or DATA, RFC 5321, 4.2.1)."""


class LetterDeferredError(SubmissionError):
    """The SMTP server refuses this letter for now (4xx on RCPT or DATA); others may go meanwhile."""


class TokenError(TsbbotError):
    """No token to sign in with can be had now; trying again later is right."""


class TokenRefusedError(TokenError):
    """No token can be had before a person does something: a secret, a consent, a sign-in."""


class ArchiveError(TsbbotError):
    """A raw message cannot be kept or found."""


class StoreError(TsbbotError):
    """The database cannot be used."""


class ReviewError(TsbbotError):
    """A reviewer's decision cannot be taken as asked."""


class TemplateError(TsbbotError):
    """A letter's template cannot be rendered."""


class ExportError(TsbbotError):
    """An export cannot be written where, or as, it was asked for."""


class BackupError(TsbbotError):
    """A backup cannot be written, is damaged, or is not to be restored where it was asked for."""


class PurgeError(TsbbotError):
    """The contents of a circular must not be removed (yet)."""
