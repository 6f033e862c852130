"""One table of a TOML file, read key by key, with errors that name the key and how to mend it."""

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Self

from bot.errors import CircularError

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")


class TomlTable:
    """A table of a file, and which of its keys have been asked for."""

    def __init__(self, values: Mapping[str, object], *, file: str, name: str = "") -> None:
        self._values = values
        self._file = file
        self._name = name
        self._known: set[str] = set()

    @classmethod
    def parse(cls, text: str, file: str) -> Self:
        """Parses a whole file.

        Raises:
            CircularError: the text is no TOML; says the line.
        """
        values: dict[str, Any]
        try:
            values = tomllib.loads(text)
        except ValueError as error:
            raise CircularError(f"{file} is no TOML: {error}", mend="correct that place") from error
        except RecursionError as error:
            raise CircularError(f"{file} is nested too deeply for a circular's data") from error
        return cls(values, file=file)

    def __contains__(self, key: str) -> bool:
        self._known.add(key)
        return key in self._values

    def error(self, key: str, wrong: str, mend: str = "") -> CircularError:
        """The error that says what is wrong with a key."""
        where = f"{self._name}.{key}" if self._name else key
        return CircularError(f"{self._file}: {where}: {wrong}", mend=mend)

    def text(self, key: str, *, empty: bool = False) -> str:
        """A text in one line.

        Args:
            key: its name.
            empty: whether it may be empty or left out.
        """
        example = f'write {key} = "..."'
        value = self._get(key, example, default="" if empty else None)
        if not isinstance(value, str):
            raise self.error(key, f"{_shown(value)} is no text", example)
        if _CONTROLS.search(value):
            raise self.error(key, "it holds a line break or control character", "write one line")
        if not empty and not value.strip():
            raise self.error(key, "it is empty", f"{example}, or leave out what there is not")
        return value

    def address(self, key: str) -> str:
        """A bare mail address."""
        value = self.text(key)
        if not _ADDRESS.fullmatch(value):
            raise self.error(key, f"{_shown(value)} is no mail address", "write it as name@itu.int")
        return value

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """One of several words."""
        value = self.text(key)
        if value not in choices:
            listed = " or ".join(f'"{each}"' for each in choices)
            raise self.error(key, f"{_shown(value)} is not known", f"write {listed}")
        return value

    def words(self, key: str, choices: Sequence[str]) -> tuple[str, ...]:
        """Several of some words, at least one, each once."""
        listed = ", ".join(f'"{each}"' for each in choices)
        example = f"write {key} = [...] with some of {listed}"
        value = self._get(key, example)
        if not isinstance(value, list) or not value:
            raise self.error(key, f"{_shown(value)} is no list of words", example)
        for each in value:
            if each not in choices:
                raise self.error(key, f"{_shown(each)} is not known", example)
        if len(set(value)) < len(value):
            raise self.error(key, "one stands there twice", example)
        return tuple(value)

    def number(self, key: str, *, most: int) -> int:
        """A whole number from 1."""
        example = f"write {key} = followed by a whole number, without quotation marks"
        value = self._get(key, example)
        # A boolean of Python is a number, one of TOML is not.
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(key, f"{_shown(value)} is no whole number", example)
        if not 1 <= value <= most:
            raise self.error(key, f"{_shown(value)} is out of range", f"it goes from 1 to {most}")
        return value

    def day(self, key: str) -> dt.date:
        """A date without a time."""
        example = f"write {key} = 2026-02-13, without quotation marks"
        value = self._get(key, example)
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise self.error(key, f"{_shown(value)} is no date", example)
        return value

    def minute(self, key: str) -> dt.datetime:
        """A moment to the minute that says its offset from UTC; given back in UTC."""
        example = f"write {key} = 2026-04-30T23:59:00Z, without quotation marks"
        value = self._get(key, example)
        if not isinstance(value, dt.datetime):
            raise self.error(key, f"{_shown(value)} is no date with a time", example)
        if value.tzinfo is None:
            raise self.error(key, f"{value.isoformat()} does not say that it is UTC", example)
        if value.second or value.microsecond:
            raise self.error(key, f"{value.isoformat()} is not a whole minute", example)
        try:
            return value.astimezone(dt.UTC)
        except OverflowError as error:
            raise self.error(key, f"{value.isoformat()} is out of range", example) from error

    def table(self, key: str) -> "TomlTable":
        """A table within this one."""
        value = self._get(key, f"write [{key}] and its keys below it")
        if not isinstance(value, dict):
            raise self.error(key, "it is no table", f"write [{key}] and its keys below it")
        return TomlTable(value, file=self._file, name=self._path(key))

    def tables(self, key: str) -> "tuple[TomlTable, ...]":
        """Several tables of one name, at least one."""
        example = f"write [[{key}]] and its keys below it, once for each"
        value = self._get(key, example)
        if not isinstance(value, list) or not value:
            raise self.error(key, "there is none", example)
        if not all(isinstance(each, dict) for each in value):
            raise self.error(key, "not all of them are tables", example)
        return tuple(
            TomlTable(each, file=self._file, name=f"{self._path(key)}[{number}]")
            for number, each in enumerate(value, 1)
        )

    def refuse_others(self) -> None:
        """Refuses keys that nobody has asked for: a typing error is not to go unnoticed.

        Raises:
            CircularError: there is one; says which was probably meant.
        """
        for key in self._values:
            if key not in self._known:
                near = difflib.get_close_matches(key, sorted(self._known), n=1)
                mend = f"did you mean {near[0]}?" if near else "take it out"
                raise self.error(key[:80], "there is no such key", mend)

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _get(self, key: str, example: str, default: str | None = None) -> object:
        if key in self:
            return self._values[key]
        if default is not None:
            return default
        near = difflib.get_close_matches(key, sorted(set(self._values) - self._known), n=1)
        raise self.error(
            key, "it is missing" + (f"; {near[0]} is not known" if near else ""), example
        )


def _shown(value: object) -> str:
    """A value in an error, short and in one line."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
