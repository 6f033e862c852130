"""What keeps the work safe: whom to believe, what waits for a person, limits, alarms."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from bot.mail.authentication.seals import is_domain
from bot.settings.section import Section
from bot.settings.servers import AlarmSmtpSettings


class AuthenticitySettings(Section):
    """`[authenticity]`: whose word on a sender is believed (RFC 8601).

    Attributes:
        authserv_id: the receiving server's name in its Authentication-Results.
        require: whether a sender that nobody vouches for waits for a person.
        trusted_sealers: domains whose word counts on what they sent on (RFC 8617).
        check_signatures: whether signatures (RFC 6376) and seals are checked here as well, where
            the server vouches for nobody; their keys are looked up in the DNS.
        key_seconds: that looking one key up may take.
    """

    authserv_id: str = ""
    require: bool = True
    trusted_sealers: tuple[str, ...] = ()
    check_signatures: bool = False
    key_seconds: float = Field(default=5, gt=0, le=60)

    @model_validator(mode="after")
    def _required_of_somebody(self) -> Self:
        if self.require and not (self.authserv_id or self.check_signatures):
            raise ValueError(
                "authserv_id is empty, so no sender could ever be believed; give the name that"
                " the receiving server writes into Authentication-Results, or say require = false"
            )
        if wrong := next((each for each in self.trusted_sealers if not is_domain(each)), None):
            raise ValueError(f'trusted_sealers: "{wrong}" is no domain in lower case')
        return self


class ReadingSettings(Section):
    """`[reading]`: what counts without a person.

    Attributes:
        confirm_scans: whether a form that was read off a picture waits until a person has confirmed
            the reading, however plain it is.
    """

    confirm_scans: bool = True


class LimitsSettings(Section):
    """`[limits]`: what one message may cost.

    Attributes:
        message_mb: a larger message is not fetched, but held for a person.
        attachment_mb: a larger part is not read.
        parse_seconds, parse_mb: of reading one file.
        processes: how many files are read at once.
        answers_per_sender_per_day: letters to one address in 24 hours; the rest goes to a person.
        answers_per_day: answers to all addresses together; the same.
        round_seconds: that may pass within a round without a commit; then the process ends, to be
            started anew.
    """

    message_mb: int = Field(default=60, ge=1, le=2048)
    attachment_mb: int = Field(default=40, ge=1, le=2048)
    parse_seconds: float = Field(default=60, gt=0, le=3600)
    parse_mb: int = Field(default=2048, ge=256)
    processes: int = Field(default=2, ge=1, le=64)
    answers_per_sender_per_day: int = Field(default=20, ge=1)
    answers_per_day: int = Field(default=1000, ge=1)
    round_seconds: float = Field(default=1800, ge=1, le=86_400)


class WatchSettings(Section):
    """`[watch]`: how people learn that the worker itself has trouble.

    Attributes:
        heartbeat_file: written anew after each round; None: none is.
        alarm_command: a program and its arguments, which gets the text on its standard input.
        alarm_to: addresses that are told by way of `smtp`.
        alarm_after_minutes: so long a trouble lasts before it is told.
        smtp: None: alarms go out by the command alone.
    """

    heartbeat_file: Path | None = None
    alarm_command: tuple[str, ...] = ()
    alarm_to: tuple[str, ...] = ()
    alarm_after_minutes: float = Field(default=15, ge=0, le=1440)
    smtp: AlarmSmtpSettings | None = None

    @model_validator(mode="after")
    def _somebody_by_some_way(self) -> Self:
        if bool(self.alarm_to) is not (self.smtp is not None):
            raise ValueError("alarm_to and [watch.smtp] go together; one of them is missing")
        return self
