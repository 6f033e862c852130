"""The kinds of column: how a value of the domain lies in the database, the same on both servers.

Everything that came by mail is hostile here too: text is cut to what the column and its index may
hold, and characters that a database refuses (NUL, lone surrogates) become U+FFFD, so that no
message can be one that cannot be recorded.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator

#: PostgreSQL has 8 bytes of it; SQLite counts rows only where the type's name is INTEGER.
BigNumber = BigInteger().with_variant(Integer(), "sqlite")

#: Stands where a person's words or address stood, until they were removed (`tsbbot purge`).
PURGED = "(purged)"

_REFUSED = re.compile("[\x00\ud800-\udfff]")


def recordable(text: str, limit: int) -> str:
    """The text as the database keeps it: at most `limit` characters, nothing that it refuses."""
    return _REFUSED.sub("\ufffd", text[:limit])


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and ASCII only: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


class Words(TypeDecorator[str]):
    """Text of at most so many characters; longer text is cut, not refused.

    An indexed column takes 500 at the most: 2,000 bytes of UTF-8, of the 2,704 that an entry of a
    PostgreSQL B-tree holds.
    """

    impl = Text
    cache_ok = True

    def __init__(self, limit: int = 100_000) -> None:
        super().__init__()
        self.limit = limit

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Cuts and cleans it."""
        return None if value is None else recordable(value, self.limit)


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment in UTC, to the microsecond; a naive one is a fault of the program."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; SQLite keeps text without a zone, which sorts as time does."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value.isoformat()}")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self, value: dt.datetime | None, _dialect: Dialect
    ) -> dt.datetime | None:
        """Aware, in UTC, whatever the session's zone is."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A few short words in their order (reasons, designations), as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, _dialect: Dialect) -> str | None:
        """As JSON."""
        return None if value is None else canonical_json([str(each) for each in value])

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        """As a tuple."""
        if value == "[]":  # nearly always
            return ()
        return None if value is None else tuple(json.loads(value))


class Choice(TypeDecorator[StrEnum]):
    """A member of a closed set, by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices
        self._by_value = {choice.value: choice for choice in choices}

    def process_bind_param(self, value: StrEnum | None, _dialect: Dialect) -> str | None:
        """Its value; anything that is no member raises ValueError."""
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """The member; a value that a newer version wrote raises KeyError."""
        return None if value is None else self._by_value[value]


class Json(TypeDecorator[object]):
    """Any JSON value, as canonical text (text, so that its hash is the same on both servers)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str:
        """As text; a value that JSON has no form for raises TypeError."""
        return canonical_json(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """As values."""
        return None if value is None else json.loads(value)
