"""From a file to the configuration: paths made absolute, and the first fault said in one line."""

import copy
import difflib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.errors import ConfigurationError
from bot.settings.configuration import Settings
from bot.settings.keeping import ArchiveSettings, DatabaseSettings
from bot.settings.oauth2 import OAuth2Settings

#: Keys that name a file or folder, which stand relative to the configuration file.
_PATHS = (
    ("templates",),
    ("archive", "path"),
    ("members", "file"),
    ("mailbox", "password_file"),
    ("mailbox", "ca_file"),
    ("smtp", "password_file"),
    ("smtp", "ca_file"),
    ("review", "secret_file"),
    ("watch", "heartbeat_file"),
    ("watch", "smtp", "password_file"),
    ("watch", "smtp", "ca_file"),
    *(
        (section, "oauth2", key)
        for section in ("mailbox", "smtp")
        for key, field in OAuth2Settings.model_fields.items()
        if field.annotation in {Path, Path | None}
    ),
)


def load_settings(path: Path) -> Settings:
    """Reads a configuration file.

    Raises:
        ConfigurationError: it cannot be read, is no TOML, or a key is wrong; names the key.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"no configuration: {path} cannot be read ({error.strerror})",
            mend="copy config.example.toml to config.toml and fill it in, or name it with --config",
        ) from error
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", mend="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            f"{path} is not valid TOML: {error}", mend="mend that line"
        ) from error
    try:
        return Settings(**_absolute(table, path.resolve().parent))
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_first_fault(error)}") from error


def _absolute(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    settled = copy.deepcopy(table)
    circulars = settled.get("circulars")
    if isinstance(circulars, list):
        settled["circulars"] = [
            str(folder / each) if isinstance(each, str) else each for each in circulars
        ]
    archive = settled.setdefault("archive", {})
    if isinstance(archive, dict):
        archive.setdefault("path", str(ArchiveSettings().path))
    for server in ("mailbox", "smtp"):
        section = settled.get(server)
        if isinstance(section, dict) and isinstance(section.get("oauth2"), dict):
            cache = str(OAuth2Settings.model_fields["token_cache"].default)
            section["oauth2"] = {"token_cache": cache, **section["oauth2"]}
    for *way, key in _PATHS:
        place: Any = settled
        for name in way:
            place = place.get(name) if isinstance(place, dict) else None
        if isinstance(place, dict) and isinstance(place.get(key), str) and place[key]:
            place[key] = str(folder / place[key])
    database = settled.setdefault("database", {})
    if isinstance(database, dict):
        url = database.setdefault("url", DatabaseSettings().url)
        if isinstance(url, str) and url.startswith("sqlite:///") and url != "sqlite:///:memory:":
            database["url"] = f"sqlite:///{folder / url.removeprefix('sqlite:///')}"
    return settled


def _first_fault(error: ValidationError) -> str:
    """One line on the first thing that is wrong; never with the value, which may be a secret."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in fault["loc"]]
    key = f"[{place[0]}] {'.'.join(place[1:])}" if len(place) > 1 else (place or ["it"])[0]
    more = error.error_count() - 1
    tail = f" (and {more} more)" if more else ""
    if fault["type"] == "extra_forbidden":
        known = _keys(place[:-1])
        near = difflib.get_close_matches(place[-1], known, n=1)
        mend = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}"
        return f"{key} is no key of this configuration; {mend}{tail}"
    if fault["type"] == "missing":
        return f"{key} is missing; config.example.toml shows it{tail}"
    return f"{key}: {fault['msg'].removeprefix('Value error, ')}{tail}"


def _keys(section: Sequence[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for name in section:
        field = model.model_fields.get(name)
        # A section that may be left out is annotated "| None".
        kinds = get_args(field.annotation) or (field.annotation,) if field else ()
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not models:
            return []
        model = models[0]
    return sorted(model.model_fields)
