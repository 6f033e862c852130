"""The Member States of the samples: one that writes in each of the languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.register.member_state import MemberState
from bot.register.states import member_states

_WRITES_IN: Final[Mapping[str, str]] = MappingProxyType(
    {"ar": "EG", "zh": "CN", "en": "AU", "fr": "SN", "ru": "KZ", "es": "CL"}
)


def sample_state(language: str, iso2: str | None = None) -> MemberState:
    """The Member State of that code; None: one that writes in that language."""
    code = (iso2 or _WRITES_IN.get(language, "AU")).lower()
    return next(each for each in member_states().values() if each.iso2.lower() == code)
