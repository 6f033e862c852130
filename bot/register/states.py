"""The Member States of ITU, as `member_states.toml` beside this file has them."""

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

from bot.register.member_state import Iso3, MemberState

#: ISO 639-1 codes of the official languages of the Union (Constitution, No. 171).
LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh")

#: The regions by which ITU counts its Member States.
REGIONS: Final = (
    "Africa",
    "Americas",
    "Arab States",
    "Asia and the Pacific",
    "CIS",
    "Europe",
)


@functools.cache
def member_states() -> Mapping[Iso3, MemberState]:
    """Every Member State, and the State of Palestine, by code; read once, when first asked for."""
    text = resources.files("bot.register").joinpath("member_states.toml").read_text("utf-8")
    states = {
        Iso3(code): MemberState(
            iso3=Iso3(code),
            iso2=entry["iso2"],
            names={language: tuple(entry["names"][language]) for language in LANGUAGES},
            region=entry["region"],
            language=entry["language"],
            domains=tuple(entry["domains"]),
            votes=entry.get("votes", True),
        )
        for code, entry in tomllib.loads(text).items()
    }
    return MappingProxyType(states)
