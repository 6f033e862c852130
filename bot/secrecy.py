"""Which secrets the configuration holds or names, and whether others can read them."""

import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, SecretStr

from bot.errors import ConfigurationError
from bot.secret_file import read_secret
from bot.settings import Settings

#: Keys that name a file with one secret and nothing else.
_SECRET_FILES = frozenset(
    {"password_file", "client_secret_file", "refresh_token_file", "secret_file"}
)
#: Keys that name another file that holds one.
_KEY_FILES = frozenset({"certificate_file", "service_account_file", "token_cache"})


def known_secrets(settings: Settings) -> frozenset[str]:
    """Every secret that can be had from the settings, for the mask of the log.

    A file that cannot be read is passed over: whoever needs it says so.
    """
    found = set()
    for _, name, value in _leaves(settings, ""):
        if isinstance(value, SecretStr):
            found.add(value.get_secret_value())
        elif name in _SECRET_FILES and isinstance(value, Path):
            try:
                found.add(read_secret(value, name))
            except ConfigurationError:
                continue
    if password := _url_password(settings):
        found.add(password)
    return frozenset(found - {""})


def exposed(settings: Settings, config: Path) -> tuple[str, ...]:
    """What others on this machine can read and must not, one line each, with how to mend it.

    Args:
        settings: as loaded.
        config: the file that they were loaded from.
    """
    found = []
    leaves = list(_leaves(settings, ""))
    inside = [place for place, _, value in leaves if isinstance(value, SecretStr)]
    if _url_password(settings):
        inside.append("[database] url")
    if inside and _others_may_read(config) and _written(config, settings):
        found.append(
            f"{config} holds a password ({', '.join(inside)}) and others can read it: chmod 600"
        )
    for place, name, value in leaves:
        secret = name in _SECRET_FILES | _KEY_FILES
        if secret and isinstance(value, Path) and _others_may_read(value):
            found.append(f"{place} {value} can be read by others: chmod 600")
    for path in (settings.archive.path, *_database(settings)):
        if _others_may_read(path):
            mode = "700" if path.is_dir() else "600"
            found.append(f"{path} holds people's mail and others can read it: chmod {mode}")
    return tuple(dict.fromkeys(found))


def _leaves(model: BaseModel, section: str) -> Iterator[tuple[str, str, object]]:
    """Each key: its place as "[mailbox] password", its name, its value."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, f"{section}.{name}" if section else name)
        else:
            yield (f"[{section}] {name}" if section else name), name, value


def _url_password(settings: Settings) -> str | None:
    try:
        password = urlsplit(settings.database.url).password
    except ValueError:
        return None
    return unquote(password) if password else None


def _database(settings: Settings) -> tuple[Path, ...]:
    url = settings.database.url
    return (Path(url.removeprefix("sqlite:///")),) if url.startswith("sqlite:///") else ()


def _others_may_read(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return bool(mode & (stat.S_IRGRP | stat.S_IROTH))


def _written(config: Path, settings: Settings) -> bool:
    """Whether a secret stands in the file itself, and did not come from the environment."""
    try:
        text = config.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    secrets = [
        value.get_secret_value()
        for _, _, value in _leaves(settings, "")
        if isinstance(value, SecretStr)
    ]
    secrets.append(_url_password(settings) or "")
    return any(secret and secret in text for secret in secrets)
