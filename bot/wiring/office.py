"""What the settings say of the consultations."""

from pathlib import Path

from bot.circulars.toml_file import load_circular
from bot.consultation.circular import Circular
from bot.errors import ConfigurationError
from bot.mail.message import Address
from bot.office import Office
from bot.settings import Settings
from bot.wiring.accounts import address
from bot.worker.letter_writer import can_be_written_to


def office_of(settings: Settings) -> Office:
    """What the settings say of the consultation.

    Raises:
        ConfigurationError: no circular, no usable sender, or nobody to write a digest to.
        CircularError: a circular's file is wrong.
    """
    circulars = load_circulars(settings.circulars)
    for each in settings.secretariat.digest_to:
        if not can_be_written_to(each):
            raise ConfigurationError(
                f'[secretariat] digest_to "{each}" is no address',
                mend="write it as secretariat@example.org",
            )
    hour, minute = settings.secretariat.digest_at.split(":")
    return Office(
        circulars=circulars,
        sender=_sender(settings, circulars),
        observers=settings.observers,
        return_pattern=settings.smtp.return_address,
        authserv_id=settings.authenticity.authserv_id,
        sealers=frozenset(each.lower() for each in settings.authenticity.trusted_sealers),
        require_authenticity=settings.authenticity.require,
        confirm_scans=settings.reading.confirm_scans,
        digest_to=settings.secretariat.digest_to,
        digest_at=(int(hour), int(minute)),
        zone=settings.secretariat.zone,
        days_before=settings.reminders.days_before,
        reminder_hour=settings.reminders.hour,
        reminder_until=settings.reminders.until,
        working_days=settings.reminders.weekdays,
        holidays=frozenset(settings.reminders.holidays),
        ask_again_days=settings.reminders.ask_again_after_days,
        base_url=settings.review.base_url,
        answers_a_day=settings.limits.answers_per_sender_per_day,
        answers_in_all=settings.limits.answers_per_day,
        message_bytes=settings.limits.message_mb * 1_000_000,
        attachment_bytes=settings.limits.attachment_mb * 1_000_000,
    )


def load_circulars(paths: tuple[Path, ...]) -> tuple[Circular, ...]:
    """The configured circulars, by number.

    Raises:
        ConfigurationError: there is none, or two have the same number.
        CircularError: a file is wrong.
    """
    circulars = sorted((load_circular(path) for path in paths), key=lambda each: each.number)
    if not circulars:
        raise ConfigurationError(
            "no circular is configured",
            mend='name at least one: circulars = ["circulars/106.toml"]',
        )
    numbers = [each.number for each in circulars]
    if len(set(numbers)) < len(numbers):
        raise ConfigurationError(
            "two of the configured circulars have the same number", mend="keep one of them"
        )
    return tuple(circulars)


def _sender(settings: Settings, circulars: tuple[Circular, ...]) -> Address:
    return address("smtp", settings.smtp.sender or circulars[-1].reply_address)
