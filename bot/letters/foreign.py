"""Strings that came by mail, or from whoever keeps the register, made harmless for a letter.

Every string of a context passes through here once, so that no template can forget it: names of
attachments, subjects, addresses and error messages are on one line, hold no control character and
cannot turn the direction of the text round them (Unicode UAX #9, "Trojan source").
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar, cast

T = TypeVar("T")

#: Characters of one string that are shown; longer ones end in an ellipsis.
LONGEST: Final = 300

# Line ends of every kind, and what counts as space to people.
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Embeddings, overrides and isolates (UAX #9); marks (LRM, RLM, ALM) turn nothing round and stay.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text on one line, without control characters, cut where it is very long."""
    known = "".join(char for char in text if unicodedata.category(char) not in ("Cs", "Cn", "Co"))
    shown = _SPACES.sub(" ", _DIRECTIONS.sub("", known)).strip()
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1].rstrip() + "…"


def harmless(value: T) -> T:
    """The same value with every string in it on one line, however deep it stands.

    Dataclasses, tuples and mappings are walked; enums, dates, numbers and bytes stay as they are.
    """
    return cast("T", _harmless(value))


def _harmless(value: object) -> object:
    if type(value) is str:
        return one_line(value)
    if isinstance(value, tuple):
        return tuple(_harmless(each) for each in value)
    if isinstance(value, Mapping):
        return {_harmless(key): _harmless(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _harmless(getattr(value, each.name)) for each in fields(value)}
        )
    return value
