"""The configuration, a module a group of its tables."""

from bot.settings.configuration import Settings
from bot.settings.loading import load_settings
from bot.settings.people import SecretariatSettings
from bot.settings.safety import AuthenticitySettings
from bot.settings.servers import MailboxSettings, Security, SmtpSettings, is_loopback

__all__ = [
    "AuthenticitySettings",
    "MailboxSettings",
    "SecretariatSettings",
    "Security",
    "Settings",
    "SmtpSettings",
    "is_loopback",
    "load_settings",
]
