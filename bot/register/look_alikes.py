"""Domains that are made to look like another: a letter off, a letter that looks the same."""

import functools
import unicodedata
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from bot.register.domains import is_public, parents

# Cyrillic, Greek and Latin letters beside the ASCII letter or digit that they look like; then
# letters and digits that are taken for each other in many fonts.
_LOOKS: Final = str.maketrans(
    {
        **dict(zip("аеорсухіԁһјѕԛԝкмтнв", "aeopcyxidhjsqwkmthb", strict=True)),
        **dict(zip("αορνικτυ", "aopviktu", strict=True)),
        **dict(zip("ɡıłøđ", "gilod", strict=True)),
        **dict(zip("015qi", "olsgl", strict=True)),
    }
)
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
#: A label has to be this long for one letter off to be more than chance.
_SHORTEST: Final = 4


def resembled(domain: str, known: Iterable[str]) -> str | None:
    """The known domain that this one resembles without being it or a part of it; None for none.

    Resembles: looks the same; is one letter off (or two swapped); has the known one as its first
    labels ("telecom.example.attacker.test"); or is the same under another top-level domain.

    Args:
        domain: in lower case and ASCII, punycode included (RFC 3492).
        known: registered domains.
    """
    if not domain:
        return None
    shown = {parent: _shown(parent) for parent in parents(domain) if "." in parent}
    for other in sorted(known):
        if domain == other or domain.endswith(f".{other}"):
            return None
    for other in sorted(known):
        labels = other.count(".")
        if f".{other}." in f".{domain}":
            return other
        for parent, seen in shown.items():
            if parent.count(".") == labels and not is_public(parent) and _alike(seen, other):
                return other
    return None


def _alike(seen: str, other: str) -> bool:
    if _skeleton(seen) == _skeleton(other):
        return True
    name, _, ending = seen.rpartition(".")
    known_name, _, known_ending = other.rpartition(".")
    if len(max(known_name.split("."), key=len)) < _SHORTEST:
        return False
    # The same name elsewhere, and the ending one letter off under the same name, are one case.
    if name == known_name:
        return True
    return ending == known_ending and (
        OSA.distance(name, known_name, score_cutoff=1) <= 1
        or OSA.distance(_skeleton(name), _skeleton(known_name), score_cutoff=1) <= 1
    )


def _shown(domain: str) -> str:
    """As a mail program may show it: punycode decoded."""
    labels = []
    for label in domain.split("."):
        if label.startswith("xn--"):
            try:
                labels.append(label[4:].encode("ascii").decode("punycode"))
                continue
            except UnicodeError:
                pass
        labels.append(label)
    return ".".join(labels)


@functools.lru_cache(maxsize=4096)
def _skeleton(domain: str) -> str:
    plain = unicodedata.normalize("NFKD", domain.casefold())
    text = "".join(char for char in plain if not unicodedata.combining(char)).translate(_LOOKS)
    for pair, single in _PAIRS:
        text = text.replace(pair, single)
    return text.replace("-", "")
