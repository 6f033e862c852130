"""The clock in the capital of a Member State: a deadline in UTC is another hour, often another day.

Which time zones a territory has is CLDR's word; the rules of each are the IANA's. Where a territory
has several that differ, its Administration is taken to sit in the capital: a ministry or a regulator
nearly always does, and a letter that gave them all, or none, would help nobody. The letters say that
it is the capital's, and UTC stands above it and is what counts.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from bot.letters.languages import Language

#: ISO 3166-1 alpha-2 -> the zone of the capital, where a territory's zones differ.
_CAPITALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AU": "Australia/Sydney",  # Canberra
        "BR": "America/Sao_Paulo",  # Brasília
        "CA": "America/Toronto",  # Ottawa
        "CD": "Africa/Kinshasa",
        "CL": "America/Santiago",
        "CN": "Asia/Shanghai",  # Beijing
        "EC": "America/Guayaquil",  # Quito
        "ES": "Europe/Madrid",
        "FM": "Pacific/Pohnpei",  # Palikir
        "ID": "Asia/Jakarta",
        "KI": "Pacific/Tarawa",
        "MN": "Asia/Ulaanbaatar",
        "MX": "America/Mexico_City",
        "NZ": "Pacific/Auckland",  # Wellington
        "PG": "Pacific/Port_Moresby",
        "PT": "Europe/Lisbon",
        "RU": "Europe/Moscow",
        "UA": "Europe/Kyiv",
        "US": "America/New_York",  # Washington, D.C.
    }
)


@cache
def capital_zone(iso2: str) -> ZoneInfo | None:
    """The time zone of a capital; None where none is known: the letter then gives UTC alone.

    Args:
        iso2: ISO 3166-1 alpha-2, in either case.
    """
    code = iso2.upper()
    known: Mapping[str, list[str]] = get_global("territory_zones")
    for name in (_CAPITALS.get(code), *known.get(code, ())):
        if name is None:
            continue
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            # CLDR and the platform's time zones may be of different years.
            continue
    return None


def capital_time(moment: dt.datetime, iso2: str | None, language: Language) -> str | None:
    """A moment on the capital's clock: "1 May 2026, 01:59 (UTC+2)".

    None where that is UTC itself, where the zone is not known, and where no Member State is.
    """
    zone = capital_zone(iso2) if iso2 is not None else None
    if zone is None or not moment.astimezone(zone).utcoffset():
        return None
    return language.at_zone(moment.astimezone(zone))
